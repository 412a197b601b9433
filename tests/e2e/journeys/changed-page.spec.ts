/** Pages that were changed on the way, or that a browser cannot run: the page says so. */
import type { Page } from "@playwright/test";
import { heading, holdFiles } from "../support/actions.ts";
import { deferScripts, expect, shorten, test } from "../support/between.ts";

/** The time after which the page has to say something. */
const LIMIT = { timeout: 10_000 };
const changed = (page: Page) => page.getByRole("heading", { name: "The console has not started" });
const text = (page: Page) => page.getByText("changed the page or blocked its scripts");

test("H01: scripts that a CDN defers against the page’s will: within 10 s the page says what to do", async ({ page, between }) => {
  between.behave({ rewrite: (html) => deferScripts(html, false) });
  await page.goto("/");
  await expect(changed(page)).toBeVisible(LIMIT);
  await expect(text(page)).toBeVisible();
  await expect(page.getByText("turn off Rocket Loader and Auto Minify")).toBeVisible();
  await expect(page.getByRole("link", { name: "Reload" })).toHaveAttribute("href", "");
});

test("H01: a CDN that leaves marked scripts alone changes nothing", async ({ page, between }) => {
  between.behave({ rewrite: (html) => deferScripts(html) });
  await page.goto("/");
  await expect(heading(page, "Workspaces")).toBeVisible();
  await expect(page.locator("#boot-changed")).toHaveCount(0);
});

test("H01: white space that is shortened inside scripts: within 10 s the page says what to do", async ({ page, between }) => {
  between.behave({ rewrite: shorten });
  await page.goto("/");
  await expect(changed(page)).toBeVisible(LIMIT);
  await expect(text(page)).toBeVisible();
});

for (const [name, which] of [
  ["first", /(<script\b)([^>]*>)(?=\(\(\)=>)/],
  ["second", /(<script\b)([^>]*data-wasm)/],
  ["module", /(<script\b)([^>]*) type="module"/],
] as const) {
  test(`H01: if only the ${name} script is changed, the page runs or says so`, async ({ page, between }) => {
    between.behave({
      rewrite: (html) => {
        const rewritten = html.replace(which, '$1 type="7f3e-text/javascript"$2');
        expect(rewritten).not.toBe(html);
        return rewritten;
      },
    });
    await page.goto("/");
    await expect(name === "first" ? heading(page, "Workspaces") : changed(page)).toBeVisible(LIMIT);
    if (name === "first") await expect(page.locator("#boot-changed")).toHaveCount(0);
  });
}

test("H01: a page that loads slowly is not said to be changed", async ({ page }) => {
  const release = await holdFiles(page, /\.wasm$/);
  await page.goto("/");
  await expect(page.getByText("Loading…")).toBeVisible();
  await expect(page.locator("#boot-changed")).toHaveCount(0);
  release();
  await expect(heading(page, "Workspaces")).toBeVisible();
});

test("H01: without styles the notice is readable too", async ({ page, between }) => {
  between.behave({ rewrite: (html) => shorten(html).replace(/<link rel="stylesheet"[^>]*>/, "") });
  await page.goto("/");
  await expect(changed(page)).toBeVisible(LIMIT);
});

test("W08: without WebAssembly the page says that it is off, and what turns it off", async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "WebAssembly");
  });
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "WebAssembly is off in this browser" })).toBeVisible();
  for (const words of ["Lockdown Mode", "enhanced security", "a policy of your organization"]) {
    await expect(page.getByText(words).first()).toBeVisible();
  }
  await expect(page.getByText("newer version was probably just installed")).toHaveCount(0);
  await expect(page.getByText("Loading…")).toBeHidden();
  await expect(page.locator("#boot-changed")).toHaveCount(0);
});
