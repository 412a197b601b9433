/**
 * TLS on both sides of the proxies: to browsers, and to the API, which must prove its identity to get the key.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, readFile } from "node:fs/promises";
import { createServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { after, before, test } from "node:test";
import { connect } from "node:tls";
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

/**
 * Returns the cipher that a server chooses from these, or the error's code.
 * @param {string} origin
 * @param {import("node:tls").ConnectionOptions} options
 */
async function handshake(origin, options) {
  const { port } = new URL(origin);
  const socket = connect({ host: "127.0.0.1", port: Number(port), servername: "localhost", rejectUnauthorized: false, ...options });
  try {
    await once(socket, "secureConnect");
    return socket.getCipher().standardName;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code ?? "";
  } finally {
    socket.destroy();
  }
}

/**
 * Returns the versions of TLS that a client offers in its first message, in the extension 43.
 * @param {Buffer} hello
 */
function versionsOf(hello) {
  let at = 5 + 4 + 2 + 32;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at) + 2;
  while (at < hello.length) {
    const [kind, length] = [hello.readUInt16BE(at), hello.readUInt16BE(at + 2)];
    if (kind === 43) {
      const versions = hello.subarray(at + 5, at + 4 + length);
      return Array.from({ length: versions.length / 2 }, (_, index) => versions.readUInt16BE(2 * index));
    }
    at += 4 + length;
  }
  return [];
}

for (const { mode, place, start, title } of DEPLOYMENTS.filter((it) => !it.place.path)) {
  test(`${title}: only ciphers with forward secrecy, and only for the console's name`, async (t) => {
    const folder = `${scratch.folder}/rsa-${title.replaceAll(/\W+/g, "-")}`;
    await mkdir(folder);
    const rsa = await makeCertificate(folder, "rsa");
    const api = await startApi();
    t.after(() => api.stop());
    const proxy = await start({ mode, place, api: api.host, key: MANAGEMENT_KEY, tls: rsa });
    t.after(() => proxy.stop());
    const old = { maxVersion: /** @type {const} */ ("TLSv1.2") };
    assert.match(await handshake(proxy.origin, { ...old, ciphers: "ECDHE-RSA-AES128-GCM-SHA256" }), /^TLS_ECDHE_RSA_/);
    assert.match(await handshake(proxy.origin, {}), /^TLS_(AES|CHACHA20)_/);
    for (const ciphers of ["AES128-GCM-SHA256", "AES256-GCM-SHA384", "AES128-SHA", "AES256-SHA256"]) {
      assert.match(await handshake(proxy.origin, { ...old, ciphers }), /^(ERR_SSL|ECONNRESET)/, ciphers);
    }
    const legacy = { minVersion: /** @type {const} */ ("TLSv1"), maxVersion: /** @type {const} */ ("TLSv1.1"), ciphers: "ALL:@SECLEVEL=0" };
    assert.match(await handshake(proxy.origin, legacy), /^(ERR_SSL|ECONNRESET)/);
    assert.match(await handshake(proxy.origin, { servername: "other.example.com" }), /^(ERR_SSL|ECONNRESET)/);
  });

  test(`${title}: the API is called with TLS 1.2 or 1.3`, async (t) => {
    /** @type {Buffer[]} */
    const hellos = [];
    const listener = createTcpServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", (data) => {
        hellos.push(data);
        socket.destroy();
      });
    });
    t.after(() => void listener.close());
    listener.listen(0, "127.0.0.1");
    await once(listener, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (listener.address());
    const proxy = await start({ mode, place, api: `127.0.0.1:${port}`, key: MANAGEMENT_KEY, isApiSecure: true });
    t.after(() => proxy.stop());
    const headers = { Authorization: SIGN_IN, "X-Workspace-Console": "1" };
    assert.equal((await visit(proxy.origin, "/api/v1/key", { headers })).status, 502);
    assert.deepEqual(versionsOf(hellos[0] ?? Buffer.alloc(0)), [0x0304, 0x0303]);
  });
}

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
      assert.deepEqual([status, headers.location], [301, "https://localhost/people?search=x"]);
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
