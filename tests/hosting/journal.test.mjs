/**
 * Caddy as a systemd service, with the shipped changes to Debian's unit: the key is not printed, and only Caddy's own user
 * reaches its admin API.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, readFile, readdir, readlink } from "node:fs/promises";
import { connect } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { MANAGEMENT_KEY, startApi } from "./support/api.mjs";
import { configureCaddy } from "./support/caddy.mjs";
import { freePort, startServer, temporaryFolder } from "./support/processes.mjs";
import { DEPLOYMENTS } from "./support/proxies.mjs";
import { visit } from "./support/visit.mjs";

/** Debian's unit for Caddy, as far as the commands and folders go. */
const UNIT = `
[Service]
ExecStart=/usr/bin/caddy run --environ --config /etc/caddy/Caddyfile
ExecReload=/usr/bin/caddy reload --config /etc/caddy/Caddyfile --force
`;

/**
 * Returns the values of a unit's setting after a drop-in. As in systemd, an empty value removes the earlier ones.
 * @param {string} unit
 * @param {string} name
 */
function valuesOf(unit, name) {
  /** @type {string[]} */
  let values = [];
  for (const [, value = ""] of unit.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))) values = value ? [...values, value] : [];
  return values;
}

/** Starts Caddy like the service, in a folder of its own. */
async function startService(t, { mode, place }) {
  const dropIn = await readFile(fileURLToPath(new URL("../../tools/hosting/caddy/console.service.conf", import.meta.url)), "utf8");
  const unit = `${UNIT}${dropIn}`;
  const { folder, remove } = await temporaryFolder();
  t.after(remove);
  const port = await freePort();
  const api = await startApi();
  t.after(() => api.stop());
  const { origin, env, caddyfile } = await configureCaddy(folder, port, { mode, place, api: api.host, key: MANAGEMENT_KEY });
  // The folder for sockets, as systemd creates it. Everyone can enter the one above it.
  await chmod(folder, 0o755);
  assert.deepEqual(valuesOf(unit, "RuntimeDirectory"), ["caddy"]);
  await chmod(`${folder}/run`, Number.parseInt(valuesOf(unit, "RuntimeDirectoryMode")[0] ?? "755", 8));
  const command = (/** @type {string} */ name) => {
    const commands = valuesOf(unit, name);
    assert.equal(commands.length, 1, `${name} is set once`);
    const [program, ...options] = commands[0]?.replace("/etc/caddy/Caddyfile", caddyfile).split(" ") ?? [];
    assert.equal(program, "/usr/bin/caddy");
    return { program: process.env.CADDY ?? "caddy", options: [...options] };
  };
  const start = command("ExecStart");
  const running = await startServer(start.program, start.options, port, env);
  t.after(() => running.stop());
  const reload = command("ExecReload");
  return {
    folder,
    origin,
    port,
    running,
    reload: (/** @type {Record<string, string>} */ changed) =>
      promisify(execFile)(reload.program, reload.options, { env: { ...process.env, ...env, ...changed } }),
  };
}

/**
 * Returns the TCP ports that a process listens on.
 * @param {number} pid
 */
async function listeningPorts(pid) {
  const names = await readdir(`/proc/${pid}/fd`);
  const files = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => "")));
  const tables = await Promise.all(["tcp", "tcp6"].map((name) => readFile(`/proc/${pid}/net/${name}`, "utf8").catch(() => "")));
  const rows = tables.flatMap((table) => table.split("\n").map((line) => line.trim().split(/\s+/)));
  const listening = rows.filter(([, , , state, , , , , , inode]) => state === "0A" && files.includes(`socket:[${inode}]`));
  return listening.map(([, address]) => Number.parseInt(String(address?.split(":")[1]), 16)).sort();
}

for (const deployment of DEPLOYMENTS.filter(({ server, place }) => server === "Caddy" && !place.path)) {
  const { title, place } = deployment;

  test(`${title}: the service's output does not contain the key`, async (t) => {
    const service = await startService(t, deployment);
    const headers = { Authorization: `Bearer ${MANAGEMENT_KEY}`, "X-Workspace-Console": "1" };
    await visit(service.origin, "/api/v1/key?x=sk-or-v1-query", { headers });
    // An error of the proxy itself, whose line in the journal describes the request.
    await visit(service.origin, `/api/v1/workspaces/${MANAGEMENT_KEY}`, { method: "PATCH", headers: { ...headers, Origin: "https://attacker.test" } });
    await service.reload({});
    const output = service.running.output();
    assert.match(output, /serving initial configuration/);
    assert.ok(!output.includes(MANAGEMENT_KEY), output);
    assert.doesNotMatch(output, /sk-or-v1|CONSOLE_KNOWN_BROWSER/);
  });

  test(`${title}: only Caddy's own user reaches its admin API`, async (t) => {
    const { folder, port, running } = await startService(t, deployment);
    assert.deepEqual(await listeningPorts(running.pid), [port], "Caddy listens on no other port");
    const sockets = await readdir(`${folder}/run`);
    assert.ok(sockets.includes("admin.sock"), sockets.join());
    for (const socket of sockets) {
      const path = `${folder}/run/${socket}`;
      const own = connect(path);
      await once(own, "connect");
      own.destroy();
      if (process.getuid?.() !== 0) continue;
      const script = `require("node:net").connect(${JSON.stringify(path)}).on("connect", () => console.log("connected")).on("error", ({ code }) => { console.log(code); })`;
      const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], { uid: 65_534, gid: 65_534, cwd: "/" });
      assert.equal(stdout.trim(), "EACCES", socket);
    }
  });

  test(`${title}: the unit's reload applies another release`, async (t) => {
    const service = await startService(t, deployment);
    const empty = `${service.folder}/2`;
    await mkdir(empty);
    await mkdir(`${empty}/site`);
    await cp(`${place.release}/hosting`, `${empty}/hosting`, { recursive: true });
    await service.reload({ CONSOLE_RELEASE: empty });
    const { status } = await visit(service.origin, "/licenses.txt", { headers: { Authorization: `Basic ${btoa("anna:correct horse")}` } });
    assert.equal(status, 404, "the new release has no files");
  });
}
