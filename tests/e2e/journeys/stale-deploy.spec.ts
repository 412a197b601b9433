/** A deployment whose files are gone: the page says so instead of staying blank. */
import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { builtConsole, startSandbox } from "../../support/sandbox-process.mjs";

// These pages are broken on purpose, so their consoles are not silent: no guard watches them.
const test = base.extend<{ siteWithout: (gone: RegExp) => Promise<string> }>({
  siteWithout: async ({}, use) => {
    const undo: (() => Promise<void>)[] = [];
    await use(async (gone) => {
      const folder = await mkdtemp(join(tmpdir(), "console-"));
      undo.push(() => rm(folder, { recursive: true }));
      await cp(builtConsole(), folder, { recursive: true });
      const files = await readdir(folder);
      const lost = files.filter((file) => gone.test(file));
      expect(lost).not.toEqual([]);
      for (const file of lost) await rm(join(folder, file));
      const server = await startSandbox(["--auth", "proxy"], folder);
      undo.push(server.stop);
      return server.url;
    });
    for (const step of undo.reverse()) await step();
  },
});

for (const [name, gone] of [
  ["wasm", /\.wasm(\.br|\.gz)?$/],
  ["script", /\.js(\.br|\.gz)?$/],
] as const) {
  test(`a missing ${name} is explained, with a way to reload`, async ({ page, siteWithout }) => {
    const url = await siteWithout(gone);
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    await page.goto(url);
    await expect(page.getByRole("heading", { name: "The console could not be loaded" })).toBeVisible();
    await expect(page.getByText("Loading…")).toBeHidden();
    const reload = page.getByRole("link", { name: "Reload" });
    await expect(reload).toHaveAttribute("href", "");
    const again = page.waitForRequest((request) => request.isNavigationRequest());
    await reload.click();
    await again;
    await expect(page.getByRole("heading", { name: "The console could not be loaded" })).toBeVisible();
    expect(said.filter((line) => line.includes("Content Security Policy"))).toEqual([]);
  });
}
