/**
 * Starts and stops the sandbox, which serves the built console and the API from one origin.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * A running sandbox.
 * @typedef {object} SandboxProcess
 * @property {string} url its origin, such as `http://127.0.0.1:40123`
 * @property {() => Promise<void>} stop stops it and waits until it is gone
 */

/**
 * Starts a sandbox on a free port, with the built console and an in-memory database.
 * @param {string[]} options additional command-line options
 * @param {string} site the folder of the built console
 * @returns {Promise<SandboxProcess>}
 */
export async function startSandbox(options, site = builtConsole()) {
  const program = process.env.SANDBOX_BIN ?? path("target/debug/sandbox");
  const fixed = ["--listen", "127.0.0.1:0", "--db", ":memory:", "--static", site];
  const child = spawn(program, [...fixed, ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  // If this process ends without stopping the sandbox, kill it.
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await exited;
    }
  };

  /** @type {Promise<string>} */
  const listening = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /listening on (http:\/\/\S+?)\/?$/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
  const ended = exited.then(([code]) => {
    throw new Error(`${program} ended with ${code} before it listened`);
  });
  // After the sandbox listens nothing awaits `ended`, so its rejection would be reported as unhandled.
  ended.catch(() => {});
  return { url: await Promise.race([listening, ended]), stop };
}

/** The folder of the built console. */
export function builtConsole() {
  return process.env.DIST ?? path("dist");
}

/** @param {string} relative a path from the project's root */
function path(relative) {
  return fileURLToPath(new URL(`../../${relative}`, import.meta.url));
}
