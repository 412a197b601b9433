/** The workspace switcher, by keyboard, and the tab that it keeps. */
import type { Page } from "@playwright/test";
import { expect, heading, open, test } from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

const opener = (page: Page) => page.getByRole("button", { name: "Go to workspace" });
const search = (page: Page) => page.getByRole("searchbox", { name: "Find a workspace" });

for (const [tab, address] of [["Members", "members"], ["Budgets", "budgets"]] as const) {
  test(`the switcher opens in its search, follows the arrow keys, and keeps the ${tab} tab`, async ({ page }) => {
    await open(page, `/workspaces/interns/${address}`, "Interns");
    await opener(page).focus();
    await page.keyboard.press("Enter");
    await expect(search(page)).toBeFocused();
    await page.keyboard.type("production");
    await page.keyboard.press("ArrowDown");
    await expect(page.locator(".picker__link").first()).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(search(page)).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(heading(page, "Production")).toBeVisible();
    await expect(page).toHaveURL(`/workspaces/production/${address}`);
    await expect(page).toHaveTitle(`${tab} · Production · Workspace Console`);
  });
}

test("Enter in the search opens the first match", async ({ page }) => {
  await open(page, "/people", "People");
  await opener(page).click();
  await expect(search(page)).toBeFocused();
  await page.keyboard.type("production");
  await page.keyboard.press("Enter");
  await expect(heading(page, "Production")).toBeVisible();
  await expect(page).toHaveURL("/workspaces/production");
});
