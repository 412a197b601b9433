/**
 * The API calls that the shipped proxy configurations allow.
 */
import { readFileSync } from "node:fs";

/** nginx's list. The hosting tests check that Caddy's list has the same calls. */
const list = readFileSync(new URL("../../../tools/hosting/nginx/console/calls.conf", import.meta.url), "utf8");

/** Each line of nginx's maps has the console's path, the method, that path again, and the call. One is behind a switch. */
const calls = [...list.matchAll(/^ *"~\^(?:on )?\(\\S\*\) (\S+) \\1(.*)\$" \$2;$/gm)].map(
  ([, methods, target]) => new RegExp(`^${methods} ${target}$`),
);

/** Whether a proxy allows this call. `target` is the path with its query. */
export function isAllowedByProxy(method: string, target: string): boolean {
  if (calls.length < 9) throw new Error("the list of calls is not written as it used to be");
  return calls.some((call) => call.test(`${method} ${target}`));
}
