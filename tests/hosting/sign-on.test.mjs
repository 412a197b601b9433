/**
 * Single sign-on instead of a password: the lines of the configurations with `#sso`.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { MANAGEMENT_KEY, startApi } from "./support/api.mjs";
import { linesOf } from "./support/log.mjs";
import { DEPLOYMENTS, SIGN_IN } from "./support/proxies.mjs";
import { visit } from "./support/visit.mjs";

/** Starts a stand-in for oauth2-proxy. It responds with 202 or 401 to the proxy's check, and serves a sign-in page. */
async function startSignOn() {
  /** @type {(string | string[] | undefined)[]} */
  const returns = [];
  const server = createServer(({ url = "", headers }, answer) => {
    if (url.startsWith("/oauth2/auth")) {
      const isNamed = headers.cookie === "_oauth2_proxy=good";
      answer.statusCode = isNamed || headers.cookie === "_oauth2_proxy=nameless" ? 202 : 401;
      if (isNamed) answer.setHeader("X-Auth-Request-Email", "anna@example.com");
    }
    if (url === "/oauth2/start") {
      returns.push(headers["x-auth-request-redirect"]);
      answer.writeHead(302, { Location: "https://login.example.com/" });
    }
    answer.end(url.startsWith("/oauth2/sign_in") ? "sign in here" : "");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { host: `127.0.0.1:${port}`, takeReturns: () => returns.splice(0), stop: () => void server.close() };
}

for (const { mode, place, start, title } of DEPLOYMENTS.filter((it) => it.mode === "proxy-held-key")) {
  test(`${title}: only a signed-in person is admitted`, async (t) => {
    const [api, signOn] = [await startApi(), await startSignOn()];
    t.after(() => api.stop());
    t.after(() => signOn.stop());
    const change = (/** @type {string} */ text) =>
      text
        .replaceAll("#sso ", "")
        .replaceAll("127.0.0.1:4180", signOn.host)
        .replace(/auth_basic .*\n\s*auth_basic_user_file .*\n\s*set \$console_person \$remote_user;/, "")
        .replace("import console/password.caddy", "")
        .replace("import console/sign-in.caddy", "");
    const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY, change });
    t.after(() => proxy.stop());
    const ask = (/** @type {string} */ target, cookie = "") =>
      visit(proxy.origin, target, { headers: { "X-Workspace-Console": "1", ...(cookie ? { Cookie: cookie } : {}) } });
    // With characters that an unencoded query parameter would lose.
    const target = `${place.path}/people?search=a%26b&rd=https://attacker.test/+x`;
    const view = (cookie = "") => visit(proxy.origin, target, { headers: cookie ? { Cookie: cookie } : {} });

    for (const cookie of ["", "_oauth2_proxy=bad"]) {
      assert.equal((await ask(`${place.path}/api/v1/key`, cookie)).status, 401);
      const { status, headers, body } = await view(cookie);
      assert.deepEqual([status, headers.location], [302, "https://login.example.com/"]);
      assert.deepEqual(signOn.takeReturns(), [target]);
      assert.doesNotMatch(body.toString(), /Workspace Console/);
    }
    assert.equal((await ask("/oauth2/sign_in")).body.toString(), "sign in here");
    assert.deepEqual(api.takeReceived(), []);

    assert.equal((await view("_oauth2_proxy=good")).status, 200);
    assert.equal((await ask(`${place.path}/api/v1/key`, "_oauth2_proxy=good")).status, 200);
    const [received] = api.takeReceived();
    assert.deepEqual([received?.headers.authorization, received?.headers.cookie], [`Bearer ${MANAGEMENT_KEY}`, undefined]);

    // The log names the person that the sign-on confirmed, and not what a browser claims.
    const claim = { Cookie: "_oauth2_proxy=good", "X-Auth-Request-Email": "eve@example.com", Authorization: SIGN_IN };
    await visit(proxy.origin, `${place.path}/budgets`, { headers: claim });
    await visit(proxy.origin, `${place.path}/activity`, { headers: { ...claim, Cookie: "_oauth2_proxy=nameless" } });
    const lines = await linesOf(proxy, 9);
    const person = (/** @type {string} */ uri) => lines.filter((it) => it.request.uri.endsWith(uri)).map((it) => it.user_id);
    assert.deepEqual([person("/budgets"), person("/people")], [["anna@example.com"], ["", "", "anna@example.com"]]);
    assert.deepEqual(person("/activity"), [""]);
  });
}
