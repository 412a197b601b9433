/**
 * Runs a separate sandbox on a free port, and creates the API's official client for it.
 *
 * Needs the sandbox binary: `SANDBOX_BIN`, or the output of `cargo build -p sandbox`.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { OpenRouter } from "@openrouter/sdk";

const KEY = "sk-or-v1-contract-management";
const PLAIN_KEY = "sk-or-v1-contract-plain";

function program() {
  const root = fileURLToPath(new URL("../../../../", import.meta.url));
  return process.env.SANDBOX_BIN ?? `${process.env.CARGO_TARGET_DIR ?? `${root}target`}/debug/sandbox`;
}

async function start() {
  const options = ["--listen", "127.0.0.1:0", "--db", ":memory:", "--faults"];
  const keys = ["--management-key", KEY, "--plain-key", PLAIN_KEY];
  const child = spawn(program(), [...options, ...keys], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    child.kill("SIGTERM");
    await exited;
  };
  const url = await new Promise((resolve, reject) => {
    exited.then(([code]) => reject(new Error(`the sandbox ended with ${code} before it listened`)), reject);
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /^listening on (\S+)$/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
  return { url, stop };
}

/** Runs a sandbox for the tests of the calling file. */
export function useSandbox() {
  let server;
  const client = (apiKey) =>
    new OpenRouter({ apiKey, serverURL: `${server.url}/api/v1`, retryConfig: { strategy: "none" } });
  const control = async (method, route, body) => {
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`${server.url}/__control/${route}`, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const sandbox = {
    /** The client with the management key. */
    api: undefined,
    /** The client with a key that is not a management key. */
    plain: undefined,
    /** The client with an unknown key. */
    unknown: undefined,
    /** Resets the sandbox with fresh data. */
    reset: (options) => control("POST", "reset", options),
    /** Makes the next call of `method` fail with `status` if its path contains `path`. */
    failNext: (method, path, status) =>
      control("POST", "faults", { method, path, answer: { kind: "status", status, message: "on purpose" } }),
  };
  before(async () => {
    server = await start();
    sandbox.api = client(KEY);
    sandbox.plain = client(PLAIN_KEY);
    sandbox.unknown = client("sk-or-v1-nobody");
  });
  after(() => server?.stop());
  return sandbox;
}

/** Returns all rows of a list, using the client's own paging. */
export async function rowsOf(pages) {
  const rows = [];
  for await (const page of await pages) rows.push(...page.result.data);
  return rows;
}
