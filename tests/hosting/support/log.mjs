/**
 * Reads the access logs.
 */
import { setTimeout as pause } from "node:timers/promises";

/**
 * @typedef {object} Line
 * @property {string} ts
 * @property {{remote_ip: string, method: string, uri: string}} request
 * @property {string} user_id
 * @property {number} status
 */

/**
 * Returns the lines of a proxy's access log, after waiting until it has as many.
 * @param {import("./proxies.mjs").Proxy} proxy
 * @param {number} least
 * @returns {Promise<Line[]>}
 */
export async function linesOf(proxy, least) {
  for (;;) {
    const lines = (await proxy.log().catch(() => "")).split("\n").filter(Boolean);
    if (lines.length >= least) return lines.map((line) => JSON.parse(line));
    await pause(20);
  }
}
