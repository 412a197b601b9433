/**
 * What a proxy does beside the console: other host names, its own errors, headers in both directions, large bodies, and
 * the address for reports of vulnerabilities.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { MANAGEMENT_KEY, startApi } from "./support/api.mjs";
import { useDeployment } from "./support/deployment.mjs";
import { DEPLOYMENTS, SIGN_IN } from "./support/proxies.mjs";
import { KNOWN_COOKIE, SECURITY_TXT } from "./support/values.mjs";
import { visit } from "./support/visit.mjs";

const ON_EVERYTHING = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store, no-transform",
};

/** The headers of a response of the API: the API's own, and those of every response. */
const ALLOWED = [
  ...Object.keys(ON_EVERYTHING),
  "connection",
  "content-length",
  "content-type",
  "date",
  "keep-alive",
  "permissions-policy",
  "server",
  "set-cookie",
  "transfer-encoding",
  "x-request-id",
];

/**
 * Sends bytes, and returns all that comes back until the server closes the connection.
 * @param {string} origin
 * @param {string} text
 */
async function exchange(origin, text) {
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  let received = "";
  socket.setEncoding("utf8").on("data", (data) => (received += data));
  // A reset closes the connection, too.
  socket.on("error", () => {});
  socket.write(text);
  await new Promise((resolve) => socket.once("close", resolve));
  return received;
}

