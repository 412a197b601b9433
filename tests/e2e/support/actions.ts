/**
 * Actions and locators that use the text of the page: roles, names and cells.
 */
import { expect, type Locator, type Page } from "@playwright/test";

/** The management key that every sandbox of the journeys accepts. */
export const MANAGEMENT_KEY = "sk-or-v1-e2e-management";

/** A key that every sandbox of the journeys knows, but that is not a management key. */
export const PLAIN_KEY = "sk-or-v1-e2e-plain-key";

/** Opens an address and waits for the page with this heading. For a sandbox that needs no key. */
export async function open(page: Page, address: string, title: string): Promise<void> {
  await page.goto(address);
  await expect(heading(page, title)).toBeVisible();
}

/** Returns the heading of the page. */
export function heading(page: Page, title: string): Locator {
  return page.getByRole("heading", { name: title, level: 1, exact: true });
}

/** Returns a text field by its label. */
export function field(within: Page | Locator, label: string): Locator {
  return within.getByRole("textbox", { name: label, exact: true });
}

/** Returns the region where notices appear. */
export function notices(page: Page): Locator {
  return page.getByRole("region", { name: "Notifications" });
}

/** Expects a notice with this text. */
export async function expectNotice(page: Page, text: string): Promise<void> {
  await expect(notices(page).getByText(text, { exact: true })).toBeVisible();
}

/** Expects that the bar of the form says that everything was saved. */
export async function expectSavedStatus(page: Page): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: /^Saved$/ })).toBeVisible();
}

/** Expects that the form has no unsaved changes. */
export async function expectNothingUnsaved(page: Page): Promise<void> {
  await expect(page.getByRole("form")).toBeVisible();
  await expect(page.getByRole("button", { name: "Discard changes" })).toHaveCount(0);
}

/** Signs in on the sign-in screen and waits for the list of workspaces. */
export async function signIn(page: Page, key = MANAGEMENT_KEY): Promise<void> {
  await page.goto("/");
  await page.getByLabel("Management key", { exact: true }).fill(key);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Workspaces", level: 1 })).toBeVisible();
}

/** Presses a button that asks first, and then the one of the same name that answers. */
export async function pressTwice(button: Locator): Promise<void> {
  await button.click();
  await button.page().getByRole("button", { name: "Cancel" }).first().waitFor();
  await button.click();
}

/** Presses Tab until the target has the focus, at most `most` times. `press` may press it in another way. */
export async function tabTo(page: Page, target: Locator, most = 80, press = () => page.keyboard.press("Tab")): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < most; presses += 1) {
    if (await target.evaluate((it) => it === document.activeElement)) return;
    await press();
  }
  await expect(target).toBeFocused();
}

/** The text of a row's cells, by column name. */
export type Cells = Record<string, string | RegExp>;

/** Expects a visible row with these texts in the named columns. */
export async function expectRowVisible(table: Locator, cells: Cells): Promise<void> {
  await expect(await rowWith(table, cells)).toBeVisible();
}

/** Expects that no row has these texts in the named columns. */
export async function expectNoRow(table: Locator, cells: Cells): Promise<void> {
  await expect(await rowWith(table, cells)).toHaveCount(0);
}

/** Returns the rows with these texts in the named columns. A string must match the whole text. */
export async function rowWith(table: Locator, cells: Cells): Promise<Locator> {
  const headers = table.getByRole("columnheader");
  await expect(headers.first()).toBeVisible();
  // A sort button adds an arrow or a hint after the name, so only the start is compared.
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

/** A text as a part of a regular expression. */
export function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Chooses an entry of the menu behind the three dots, such as `Copy ID`. Returns the button of the menu. */
export async function copyFromMenu(page: Page, about: string, entry: string): Promise<Locator> {
  const button = page.getByRole("button", { name: `More about ${about}`, exact: true });
  await button.click();
  await page.getByRole("menuitem", { name: entry, exact: true }).click();
  return button;
}

/** Returns the text that the page has copied, once it says so. */
export async function clipboardText(page: Page): Promise<string> {
  await expect(page.getByText("Copied").filter({ visible: true }).first()).toBeVisible();
  return pastedText(page);
}

/** Returns the text on the clipboard. The page's policy lets no script read it, so it is pasted into a field. */
export async function pastedText(page: Page): Promise<string> {
  const field = await page.evaluateHandle(() => {
    const area = document.createElement("textarea");
    area.ariaLabel = "Clipboard";
    // In the dialog with the focus, because those below it take none.
    const dialog = document.activeElement?.closest("dialog[open]") ?? document.querySelector("dialog[open]");
    (dialog ?? document.body).append(area);
    area.focus();
    return area;
  });
  await page.keyboard.press("ControlOrMeta+V");
  return field.evaluate((area) => {
    area.remove();
    return area.value;
  });
}

/**
 * Waits until the page sends no more requests by itself. On a busy machine, the browser sometimes does not report the end of
 * one. After ten seconds all of them have ended.
 */
export async function untilQuiet(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle", { timeout: 10_000 }).catch(() => undefined);
}

/** Holds back files whose URL matches. Returns a function that lets them come. */
export async function holdFiles(page: Page, url: RegExp): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(url, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}
