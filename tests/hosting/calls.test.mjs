/**
 * A proxy forwards the console's calls to the API, and nothing else.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MANAGEMENT_KEY } from "./support/api.mjs";
import { useDeployment } from "./support/deployment.mjs";
import { DEPLOYMENTS, SIGN_IN } from "./support/proxies.mjs";

const ID = "3b2f0f2e-6c1d-4a4e-9b53-0d9a6f0a8a11";

/** One call of each of the console's operations, as `src/api` sends it. */
const CALLS = [
  ["GET", "/workspaces?offset=0&limit=100"],
  ["POST", "/workspaces"],
  ["GET", "/workspaces/research-lab"],
  ["PATCH", `/workspaces/${ID}`],
  ["DELETE", `/workspaces/${ID}`],
  ["DELETE", `/workspaces/${ID}?confirm_default_workspace_deletion=true`],
  ["GET", `/workspaces/${ID}/budgets`],
  ["GET", "/workspaces/research-lab/budgets/weekly"],
  ["PUT", `/workspaces/${ID}/budgets/lifetime`],
  ["DELETE", `/workspaces/${ID}/budgets/daily`],
  ["GET", "/workspaces/research-lab/members?offset=100&limit=100"],
  ["POST", `/workspaces/${ID}/members/add`],
  ["POST", `/workspaces/${ID}/members/remove`],
  ["GET", "/key"],
  ["GET", "/organization/members?offset=0&limit=100"],
  ["GET", `/keys?workspace_id=${ID}&include_disabled=true&include_expired=true&offset=0`],
  ["GET", "/keys/0f3a9c"],
  ["PATCH", "/keys/0f3a9c"],
  ["DELETE", "/keys/0f3a9c"],
  ["GET", `/activity?workspace_id=${ID}`],
  ["GET", "/activity?group_by=workspace&date=2026-01-31"],
  ["GET", "/analytics/meta"],
  ["POST", "/analytics/query"],
  ["GET", "/credits"],
  ["GET", "/models?output_modalities=all&offset=0&limit=100"],
];

/** The call that is listed only if the host turns it on: its response has a secret. */
const CREATE_KEY = ["POST", "/keys"];

/** Requests like it, which are never listed. */
const OTHER_CREATIONS = [
  ["POST", "/keys?workspace_id=x"],
  ["POST", "/keys/"],
  ["POST", "/keys/0f3a9c"],
  ["PUT", "/keys"],
  ["onPOST", "/keys"],
];

/** Requests that are not calls of the console: other calls, other methods, and manipulated paths. */
const OTHER_REQUESTS = [
  CREATE_KEY,
  ...OTHER_CREATIONS,
  ["POST", "/chat/completions"],
  ["GET", "/generation"],
  ["POST", "/credits"],
  ["GET", "/credits/"],
  ["GET", "/credits?x=1"],
  ["GET", "/analytics/query"],
  ["POST", "/analytics/meta"],
  ["GET", "/analytics/meta?x=1"],
  ["POST", "/analytics/query?x=1"],
  ["GET", "/"],
  ["GET", ""],
  ["DELETE", "/workspaces"],
  ["DELETE", `/workspaces/${ID}?x=1`],
  ["PATCH", `/workspaces/${ID}?confirm_default_workspace_deletion=true`],
  ["PUT", "/workspaces/research-lab"],
  ["GET", "/workspaces/research-lab/budgets/yearly"],
  ["GET", "/workspaces/research-lab/members/add"],
  ["POST", "/workspaces?dry=1"],
  ["HEAD", "/key"],
  ["OPTIONS", "/workspaces"],
  ["OPTIONS", "/key"],
  ["PROPFIND", "/key"],
  ["GET", "/key/"],
  ["GET", "//key"],
  ["GET", "/key?x=1"],
  ["GET", "/key%20"],
  ["GET", "/KEY"],
  ["GET", "/%6bey"],
  ["GET", "/./key"],
  ["GET", "/workspaces/../key"],
  ["GET", "/workspaces/../generation"],
  ["GET", "/workspaces/..%2fgeneration"],
  ["GET", "/workspaces/%2e%2e/generation"],
  ["GET", "/workspaces/%2E%2E%2Fgeneration"],
  ["GET", "/workspaces/%252e%252e%252fgeneration"],
  ["GET", "/workspaces/a%2f..%2f..%2fgeneration"],
  ["GET", "/workspaces/a/..;/generation"],
  ["GET", "/workspaces/a\\..\\generation"],
  ["GET", "/workspaces/a%5c..%5cgeneration"],
  ["GET", "/workspaces/a%00"],
  ["GET", "/workspaces/."],
  ["GET", "/workspaces/.."],
  ["GET", "/workspaces?offset=0#/../../generation"],
  ["GET", "/workspaces?offset=%0d%0aX:y"],
  ["GET", "/../v1/key"],
  ["GET", "/../../api/v1/key"],
];

