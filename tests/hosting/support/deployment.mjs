/**
 * A deployed console for the tests of a `describe` block, and requests to it.
 */
import { after, before } from "node:test";
import { MANAGEMENT_KEY, startApi } from "./api.mjs";
import { SIGN_IN } from "./proxies.mjs";
import { KNOWN_COOKIE } from "./values.mjs";
import { visit } from "./visit.mjs";

/**
 * Runs a deployment during the tests of the calling block.
 * @param {(typeof import("./proxies.mjs").DEPLOYMENTS)[number]} deployment
 * @param {Partial<import("./proxies.mjs").Setting>} [further]
 */
export function useDeployment({ mode, place, start }, further = {}) {
  /** @type {Awaited<ReturnType<typeof startApi>>} */
  let api;
  /** @type {import("./proxies.mjs").Proxy} */
  let proxy;
  before(async () => {
    api = await startApi();
    proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY, ...further });
  });
  after(async () => {
    await proxy?.stop();
    await api?.stop();
  });
  const signIn = mode === "proxy-held-key" ? SIGN_IN : `Bearer ${MANAGEMENT_KEY}`;
  return {
    get origin() {
      return proxy.origin;
    },
    /** The running proxy. */
    get proxy() {
      return proxy;
    },
    /** Returns the requests that have reached the API since the last call. */
    takeReceived: () => api.takeReceived(),
    /** Makes the API close the connection of the next call by this method instead of responding. */
    hangUp: (/** @type {string} */ method) => api.hangUp(method),
    /**
     * Sends a request below the console's path, signed in.
     * @param {string} target beginning with a slash
     * @param {Parameters<typeof visit>[2]} [options]
     */
    visit(target, { headers = {}, ...options } = {}) {
      return visit(proxy.origin, `${place.path}${target}`, { headers: { Authorization: signIn, Cookie: KNOWN_COOKIE, ...headers }, ...options });
    },
    /**
     * Sends a call like the console's, with other values for the given headers. `undefined` removes a header.
     * @param {string} method
     * @param {string} target below the API's base, beginning with a slash
     * @param {Record<string, string | undefined>} [headers]
     * @param {string} [text] the body of a write
     */
    call(method, target, headers = {}, text = "{}") {
      /** @type {Record<string, string | undefined>} */
      const all = { Authorization: signIn, Accept: "application/json", ...ownHeaders(proxy.origin, method), ...headers };
      const sent = /** @type {Record<string, string>} */ (
        Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
      );
      const body = ["POST", "PUT", "PATCH"].includes(method) ? text : undefined;
      return visit(proxy.origin, `${place.path}/api/v1${target}`, { method, headers: sent, body });
    },
  };
}

/** Returns the headers that the console and its browser add to each call. */
function ownHeaders(origin, method) {
  const changing = method === "GET" ? {} : { Origin: origin, "Content-Type": "application/json" };
  return { "X-Workspace-Console": "1", "Sec-Fetch-Site": "same-origin", Cookie: `theme=dark; ${KNOWN_COOKIE}`, ...changing };
}
