/**
 * Ports, folders and child processes of the tests, all of which are gone when a test file ends.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

// Node's runner ends a file that takes too long in this way; what the file has started must not stay behind.
process.once("SIGTERM", () => process.exit(143));

/** A port on loopback that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/** A folder of its own for what a server reads and writes. */
export async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), "console-hosting-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Starts a server and waits until it takes connections; what it says is shown if it ends before that.
 * @param {string} program
 * @param {string[]} options
 * @param {number} port where it will listen
 * @param {Record<string, string>} [env]
 * @returns {Promise<{stop: () => Promise<void>, signal: (name: NodeJS.Signals) => void}>} `stop` waits until it is gone
 */
export async function startServer(program, options, port, env = {}) {
  const child = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const exited = once(child, "exit");
  exited.catch(() => {});
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  while (!(await isListening(port))) {
    if (hasEnded()) throw new Error(`${program} ended before it listened:\n${said}`);
    await pause(20);
  }
  const stop = async () => {
    process.off("exit", kill);
    if (hasEnded()) throw new Error(`${program} has ended on its own:\n${said}`);
    child.kill("SIGTERM");
    await exited;
  };
  return { stop, signal: (name) => void child.kill(name) };
}

/** @param {number} port */
async function isListening(port) {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
