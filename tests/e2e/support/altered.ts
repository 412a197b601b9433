/** Serves the built console with some of its files altered, from a separate sandbox. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { builtConsole, startSandbox } from "../../support/sandbox-process.mjs";

/** Returns the new content of a file, or `null` to remove it. */
export type Alteration = (content: Buffer) => Buffer | null;

/** Alters every file that `which` matches, serves the site, and returns its URL. */
export type ServeAltered = (...alterations: [which: RegExp, how: Alteration][]) => Promise<string>;

// These pages are broken on purpose and log errors, so no guard watches them.
export const test = base.extend<{ serveAltered: ServeAltered }>({
  serveAltered: async ({}, use) => {
    const undo: (() => Promise<void>)[] = [];
    await use(async (...alterations) => {
      const folder = await mkdtemp(join(tmpdir(), "console-"));
      undo.push(() => rm(folder, { recursive: true }));
      await cp(builtConsole(), folder, { recursive: true });
      for (const [which, how] of alterations) await alter(folder, which, how);
      const server = await startSandbox(["--auth", "proxy"], folder);
      undo.push(server.stop);
      return server.url;
    });
    for (const step of undo.reverse()) await step();
  },
});

async function alter(folder: string, which: RegExp, how: Alteration): Promise<void> {
  const files = await readdir(folder);
  const altered = files.filter((file) => which.test(file) && !/\.(br|gz)$/.test(file));
  expect(altered).not.toEqual([]);
  for (const file of altered) {
    const path = join(folder, file);
    const content = how(await readFile(path));
    // The compressed copies no longer match.
    for (const suffix of ["", ".br", ".gz"]) await rm(path + suffix);
    if (content) await writeFile(path, content);
  }
}
