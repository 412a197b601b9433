/**
 * A client for the sandbox's control routes: its data, its faults and its request log.
 */
import { startSandbox } from "../../support/sandbox-process.mjs";

/** The management key that the sandbox accepts. */
export const MANAGEMENT_KEY = "sk-or-v1-engines-management";

/**
 * Data and behaviour after a reset. Defaults to the demo organization behind a proxy that holds the key.
 * @typedef {{seed?: string, auth?: "key" | "proxy", workspaces?: number, people?: number, members?: number}} Reset
 *
 * @typedef {Record<string, unknown>} Row
 *
 * @typedef {object} LoggedRequest
 * @property {string} method
 * @property {string} path
 * @property {number | null} status
 * @property {unknown} request_body
 */

/** Starts a sandbox with the built console. */
export async function useSandbox() {
  const { url, stop } = await startSandbox(["--seed", "demo", "--faults", "--management-key", MANAGEMENT_KEY]);
  return { sandbox: new Sandbox(url), stop };
}

/** A running sandbox. */
export class Sandbox {
  /** @param {string} url the origin of the console and the API */
  constructor(url) {
    this.url = url;
  }

  /** Resets the sandbox: fresh data, no faults, an empty log. */
  reset(/** @type {Reset} */ options = {}) {
    return this.#control("POST", "reset", { seed: "demo", auth: "proxy", latency_ms: 0, ...options });
  }

  /** Adds a fault for the next matching requests. */
  fault(/** @type {Row} */ fault) {
    return this.#control("POST", "faults", fault);
  }

  /** Removes all faults. */
  clearFaults() {
    return this.#control("DELETE", "faults");
  }

  /**
   * Returns the requests with this method since the last reset, oldest first. A query of analytics, which only reads, is none.
   * @param {string} method
   * @returns {Promise<LoggedRequest[]>}
   */
  async requests(method) {
    const log = /** @type {LoggedRequest[]} */ (await this.#control("GET", "log"));
    return log.filter((request) => request.method === method && !request.path.endsWith("/analytics/query"));
  }

  /**
   * Returns the content of the database.
   * @returns {Promise<Record<"workspaces" | "budgets" | "members" | "people" | "keys", Row[]>>}
   */
  db() {
    return this.#control("GET", "db");
  }

  /**
   * Returns the workspace with this slug.
   * @param {string} slug
   */
  async workspace(slug) {
    const found = (await this.db()).workspaces.find((row) => row.slug === slug);
    if (!found) throw new Error(`no workspace "${slug}" in the sandbox`);
    return found;
  }

  /**
   * Returns the IDs of a workspace's members, and of everyone else.
   * @param {string} slug
   */
  async members(slug) {
    const { id } = await this.workspace(slug);
    const { members, people } = await this.db();
    const inside = members.filter((row) => row.workspace_id === id).map((row) => String(row.user_id));
    const others = people.map((row) => String(row.id)).filter((person) => !inside.includes(person));
    return { inside, others };
  }

  /**
   * Calls the API without the page, as another administrator would.
   * @param {string} method
   * @param {string} path
   * @param {unknown} body
   */
  async call(method, path, body) {
    await this.#send(method, `/api/v1${path}`, body, { Authorization: `Bearer ${MANAGEMENT_KEY}` });
  }

  /**
   * @param {string} method
   * @param {string} route
   * @param {unknown} [body]
   */
  async #control(method, route, body) {
    const text = await this.#send(method, `/__control/${route}`, body);
    return text === "" ? undefined : JSON.parse(text);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @param {Record<string, string>} [headers]
   */
  async #send(method, path, body, headers = {}) {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { ...headers, "Content-Type": "application/json" } };
    const response = await fetch(`${this.url}${path}`, { method, headers, ...sent });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text;
  }
}
