/** A deployment whose files are gone: the page explains it instead of staying blank. */
import { expect } from "@playwright/test";
import { test } from "../support/altered.ts";

for (const [name, gone] of [
  ["wasm", /\.wasm$/],
  ["script", /\.js$/],
] as const) {
  test(`a missing ${name} is explained, with a way to reload`, async ({ page, serveAltered }) => {
    const url = await serveAltered([gone, () => null]);
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    await page.goto(url);
    await expect(page.getByRole("heading", { name: "Couldn’t load the console" })).toBeVisible();
    await expect(page.getByText("Loading…")).toBeHidden();
    const reload = page.getByRole("link", { name: "Reload" });
    await expect(reload).toHaveAttribute("href", "");
    const again = page.waitForRequest((request) => request.isNavigationRequest());
    await reload.click();
    await again;
    await expect(page.getByRole("heading", { name: "Couldn’t load the console" })).toBeVisible();
    expect(said.filter((line) => line.includes("Content Security Policy"))).toEqual([]);
  });
}
