/**
 * TLS on both sides of the proxies: to browsers, and to the API, which must prove its identity to get the key.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import { after, before, test } from "node:test";
import { MANAGEMENT_KEY, startApi } from "./support/api.mjs";
import { makeCertificate } from "./support/certificate.mjs";
import { checkHosting } from "./support/check-hosting.mjs";
import { temporaryFolder } from "./support/processes.mjs";
import { DEPLOYMENTS, SIGN_IN, USER } from "./support/proxies.mjs";
import { visit } from "./support/visit.mjs";

/** @type {Awaited<ReturnType<typeof temporaryFolder>>} */
let scratch;
/** @type {{certificate: string, key: string}} */
let tls;
before(async () => {
  scratch = await temporaryFolder();
  tls = await makeCertificate(scratch.folder);
});
after(() => scratch?.remove());

for (const { server, mode, place, start, title } of DEPLOYMENTS.filter((it) => it.mode === "proxy-held-key")) {
  test(`${title}: over TLS every check passes, and without HSTS only that check fails`, async (t) => {
    const api = await startApi();
    t.after(() => api.stop());
    const setting = { mode, place, api: api.host, key: MANAGEMENT_KEY, tls };
    const proxy = await start(setting);
    t.after(() => proxy.stop());
    const checked = await checkHosting(`${proxy.origin}${place.path}/`, { user: USER, ca: tls.certificate });
    assert.deepEqual([checked.code, checked.failed], [0, []], checked.output);
    assert.ok(checked.passed.includes("browsers must keep using TLS"), checked.output);
    if (proxy.plainOrigin) {
      const { status, headers } = await visit(proxy.plainOrigin, "/people?search=x");
      assert.deepEqual([status, headers.location], [301, "https://127.0.0.1/people?search=x"]);
    }

    const change = (/** @type {string} */ text) => text.replaceAll("max-age=63072000", "max-age=60");
    const worse = await start({ ...setting, change });
    t.after(() => worse.stop());
    const again = await checkHosting(`${worse.origin}${place.path}/`, { user: USER, ca: tls.certificate });
    assert.deepEqual([again.code, again.failed], [1, ["browsers must keep using TLS"]], again.output);
  });

  test(`${title}: the key is not sent to an API that cannot prove its identity`, async (t) => {
    /** @type {string[]} */
    const asked = [];
    const [cert, key] = [await readFile(tls.certificate), await readFile(tls.key)];
    const impostor = createServer({ cert, key }, ({ url }, answer) => {
      asked.push(String(url));
      answer.end("{}");
    });
    t.after(() => void impostor.close());
    impostor.listen(0, "127.0.0.1");
    await once(impostor, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (impostor.address());
    const proxy = await start({ mode, place, api: `127.0.0.1:${port}`, key: MANAGEMENT_KEY, isApiSecure: true });
    t.after(() => proxy.stop());
    const headers = { Authorization: SIGN_IN, "X-Workspace-Console": "1" };
    const { status } = await visit(proxy.origin, `${place.path}/api/v1/key`, { headers });
    assert.deepEqual([status, asked], [502, []], server);
  });
}
