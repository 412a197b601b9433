/**
 * `cargo xtask check-hosting` on broken configurations: it reports each fault, and nothing else.
 */
import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import { describe, test } from "node:test";
import { MANAGEMENT_KEY, startApi } from "./support/api.mjs";
import { checkHosting } from "./support/check-hosting.mjs";
import { deferScripts, shorten, startBetween } from "../support/between.mjs";
import { startNginx } from "./support/nginx.mjs";
import { temporaryFolder } from "./support/processes.mjs";
import { DEPLOYMENTS, USER } from "./support/proxies.mjs";
import { PLACES } from "./support/sites.mjs";

const HELD_AT_ROOT = DEPLOYMENTS.filter(({ mode, place }) => mode === "proxy-held-key" && place.path === "");

/**
 * A replacement in all files of the configuration.
 * @typedef {[from: string | RegExp, to: string]} Break
 *
 * @type {{what: string, nginx?: Break, Caddy?: Break, fails: string[]}[]}
 */
const BREAKS = [
  {
    what: "pages may be cached",
    nginx: ['default "no-store, no-transform"', 'default "no-cache, no-transform"'],
    Caddy: ['Cache-Control "no-store, no-transform"', 'Cache-Control "no-cache, no-transform"'],
    fails: ["the page is never stored", "files with a hash in their name are cached forever", "a 404 is not cached", "the API's responses are never stored"],
  },
  {
    what: "files are revalidated each time",
    nginx: [", immutable", ""],
    Caddy: [", immutable", ""],
    fails: ["files with a hash in their name are cached forever"],
  },
  {
    what: "CDNs may change responses",
    nginx: [", no-transform", ""],
    Caddy: [", no-transform", ""],
    fails: ["caches and CDNs may not change responses"],
  },
  {
    what: "the page has a policy that allows more",
    nginx: ["Content-Security-Policy $console_policy$console_report_of_page", "Content-Security-Policy \"default-src 'self' 'unsafe-inline'\""],
    Caddy: ["import {$CONSOLE_RELEASE}/hosting/caddy.conf", "header Content-Security-Policy \"default-src 'self' 'unsafe-inline'\""],
    fails: ["the page's policy is the one of its build"],
  },
  {
    what: "browsers may guess types",
    nginx: ["add_header X-Content-Type-Options nosniff always;", ""],
    Caddy: ["X-Content-Type-Options nosniff", ""],
    fails: [
      "the host's own errors have the headers",
      "the page's headers are correct",
      "the files' headers are correct",
      "the API's headers about itself are removed",
    ],
  },
  {
    what: "missing files get the page",
    nginx: ["try_files $uri$console_br $uri =404;", "try_files $uri$console_br $uri $console_base/index.html;"],
    Caddy: ["@html path *.html", "try_files {path} {$CONSOLE_PATH}/index.html\n\t@html path *.html"],
    fails: ["a missing file is a 404"],
  },
  {
    what: "paths of views do not get the page",
    nginx: ["/(?:index\\.html|[^/.]*(?:\\.[^/\\w]*)*)$", "/(?:index\\.html)?$"],
    Caddy: ["/(?:index\\.html|[^/.]*(?:\\.[^/\\w]*)*)$", "/(?:index\\.html)?$"],
    fails: ["each view's path gets the page", "the page is HTML in UTF-8", "the page's policy is the one of its build"],
  },
  { what: "the server's version is shown", nginx: ["server_tokens off", "server_tokens on"], fails: ["the server's version is hidden"] },
  {
    what: "no file is sent as brotli",
    nginx: ["|;\\s*q=(?:1|0\\.\\d*[1-9]))\" .br;", "|;\\s*q=(?:1|0\\.\\d*[1-9]))\" \"\";"],
    Caddy: ["precompressed br gzip", "precompressed gzip"],
    fails: ["files are compressed"],
  },
  {
    what: "no file is sent as gzip",
    nginx: ["gzip_static on", "gzip_static off"],
    Caddy: ["precompressed br gzip", "precompressed br"],
    fails: ["files are compressed"],
  },
  {
    what: "caches cannot tell the encodings apart",
    nginx: ["add_header Vary Accept-Encoding always;", ""],
    Caddy: ["header ?Vary Accept-Encoding", ""],
    fails: ["responses vary by Accept-Encoding"],
  },
  {
    what: "wasm has no type",
    nginx: ["default_type application/wasm", "default_type application/octet-stream"],
    Caddy: ["Content-Type application/wasm", "Content-Type application/octet-stream"],
    fails: ["files have the right types"],
  },
  {
    what: "the page has no charset",
    nginx: ['default_type "text/html; charset=utf-8"', "default_type text/html"],
    Caddy: ['Content-Type "text/html; charset=utf-8"', "Content-Type text/html"],
    fails: ["the page is HTML in UTF-8"],
  },
  {
    what: "more than the site is served",
    nginx: ["location ~ \\. {\n    include console/headers.conf;\n    return 404;", `location ~ \\. {\n    root ${PLACES[0]?.release};`],
    Caddy: ["\t@file {", "\t@more path *.conf\n\troot @more {$CONSOLE_RELEASE}\n\tfile_server @more\n\t@file {"],
    fails: ["nothing else is served"],
  },
  {
    what: "pages accept writes",
    nginx: ["include console/file.conf;\n}\nlocation ~ \\.js$", "include console/file.conf;\n    if ($request_method = PUT) {\n        return 204;\n    }\n}\nlocation ~ \\.js$"],
    Caddy: ["respond 405", "respond 204"],
    fails: ["files are read-only"],
  },
  {
    what: "no sign-in is required",
    nginx: ['auth_basic "Workspace Console";', "auth_basic off;"],
    Caddy: ["import console/password.caddy", ""],
    fails: ["a sign-in is required"],
  },
  {
    what: "the page of another place is deployed",
    nginx: [/root (.*)\/root\/site;/, "root $1/path/site/admin/console;"],
    Caddy: ["{$CONSOLE_RELEASE}/site", `${PLACES[1]?.release}/site/admin/console`],
    // The policy is the same at each place, because no inline script contains a path.
    fails: ["the page knows its path", "the API responds"],
  },
  {
    what: "H06: addresses with the end of their sentence do not get the page",
    nginx: ["(?:\\.[^/\\w]*)*)$", ")$"],
    Caddy: ["(?:\\.[^/\\w]*)*)$", ")$"],
    fails: ["each view's path gets the page", "the page is HTML in UTF-8", "the page's policy is the one of its build"],
  },
  {
    what: "H02: calls without a sign-in are redirected to one",
    nginx: ["server_tokens off;", "server_tokens off;\nerror_page 401 =302 https://login.example.com/;"],
    Caddy: [
      "\timport console/log.caddy",
      "\timport console/log.caddy\n\thandle_errors {\n\t\timport console/headers.caddy\n\t\t@unsigned expression `{err.status_code} == 401`\n\t\tredir @unsigned https://login.example.com/ 302\n\t}",
    ],
    fails: ["calls are not redirected to a sign-in"],
  },
  {
    what: "H04: a firewall refuses methods that it does not know",
    nginx: ['if ($console_call = "") {', "if ($request_method ~ ^(?:PUT|PATCH|DELETE)$) {\n    return 405;\n}\nif ($console_call = \"\") {"],
    Caddy: ["rewrite * {console_call}", "@unknown method PUT PATCH DELETE\nrespond @unknown 405\nrewrite * {console_call}"],
    fails: ["calls of every method reach the API", "the deletion of a default workspace reaches the API"],
  },
  {
    what: "the list of calls has no deletion of a default workspace",
    nginx: [/.*confirm_default_workspace_deletion.*\n/, ""],
    Caddy: [/.*confirm_default_workspace_deletion.*\n/, ""],
    fails: ["the deletion of a default workspace reaches the API"],
  },
  {
    what: "the API cannot be reached",
    nginx: [/server 127\.0\.0\.1:\d+;/, "server 127.0.0.1:1;"],
    Caddy: ["reverse_proxy {$CONSOLE_API:https://openrouter.ai}", "reverse_proxy http://127.0.0.1:1"],
    fails: ["the API responds"],
  },
  {
    what: "forged calls are forwarded",
    nginx: ["if ($console_is_forged)", "if ($console_call = x)"],
    Caddy: ["respond @forged 403", ""],
    fails: ["forged calls are refused"],
  },
  {
    what: "calls do not need the console's header",
    nginx: [' 1$" "";', ' \\d?$" "";'],
    Caddy: ['`{header.X-Workspace-Console} != "1" || ', "`"],
    fails: ["forged calls are refused"],
  },
  {
    what: "any origin may call",
    nginx: [" (?:\\1)? ", " \\S* "],
    Caddy: ['{header.Origin} in ["", "{$CONSOLE_ORIGIN}"] || ', "true || "],
    fails: ["forged calls are refused"],
  },
  {
    what: "any site may call",
    nginx: ["(?:same-origin)?", "\\S*"],
    Caddy: [' || !({header.Sec-Fetch-Site} in ["", "same-origin"])', ""],
    fails: ["forged calls are refused"],
  },
  {
    what: "every call of the API is forwarded",
    nginx: ['(/api/v1/(?:key|credits|analytics/meta))$" $2;', '(/api/v1/\\S*)$" $2;'],
    Caddy: ['(/api/v1/(?:key|credits|analytics/meta))$"', '(/api/v1/\\S*)$"'],
    fails: ["only the console's calls are forwarded"],
  },
  {
    what: "the list is compared with the normalized path",
    nginx: ["$request_method $request_uri", "$request_method $uri"],
    Caddy: ["{http.request.orig_uri}", "{http.request.uri.path}"],
    fails: ["only the console's calls are forwarded"],
  },
  {
    what: "methods are ignored",
    nginx: ["GET \\1(/api/v1/(?:key|credits|analytics/meta))", "\\S+ \\1(/api/v1/(?:key|credits|analytics/meta))"],
    Caddy: ["^\\w* GET {$CONSOLE_PATH}(/api/v1/(?:key|credits|analytics/meta))", "^\\w* \\S+ {$CONSOLE_PATH}(/api/v1/(?:key|credits|analytics/meta))"],
    fails: ["only the console's calls are forwarded"],
  },
  {
    what: "the API's cookies are forwarded",
    nginx: ["proxy_hide_header Set-Cookie;", ""],
    Caddy: ["include Content-Type", "include Set-Cookie Content-Type"],
    fails: ["the API's headers about itself are removed"],
  },
  {
    what: "the API's caching rules are forwarded",
    nginx: ["proxy_hide_header Cache-Control;", ""],
    Caddy: ["include Content-Type", "include Cache-Control Content-Type"],
    fails: ["the API's responses are never stored"],
  },
  {
    what: "a response contains the key",
    nginx: ["add_header X-Content-Type-Options", "add_header X-Debug $console_authorization;\nadd_header X-Content-Type-Options"],
    Caddy: ["rewrite * {console_call}", 'rewrite * {console_call}\nheader X-Debug "{env.CONSOLE_MANAGEMENT_KEY}"'],
    fails: ["the API's headers about itself are removed", "no response contains a key"],
  },
  {
    what: "a header of the API that has an effect in a browser is forwarded",
    nginx: ["proxy_hide_header Clear-Site-Data;", ""],
    Caddy: ["include Content-Type", "include Clear-Site-Data Content-Type"],
    fails: ["the API's headers about itself are removed"],
  },
  {
    what: "the cookie of known browsers can be read by scripts",
    nginx: ["; HttpOnly", ""],
    Caddy: ["; HttpOnly", ""],
    fails: ["the API's headers about itself are removed"],
  },
  {
    what: "other host names get a response",
    nginx: ["return 444;", "return 200;"],
    Caddy: ["\tabort", "\trespond 200"],
    fails: ["other host names are closed"],
  },
  {
    what: "slow clients stay connected",
    nginx: [/client_header_timeout \S+;/, "client_header_timeout 10m;"],
    Caddy: [/read_header \S+\n\t+read_body \S+/, ""],
    fails: ["slow clients are disconnected"],
  },
  {
    what: "only the console's own locations have the headers",
    nginx: ["# What nginx answers itself, such as errors, has the headers, too.\ninclude console/headers.conf;", ""],
    fails: ["the host's own errors have the headers"],
  },
  {
    what: "security.txt is not served",
    nginx: ["location = /.well-known/security.txt", "location = /.well-known/other.txt"],
    Caddy: ["handle /.well-known/security.txt", "handle /.well-known/other.txt"],
    fails: ["security.txt names an address for reports"],
  },
];

