/**
 * Runs the program of `cargo xtask check-hosting`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program =
  process.env.XTASK ??
  `${process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../../target", import.meta.url))}/debug/xtask`;

/**
 * Checks the console at a URL.
 * @param {string} url
 * @param {{user?: string, ca?: string}} [options]
 */
export async function checkHosting(url, { user, ca } = {}) {
  const env = { ...process.env, ...(user ? { CONSOLE_USER: user } : {}) };
  const child = spawn(program, ["check-hosting", url, ...(ca ? ["--ca", ca] : [])], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  const lines = output.split("\n");
  /** @param {string} outcome */
  const named = (outcome) =>
    lines.filter((line) => line.startsWith(`${outcome}  `)).map((line) => line.slice(6).split(": ")[0] ?? "");
  return { code, output, passed: named("pass"), failed: named("FAIL") };
}
