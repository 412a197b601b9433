/**
 * A proxy of the tests between a browser and a console. It forwards everything, unless a test makes it behave like what
 * stands in between in the field: a sign-in that has ended, a firewall, a gateway, or a CDN that rewrites pages.
 */
import { once } from "node:events";
import { createServer, request as ask } from "node:http";

/**
 * A response that is not the API's.
 * @typedef {object} Substitute
 * @property {number} status
 * @property {Record<string, string>} [headers]
 * @property {string} [body]
 *
 * A call of the API.
 * @typedef {object} Call
 * @property {string} method
 * @property {string} path with the query
 *
 * What the proxy does. Everything that is left out is forwarded.
 * @typedef {object} Behaviour
 * @property {(call: Call) => Substitute | undefined} [answer] answers a call in place of the API, which never sees it
 * @property {(call: Call) => Substitute | undefined} [replace] replaces what the API answered
 * @property {(html: string) => string} [rewrite] rewrites pages
 * @property {(call: Call) => Substitute | undefined} [page] answers a navigation in place of the console
 *
 * @typedef {object} Between
 * @property {string} url
 * @property {Call[]} calls the calls of the API that arrived, oldest first
 * @property {(behaviour: Behaviour) => void} behave replaces the behaviour
 * @property {() => Promise<void>} stop
 */

const HTML = { "content-type": "text/html; charset=utf-8" };

/** The page of a sign-in. */
export const SIGN_IN_PAGE =
  '<!doctype html><html><head><title>Company sign-in</title></head><body><h1>Please sign in</h1><form method="post"><input name="user"><input name="pass" type="password"><button>Sign in</button></form></body></html>';

/** The page of a firewall. */
export const BLOCK_PAGE = "<html><head><title>Blocked</title></head><body><h1>Blocked</h1><p>Rule 920170, event 1f3c.</p></body></html>";

/** A redirect to a sign-in of another origin. @param {number} status @returns {Substitute} */
export const redirect = (status = 302) => ({ status, headers: { location: "https://login.invalid/start?rd=%2F" } });

/** A web page with this status. @param {number} status @returns {Substitute} */
export const webPage = (status, body = SIGN_IN_PAGE) => ({ status, headers: HTML, body });

/** A JSON body with this status. @param {number} status @param {unknown} body @returns {Substitute} */
export const json = (status, body) => ({ status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

/** A plain text with this status. @param {number} status @returns {Substitute} */
export const text = (status, body = "") => ({ status, headers: { "content-type": "text/plain" }, body });

/** Gives scripts another type, so that a loader of the CDN can run them later. With `isPolite`, not those that refuse it. */
export const deferScripts = (/** @type {string} */ html, isPolite = true) =>
  html.replace(/<script\b([^>]*)>/g, (whole, /** @type {string} */ attributes) => {
    if (isPolite && /\bdata-cfasync="false"/.test(attributes)) return whole;
    const type = /\btype="([^"]*)"/.exec(attributes)?.[1] ?? "text/javascript";
    return `<script type="7f3e-${type}"${attributes.replace(/\s*\btype="[^"]*"/, "")}>`;
  });

/** Shortens white space, and formats the scripts inside the page in another way. */
export const shorten = (/** @type {string} */ html) =>
  html.replace(/[\t\n ]+/g, " ").replace(/(<script\b[^>]*>)([^<]+)(<\/script>)/g, "$1 $2; $3");

/**
 * Starts the proxy in front of an origin.
 * @param {string} target such as `http://127.0.0.1:8787`
 * @returns {Promise<Between>}
 */
export async function startBetween(target) {
  const { host, hostname, port } = new URL(target);
  /** @type {Behaviour} */
  let behaviour = {};
  /** @type {Call[]} */
  const calls = [];
  let own = "";

  const server = createServer({ headersTimeout: 5_000, connectionsCheckingInterval: 1_000 }, (incoming, answer) => {
    const { method = "", url: path = "" } = incoming;
    const call = { method, path };
    const isCall = path.includes("/api/v1/");
    if (isCall) calls.push(call);
    /** @param {Substitute} substitute */
    const send = ({ status, headers = {}, body = "" }) => answer.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) }).end(body);
    const substitute = isCall ? behaviour.answer?.(call) : behaviour.page?.(call);
    if (substitute) {
      incoming.resume();
      incoming.once("end", () => send(substitute));
      return;
    }
    const headers = { ...incoming.headers };
    if (headers.host === own) headers.host = host;
    if (headers.origin === `http://${own}`) headers.origin = `http://${host}`;
    if (behaviour.rewrite) delete headers["accept-encoding"];
    const outgoing = ask({ hostname, port, method, path, headers, agent: false }, (response) => {
      const { statusCode = 502, headers: received } = response;
      const replaced = isCall ? behaviour.replace?.(call) : undefined;
      const isPage = /text\/html/.test(received["content-type"] ?? "");
      if (!replaced && !(behaviour.rewrite && isPage)) {
        answer.writeHead(statusCode, received);
        response.pipe(answer);
        return;
      }
      /** @type {Buffer[]} */
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        if (replaced) return send(replaced);
        const { "content-length": _length, etag: _etag, ...kept } = received;
        answer.writeHead(statusCode, kept).end(behaviour.rewrite?.(Buffer.concat(parts).toString()));
      });
    });
    outgoing.on("error", () => answer.destroy());
    incoming.pipe(outgoing);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  own = `127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
  return {
    url: `http://${own}`,
    calls,
    behave: (next) => {
      behaviour = next;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
