/**
 * Starts and stops the sandbox, which serves the built console and the API from one origin.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The management key that every sandbox of the journeys accepts. */
export const MANAGEMENT_KEY = "sk-or-v1-e2e-management";

/** A running sandbox. */
export interface Server {
  /** Its origin, such as `http://127.0.0.1:40123`. */
  url: string;
  /** Stops it and waits until it is gone. */
  stop(): Promise<void>;
}

const repository = new URL("../../../", import.meta.url);

/** Starts a sandbox on a free port, with faults on demand and its database in memory. */
export async function startServer(options: string[] = []): Promise<Server> {
  const program = process.env.SANDBOX_BIN ?? path("target/debug/sandbox");
  const child = spawn(
    program,
    [
      ...["--listen", "127.0.0.1:0", "--db", ":memory:", "--seed", "demo", "--faults"],
      ...["--static", process.env.DIST ?? path("dist")],
      ...["--management-key", MANAGEMENT_KEY],
      ...options,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const exited = once(child, "exit");
  // Should the worker end without its teardown, the sandbox must not stay behind.
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await exited;
    }
  };

  const listening = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /listening on (http:\/\/\S+?)\/?$/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
  const ended = exited.then(([code]) => {
    throw new Error(`${program} ended with ${code} before it listened`);
  });
  // Once the sandbox listens, its end is no longer this function's concern.
  ended.catch(() => {});
  return { url: await Promise.race([listening, ended]), stop };
}

function path(relative: string): string {
  return fileURLToPath(new URL(relative, repository));
}
