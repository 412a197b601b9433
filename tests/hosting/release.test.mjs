/**
 * A later release: whoever asks meanwhile gets one page or the other, and always the policy that belongs to it.
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
 * Makes a release with one more script in its page.
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
  test(`${title}: the page always comes with its own policy while a release takes the place of another`, { timeout: 60_000 }, async (t) => {
    const { folder, remove } = await temporaryFolder();
    t.after(remove);
    await makeNext(place.release, `${folder}/2`);
    const api = await startApi();
    t.after(() => api.stop());
    const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY });
    t.after(() => proxy.stop());
    /** Which release the page is, after a look whether the policy is of the same. */
    const release = async () => {
      const answer = await visit(proxy.origin, "/people").catch((error) => {
        // Where Caddy reloads just while a connection is being made, that one is reset.
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
