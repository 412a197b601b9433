/**
 * An organization of 1,000 workspaces behind a proxy that holds the key.
 */
import { startSandbox } from "../../support/sandbox-process.mjs";

/**
 * Starts the sandbox, makes the runs one after another, and stops it.
 * @param {number} runs
 * @param {(url: string) => Promise<Record<string, number>>} visit one run
 */
export async function onThousand(runs, visit) {
  const sandbox = await startSandbox(["--seed", "scale", "--workspaces", "1000", "--auth", "proxy"]);
  try {
    const values = [];
    for (let run = 0; run < runs; run += 1) values.push(await visit(sandbox.url));
    return values;
  } finally {
    await sandbox.stop();
  }
}
