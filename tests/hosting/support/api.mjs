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
  // These would make nginx send a file of its own, keep the response, and send it slowly.
  "X-Accel-Redirect": "/index.html",
  "X-Accel-Expires": "3600",
  "X-Accel-Limit-Rate": "1",
  "X-Accel-Charset": "koi8-r",
  // These have effects in a browser.
  "Clear-Site-Data": '"storage"',
  Refresh: "0; url=https://attacker.test/",
  Link: "<https://attacker.test/x.css>; rel=preload; as=style",
  "Service-Worker-Allowed": "/",
  SourceMap: "https://attacker.test/x.map",
  "Content-Disposition": "attachment",
  "WWW-Authenticate": 'Basic realm="attacker"',
  "Timing-Allow-Origin": "*",
  "Permissions-Policy": "camera=*",
  "Reporting-Endpoints": 'default="https://attacker.test/"',
  NEL: '{"report_to":"default","max_age":1}',
  "Set-Login": "logged-out",
  Location: "https://attacker.test/",
};

/**
 * @typedef {object} Received
 * @property {string} method
 * @property {string} target path and query as sent
 * @property {import("node:http").IncomingHttpHeaders} headers
 * @property {boolean} isComplete whether the whole body has arrived
 */

/** Starts the API. */
export async function startApi() {
  const sandbox = await startSandbox(["--auth", "key", "--management-key", MANAGEMENT_KEY, "--faults"], PLACES[0]?.release + "/site");
  /** @type {Received[]} */
  let received = [];
  let release = () => {};
  let held = Promise.resolve();
  const relay = createServer(async (incoming, answer) => {
    const { method = "", url = "", headers } = incoming;
    const record = { method, target: url, headers, isComplete: false };
    received.push(record);
    incoming.once("end", () => (record.isComplete = incoming.complete));
    incoming.once("error", () => {});
    await held;
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
    /** Makes the API respond to nothing until `release` is called. */
    hold() {
      held = new Promise((resolve) => (release = resolve));
    },
    release: () => release(),
    async stop() {
      release();
      relay.closeAllConnections();
      relay.close();
      await sandbox.stop();
    },
  };
}
