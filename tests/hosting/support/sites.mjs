/**
 * The built console at two places, as xtask has copied it: the root of a host, and a path.
 */
import { fileURLToPath } from "node:url";

const folder = process.env.HOSTING_SITES ?? fileURLToPath(new URL("../../../target/hosting-sites", import.meta.url));

/**
 * @typedef {object} Place
 * @property {string} name
 * @property {string} path without the last slash
 * @property {string} release the folder with `site` and `hosting`
 */

/** @type {Place[]} */
export const PLACES = [
  { name: "the root", path: "", release: `${folder}/root` },
  { name: "a path", path: "/admin/console", release: `${folder}/path` },
];
