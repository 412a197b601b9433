/**
 * The access logs: who did what, in the same form from both proxies, and nothing that is secret.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MANAGEMENT_KEY, startApi } from "./support/api.mjs";
import { linesOf } from "./support/log.mjs";
import { DEPLOYMENTS, SIGN_IN } from "./support/proxies.mjs";
import { KNOWN_BROWSER, KNOWN_COOKIE } from "./support/values.mjs";
import { visit } from "./support/visit.mjs";

const ID = "3b2f0f2e-6c1d-4a4e-9b53-0d9a6f0a8a11";

for (const { mode, place, start, title } of DEPLOYMENTS) {
  test(`${title}: the log has the person, the method, the path and the status, but no key and no query`, async (t) => {
    const api = await startApi();
    t.after(() => api.stop());
    const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY });
    t.after(() => proxy.stop());
    const isHeld = mode === "proxy-held-key";
    const signIn = isHeld ? SIGN_IN : `Bearer ${MANAGEMENT_KEY}`;
    const send = (/** @type {string} */ method, /** @type {string} */ target, /** @type {Record<string, string>} */ headers = {}) =>
      visit(proxy.origin, `${place.path}${target}`, {
        method,
        headers: { Authorization: signIn, Cookie: KNOWN_COOKIE, "X-Workspace-Console": "1", ...headers },
      });
    await send("GET", "/people?search=secret-name");
    await send("DELETE", `/api/v1/workspaces/${ID}`, { Origin: proxy.origin });
    await send("GET", "/api/v1/workspaces?offset=0&limit=100");
    await send("GET", `/${MANAGEMENT_KEY}`);
    // Refused before the sign-in is checked, with the name of someone else.
    const claimed = `Basic ${btoa("mallory:password")}`;
    await send("GET", "/api/v1/generation", { Authorization: claimed });
    await send("GET", "/api/v1/key", { Authorization: claimed });

    const lines = await linesOf(proxy, 6);
    const person = isHeld ? "anna" : "";
    assert.deepEqual(
      lines.map(({ request, user_id, status }) => [user_id, request.method, request.uri.slice(place.path.length), status]),
      [
        [person, "GET", "/people", 200],
        [person, "DELETE", `/api/v1/workspaces/${ID}`, 404],
        [person, "GET", "/api/v1/workspaces", 200],
        [person, "GET", "/sk-or-", 200],
        ["", "GET", "/api/v1/generation", isHeld && title.startsWith("Caddy") ? 401 : 404],
        ["", "GET", "/api/v1/key", 401],
      ],
    );
    for (const line of lines) {
      assert.deepEqual(Object.keys(line), ["ts", "request", "user_id", "status"]);
      assert.deepEqual(Object.keys(line.request), ["remote_ip", "method", "uri"]);
      assert.equal(line.request.remote_ip, "127.0.0.1");
      assert.match(line.ts, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    }
    const all = `${await proxy.log()}${proxy.output()}`;
    for (const secret of [MANAGEMENT_KEY, KNOWN_BROWSER, SIGN_IN, "secret-name", "correct horse"]) assert.ok(!all.includes(secret), secret);
  });

  test(`${title}: an error of the proxy is logged without query and key`, async (t) => {
    const api = await startApi();
    t.after(() => api.stop());
    const proxy = await start({ mode, place, api: "127.0.0.1:1", key: MANAGEMENT_KEY });
    t.after(() => proxy.stop());
    const headers = {
      Authorization: mode === "proxy-held-key" ? SIGN_IN : `Bearer ${MANAGEMENT_KEY}`,
      Cookie: KNOWN_COOKIE,
      "X-Workspace-Console": "1",
    };
    const { status } = await visit(proxy.origin, `${place.path}/api/v1/activity?workspace_id=secret-id`, { headers });
    assert.equal(status, 502);
    const [line] = await linesOf(proxy, 1);
    assert.deepEqual([line?.request.uri, line?.status], [`${place.path}/api/v1/activity`, 502]);
    const all = `${await proxy.log()}${proxy.output()}`;
    for (const secret of [MANAGEMENT_KEY, KNOWN_BROWSER, SIGN_IN]) assert.ok(!all.includes(secret), secret);
    // nginx's error log cannot leave out the query: the README says so.
    if (title.startsWith("Caddy")) assert.ok(!all.includes("secret-id"), all);
  });
}
