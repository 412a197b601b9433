/**
 * Alters true responses the way another API version or a proxy might.
 */

/** How a response differs from the documented one. */
export type Alteration = "wrong types" | "another shape" | "unknown words and fields" | "no optional fields";

/** JSON whose numbers are marked strings. */
type Json = null | boolean | string | Json[] | { [name: string]: Json };

/** Fields without which a row cannot be shown: names, IDs, amounts and permissions. */
const NEEDED = new Set([
  "data",
  "deleted",
  "added_count",
  "removed_count",
  "id",
  "name",
  "slug",
  "hash",
  "key",
  "user_id",
  "workspace_id",
  "role",
  "limit_usd",
  "reset_interval",
  "is_management_key",
  "date",
  "usage",
  "byok_usage_inference",
  "total_credits",
  "total_usage",
  "metrics",
  "dimensions",
]);

/** Fields with an open set of values. A budget's interval is not one of them, because it is in its path. */
const WORDS = new Set(["role", "default_provider_sort", "limit_reset", "provider_name"]);

/** Returns the altered response. */
export function altered(truth: string, alteration: Alteration): string {
  // Numbers become marked strings, because JavaScript numbers would lose digits.
  const whole = JSON.parse(truth.replace(/([:[,])(-?\d[\d.eE+-]*)(?=[,}\]])/g, '$1"#$2#"')) as Record<string, Json>;
  return JSON.stringify(change(whole, alteration)).replace(/"#([^"]*)#"/g, "$1");
}

function change(whole: Record<string, Json>, alteration: Alteration): Json {
  switch (alteration) {
    case "wrong types":
      return replaceFields(whole, (name, value) => (name === "data" ? undefined : withAnotherType(value)));
    case "another shape":
      return withAnotherShape(whole);
    case "unknown words and fields":
      return withUnknownFields(whole);
    case "no optional fields":
      return withoutOptionalFields(whole);
  }
}

/** Replaces each field of each object in the value. Where `replace` returns undefined, it recurses into the field. */
function replaceFields(value: Json, replace: (name: string, value: Json) => Json | undefined): Json {
  if (Array.isArray(value)) return value.map((it) => replaceFields(it, replace));
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).map(([name, it]) => [name, replace(name, it) ?? replaceFields(it, replace)]);
  return Object.fromEntries(fields) as Json;
}

function withAnotherType(value: Json): Json {
  if (typeof value === "string") return { text: value };
  if (typeof value === "boolean") return [String(value)];
  return value === null ? { nothing: true } : "#7#";
}

/** Replaces lists with objects and objects with lists. */
function withAnotherShape(whole: Record<string, Json>): Json {
  const { data } = whole;
  if (data === undefined) return [whole];
  return { ...whole, data: Array.isArray(data) ? { rows: data } : [data as Json] };
}

function withUnknownFields(value: Json): Json {
  if (Array.isArray(value)) return value.map(withUnknownFields);
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).map(([name, it]) => [name, WORDS.has(name) ? "unheard_of" : withUnknownFields(it)]);
  return { ...(Object.fromEntries(fields) as Record<string, Json>), brand_new: { of: ["things"], to: null } };
}

function withoutOptionalFields(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutOptionalFields);
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).filter(([name]) => NEEDED.has(name));
  return Object.fromEntries(fields.map(([name, it]) => [name, withoutOptionalFields(it)])) as Json;
}
