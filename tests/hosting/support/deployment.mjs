/**
 * One deployed console for the tests of a `describe` block, and requests as its visitors send them.
 */
import { after, before } from "node:test";
import { MANAGEMENT_KEY, startApi } from "./api.mjs";
import { SIGN_IN } from "./proxies.mjs";
import { visit } from "./visit.mjs";

/**
 * Runs a deployment for the tests of the calling block.
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
    /** What has reached the API since this was last asked. */
    takeReceived: () => api.takeReceived(),
    /** Makes the API close the connection of the next such call instead of answering it. */
    hangUp: (/** @type {string} */ method) => api.hangUp(method),
    /**
     * Asks for something below the console, signed in.
     * @param {string} target beginning with a slash
     * @param {Parameters<typeof visit>[2]} [options]
     */
    visit(target, { headers = {}, ...options } = {}) {
      return visit(proxy.origin, `${place.path}${target}`, { headers: { Authorization: signIn, ...headers }, ...options });
    },
    /**
     * Makes a call as the console makes it, but for the headers given; undefined leaves one out.
     * @param {string} method
     * @param {string} target below the API's base, beginning with a slash
     * @param {Record<string, string | undefined>} [headers]
     */
    call(method, target, headers = {}) {
      /** @type {Record<string, string | undefined>} */
      const all = { Authorization: signIn, Accept: "application/json", ...ownHeaders(proxy.origin, method), ...headers };
      const sent = /** @type {Record<string, string>} */ (
        Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
      );
      const body = ["POST", "PUT", "PATCH"].includes(method) ? "{}" : undefined;
      return visit(proxy.origin, `${place.path}/api/v1${target}`, { method, headers: sent, body });
    },
  };
}

/** What the console and its browser add to each call. */
function ownHeaders(origin, method) {
  const changing = method === "GET" ? {} : { Origin: origin, "Content-Type": "application/json" };
  return { "X-Workspace-Console": "1", "Sec-Fetch-Site": "same-origin", Cookie: "theme=dark", ...changing };
}
