/**
 * The API behind the proxies: the sandbox, which requires a key, behind a relay. The relay records each request as sent,
 * and adds headers to each response that the host of an API might send.
 */
import { once } from "node:events";
import { createServer, request as ask } from "node:http";
import { startSandbox } from "../../support/sandbox-process.mjs";
import { PLACES } from "./sites.mjs";

/** The management key that the API accepts. */
export const MANAGEMENT_KEY = "sk-or-v1-hosting-management";

/** Headers of an API's host that visitors of the console must not get. */
const HOST_HEADERS = {
  "Set-Cookie": "session=api; Path=/",
  "Cache-Control": "public, max-age=3600",
  "Access-Control-Allow-Origin": "*",
  "X-Powered-By": "API/1.2.3",
  Server: "api-server/4.5.6",
  "Alt-Svc": 'h3=":443"',
  "Content-Security-Policy": "default-src *",
  "Strict-Transport-Security": "max-age=1",
};

/**
 * @typedef {object} Received
 * @property {string} method
 * @property {string} target path and query as sent
 * @property {import("node:http").IncomingHttpHeaders} headers
 */

/** Starts the API. */
export async function startApi() {
  const sandbox = await startSandbox(["--auth", "key", "--management-key", MANAGEMENT_KEY, "--faults"], PLACES[0]?.release + "/site");
  /** @type {Received[]} */
  let received = [];
  const relay = createServer((incoming, answer) => {
    const { method = "", url = "", headers } = incoming;
    received.push({ method, target: url, headers });
    const outgoing = ask(sandbox.url, { method, path: url, headers, agent: false }, (response) => {
      answer.writeHead(response.statusCode ?? 0, { ...response.headers, ...HOST_HEADERS });
      response.pipe(answer);
    });
    outgoing.on("error", () => answer.destroy());
    incoming.pipe(outgoing);
  });
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (relay.address());
  return {
    host: `127.0.0.1:${port}`,
    /** Returns the requests that have reached the API since the last call. */
    takeReceived() {
      const taken = received;
      received = [];
      return taken;
    },
    /**
     * Makes the API close the connection of the next call by this method instead of responding.
     * @param {string} method
     */
    async hangUp(method) {
      const fault = { method, path: "/api/v1/", answer: { kind: "close" } };
      const response = await fetch(`${sandbox.url}/__control/faults`, { method: "POST", body: JSON.stringify(fault) });
      if (!response.ok) throw new Error(await response.text());
    },
    async stop() {
      relay.closeAllConnections();
      relay.close();
      await sandbox.stop();
    },
  };
}
