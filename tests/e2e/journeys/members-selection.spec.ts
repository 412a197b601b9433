/** Selecting members of a workspace. */
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import {
  dbMembers,
  directoryEntry,
  headerCheckbox,
  MANY,
  openMembers,
  renderedIds,
  rowCheckbox,
  rowOf,
  SCALE,
  search,
  select,
  selectAll,
  selectionBar,
  table,
  visibleIds,
  waitUntilListed,
} from "../support/members.ts";

test.use({ organization: SCALE });

test("the header checkbox selects the visible rows; a second press, with a count, selects the rest", async ({ page }) => {
  await openMembers(page, MANY);
  const seen = await visibleIds(page);
  expect(seen.length).toBeGreaterThan(5);
  expect(seen.length).toBeLessThan(30);
  const head = headerCheckbox(table(page));
  await expect(head).not.toBeChecked();
  await head.click();
  await expect(selectionBar(page)).toContainText(`${seen.length} selected`);
  await expect(head).toBeChecked({ indeterminate: true });
  for (const id of seen) await expect(rowCheckbox(page, id)).toBeChecked();
  // Another press deselects the same rows.
  await head.click();
  await expect(selectionBar(page)).toHaveCount(0);
  await expect(head).toBeChecked({ checked: false });

  await head.click();
  await selectionBar(page).getByRole("button", { name: "Select all 400 matching" }).click();
  await expect(selectionBar(page)).toContainText("400 selected");
  await expect(head).toBeChecked();
  await expect(selectionBar(page).getByRole("button", { name: /^Select all/ })).toHaveCount(0);
  await head.click();
  await expect(selectionBar(page)).toHaveCount(0);
});

test("after scrolling, the header checkbox selects the newly visible rows", async ({ page }) => {
  await openMembers(page, MANY);
  const before = await visibleIds(page);
  await page.mouse.move(700, 500);
  await page.mouse.wheel(0, 4000);
  await expect.poll(async () => (await visibleIds(page)).filter((id) => before.includes(id))).toEqual([]);
  await expect.poll(async () => (await visibleIds(page)).length).toBeGreaterThan(5);
  const seen = await visibleIds(page);
  await headerCheckbox(table(page)).click();
  await expect(selectionBar(page)).toContainText(`${seen.length} selected`);
  for (const id of seen) await expect(rowCheckbox(page, id)).toBeChecked();
});

test("rows that the bar covers are not selected", async ({ page }) => {
  await openMembers(page, MANY);
  const [first] = (await renderedIds(page)) as [string];
  await select(page, first);
  await expect(selectionBar(page)).toBeVisible();
  const seen = await visibleIds(page);
  await headerCheckbox(table(page)).click();
  await expect(selectionBar(page)).toContainText(`${seen.length} selected`);
  for (const id of seen) await expect(rowCheckbox(page, id)).toBeChecked();
});

test("Shift selects a range: by click, Space and arrow keys, also in reverse", async ({ page }) => {
  await openMembers(page, MANY);
  const [a, b, c, d, e, f, g] = (await renderedIds(page)) as [string, string, string, string, string, string, string];
  await rowCheckbox(page, b).click();
  await rowCheckbox(page, e).click({ modifiers: ["Shift"] });
  await expect(selectionBar(page)).toContainText(/^4 selected/);
  for (const id of [b, c, d, e]) await expect(rowCheckbox(page, id)).toBeChecked();
  await expect(rowCheckbox(page, a)).not.toBeChecked();
  await selectionBar(page).getByRole("button", { name: "Clear" }).click();

  await rowCheckbox(page, g).focus();
  await page.keyboard.press("Space");
  for (let up = 0; up < 3; up++) await page.keyboard.press("ArrowUp");
  await expect(rowCheckbox(page, d)).toBeFocused();
  await expect(selectionBar(page)).toContainText(/^1 selected/);
  await page.keyboard.press("Shift+Space");
  await expect(selectionBar(page)).toContainText(/^4 selected/);
  for (const id of [d, e, f, g]) await expect(rowCheckbox(page, id)).toBeChecked();
  await selectionBar(page).getByRole("button", { name: "Clear" }).click();

  await rowCheckbox(page, a).focus();
  for (let down = 0; down < 4; down++) await page.keyboard.press("Shift+ArrowDown");
  await expect(selectionBar(page)).toContainText(/^5 selected/);
  for (let up = 0; up < 2; up++) await page.keyboard.press("Shift+ArrowUp");
  await expect(selectionBar(page)).toContainText(/^3 selected/);
  for (const id of [a, b, c]) await expect(rowCheckbox(page, id)).toBeChecked();
  await expect(rowCheckbox(page, d)).not.toBeChecked();
  await expect(rowCheckbox(page, c)).toBeFocused();
});

