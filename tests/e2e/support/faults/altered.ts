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
  "user_id",
  "workspace_id",
  "role",
  "limit_usd",
  "reset_interval",
  "is_management_key",
  "date",
  "usage",
  "byok_usage_inference",
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
      return eachField(whole, (name, value) => (name === "data" ? undefined : ofAnotherType(value)));
    case "another shape":
      return ofAnotherShape(whole);
    case "unknown words and fields":
      return withMore(whole);
    case "no optional fields":
      return withLess(whole);
  }
}

/** Replaces each field of each object in the value. Where `replace` returns undefined, it recurses into the field. */
function eachField(value: Json, replace: (name: string, value: Json) => Json | undefined): Json {
  if (Array.isArray(value)) return value.map((it) => eachField(it, replace));
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).map(([name, it]) => [name, replace(name, it) ?? eachField(it, replace)]);
  return Object.fromEntries(fields) as Json;
}

function ofAnotherType(value: Json): Json {
  if (typeof value === "string") return { text: value };
  if (typeof value === "boolean") return [String(value)];
  return value === null ? { nothing: true } : "#7#";
}

/** Replaces lists with objects and objects with lists. */
function ofAnotherShape(whole: Record<string, Json>): Json {
  const { data } = whole;
  if (data === undefined) return [whole];
  return { ...whole, data: Array.isArray(data) ? { rows: data } : [data as Json] };
}

function withMore(value: Json): Json {
  if (Array.isArray(value)) return value.map(withMore);
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).map(([name, it]) => [name, WORDS.has(name) ? "unheard_of" : withMore(it)]);
  return { ...(Object.fromEntries(fields) as Record<string, Json>), brand_new: { of: ["things"], to: null } };
}

function withLess(value: Json): Json {
  if (Array.isArray(value)) return value.map(withLess);
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value).filter(([name]) => NEEDED.has(name));
  return Object.fromEntries(fields.map(([name, it]) => [name, withLess(it)])) as Json;
}
