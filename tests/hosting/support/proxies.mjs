/**
 * Both proxies in both modes at both places, as one list.
 */
import { startCaddy } from "./caddy.mjs";
import { startNginx } from "./nginx.mjs";
import { PLACES } from "./sites.mjs";

/**
 * @typedef {"pasted-key" | "proxy-held-key"} Mode
 *
 * @typedef {object} Setting
 * @property {Mode} mode
 * @property {import("./sites.mjs").Place} place
 * @property {string} api host and port of the API
 * @property {string} key the management key that the proxy holds
 * @property {(text: string) => string} [change] what is done to each file of the configuration
 * @property {{certificate: string, key: string}} [tls]
 * @property {boolean} [isApiSecure] whether the API is asked over TLS
 *
 * @typedef {object} Proxy
 * @property {string} origin
 * @property {string} [plainOrigin] where those come who leave out the encryption
 * @property {(folder: string) => Promise<void>} release sets another release, and reloads as the README tells
 * @property {() => Promise<void>} stop
 */

/** The name and password that the proxies let in. */
export const USER = "anna:correct horse";

/** The same as a header. */
export const SIGN_IN = `Basic ${Buffer.from(USER).toString("base64")}`;

const STARTS = { nginx: startNginx, Caddy: startCaddy };

/** @type {Mode[]} */
const MODES = ["pasted-key", "proxy-held-key"];

/** Each way to host the console. */
export const DEPLOYMENTS = Object.entries(STARTS).flatMap(([server, start]) =>
  MODES.flatMap((mode) =>
    PLACES.map((place) => ({ title: `${server}, ${mode}, at ${place.name}`, server, mode, place, start })),
  ),
);
