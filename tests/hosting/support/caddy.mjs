/**
 * Starts Caddy with the shipped configuration and the environment that it reads.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort, startServer, temporaryFolder } from "./processes.mjs";
import { KNOWN_BROWSER, SECURITY_TXT, setValues } from "./values.mjs";

const shipped = fileURLToPath(new URL("../../../tools/hosting/caddy/", import.meta.url));

/** `anna` with the password `correct horse`. This hash is faster to check than one of `caddy hash-password`. */
const USERS = "anna $2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e\n";

/** The shipped timeouts for slow clients, and shorter ones. */
const PATIENCE = { "read_header 10s": "read_header 2s", "read_body 20s": "read_body 2s" };

/**
 * Starts Caddy.
 * @param {import("./proxies.mjs").Setting} setting
 * @returns {Promise<import("./proxies.mjs").Proxy>}
 */
export async function startCaddy(setting) {
  const { folder, remove } = await temporaryFolder();
  const port = await freePort();
  const { origin, env, caddyfile } = await configureCaddy(folder, port, setting);
  const program = process.env.CADDY ?? "caddy";
  const config = ["--config", caddyfile, "--adapter", "caddyfile"];
  const running = await startServer(program, ["run", ...config], port, env);
  return {
    origin,
    pid: running.pid,
    output: running.output,
    log: () => readFile(join(folder, "log/console.log"), "utf8"),
    release: async (next) => {
      // Without the address of the admin socket, like the unit's `ExecReload`.
      await promisify(execFile)(program, ["reload", ...config], { env: { ...process.env, ...env, CONSOLE_RELEASE: next } });
    },
    stop: async () => {
      await running.stop();
      await remove();
    },
  };
}

/**
 * Writes the shipped configuration into a folder, for one port on loopback.
 * @param {string} folder
 * @param {number} port
 * @param {import("./proxies.mjs").Setting} setting
 */
export async function configureCaddy(folder, port, setting) {
  const { mode, place, api, key, change = (text) => text, tls, isApiSecure, report = "", users = USERS, canCreateKeys } = setting;
  const scheme = tls ? "https" : "http";
  // As with nginx: a TLS handshake names a host only if that is not an address.
  const origin = `${scheme}://${tls ? "localhost" : "127.0.0.1"}:${port}`;
  await cp(join(shipped, "console"), join(folder, "console"), { recursive: true });
  await writeFile(join(folder, "users"), users);
  await writeFile(join(folder, "console/security.txt"), SECURITY_TXT);
  await mkdir(join(folder, "run"), { mode: 0o700 });
  await mkdir(join(folder, "log"));
  const sockets = { "/run/caddy/": `${folder}/run/` };
  /** The values of this test in each file. There is no server on the default ports, and no request for a certificate. */
  const values = {
    "global.caddy": { "\tadmin ": "\tauto_https off\n\tdefault_bind 127.0.0.1\n\tadmin ", ...sockets, ...PATIENCE },
    "closed.caddy": { "http://, https://": `${scheme}://:${port}` },
    "log.caddy": { "/var/log/caddy/": `${folder}/log/` },
    "password.caddy": sockets,
    "sign-in.caddy": sockets,
    "security.caddy": { "/etc/caddy/console": `${folder}/console` },
  };
  for (const name of (await readdir(join(folder, "console"))).filter((it) => it.endsWith(".caddy"))) {
    const path = join(folder, "console", name);
    const text = setValues(await readFile(path, "utf8"), values[/** @type {keyof typeof values} */ (name)] ?? {});
    await writeFile(path, change(text));
  }
  const site = change(await readFile(join(shipped, `${mode}.caddy`), "utf8"));
  const secured = tls ? setValues(site, { "{$CONSOLE_ORIGIN} {": `{$CONSOLE_ORIGIN} {\n\ttls ${tls.certificate} ${tls.key}` }) : site;
  const caddyfile = join(folder, "Caddyfile");
  await writeFile(caddyfile, secured);
  const env = {
    CONSOLE_ORIGIN: origin,
    CONSOLE_RELEASE: place.release,
    CONSOLE_PATH: place.path,
    CONSOLE_API: `http${isApiSecure ? "s" : ""}://${api}`,
    CONSOLE_POLICY_REPORT: report,
    CONSOLE_KEY_CREATION: canCreateKeys ? "on" : "off",
    CONSOLE_KNOWN_BROWSER: KNOWN_BROWSER,
    CONSOLE_MANAGEMENT_KEY: key,
    CONSOLE_USERS: join(folder, "users"),
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
  };
  return { origin, env, caddyfile };
}
