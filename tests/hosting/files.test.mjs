/**
 * How the console's files are served: their headers, and missing files.
 */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { useDeployment } from "./support/deployment.mjs";
import { DEPLOYMENTS } from "./support/proxies.mjs";

/** The paths of all views, as in `src/routes`. */
const VIEWS = [
  "/",
  "/workspaces?search=lab&sort=name",
  "/create-workspace",
  "/workspaces/research-lab",
  "/workspaces/3b2f0f2e-6c1d-4a4e-9b53-0d9a6f0a8a11?panel=delete",
  "/workspaces/research-lab/budgets",
  "/workspaces/research-lab/members",
  "/budgets",
  "/people",
  "/keys",
  "/workspaces/production/keys",
  "/activity",
  "/files",
  "/index.html",
  "/no/such/view/",
  // H06: addresses that were copied with the end of their sentence.
  "/people.",
  "/people.)",
  "/workspaces/interns/members,",
  "/workspaces/interns...",
  "/people.%E2%80%9D",
];

const MISSING = [
  "/workspace-console-0123456789abcdef.js",
  "/later-0123456789abcdef.wasm",
  "/console-0123456789abcdef.css",
  "/favicon.ico",
  "/robots.txt",
  "/index.html.br",
  "/index.html.map",
  "/index.html.",
  "/people.html",
  "/people.Then",
  "/.git/config",
  "/.git/HEAD",
  "/.env",
  "/nginx.conf",
  "/caddy.conf",
  "/hosting/nginx.conf",
  "/../hosting/nginx.conf",
  "/%2e%2e/hosting/caddy.conf",
  "/..%2fhosting/caddy.conf",
];

const TYPES = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  wasm: "application/wasm",
};

const ON_EVERYTHING = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** @param {import("./support/visit.mjs").Answer} answer */
function assertCommonHeaders({ headers }, about = "") {
  for (const [name, value] of Object.entries(ON_EVERYTHING)) assert.equal(headers[name], value, `${name} of ${about}`);
  assert.match(String(headers["permissions-policy"]), /camera=\(\)/);
  assert.doesNotMatch(headers.server ?? "", /\d/);
  assert.equal(headers["strict-transport-security"], undefined, "HSTS has no effect without TLS");
}

for (const deployment of DEPLOYMENTS) {
  describe(deployment.title, () => {
    const console = useDeployment(deployment);
    const site = `${deployment.place.release}/site${deployment.place.path}`;

    test("each path of a view gets the page with its policy, and is never stored", async () => {
      const page = await readFile(`${site}/index.html`);
      for (const path of VIEWS) {
        const answer = await console.visit(path);
        assert.equal(answer.status, 200, path);
        assert.ok(answer.body.equals(page), path);
        assert.equal(answer.headers["content-type"], "text/html; charset=utf-8");
        assert.equal(answer.headers["cache-control"], "no-store, no-transform", path);
        const policy = String(answer.headers["content-security-policy"]);
        assert.match(policy, /^default-src 'none'; script-src 'self' 'sha256-\S+' .*'wasm-unsafe-eval';.*trusted-types 'none'$/);
        assertCommonHeaders(answer, path);
      }
    });

    test("each file is sent in the encoding that the browser accepts, and cached forever", async () => {
      const names = (await readdir(site)).filter((name) => /\.(js|css|wasm)$/.test(name));
      assert.ok(names.length >= 5, names.join());
      for (const name of names) {
        for (const [accepted, encoding, ending] of [
          ["gzip, deflate, br, zstd", "br", ".br"],
          ["gzip", "gzip", ".gz"],
          ["br;q=0, gzip", "gzip", ".gz"],
          ["identity", undefined, ""],
        ]) {
          const answer = await console.visit(`/${name}`, { headers: { "Accept-Encoding": String(accepted) } });
          const about = `${name} for ${accepted}`;
          assert.equal(answer.status, 200, about);
          assert.equal(answer.headers["content-encoding"], encoding, about);
          assert.ok(answer.body.equals(await readFile(`${site}/${name}${ending}`)), about);
          assert.equal(answer.headers["content-type"], TYPES[/** @type {keyof TYPES} */ (name.split(".").at(-1))], about);
          assert.equal(answer.headers["cache-control"], "public, max-age=31536000, immutable, no-transform", about);
          assert.match(answer.headers.vary ?? "", /^accept-encoding$/i, about);
          assertCommonHeaders(answer, about);
        }
      }
    });

    test("the page is compressed too, and a file in the cache gets 304", async () => {
      const page = await console.visit("/people", { headers: { "Accept-Encoding": "br" } });
      assert.deepEqual([page.headers["content-encoding"], page.headers.vary?.toLowerCase()], ["br", "accept-encoding"]);
      const [script] = (await readdir(site)).filter((name) => name.endsWith(".js"));
      const first = await console.visit(`/${script}`, { headers: { "Accept-Encoding": "br" } });
      const again = { "Accept-Encoding": "br", "If-None-Match": String(first.headers.etag) };
      assert.equal((await console.visit(`/${script}`, { headers: again })).status, 304);
    });

    test("the licenses can be read", async () => {
      const answer = await console.visit("/licenses.txt", { headers: { "Accept-Encoding": "br" } });
      assert.deepEqual([answer.status, answer.headers["content-encoding"]], [200, "br"]);
      assert.equal(answer.headers["content-type"], "text/plain; charset=utf-8");
      assert.equal(answer.headers["cache-control"], "no-store, no-transform");
      assertCommonHeaders(answer);
    });

    test("a missing file is not the page, and is not cached", async () => {
      for (const path of MISSING) {
        const answer = await console.visit(path);
        assert.ok([400, 404].includes(answer.status), `${path} returned ${answer.status}`);
        assert.doesNotMatch(answer.body.toString(), /Workspace Console|console_policy|Content-Security-Policy/, path);
        // These lead out of the console, whose headers do not apply.
        if (answer.status === 400 || path.startsWith("/..") || path.startsWith("/%2e")) continue;
        assert.equal(answer.headers["cache-control"], "no-store, no-transform", path);
        assertCommonHeaders(answer, path);
      }
    });

    if (deployment.place.path) {
      test("a path without its last slash is redirected", async () => {
        const { status, headers } = await console.visit("");
        assert.ok([301, 308].includes(status), String(status));
        assert.equal(headers.location, `${deployment.place.path}/`);
      });
    }

    test("files are read-only", async () => {
      for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
        for (const path of ["/", "/people"]) {
          const { status } = await console.visit(path, { method });
          assert.equal(status, 405, `${method} ${path}`);
        }
      }
      assert.equal((await console.visit("/", { method: "HEAD" })).status, 200);
      assert.deepEqual(console.takeReceived(), []);
    });
  });
}