// Most of the time of a check goes to waiting until the server closes a slow client.
describe("one fault", { concurrency: 4 }, () => {
  for (const { server, mode, place, start } of HELD_AT_ROOT) {
    for (const { what, fails, ...breaks } of BREAKS) {
      const found = breaks[/** @type {"nginx" | "Caddy"} */ (server)];
      if (!found) continue;
      const [from, to] = found;
      test(`${server}: if ${what}, only that is reported`, async (t) => {
        const api = await startApi();
        t.after(() => api.stop());
        let isBroken = false;
        const change = (/** @type {string} */ text) => {
          const changed = text.replaceAll(typeof from === "string" ? from : new RegExp(from, "g"), typeof from === "string" ? () => to : to);
          isBroken ||= changed !== text;
          return changed;
        };
        const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY, change });
        t.after(() => proxy.stop());
        assert.ok(isBroken, "the configuration does not contain it");
        const { code, output, failed } = await checkHosting(`${proxy.origin}/`, { user: USER });
        assert.deepEqual([code, failed], [1, fails], output);
      });
    }
  }

  for (const { server, mode, place, start } of HELD_AT_ROOT) {
    for (const [what, rewrite, fails] of /** @type {const} */ ([
      ["gives scripts another type", (/** @type {string} */ html) => deferScripts(html, false), ["no one changes the page on the way"]],
      ["shortens white space", shorten, ["the page's policy is the one of its build", "no one changes the page on the way"]],
    ])) {
      test(`H01: ${server} behind a CDN that ${what}: that is reported`, async (t) => {
        const api = await startApi();
        t.after(() => api.stop());
        const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY });
        t.after(() => proxy.stop());
        const between = await startBetween(proxy.origin);
        t.after(() => between.stop());
        between.behave({ rewrite });
        const { code, output, failed } = await checkHosting(`${between.url}/`, { user: USER });
        assert.equal(code, 1, output);
        for (const name of fails) assert.ok(failed.includes(name), output);
      });
    }

    test(`H01: ${server} behind a CDN that changes nothing passes every check`, async (t) => {
      const api = await startApi();
      t.after(() => api.stop());
      const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY });
      t.after(() => proxy.stop());
      const between = await startBetween(proxy.origin);
      t.after(() => between.stop());
      const { code, output } = await checkHosting(`${between.url}/`, { user: USER });
      assert.equal(code, 0, output);
    });
  }
});

