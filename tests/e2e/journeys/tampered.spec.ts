/** Files that are not what was built: none of them is run, though each would work. */
import { expect, type Page } from "@playwright/test";
import { type Alteration, test } from "../support/altered.ts";

const failure = (page: Page) => page.getByRole("heading", { name: "The console could not be loaded" });
const list = (page: Page) => page.getByRole("heading", { name: "Workspaces", level: 1 });

/** A custom section named "x" at its end: the wasm means the same. */
const longer: Alteration = (wasm) => Buffer.concat([wasm, Buffer.from([0, 2, 1, 120])]);
/** A statement at its start: whoever runs the script can tell. */
const marked: Alteration = (js) => Buffer.concat([Buffer.from("globalThis.tampered = true;\n"), js]);
/** A rule at its end. */
const hiding: Alteration = (css) => Buffer.concat([css, Buffer.from("h1 { display: none }\n")]);
/** A page that takes anything. */
const trusting: Alteration = (text) =>
  Buffer.from(text.toString().replaceAll(/,?\{?integrity:"sha256-[^"]+"\}?|integrity="sha256-[^"]+"|<script type="importmap">.*?<\/script>/g, ""));

const first = /^workspace-console-.*_bg\.wasm$/;
const script = /^workspace-console-.*\.js$/;
const styles = /^console-.*\.css$/;

for (const [name, which, how] of [
  ["wasm", first, longer],
  ["script", script, marked],
] as const) {
  test(`a changed ${name} is not run, and the page says so`, async ({ page, serveAltered }) => {
    await page.goto(await serveAltered([which, how]));
    await expect(failure(page)).toBeVisible();
    await expect(page.getByText("or changing them: then they are not run")).toBeVisible();
    expect(await page.evaluate(() => "tampered" in globalThis)).toBe(false);
    await expect(list(page)).toHaveCount(0);
  });

  test(`the same ${name} would run if the page had no hash of it`, async ({ page, serveAltered }) => {
    await page.goto(await serveAltered([which, how], [/^index\.html$/, trusting]));
    await expect(list(page)).toBeVisible();
  });
}

test("changed styles are not taken, and would be if the page had no hash of them", async ({ page, serveAltered }) => {
  await page.goto(await serveAltered([styles, hiding]));
  await expect(failure(page)).toBeVisible();
  await page.goto(await serveAltered([styles, hiding], [/^index\.html$/, trusting]));
  await expect(page.locator("h1", { hasText: "Workspaces" })).toBeHidden();
});

for (const [name, which, how] of [
  ["wasm", /^later-.*\.wasm$/, longer],
  ["styles", /^later-.*\.css$/, hiding],
] as const) {
  test(`changed ${name} of the later pages are not taken, and the page says so`, async ({ page, serveAltered }) => {
    const url = await serveAltered([which, how]);
    await page.goto(`${url}/people`);
    await expect(page.getByRole("heading", { name: "Page not loaded" })).toBeVisible();
    await page.goto(url);
    await expect(list(page)).toBeVisible();
  });
}
