/**
 * What people do and see, in the words of the page: roles, names and the text of cells.
 */
import { expect, type Locator, type Page } from "@playwright/test";

/** The management key that every sandbox of the journeys accepts. */
export const MANAGEMENT_KEY = "sk-or-v1-e2e-management";

/** A key that every sandbox of the journeys knows, but that may manage nothing. */
export const PLAIN_KEY = "sk-or-v1-e2e-plain-key";

/** Goes to an address and waits for the page with this heading; for a sandbox that asks for no key. */
export async function open(page: Page, address: string, title: string): Promise<void> {
  await page.goto(address);
  await expect(heading(page, title)).toBeVisible();
}

/** The heading of the page. */
export function heading(page: Page, title: string): Locator {
  return page.getByRole("heading", { name: title, level: 1, exact: true });
}

/** A text field, by its label. */
export function field(within: Page | Locator, label: string): Locator {
  return within.getByRole("textbox", { name: label, exact: true });
}

/** Where notices appear. */
export function notices(page: Page): Locator {
  return page.getByRole("region", { name: "Notices" });
}

/** Expects a notice with this text. */
export async function expectNotice(page: Page, text: string): Promise<void> {
  await expect(notices(page).getByText(text, { exact: true })).toBeVisible();
}

/** Signs in from the sign-in screen, and waits for the list of workspaces. */
export async function signIn(page: Page, key = MANAGEMENT_KEY): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Management key", { exact: true }).fill(key);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Workspaces", level: 1 })).toBeVisible();
}

/** Goes on with Tab until this has the focus, by so many presses at most. */
export async function tabTo(page: Page, target: Locator, most = 80): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < most; presses += 1) {
    if (await target.evaluate((it) => it === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

/** The text of a row's cells by the name of their column. */
export type Cells = Record<string, string | RegExp>;

/** Expects a visible row whose cells, in the columns named, have these texts. */
export async function expectRowVisible(table: Locator, cells: Cells): Promise<void> {
  await expect(await rowWith(table, cells)).toBeVisible();
}

/** Expects that no row has these texts in the columns named. */
export async function expectNoRow(table: Locator, cells: Cells): Promise<void> {
  await expect(await rowWith(table, cells)).toHaveCount(0);
}

/** The rows whose cells, in the columns named, have these texts; strings are whole texts. */
export async function rowWith(table: Locator, cells: Cells): Promise<Locator> {
  const headers = table.getByRole("columnheader");
  await expect(headers.first()).toBeVisible();
  // A sort button's arrow or hint is no part of the name, so the beginning decides.
  const names = (await headers.allInnerTexts()).map((name) => name.trim());
  let rows = table.getByRole("row");
  for (const [column, text] of Object.entries(cells)) {
    const index = names.findIndex((name) => name.toLowerCase().startsWith(column.toLowerCase()));
    if (index < 0) throw new Error(`no column "${column}" among: ${names.join(", ")}`);
    const position = `:nth-child(${index + 1})`;
    const cell = table.page().locator(`:is(td, th, [role=cell], [role=gridcell])${position}`);
    const wanted = typeof text === "string" ? new RegExp(`^\\s*${escape(text)}\\s*$`) : text;
    rows = rows.filter({ has: cell.filter({ hasText: wanted }) });
  }
  return rows;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
