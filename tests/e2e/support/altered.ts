/** The built console with some of its files altered, served by a sandbox of its own. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { builtConsole, startSandbox } from "../../support/sandbox-process.mjs";

/** What becomes of a file: new content, or `null` where it goes. */
export type Alteration = (content: Buffer) => Buffer | null;

/** Serves the site with every file that `which` matches altered; answers where. */
export type ServeAltered = (...alterations: [which: RegExp, how: Alteration][]) => Promise<string>;

// These pages are broken on purpose, so their consoles are not silent: no guard watches them.
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
    // What was compressed is no longer the same.
    for (const ending of ["", ".br", ".gz"]) await rm(path + ending);
    if (content) await writeFile(path, content);
  }
}
