/**
 * An organization of 20,000 people, of whom 10,000 are members of one workspace, behind a proxy that holds the key.
 */
import { startSandbox } from "../../support/sandbox-process.mjs";

/** The workspace with all the members. */
export const MEMBERS = "/workspaces/scale-members/members";

/**
 * Starts the sandbox, makes the runs one after another, and stops it.
 * @param {number} runs
 * @param {(url: string, run: number) => Promise<Record<string, number>>} visit one run
 * @param {string[]} [options] further options of the sandbox
 */
export async function onPeople(runs, visit, options = []) {
  const size = ["--seed", "scale", "--workspaces", "20", "--people", "20000", "--members", "10000"];
  const given = size.filter((it, at) => !options.includes(it.startsWith("--") ? it : size[at - 1]));
  const sandbox = await startSandbox([...given, "--auth", "proxy", ...options]);
  try {
    const values = [];
    for (let run = 0; run < runs; run += 1) values.push(await visit(sandbox.url, run));
    return values;
  } finally {
    await sandbox.stop();
  }
}
