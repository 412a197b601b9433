/** Selecting members of a workspace. */
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import {
  allListed,
  bar,
  box,
  dbMembers,
  drawn,
  headBox,
  MANY,
  onScreen,
  openMembers,
  person,
  rowOf,
  SCALE,
  search,
  select,
  selectAll,
  table,
} from "../support/members.ts";

test.use({ organization: SCALE });

test("the header checkbox selects the visible rows; a second press, with a count, selects the rest", async ({ page }) => {
  await openMembers(page, MANY);
  const seen = await onScreen(page);
  expect(seen.length).toBeGreaterThan(5);
  expect(seen.length).toBeLessThan(30);
  const head = headBox(table(page));
  await expect(head).not.toBeChecked();
  await head.click();
  await expect(bar(page)).toContainText(`${seen.length} selected`);
  await expect(head).toBeChecked({ indeterminate: true });
  for (const id of seen) await expect(box(page, id)).toBeChecked();
  // Another press deselects the same rows.
  await head.click();
  await expect(bar(page)).toHaveCount(0);
  await expect(head).toBeChecked({ checked: false });

  await head.click();
  await bar(page).getByRole("button", { name: "Select all 400 that match" }).click();
  await expect(bar(page)).toContainText("400 selected");
  await expect(head).toBeChecked();
  await expect(bar(page).getByRole("button", { name: /^Select all/ })).toHaveCount(0);
  await head.click();
  await expect(bar(page)).toHaveCount(0);
});

test("after scrolling, the header checkbox selects the newly visible rows", async ({ page }) => {
  await openMembers(page, MANY);
  const before = await onScreen(page);
  await page.mouse.move(700, 500);
  await page.mouse.wheel(0, 4000);
  await expect.poll(async () => (await onScreen(page)).filter((id) => before.includes(id))).toEqual([]);
  await expect.poll(async () => (await onScreen(page)).length).toBeGreaterThan(5);
  const seen = await onScreen(page);
  await headBox(table(page)).click();
  await expect(bar(page)).toContainText(`${seen.length} selected`);
  for (const id of seen) await expect(box(page, id)).toBeChecked();
});

test("rows that the bar covers are not selected", async ({ page }) => {
  await openMembers(page, MANY);
  const [first] = (await drawn(page)) as [string];
  await select(page, first);
  await expect(bar(page)).toBeVisible();
  const seen = await onScreen(page);
  await headBox(table(page)).click();
  await expect(bar(page)).toContainText(`${seen.length} selected`);
  for (const id of seen) await expect(box(page, id)).toBeChecked();
});

test("Shift selects a range: by click, Space and arrow keys, also in reverse", async ({ page }) => {
  await openMembers(page, MANY);
  const [a, b, c, d, e, f, g] = (await drawn(page)) as [string, string, string, string, string, string, string];
  await box(page, b).click();
  await box(page, e).click({ modifiers: ["Shift"] });
  await expect(bar(page)).toContainText(/^4 selected/);
  for (const id of [b, c, d, e]) await expect(box(page, id)).toBeChecked();
  await expect(box(page, a)).not.toBeChecked();
  await bar(page).getByRole("button", { name: "Clear" }).click();

  await box(page, g).focus();
  await page.keyboard.press("Space");
  for (let up = 0; up < 3; up++) await page.keyboard.press("ArrowUp");
  await expect(box(page, d)).toBeFocused();
  await expect(bar(page)).toContainText(/^1 selected/);
  await page.keyboard.press("Shift+Space");
  await expect(bar(page)).toContainText(/^4 selected/);
  for (const id of [d, e, f, g]) await expect(box(page, id)).toBeChecked();
  await bar(page).getByRole("button", { name: "Clear" }).click();

  await box(page, a).focus();
  for (let down = 0; down < 4; down++) await page.keyboard.press("Shift+ArrowDown");
  await expect(bar(page)).toContainText(/^5 selected/);
  for (let up = 0; up < 2; up++) await page.keyboard.press("Shift+ArrowUp");
  await expect(bar(page)).toContainText(/^3 selected/);
  for (const id of [a, b, c]) await expect(box(page, id)).toBeChecked();
  await expect(box(page, d)).not.toBeChecked();
  await expect(box(page, c)).toBeFocused();
});

test("a range follows the shown order", async ({ page }) => {
  await openMembers(page, MANY);
  const [first] = (await drawn(page)) as [string];
  await box(page, first).click();
  await table(page).getByRole("button", { name: "E-mail" }).click();
  await expect(page).toHaveURL(/sort=email/);
  await search(page).fill(first);
  await expect(box(page, first)).toBeChecked();
  await search(page).fill("");
  await allListed(page);
  await expect(bar(page)).toContainText(/^1 selected/);
  const [, second, , fourth] = (await drawn(page)) as [string, string, string, string];
  await box(page, second).click();
  await box(page, fourth).click({ modifiers: ["Shift"] });
  for (const id of (await drawn(page)).slice(1, 4)) await expect(box(page, id)).toBeChecked();
});

