/**
 * All combinations of proxy, mode and place.
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
 * @property {(text: string) => string} [change] changes each file of the configuration
 * @property {{certificate: string, key: string}} [tls]
 * @property {boolean} [isApiSecure] whether the API is called over TLS
 * @property {string} [report] the addition to the page's policy
 * @property {string} [users] the file of the users
 * @property {boolean} [canCreateKeys] whether the host has turned the creation of API keys on
 *
 * @typedef {object} Proxy
 * @property {string} origin
 * @property {string} [plainOrigin] the origin without TLS
 * @property {number} pid of the server's first process
 * @property {() => string} output what the server has written to its terminal
 * @property {() => Promise<string>} log the access log
 * @property {(folder: string) => Promise<void>} release sets another release, and reloads as the README says
 * @property {() => Promise<void>} stop
 */

/** The name and password that the proxies accept. */
export const USER = "anna:correct horse";

/** The same as an `Authorization` header. */
export const SIGN_IN = `Basic ${Buffer.from(USER).toString("base64")}`;

const STARTS = { nginx: startNginx, Caddy: startCaddy };

/** @type {Mode[]} */
const MODES = ["pasted-key", "proxy-held-key"];

/** The servers to test: both, or the one that this variable names. */
const servers = Object.entries(STARTS).filter(([server]) => [undefined, server].includes(process.env.HOSTING_SERVERS));

/** Each way to host the console. */
export const DEPLOYMENTS = servers.flatMap(([server, start]) =>
  MODES.flatMap((mode) =>
    PLACES.map((place) => ({ title: `${server}, ${mode}, at ${place.name}`, server, mode, place, start })),
  ),
);
