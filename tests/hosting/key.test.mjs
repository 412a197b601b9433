/**
 * The management key is not in anything that other users of the machine can read.
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
const shipped = (relative) => fileURLToPath(new URL(`../../tools/hosting/${relative}`, import.meta.url));

test("Caddy's configuration, which every user of the machine can read, does not contain the key", async (t) => {
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
  const options = ["adapt", "--adapter", "caddyfile", "--config", shipped("caddy/proxy-held-key.caddy")];
  const { stdout } = await promisify(execFile)(process.env.CADDY ?? "caddy", options, { env });
  assert.match(stdout, /Bearer \{env\.CONSOLE_MANAGEMENT_KEY\}/);
  assert.ok(!stdout.includes(MANAGEMENT_KEY));
});

test("the shipped files contain no key", async () => {
  for (const folder of ["nginx", "nginx/console", "caddy", "caddy/console"]) {
    for (const entry of await readdir(shipped(folder), { withFileTypes: true })) {
      if (entry.isDirectory()) continue;
      assert.doesNotMatch(await readFile(shipped(`${folder}/${entry.name}`), "utf8"), /sk-or-v1-\w/, entry.name);
    }
  }
});
