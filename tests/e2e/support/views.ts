/**
 * Actions and locators for the menu that arranges a table, and for saved views.
 */
import { expect, type Locator, type Page } from "@playwright/test";

/** Returns the menu. */
export function viewMenu(page: Page): Locator {
  return page.getByRole("dialog", { name: "View", exact: true });
}

/** Opens the menu. */
export async function openViewMenu(page: Page): Promise<Locator> {
  const menu = viewMenu(page);
  await page.getByRole("button", { name: "View", exact: true }).click();
  await expect(menu.getByRole("checkbox").first()).toBeVisible();
  return menu;
}

/** Closes the menu, and expects that its button has the focus. */
export async function closeViewMenu(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(viewMenu(page)).toBeHidden();
  await expect(page.getByRole("button", { name: "View", exact: true })).toBeFocused();
}

/** Expects that the table has these columns with text, in this order. */
export async function expectColumns(table: Locator, columns: string[]): Promise<void> {
  await expect(table.locator("thead th:not(.is-tight, .col-more)")).toHaveText(columns.map((name) => new RegExp(`^${name}`)));
}

/** Returns what this browser remembers for a table. */
export function rememberedLayout(page: Page, table: string): Promise<string | null> {
  return page.evaluate((name) => localStorage.getItem(name), `workspace-console.table.${table}`);
}

/** Saves the current view under a name. */
export async function saveView(page: Page, name: string): Promise<void> {
  const menu = await openViewMenu(page);
  await menu.getByRole("button", { name: "Save view…" }).click();
  const dialog = page.getByRole("dialog", { name: "Save view", exact: true });
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Save view", exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** Returns the links to the saved views in the side bar. */
export function savedViews(page: Page): Locator {
  return page.getByRole("navigation", { name: "Main" }).locator(".sidebar__views").getByRole("link");
}