test("a range follows the shown order", async ({ page }) => {
  await openMembers(page, MANY);
  const [first] = (await renderedIds(page)) as [string];
  await rowCheckbox(page, first).click();
  await table(page).getByRole("button", { name: "Email" }).click();
  await expect(page).toHaveURL(/sort=email/);
  await search(page).fill(first);
  await expect(rowCheckbox(page, first)).toBeChecked();
  await search(page).fill("");
  await waitUntilListed(page);
  await expect(selectionBar(page)).toContainText(/^1 selected/);
  const [, second, , fourth] = (await renderedIds(page)) as [string, string, string, string];
  await rowCheckbox(page, second).click();
  await rowCheckbox(page, fourth).click({ modifiers: ["Shift"] });
  for (const id of (await renderedIds(page)).slice(1, 4)) await expect(rowCheckbox(page, id)).toBeChecked();
});

test("the selection can be inverted among the matches, and cleared", async ({ page }) => {
  await openMembers(page, MANY);
  const [a, b] = (await renderedIds(page)) as [string, string];
  await select(page, a, b);
  await selectionBar(page).getByRole("button", { name: "Invert selection" }).click();
  await expect(selectionBar(page)).toContainText(/^398 selected/);
  await expect(rowCheckbox(page, a)).not.toBeChecked();
  await page.getByRole("radio", { name: "Admins" }).check();
  await expect(page).toHaveURL(/role=admin/);
  const hidden = 398 - (await countSelected(page));
  await expect(selectionBar(page)).toContainText(`398 selected, ${hidden} hidden`);
  await selectionBar(page).getByRole("button", { name: "Clear" }).click();
  await expect(selectionBar(page)).toHaveCount(0);
});

/** Returns how many of the shown members are selected. */
async function countSelected(page: Page): Promise<number> {
  await waitUntilListed(page);
  return table(page).getByRole("checkbox", { name: /^Select (?!visible rows)/, checked: true }).count();
}

test("selected but hidden members are counted, and can be deselected", async ({ page, sandbox }) => {
  await openMembers(page, MANY);
  const [a, b, c] = (await renderedIds(page)) as [string, string, string];
  await select(page, a, b, c);
  const { email } = await directoryEntry(sandbox, b);
  await search(page).fill(String(email));
  await expect(selectionBar(page)).toContainText("3 selected, 2 hidden");
  await expect(page.getByRole("status").filter({ hasText: "3 selected, 2 hidden" })).toHaveCount(1);
  await selectionBar(page).getByRole("button", { name: "Deselect hidden rows" }).click();
  await expect(selectionBar(page)).toContainText(/^1 selected/);
  await search(page).fill("");
  await waitUntilListed(page);
  await expect(rowCheckbox(page, a)).not.toBeChecked();
  await expect(rowCheckbox(page, b)).toBeChecked();
});

test("the list names every selected member, hidden or not, and can deselect them one by one", async ({ page, sandbox }) => {
  await openMembers(page, MANY);
  const [a, b, c] = (await renderedIds(page)) as [string, string, string];
  await select(page, a, b, c);
  await search(page).fill(c);
  await selectionBar(page).getByRole("button", { name: "View selected", exact: true }).click();
  const tray = page.getByRole("dialog", { name: "3 selected members" });
  for (const id of [a, b, c]) await expect(rowOf(tray, id)).toBeVisible();
  const { first_name, last_name } = await directoryEntry(sandbox, a);
  await expect(rowOf(tray, a)).toContainText([first_name, last_name].filter(Boolean).join(" "));
  await rowOf(tray, a).getByRole("button", { name: /^Deselect .+$/ }).click();
  await expect(page.getByRole("dialog", { name: "2 selected members" })).toBeVisible();
  await rowOf(page.getByRole("dialog"), c).getByRole("button", { name: /^Deselect .+$/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(selectionBar(page)).toContainText("1 selected, 1 hidden");
  await expect(rowCheckbox(page, c)).not.toBeChecked();
  await expect(selectionBar(page).getByRole("button", { name: "View selected", exact: true })).toBeFocused();
});

test("pressing the header checkbox right after typing uses the shown rows", async ({ page, sandbox }) => {
  await openMembers(page, MANY);
  const [id] = (await dbMembers(sandbox, MANY)).slice(-1) as [string];
  const { email } = await directoryEntry(sandbox, id);
  await search(page).fill(String(email));
  // The URL has not changed yet. Nothing is awaited in between.
  await headerCheckbox(table(page)).click();
  await expect(selectionBar(page)).toContainText(/^1 selected/);
  await expect(rowCheckbox(page, id)).toBeChecked();
  await search(page).fill("");
  await waitUntilListed(page);
  await expect(selectionBar(page)).toContainText(/^1 selected/);
});

test("selecting all matches of a search does not affect other members", async ({ page, sandbox }) => {
  await openMembers(page, MANY);
  const members = new Set(await dbMembers(sandbox, MANY));
  const word = "kapanadze";
  const matching = (await sandbox.db()).people.filter((it) => members.has(String(it.id)) && String(it.email).includes(word));
  await search(page).fill(word);
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(matching.length + 1));
  await selectAll(page);
  await expect(selectionBar(page)).toContainText(new RegExp(`^${matching.length} selected`));
  await search(page).fill("");
  await waitUntilListed(page);
  await selectionBar(page).getByRole("button", { name: "View selected", exact: true }).click();
  await expect(page.getByRole("dialog", { name: `${matching.length} selected members` })).toBeVisible();
});
