/**
 * Where the management key is kept: not in what others of the machine can read.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { MANAGEMENT_KEY } from "./support/api.mjs";
import { temporaryFolder } from "./support/processes.mjs";
import { PLACES } from "./support/sites.mjs";

/** @param {string} relative */
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

test("Caddy's own account of its configuration, which every user of the machine may ask for, has no key", async (t) => {
  const { folder, remove } = await temporaryFolder();
  t.after(remove);
  await writeFile(`${folder}/users`, "anna $2b$04$abcdefghijklmnopqrstuujydOTSfIH/d5oUHpsygqV5X9xJLQc6e\n");
  const env = {
    ...process.env,
    CONSOLE_ORIGIN: "https://console.example.com",
    CONSOLE_RELEASE: PLACES[0]?.release,
    CONSOLE_PATH: "",
    CONSOLE_MANAGEMENT_KEY: MANAGEMENT_KEY,
    CONSOLE_USERS: `${folder}/users`,
  };
  const options = ["adapt", "--adapter", "caddyfile", "--config", path("caddy/proxy-held-key.caddy")];
  const { stdout } = await promisify(execFile)(process.env.CADDY ?? "caddy", options, { env });
  assert.match(stdout, /Bearer \{env\.CONSOLE_MANAGEMENT_KEY\}/);
  assert.ok(!stdout.includes(MANAGEMENT_KEY));
});

test("the shipped files name where the key is, and hold none", async () => {
  for (const folder of ["nginx", "nginx/console", "caddy", "caddy/console"]) {
    for (const entry of await readdir(path(folder), { withFileTypes: true })) {
      if (entry.isDirectory()) continue;
      assert.doesNotMatch(await readFile(path(`${folder}/${entry.name}`), "utf8"), /sk-or-v1-\w/, entry.name);
    }
  }
});