test("if the page of the root is deployed at a path, only that is reported", async (t) => {
  const [root, below] = PLACES;
  const { folder, remove } = await temporaryFolder();
  t.after(remove);
  await mkdir(`${folder}/site/admin`, { recursive: true });
  await symlink(`${root?.release}/site`, `${folder}/site/admin/console`);
  await symlink(`${root?.release}/hosting`, `${folder}/hosting`);
  const api = await startApi();
  t.after(() => api.stop());
  const place = { ...below, name: "a path", path: "/admin/console", release: folder };
  const proxy = await startNginx({ mode: "proxy-held-key", place, api: api.host, key: MANAGEMENT_KEY });
  t.after(() => proxy.stop());
  const { code, output, failed } = await checkHosting(`${proxy.origin}/admin/console/`, { user: USER });
  assert.deepEqual([code, failed], [1, ["the page knows its path", "the API is below the console"]], output);
});

test("a console that cannot be checked is an error with its reason", async (t) => {
  const api = await startApi();
  t.after(() => api.stop());
  const [deployment] = HELD_AT_ROOT;
  const proxy = await deployment?.start({ ...deployment, api: api.host, key: MANAGEMENT_KEY });
  const unknown = await checkHosting(`${proxy?.origin}/`);
  assert.deepEqual([unknown.code, unknown.passed], [1, []], unknown.output);
  assert.match(unknown.output, /requires a sign-in: pass one with --user-file/);
  await proxy?.stop();
  const gone = await checkHosting(`${proxy?.origin}/`, { user: USER });
  assert.equal(gone.code, 1);
  assert.match(gone.output, /failed/);
  assert.match((await checkHosting("console.example.com")).output, /is not a URL/);
});

test("a sign-in is sent only over TLS or to this machine", async () => {
  for (const host of ["console.example.com", "127.0.0.1.attacker.test", "localhost.attacker.test", "127.attacker.test:8080"]) {
    const { code, output } = await checkHosting(`http://${host}/`, { user: USER });
    assert.equal(code, 1, output);
    assert.match(output, /is not encrypted: the sign-in was not sent/, host);
  }
  const { code, output } = await checkHosting(`http://${USER.replace(" ", "%20")}@127.0.0.1/`);
  assert.deepEqual([code, /the URL contains a sign-in/.test(output)], [1, true], output);
});