test("the selection can be inverted among the matches, and cleared", async ({ page }) => {
  await openMembers(page, MANY);
  const [a, b] = (await drawn(page)) as [string, string];
  await select(page, a, b);
  await bar(page).getByRole("button", { name: "Invert" }).click();
  await expect(bar(page)).toContainText(/^398 selected/);
  await expect(box(page, a)).not.toBeChecked();
  await page.getByRole("radio", { name: "Admins" }).check();
  await expect(page).toHaveURL(/role=admin/);
  const hidden = 398 - (await admins(page));
  await expect(bar(page)).toContainText(`398 selected, ${hidden} of them not shown now`);
  await bar(page).getByRole("button", { name: "Clear" }).click();
  await expect(bar(page)).toHaveCount(0);
});

/** Returns how many of the shown members are selected. */
async function admins(page: Page): Promise<number> {
  await allListed(page);
  return table(page).getByRole("checkbox", { name: /^Select (?!the rows)/, checked: true }).count();
}

test("selected but hidden members are counted, and can be deselected", async ({ page, sandbox }) => {
  await openMembers(page, MANY);
  const [a, b, c] = (await drawn(page)) as [string, string, string];
  await select(page, a, b, c);
  const { email } = await person(sandbox, b);
  await search(page).fill(String(email));
  await expect(bar(page)).toContainText("3 selected, 2 of them not shown now");
  await expect(page.getByRole("status").filter({ hasText: "3 selected, 2 of them not shown now" })).toHaveCount(1);
  await bar(page).getByRole("button", { name: "Drop those not shown" }).click();
  await expect(bar(page)).toContainText(/^1 selected/);
  await search(page).fill("");
  await allListed(page);
  await expect(box(page, a)).not.toBeChecked();
  await expect(box(page, b)).toBeChecked();
});

test("the list names every selected member, hidden or not, and can deselect them one by one", async ({ page, sandbox }) => {
  await openMembers(page, MANY);
  const [a, b, c] = (await drawn(page)) as [string, string, string];
  await select(page, a, b, c);
  await search(page).fill(c);
  await bar(page).getByRole("button", { name: "List", exact: true }).click();
  const tray = page.getByRole("dialog", { name: "3 selected members" });
  for (const id of [a, b, c]) await expect(rowOf(tray, id)).toBeVisible();
  const { first_name, last_name } = await person(sandbox, a);
  await expect(rowOf(tray, a)).toContainText([first_name, last_name].filter(Boolean).join(" "));
  await rowOf(tray, a).getByRole("button", { name: /^Take .* out$/ }).click();
  await expect(page.getByRole("dialog", { name: "2 selected members" })).toBeVisible();
  await rowOf(page.getByRole("dialog"), c).getByRole("button", { name: /^Take .* out$/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(bar(page)).toContainText("1 selected, 1 of them not shown now");
  await expect(box(page, c)).not.toBeChecked();
  await expect(bar(page).getByRole("button", { name: "List", exact: true })).toBeFocused();
});

test("pressing the header checkbox right after typing uses the shown rows", async ({ page, sandbox }) => {
  await openMembers(page, MANY);
  const [id] = (await dbMembers(sandbox, MANY)).slice(-1) as [string];
  const { email } = await person(sandbox, id);
  await search(page).fill(String(email));
  // The URL has not changed yet. Nothing is awaited in between.
  await headBox(table(page)).click();
  await expect(bar(page)).toContainText(/^1 selected/);
  await expect(box(page, id)).toBeChecked();
  await search(page).fill("");
  await allListed(page);
  await expect(bar(page)).toContainText(/^1 selected/);
});

test("selecting all matches of a search does not affect other members", async ({ page, sandbox }) => {
  await openMembers(page, MANY);
  const members = new Set(await dbMembers(sandbox, MANY));
  const word = "kapanadze";
  const matching = (await sandbox.db()).people.filter((it) => members.has(String(it.id)) && String(it.email).includes(word));
  await search(page).fill(word);
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(matching.length + 1));
  await selectAll(page);
  await expect(bar(page)).toContainText(new RegExp(`^${matching.length} selected`));
  await search(page).fill("");
  await allListed(page);
  await bar(page).getByRole("button", { name: "List", exact: true }).click();
  await expect(page.getByRole("dialog", { name: `${matching.length} selected members` })).toBeVisible();
});
