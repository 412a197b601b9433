/**
 * Ports, folders and child processes of the tests. None of them outlives its test file.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

// Node's test runner sends this signal after a timeout. Exit normally, so that child processes are killed.
process.once("SIGTERM", () => process.exit(143));

/** Returns a free port on loopback. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/** Creates a folder for the files of a server. */
export async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), "console-hosting-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * Starts a server and waits until it accepts connections. If it ends before that, the error has its output.
 * @param {string} program
 * @param {string[]} options
 * @param {number} port that it will listen on
 * @param {Record<string, string>} [env]
 * @returns {Promise<{pid: number, output: () => string, stop: () => Promise<void>, signal: (name: NodeJS.Signals) => void}>} `stop` waits until the server has ended
 */
export async function startServer(program, options, port, env = {}) {
  // nginx takes the variable NGINX for the sockets of an older process.
  const child = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NGINX: undefined, ...env } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const exited = once(child, "exit");
  exited.catch(() => {});
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  while (!(await isListening(port))) {
    if (hasEnded()) throw new Error(`${program} ended before it listened:\n${output}`);
    await pause(20);
  }
  const stop = async () => {
    process.off("exit", kill);
    if (hasEnded()) throw new Error(`${program} has ended on its own:\n${output}`);
    child.kill("SIGTERM");
    await exited;
  };
  return { pid: child.pid ?? 0, output: () => output, stop, signal: (name) => void child.kill(name) };
}

/**
 * Whether a server listens on this port of loopback.
 * @param {number} port
 */
export async function isListening(port) {
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
