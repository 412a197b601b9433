/**
 * The built console as the chores have put it at two places: the root of a host, and a path of one.
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
