/**
 * What strangers can do: guess passwords, try keys, and send slowly. None of it delays people who have used the console.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { MANAGEMENT_KEY, startApi } from "./support/api.mjs";
import { DEPLOYMENTS, SIGN_IN } from "./support/proxies.mjs";
import { KNOWN_COOKIE } from "./support/values.mjs";
import { visit } from "./support/visit.mjs";

/** `anna` with the password `correct horse`, as the README's commands print it: `htpasswd -nBC 10` and `openssl passwd -6`. */
const DOCUMENTED = {
  Caddy: "anna $2y$10$abcdefghijklmnopqrstuu23JPZtHcGhwXSF41f93o/7vBdDut3Xu\n",
  nginx: "anna:$6$hosting$sVLA/JFWZvZWrKz3K7M0Ij8bYTl9ZOsCZ.oQ4zDD6ykqLKAlULFppi3qI1n3igPAy3ca3EkyLAjpdN4QJrBzL1\n",
};

/** @param {number} count */
const times = (count) => Array.from({ length: count }, (_, index) => index);
const OWN = { "X-Workspace-Console": "1" };

test("the README's command creates hashes that are as costly as the tested one", async () => {
  const readme = await readFile(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");
  const cost = /htpasswd -nBC (\d+)/.exec(readme)?.[1];
  assert.ok(cost && DOCUMENTED.Caddy.startsWith(`anna $2y$${cost}$`), cost);
  assert.match(readme, /openssl passwd -6/);
  assert.doesNotMatch(readme, /caddy hash-password/, "its cost is 14, and takes a second to check");
});

for (const deployment of DEPLOYMENTS.filter(({ place }) => !place.path)) {
  const { mode, place, start, server } = deployment;
  const isHeld = mode === "proxy-held-key";
  describe(deployment.title, () => {
    if (isHeld) {
      test("guesses are limited, and do not delay a known browser", async (t) => {
        const api = await startApi();
        t.after(() => api.stop());
        const users = DOCUMENTED[/** @type {"nginx" | "Caddy"} */ (server)];
        const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY, users });
        t.after(() => proxy.stop());
        const guess = (/** @type {number} */ index) => {
          const Authorization = `Basic ${btoa(`guess:password${index}`)}`;
          return visit(proxy.origin, "/api/v1/key", { headers: { ...OWN, Authorization } });
        };
        const known = () => visit(proxy.origin, "/api/v1/key", { headers: { ...OWN, Authorization: SIGN_IN, Cookie: KNOWN_COOKIE } });
        assert.equal((await known()).status, 200);
        let left = 100;
        const guesses = times(left).map(async (index) => {
          const { status } = await guess(index);
          left -= 1;
          return status;
        });
        // Caddy is still busy with the guesses while it responds to the known browser.
        assert.equal((await known()).status, 200);
        if (server === "Caddy") assert.ok(left > 0, "the known browser did not wait for the guesses");
        const statuses = await Promise.all(guesses);
        const counts = Object.fromEntries([401, 429, 503].map((status) => [status, statuses.filter((it) => it === status).length]));
        assert.ok((counts[429] ?? 0) + (counts[503] ?? 0) >= 30, JSON.stringify(counts));
        assert.equal((counts[401] ?? 0) + (counts[429] ?? 0) + (counts[503] ?? 0), 100, JSON.stringify(counts));
        assert.equal((await known()).status, 200);
      });

      test("a person who signs in for the first time becomes known", async (t) => {
        const api = await startApi();
        t.after(() => api.stop());
        const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY });
        t.after(() => proxy.stop());
        const wrong = await visit(proxy.origin, "/api/v1/key", { headers: { ...OWN, Authorization: `${SIGN_IN}x` } });
        assert.deepEqual([wrong.status, wrong.headers["set-cookie"]], [401, undefined]);
        const { status, headers } = await visit(proxy.origin, "/api/v1/key", { headers: { ...OWN, Authorization: SIGN_IN } });
        assert.equal(status, 200);
        assert.deepEqual(headers["set-cookie"], [`${KNOWN_COOKIE}; Path=/; Max-Age=2592000; Secure; HttpOnly; SameSite=Strict`]);
        // The cookie alone is no sign-in.
        const cookieOnly = await visit(proxy.origin, "/api/v1/key", { headers: { ...OWN, Cookie: KNOWN_COOKIE } });
        assert.equal(cookieOnly.status, 401);
      });
    } else {
      test("the relay is limited for keys that the API has not accepted", async (t) => {
        const api = await startApi();
        t.after(() => api.stop());
        const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY });
        t.after(() => proxy.stop());
        api.hold();
        const ask = (/** @type {string} */ key, cookie = "") =>
          visit(proxy.origin, "/api/v1/key", { headers: { ...OWN, Authorization: `Bearer ${key}`, ...(cookie ? { Cookie: cookie } : {}) } });
        let refused = 0;
        const tried = times(100).map(async (index) => {
          const { status } = await ask(`sk-or-v1-wrong-${index}`);
          if (status === 429 || status === 503) refused += 1;
          return status;
        });
        // The API responds to none of them yet.
        let forwarded = 0;
        for (; refused + forwarded < 100; forwarded += api.takeReceived().length) await pause(20);
        assert.ok(refused >= 40, `${forwarded} were forwarded at once`);
        const known = ask(MANAGEMENT_KEY, KNOWN_COOKIE);
        api.release();
        assert.equal((await known).status, 200, "a known browser is not limited");
        const statuses = await Promise.all(tried);
        assert.ok(statuses.every((status) => [401, 429, 503].includes(status)), statuses.join());
        assert.ok(statuses.includes(401), "some calls of strangers reach the API");
      });
    }

    test("clients that send slowly are disconnected", async (t) => {
      const api = await startApi();
      t.after(() => api.stop());
      const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY });
      t.after(() => proxy.stop());
      const { host, port } = new URL(proxy.origin);
      const authorization = isHeld ? SIGN_IN : `Bearer ${MANAGEMENT_KEY}`;
      const head = `POST /api/v1/workspaces HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${authorization}\r\nCookie: ${KNOWN_COOKIE}\r\n`;
      for (const [what, text] of [
        ["the request line", "GET / HT"],
        ["a header", `${head}X-Slow: `],
        ["the body", `${head}X-Workspace-Console: 1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`],
      ]) {
        const socket = connect(Number(port), "127.0.0.1");
        socket.resume();
        socket.on("error", () => {});
        socket.write(String(text));
        await new Promise((resolve) => socket.once("close", resolve));
        assert.ok(socket.bytesWritten > 0, what);
      }
      assert.deepEqual(api.takeReceived().filter(({ isComplete }) => isComplete), []);
    });
  });
}
