/**
 * A new release: each request during the change gets one of the two pages, with the policy of the same release.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { startApi, MANAGEMENT_KEY } from "./support/api.mjs";
import { temporaryFolder } from "./support/processes.mjs";
import { DEPLOYMENTS } from "./support/proxies.mjs";
import { visit } from "./support/visit.mjs";

const SCRIPT = "window.release = 2";
const HASH = `'sha256-${createHash("sha256").update(SCRIPT).digest("base64")}'`;

/**
 * Creates a release with another script in its page.
 * @param {string} former
 * @param {string} next
 */
async function makeNext(former, next) {
  await cp(former, next, { recursive: true });
  const page = `${next}/site/index.html`;
  await writeFile(page, (await readFile(page, "utf8")).replace("</head>", `<script>${SCRIPT}</script></head>`));
  for (const file of [`${next}/hosting/nginx.conf`, `${next}/hosting/caddy.conf`]) {
    await writeFile(file, (await readFile(file, "utf8")).replace("'wasm-unsafe-eval'", `${HASH} 'wasm-unsafe-eval'`));
  }
}

for (const { server, title, mode, place, start } of DEPLOYMENTS.filter((it) => it.mode === "pasted-key" && !it.place.path)) {
  test(`${title}: the page always has its own policy while a release replaces another`, { timeout: 60_000 }, async (t) => {
    const { folder, remove } = await temporaryFolder();
    t.after(remove);
    await makeNext(place.release, `${folder}/2`);
    const api = await startApi();
    t.after(() => api.stop());
    const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY });
    t.after(() => proxy.stop());
    /** Returns the release of the page, after checking that the policy is of the same one. */
    const release = async () => {
      const answer = await visit(proxy.origin, "/people").catch((error) => {
        // Caddy resets a connection that is opened during its reload.
        assert.deepEqual([server, error.code], ["Caddy", "ECONNRESET"]);
      });
      if (!answer) return undefined;
      const { status, headers, body } = answer;
      const is = { page: body.includes(SCRIPT), policy: String(headers["content-security-policy"]).includes(HASH) };
      assert.deepEqual([status, is.page], [200, is.policy]);
      return is.page ? 2 : 1;
    };
    for (const [next, number] of /** @type {const} */ ([[`${folder}/2`, 2], [place.release, 1], [`${folder}/2`, 2]])) {
      const reloaded = proxy.release(next);
      while ((await release()) !== number);
      await reloaded;
    }
  });
}
