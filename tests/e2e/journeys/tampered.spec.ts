/** Altered files: none of them is executed, though each would work. */
import { expect, type Page } from "@playwright/test";
import { type Alteration, test } from "../support/altered.ts";

const failure = (page: Page) => page.getByRole("heading", { name: "Couldn’t load the console" });
const list = (page: Page) => page.getByRole("heading", { name: "Workspaces", level: 1 });

/** Appends a custom section named "x", which does not change the module's behaviour. */
const appendSection: Alteration = (wasm) => Buffer.concat([wasm, Buffer.from([0, 2, 1, 120])]);
/** Prepends a statement that marks the script as executed. */
const prependMarker: Alteration = (js) => Buffer.concat([Buffer.from("globalThis.tampered = true;\n"), js]);
/** Appends a rule. */
const hideHeadings: Alteration = (css) => Buffer.concat([css, Buffer.from("h1 { display: none }\n")]);
/** A page that accepts any file. */
const removeHashes: Alteration = (text) =>
  Buffer.from(text.toString().replaceAll(/,?\{?integrity:"sha256-[^"]+"\}?|integrity="sha256-[^"]+"|<script type="importmap">.*?<\/script>/g, ""));

const wasmFile = /^workspace-console-.*_bg\.wasm$/;
const scriptFile = /^workspace-console-.*\.js$/;
const styleFile = /^console-.*\.css$/;

for (const [name, which, how] of [
  ["wasm", wasmFile, appendSection],
  ["script", scriptFile, prependMarker],
] as const) {
  test(`an altered ${name} is not executed, and the page says so`, async ({ page, serveAltered }) => {
    await page.goto(await serveAltered([which, how]));
    await expect(failure(page)).toBeVisible();
    await expect(page.getByText("Browsers don’t run changed files")).toBeVisible();
    expect(await page.evaluate(() => "tampered" in globalThis)).toBe(false);
    await expect(list(page)).toHaveCount(0);
  });

  test(`the same ${name} would be executed if the page had no hash of it`, async ({ page, serveAltered }) => {
    await page.goto(await serveAltered([which, how], [/^index\.html$/, removeHashes]));
    await expect(list(page)).toBeVisible();
  });
}

test("altered styles are not applied, and would be if the page had no hash of them", async ({ page, serveAltered }) => {
  await page.goto(await serveAltered([styleFile, hideHeadings]));
  await expect(failure(page)).toBeVisible();
  await page.goto(await serveAltered([styleFile, hideHeadings], [/^index\.html$/, removeHashes]));
  await expect(page.locator("h1", { hasText: "Workspaces" })).toBeHidden();
});

for (const [name, which, how] of [
  ["wasm", /^later-.*\.wasm$/, appendSection],
  ["styles", /^later-.*\.css$/, hideHeadings],
] as const) {
  test(`altered ${name} of the later pages are not loaded, and the page says so`, async ({ page, serveAltered }) => {
    const url = await serveAltered([which, how]);
    await page.goto(`${url}/people`);
    await expect(page.getByRole("heading", { name: "Page not loaded" })).toBeVisible();
    await page.goto(url);
    await expect(list(page)).toBeVisible();
  });
}
