/**
 * The calls that the shipped configurations of proxies let through to the API.
 */
import { readFileSync } from "node:fs";

/** nginx's list; the tests of hosting hold Caddy's to the same calls. */
const list = readFileSync(new URL("../../../tools/hosting/nginx/console/calls.conf", import.meta.url), "utf8");

/** In nginx's words: the path that the console is at, the method, that path again, and the call. */
const calls = [...list.matchAll(/^ *"~\^\(\\S\*\) (\S+) \\1(.*)\$" \$2;$/gm)].map(
  ([, methods, target]) => new RegExp(`^${methods} ${target}$`),
);

/** Whether a proxy would let this through; the target is path and query. */
export function isListed(method: string, target: string): boolean {
  if (calls.length < 9) throw new Error("the list of calls is not written as it used to be");
  return calls.some((call) => call.test(`${method} ${target}`));
}
