/** The menu at the end of a row of the list of workspaces. */
import type { Page } from "@playwright/test";
import { clipboardText, expect, expectAccessible, heading, open, tabTo, test } from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

const button = (page: Page) => page.getByRole("button", { name: "More about Interns", exact: true });
const item = (page: Page, name: string) => page.getByRole("menuitem", { name, exact: true });

test("it opens the pages of the workspace, and copies its ID", async ({ page, sandbox }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id } = await sandbox.workspace("interns");
  await open(page, "/workspaces", "Workspaces");
  for (const [name, address] of [["Open", "/workspaces/interns"], ["Budgets", "/workspaces/interns/budgets"], ["Members", "/workspaces/interns/members"]] as const) {
    await button(page).click();
    await item(page, name).click();
    await expect(page).toHaveURL(address);
    await expect(heading(page, "Interns")).toBeVisible();
    await page.goBack();
    await expect(heading(page, "Workspaces")).toBeVisible();
  }
  await button(page).click();
  await item(page, "Copy ID").click();
  expect(await clipboardText(page)).toBe(id);
  // The row was not opened.
  await expect(page).toHaveURL("/workspaces");
});

test("it works by keyboard, and the focus returns to its button", async ({ page }) => {
  await open(page, "/workspaces", "Workspaces");
  await expect(button(page)).toBeVisible();
  await page.getByRole("link", { name: "Interns", exact: true }).focus();
  await tabTo(page, button(page), 2);
  await page.keyboard.press("Enter");
  await expect(item(page, "Open")).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await expect(item(page, "Budgets")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(item(page, "Open")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(item(page, "Budgets")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/workspaces/interns/budgets");
});
