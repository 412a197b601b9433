/**
 * Starts nginx with the shipped configuration, after setting the marked values.
 */
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { KNOWN_BROWSER, SECURITY_TXT, setValues } from "./values.mjs";
import { freePort, startServer, temporaryFolder } from "./processes.mjs";

const shipped = fileURLToPath(new URL("../../../tools/hosting/nginx/", import.meta.url));

/** `anna` with the password `correct horse`, as `openssl passwd -6` prints it. */
const USERS =
  "anna:$6$hosting$sVLA/JFWZvZWrKz3K7M0Ij8bYTl9ZOsCZ.oQ4zDD6ykqLKAlULFppi3qI1n3igPAy3ca3EkyLAjpdN4QJrBzL1\n";

/** The shipped timeouts for slow clients, and shorter ones. */
const PATIENCE = { "client_header_timeout 10s": "client_header_timeout 2s", "client_body_timeout 10s": "client_body_timeout 2s" };

/**
 * Starts nginx.
 * @param {import("./proxies.mjs").Setting} setting
 * @returns {Promise<import("./proxies.mjs").Proxy>}
 */
export async function startNginx({ mode, place, api, key, change = (text) => text, tls, isApiSecure, report = "", users = USERS, canCreateKeys }) {
  const { folder, remove } = await temporaryFolder();
  const [port, plainPort] = [await freePort(), await freePort()];
  // A TLS handshake names a host only if that is not an address.
  const host = tls ? "localhost" : "127.0.0.1";
  const origin = `${tls ? "https" : "http"}://${host}:${port}`;
  await cp(join(shipped, "console"), join(folder, "console"), { recursive: true });
  await writeFile(join(folder, "console/management-key"), `set $console_authorization "Bearer ${key}";\n`, { mode: 0o600 });
  await writeFile(join(folder, "console/known-browser"), `set $console_known_browser "${KNOWN_BROWSER}";\n`, { mode: 0o600 });
  await writeFile(join(folder, "console/users"), users);
  await writeFile(join(folder, "console/security.txt"), SECURITY_TXT);

  const paths = { "/etc/nginx/console/": join(folder, "console/"), "/var/log/nginx/": `${folder}/` };
  const site = setValues(await readFile(join(shipped, `${mode}.conf`), "utf8"), {
    "/srv/console/1": place.release,
    "openrouter.ai:443": api,
    "    listen [::]:80 default_server;\n": "",
    "    listen [::]:443 ssl http2 default_server;\n": "",
    "    listen [::]:80;\n": "",
    "    listen [::]:443 ssl http2;\n": "",
    "listen 80": `listen 127.0.0.1:${plainPort}`,
    "listen 443 ssl http2": `listen 127.0.0.1:${port}${tls ? " ssl http2" : ""}`,
    ...(tls
      ? { "/etc/ssl/console.example.com.pem": tls.certificate, "/etc/ssl/private/console.example.com.key": tls.key }
      : {
          "    ssl_certificate /etc/ssl/console.example.com.pem;\n": "",
          "    ssl_certificate_key /etc/ssl/private/console.example.com.key;\n": "",
          "    ssl_reject_handshake on;\n": "",
        }),
    "console_origin https://console.example.com": `console_origin ${origin}`,
    "return 301 https://console.example.com": `return 301 https://${host}`,
    "server_name console.example.com": `server_name ${host}`,
    // The sandbox accepts no host but its own.
    ...(isApiSecure
      ? {}
      : { "https://console_api": "http://console_api", "console_api_host openrouter.ai": `console_api_host ${api}` }),
    "/etc/nginx/console/": paths["/etc/nginx/console/"],
    'console_base ""': `console_base "${place.path}"`,
    'console_report ""': `console_report "${report}"`,
    ...(canCreateKeys ? { "console_key_creation off": "console_key_creation on" } : {}),
    "location / {": `location ${place.path}/ {`,
    "location /api/ {": `location ${place.path}/api/ {`,
  });
  await writeFile(join(folder, "site.conf"), change(site));
  for (const name of ["calls", "server", "strangers", "sign-on", "headers", "file", "files", "api"]) {
    const path = join(folder, `console/${name}.conf`);
    const text = await readFile(path, "utf8");
    await writeFile(path, change(name === "server" ? setValues(text, { ...paths, ...PATIENCE }) : text));
  }
  await writeFile(join(folder, "nginx.conf"), mainConfiguration(folder));
  const running = await startServer(process.env.NGINX ?? "nginx", ["-e", "stderr", "-c", join(folder, "nginx.conf")], port);
  return {
    origin,
    pid: running.pid,
    output: running.output,
    log: () => readFile(join(folder, "console.log"), "utf8"),
    plainOrigin: `http://${host}:${plainPort}`,
    release: async (next) => {
      await writeFile(join(folder, "site.conf"), change(site).replaceAll(place.release, next));
      running.signal("SIGHUP");
    },
    stop: async () => {
      await running.stop();
      await remove();
    },
  };
}

/** Returns the main configuration, like a distribution's, but with every path in one folder. */
function mainConfiguration(folder) {
  const isRoot = process.getuid?.() === 0;
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `
    daemon off;
    ${isRoot ? "user root;" : ""}
    worker_processes 1;
    pid ${folder}/nginx.pid;
    error_log stderr warn;
    events {}
    http {
      access_log off;
      ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join("\n      ")}
      include ${folder}/site.conf;
    }
  `;
}
