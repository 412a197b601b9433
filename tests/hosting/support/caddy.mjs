/**
 * Starts Caddy with the shipped configuration and the environment that it reads.
 */
import { execFile } from "node:child_process";
import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { freePort, startServer, temporaryFolder } from "./processes.mjs";
import { setValues } from "./values.mjs";

const shipped = fileURLToPath(new URL("../../../tools/hosting/caddy/", import.meta.url));

/** `anna` with the password `correct horse`. This hash is faster to check than one of `caddy hash-password`. */
const USERS = "anna $2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e\n";

/**
 * Starts Caddy.
 * @param {import("./proxies.mjs").Setting} setting
 * @returns {Promise<import("./proxies.mjs").Proxy>}
 */
export async function startCaddy({ mode, place, api, key, change = (text) => text, tls, isApiSecure }) {
  const { folder, remove } = await temporaryFolder();
  const port = await freePort();
  const origin = `${tls ? "https" : "http"}://127.0.0.1:${port}`;
  await cp(join(shipped, "console"), join(folder, "console"), { recursive: true });
  await writeFile(join(folder, "users"), USERS);
  for (const name of await readdir(join(folder, "console"))) {
    const path = join(folder, "console", name);
    await writeFile(path, change(await readFile(path, "utf8")));
  }
  const site = change(await readFile(join(shipped, `${mode}.caddy`), "utf8"));
  // No server on the default ports, an admin socket of its own, and no request for a certificate.
  const admin = `unix/${join(folder, "admin")}`;
  const global = `{\n\tadmin ${admin}\n\tauto_https off\n\tdefault_bind 127.0.0.1\n}\n`;
  const secured = tls ? setValues(site, { "{$CONSOLE_ORIGIN} {": `{$CONSOLE_ORIGIN} {\n\ttls ${tls.certificate} ${tls.key}` }) : site;
  await writeFile(join(folder, "Caddyfile"), global + secured);
  const env = {
    CONSOLE_ORIGIN: origin,
    CONSOLE_RELEASE: place.release,
    CONSOLE_PATH: place.path,
    CONSOLE_API: `http${isApiSecure ? "s" : ""}://${api}`,
    CONSOLE_MANAGEMENT_KEY: key,
    CONSOLE_USERS: join(folder, "users"),
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
  };
  const program = process.env.CADDY ?? "caddy";
  const config = ["--config", join(folder, "Caddyfile"), "--adapter", "caddyfile"];
  const running = await startServer(program, ["run", ...config], port, env);
  return {
    origin,
    release: async (next) => {
      const changed = { ...process.env, ...env, CONSOLE_RELEASE: next };
      await promisify(execFile)(program, ["reload", ...config, "--address", admin], { env: changed });
    },
    stop: async () => {
      await running.stop();
      await remove();
    },
  };
}