for (const deployment of DEPLOYMENTS) {
  const { mode, place, server } = deployment;
  const isHeld = mode === "proxy-held-key";
  const signIn = isHeld ? SIGN_IN : `Bearer ${MANAGEMENT_KEY}`;
  describe(deployment.title, () => {
    const console = useDeployment(deployment);
    const headOf = (/** @type {string} */ method, /** @type {string} */ target) =>
      `${method} ${place.path}${target} HTTP/1.1\r\nHost: ${new URL(console.origin).host}\r\nAuthorization: ${signIn}\r\n` +
      `Cookie: ${KNOWN_COOKIE}\r\nX-Workspace-Console: 1\r\nContent-Type: application/json\r\n`;

    test("requests for other host names are closed without a response", async () => {
      for (const host of ["other.example.com", "127.0.0.1.attacker.test", "localhost"]) {
        const request = `GET ${place.path}/ HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${signIn}\r\nConnection: close\r\n\r\n`;
        assert.equal(await exchange(console.origin, request), "", host);
      }
      const { plainOrigin } = console.proxy;
      if (!plainOrigin) return;
      assert.equal(await exchange(plainOrigin, "GET / HTTP/1.1\r\nHost: other.example.com\r\nConnection: close\r\n\r\n"), "");
      const { status, headers } = await visit(plainOrigin, "/");
      assert.deepEqual([status, headers.server], [301, "nginx"]);
    });

    test("security.txt is public, and says what the administrator has set", async () => {
      const { status, headers, body } = await visit(console.origin, "/.well-known/security.txt");
      assert.deepEqual([status, headers["content-type"], body.toString()], [200, "text/plain; charset=utf-8", SECURITY_TXT]);
      for (const target of ["/.well-known/", "/.well-known/other.txt", "/.well-known/security.txt/x", "/.well-known/users"]) {
        assert.ok([401, 404].includes((await visit(console.origin, target)).status), target);
      }
    });

    test("the proxy's own errors have the headers", async () => {
      const errors = [
        [405, await console.visit("/", { method: "TRACE" })],
        [404, await console.visit("/x.php")],
        [404, await console.call("GET", "/generation")],
        [403, await console.call("GET", "/key", { Origin: "https://attacker.test" })],
        [413, await console.call("POST", "/workspaces", { "Content-Length": "300000" }, "x".repeat(300_000))],
        ...(isHeld ? [[401, await visit(console.origin, `${place.path}/`)]] : []),
        ...(place.path ? [[404, await console.visit("/../../other")]] : []),
        // Caddy does not let a configuration change its response to a malformed request.
        ...(server === "nginx" ? [[400, await console.visit("/%")]] : []),
        ...(server === "nginx" ? [[431, await console.visit("/", { headers: { "X-Large": "x".repeat(9_000) } })]] : []),
      ];
      for (const [status, answer] of /** @type {[number, import("./support/visit.mjs").Answer][]} */ (errors)) {
        assert.ok(answer.status === status || (status === 431 && answer.status === 400), `${answer.status}, not ${status}`);
        for (const [name, value] of Object.entries(ON_EVERYTHING)) assert.equal(answer.headers[name], value, `${name} of ${status}`);
        assert.match(String(answer.headers["permissions-policy"]), /camera=\(\)/);
      }
    });

    test("the API gets the headers on a list, and no upgrade; the browser gets those on another", async () => {
      console.takeReceived();
      const { status, headers } = await console.call("GET", "/workspaces", {
        Connection: "Upgrade",
        Upgrade: "websocket",
        Forwarded: "for=10.0.0.1",
        "Proxy-Authorization": "Basic eDp5",
        "If-None-Match": "*",
        Range: "bytes=0-1",
        TE: "trailers",
        "True-Client-IP": "10.0.0.1",
        "HTTP2-Settings": "x",
        Pragma: "no-cache",
      });
      assert.equal(status, 200);
      const [received] = console.takeReceived();
      const usual = ["accept", "accept-encoding", "authorization", "connection", "host", "user-agent"];
      assert.deepEqual(Object.keys(received?.headers ?? {}).filter((name) => !usual.includes(name)), []);
      assert.doesNotMatch(received?.headers.connection ?? "", /upgrade/i);
      assert.deepEqual(Object.keys(headers).filter((name) => !ALLOWED.includes(name)), []);
      for (const [name, value] of Object.entries(ON_EVERYTHING)) assert.equal(headers[name], value, name);
      for (const cookie of headers["set-cookie"] ?? []) assert.ok(cookie.startsWith(KNOWN_COOKIE), cookie);
      const { body } = await console.call("GET", "/workspaces");
      assert.match(body.toString(), /^\{"data":/, "X-Accel-Redirect has no effect");
    });

    test("a body that is too large, or of unknown size, is refused before the API gets anything", async () => {
      console.takeReceived();
      // Only the headers are sent, and the server responds.
      const declared = `${headOf("POST", "/api/v1/workspaces")}Content-Length: 300000\r\nConnection: close\r\n\r\n`;
      assert.match(await exchange(console.origin, declared), /^HTTP\/1\.1 413 /);
      const chunked = `${headOf("POST", "/api/v1/workspaces")}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;
      const size = `${(70_000).toString(16)}\r\n${"x".repeat(70_000)}\r\n`;
      assert.match(await exchange(console.origin, `${chunked}${size.repeat(5)}0\r\n\r\n`), /^(HTTP\/1\.1 (413|411) |$)/);
      assert.deepEqual(console.takeReceived(), []);
      const allowed = `${headOf("POST", "/api/v1/workspaces")}Content-Length: 2\r\nConnection: close\r\n\r\n{}`;
      assert.match(await exchange(console.origin, allowed), /^HTTP\/1\.1 4/);
      assert.equal(console.takeReceived().length, 1);
    });
  });

  test(`${deployment.title}: where browsers report to is in the page's policy, and nowhere else`, async (t) => {
    const api = await startApi();
    t.after(() => api.stop());
    const report = "; report-uri https://reports.example.com/console";
    const proxy = await deployment.start({ mode, place, api: api.host, key: MANAGEMENT_KEY, report });
    t.after(() => proxy.stop());
    const ask = (/** @type {string} */ target) => visit(proxy.origin, `${place.path}${target}`, { headers: { Authorization: signIn } });
    assert.match(String((await ask("/people")).headers["content-security-policy"]), /; trusted-types 'none'; report-uri https:\/\/reports\.example\.com\/console$/);
    assert.equal((await ask("/x.js")).headers["content-security-policy"], ON_EVERYTHING["content-security-policy"]);
  });
}

test("browsers must use TLS for other names only if the administrator says so", async () => {
  for (const file of ["nginx/proxy-held-key.conf", "nginx/pasted-key.conf", "caddy/console.env", "caddy/console/headers.caddy"]) {
    const text = await readFile(fileURLToPath(new URL(`../../tools/hosting/${file}`, import.meta.url)), "utf8");
    const lines = text.split("\n").filter((line) => !line.trim().startsWith("#"));
    assert.match(text, /max-age=63072000/, file);
    assert.doesNotMatch(lines.join("\n"), /includeSubDomains/, file);
  }
});
