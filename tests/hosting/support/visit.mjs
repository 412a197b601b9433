/**
 * Sends requests exactly as written: nothing is resolved, decoded, followed or added.
 */
import { once } from "node:events";
import { request } from "node:http";
import { request as secureRequest } from "node:https";

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {import("node:http").IncomingHttpHeaders} headers
 * @property {Buffer} body
 */

/**
 * Sends one request on a connection of its own.
 * @param {string} origin
 * @param {string} target path and query, sent as written
 * @param {{method?: string, headers?: Record<string, string>, body?: string, ca?: string}} [options]
 * @returns {Promise<Answer>}
 */
export async function visit(origin, target, { method = "GET", headers = {}, body, ca } = {}) {
  const { protocol, hostname, port } = new URL(origin);
  const send = protocol === "https:" ? secureRequest : request;
  const outgoing = send({ hostname, port, path: target, method, headers, agent: false, ca });
  outgoing.end(body);
  const [response] = /** @type {[import("node:http").IncomingMessage]} */ (await once(outgoing, "response"));
  const parts = [];
  for await (const part of response) parts.push(part);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) };
}