/** Headers of requests from pages of other sites. */
const FORGED = {
  "without the console's header": { "X-Workspace-Console": undefined },
  "with another value of that header": { "X-Workspace-Console": "2" },
  "from another site": { "Sec-Fetch-Site": "cross-site" },
  "from a sibling domain": { "Sec-Fetch-Site": "same-site" },
  "from the address bar": { "Sec-Fetch-Site": "none" },
  "with another origin": { Origin: "https://attacker.test" },
  "with an opaque origin, without Sec-Fetch-Site": { Origin: "null", "Sec-Fetch-Site": undefined },
  "with an opaque origin, from another site": { Origin: "null", "Sec-Fetch-Site": "cross-site" },
  "with an opaque origin, from the address bar": { Origin: "null", "Sec-Fetch-Site": "none" },
  "with an opaque origin, without the console's header": { Origin: "null", "X-Workspace-Console": undefined },
};

for (const deployment of DEPLOYMENTS) {
  describe(deployment.title, () => {
    const console = useDeployment(deployment);
    const isHeld = deployment.mode === "proxy-held-key";

    test("each call of the console reaches the API unchanged, with the management key", async () => {
      for (const [method = "", target = ""] of CALLS) {
        const { status, headers } = await console.call(method, target);
        const [received, ...more] = console.takeReceived();
        assert.deepEqual(
          [received?.method, received?.target, received?.headers.authorization, more.length],
          [method, `/api/v1${target}`, `Bearer ${MANAGEMENT_KEY}`, 0],
          `${method} ${target} returned ${status}`,
        );
        assert.equal(headers["cache-control"], "no-store, no-transform", target);
      }
    });

    test("the API gets no headers about the browser, and the browser none about the API's host", async () => {
      console.takeReceived();
      const about = { Referer: "https://console.example.com/x", "User-Agent": "Browser/1", "Accept-Language": "de" };
      const { headers } = await console.call("POST", "/workspaces", { ...about, "X-Forwarded-For": "10.0.0.1" });
      const [received] = console.takeReceived();
      const usual = ["accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "host"];
      assert.deepEqual(Object.keys(received?.headers ?? {}).filter((name) => !usual.includes(name)), ["user-agent"]);
      assert.equal(received?.headers["user-agent"], "workspace-console");
      for (const name of ["set-cookie", "access-control-allow-origin", "x-powered-by", "alt-svc", "strict-transport-security"]) {
        assert.equal(headers[name], undefined, name);
      }
      assert.doesNotMatch(headers.server ?? "", /\d/);
      assert.equal(headers["content-security-policy"], "default-src 'none'; frame-ancestors 'none'");
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["content-type"], "application/json");
    });

    test("nothing else reaches the API", async () => {
      console.takeReceived();
      for (const [method = "", target = ""] of OTHER_REQUESTS) {
        const { status } = await console.call(method, target);
        const expected = method === "GET" ? [400, 404] : [400, 404, 405, 501];
        assert.ok(expected.includes(status), `${method} ${target} returned ${status}`);
        assert.deepEqual(console.takeReceived(), [], `${method} ${target}`);
      }
      assert.ok([404, 405].includes((await console.call("TRACE", "/key")).status));
      assert.deepEqual(console.takeReceived(), []);
    });

    test("a forged call is refused", async () => {
      console.takeReceived();
      for (const [what, headers] of Object.entries(FORGED)) {
        for (const [method, target] of /** @type {const} */ ([["GET", "/key"], ["DELETE", `/workspaces/${ID}`]])) {
          assert.equal((await console.call(method, target, headers)).status, 403, `${method} ${what}`);
          assert.deepEqual(console.takeReceived(), [], what);
        }
      }
    });

    test("a write without a response is sent once", async () => {
      for (const [method, target] of /** @type {const} */ ([
        ["POST", "/workspaces"],
        ["PATCH", `/workspaces/${ID}`],
        ["PUT", `/workspaces/${ID}/budgets/daily`],
        ["DELETE", `/workspaces/${ID}`],
      ])) {
        // On a connection that was used before: proxies tend to retry there.
        assert.equal((await console.call("GET", "/key")).status, 200);
        console.takeReceived();
        await console.hangUp(method);
        assert.equal((await console.call(method, target)).status, 502, method);
        assert.deepEqual(console.takeReceived().map((it) => it.method), [method]);
      }
    });

    test("a browser that does not send Sec-Fetch-Site can make calls", async () => {
      assert.equal((await console.call("GET", "/key", { "Sec-Fetch-Site": undefined })).status, 200);
      assert.equal((await console.call("GET", "/key", { "Sec-Fetch-Site": undefined, Origin: console.origin })).status, 200);
    });

    test("H05: a browser that names no origin, because the page sends no referrer, can write", async () => {
      for (const [method = "", target = ""] of CALLS) {
        console.takeReceived();
        const { status } = await console.call(method, target, { Origin: "null" });
        assert.equal(console.takeReceived().length, 1, `${method} ${target} returned ${status}`);
      }
    });

    if (isHeld) {
      test("without a sign-in nothing is served and nothing reaches the API", async () => {
        console.takeReceived();
        for (const Authorization of [undefined, "Basic eDp5", `Bearer ${MANAGEMENT_KEY}`, `${SIGN_IN}x`]) {
          assert.equal((await console.call("GET", "/key", { Authorization })).status, 401);
          assert.equal((await console.call("POST", "/workspaces", { Authorization })).status, 401);
          const files = await console.visit("/workspaces", { headers: { Authorization: Authorization ?? "" } });
          assert.equal(files.status, 401);
          assert.doesNotMatch(files.body.toString(), /Workspace Console/);
        }
        assert.deepEqual(console.takeReceived(), []);
      });

      test("no response contains the management key", async () => {
        const responses = [await console.visit("/"), await console.call("GET", "/key"), await console.call("GET", "/generation")];
        for (const { headers, body } of responses) {
          assert.ok(!`${JSON.stringify(headers)}${body}`.includes(MANAGEMENT_KEY));
        }
      });
    } else {
      test("without a key the API itself refuses a call", async () => {
        console.takeReceived();
        assert.equal((await console.call("GET", "/key", { Authorization: undefined })).status, 401);
        assert.equal(console.takeReceived().length, 1);
      });
    }
  });
}

for (const deployment of DEPLOYMENTS) {
  describe(`${deployment.title}, where API keys can be created`, () => {
    const console = useDeployment(deployment, { canCreateKeys: true });

    test("creating an API key reaches the API, and nothing else does that did not before", async () => {
      const [method = "", target = ""] = CREATE_KEY;
      const { status } = await console.call(method, target);
      const received = console.takeReceived().map((it) => [it.method, it.target]);
      assert.deepEqual(received, [[method, `/api/v1${target}`]], `returned ${status}`);
      for (const [method = "", target = ""] of OTHER_CREATIONS) {
        const { status } = await console.call(method, target);
        assert.ok([400, 404, 405, 501].includes(status), `${method} ${target} returned ${status}`);
        assert.deepEqual(console.takeReceived(), [], `${method} ${target}`);
      }
    });
  });
}
