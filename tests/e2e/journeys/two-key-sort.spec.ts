/** Two columns that a table is sorted by: the second one decides among rows that are equal by the first. */
import type { Locator, Page } from "@playwright/test";
import { expect, open, test } from "../fixtures.ts";
import { openPeople, table as people } from "../support/people.ts";
import { openViewMenu } from "../support/views.ts";

test.use({ organization: { auth: "proxy" } });

const header = (page: Page, name: string) => people(page).getByRole("columnheader", { name: new RegExp(`^${name}`) });
const sortButton = (page: Page, name: string) => header(page, name).getByRole("button");

/** The roles and emails of the rows, from the top. */
async function rolesAndEmails(page: Page): Promise<string[][]> {
  const rows = people(page).locator("tbody tr[data-row]");
  await expect(rows.first()).toBeVisible();
  return rows.evaluateAll((rows) =>
    rows.map((row) => [".col-role", ".col-email"].map((cell) => row.querySelector<HTMLElement>(cell)?.innerText.trim() ?? "")),
  );
}

/** Expects rows in the order of their roles, and among equal ones in that of their emails. */
async function expectSorted(page: Page, role: 1 | -1, email: 1 | -1): Promise<void> {
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const ordered = (rows: string[][]) =>
    rows.toSorted((a, b) => role * compare(a[0] ?? "", b[0] ?? "") || email * compare(a[1] ?? "", b[1] ?? ""));
  await expect
    .poll(async () => {
      const rows = await rolesAndEmails(page);
      return rows.length > 5 && JSON.stringify(rows) === JSON.stringify(ordered(rows));
    })
    .toBe(true);
}

test("a press with Shift adds a second column, which decides among equal rows", async ({ page }) => {
  await openPeople(page);
  await sortButton(page, "Role").click();
  await expect(page).toHaveURL(/\?sort=role$/);
  await expect(sortButton(page, "Role")).toHaveAccessibleName("Role");
  await sortButton(page, "Email").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/\?sort=role&then=email$/);
  await expectSorted(page, 1, 1);
  // One heading says that the table is sorted by it, and both say their rank.
  await expect(header(page, "Role")).toHaveAttribute("aria-sort", "ascending");
  await expect(header(page, "Email")).not.toHaveAttribute("aria-sort");
  await expect(sortButton(page, "Role")).toHaveAccessibleName(/^Role ?, sorted first$/);
  await expect(sortButton(page, "Email")).toHaveAccessibleName(/^Email ?, sorted second, ascending$/);
  await expect(header(page, "Role").locator(".sort__rank")).toHaveText("1");
  await expect(header(page, "Email").locator(".sort__rank")).toHaveText("2");
  // The second press turns it, and the third removes it.
  await sortButton(page, "Email").click({ modifiers: ["Shift"] });
  await expect(sortButton(page, "Email")).toHaveAccessibleName(/^Email ?, sorted second, descending$/);
  await expectSorted(page, 1, -1);
  await page.reload();
  await expect(page).toHaveURL(/\?sort=role&then=email&then_dir=desc$/);
  await expectSorted(page, 1, -1);
  await sortButton(page, "Email").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/\?sort=role$/);
  await page.goBack();
  await expectSorted(page, 1, -1);
});

test("a press without Shift replaces both columns", async ({ page }) => {
  await openPeople(page, "?sort=role&then=email");
  await sortButton(page, "Email").click();
  await expect(page).toHaveURL(/\?sort=email$/);
  await expect(people(page).locator(".sort__rank")).toHaveCount(0);
  await expect(header(page, "Email")).toHaveAttribute("aria-sort", "ascending");
});

test("Shift and Enter on a heading add the second column", async ({ page }) => {
  await openPeople(page, "?sort=role");
  await sortButton(page, "Email").focus();
  await page.keyboard.press("Shift+Enter");
  await expect(page).toHaveURL(/\?sort=role&then=email$/);
  await expect(sortButton(page, "Email")).toBeFocused();
  await page.keyboard.press("Shift+Enter");
  await expectSorted(page, 1, -1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?sort=email$/);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("the menu has both columns, without a keyboard", async ({ page }) => {
    await openPeople(page);
    const menu = await openViewMenu(page);
    await menu.getByRole("combobox", { name: "Sort by" }).selectOption("Role");
    await menu.getByRole("combobox", { name: "Direction", exact: true }).selectOption("Descending");
    await expect(menu.getByRole("combobox", { name: "Then by" }).getByRole("option", { name: "Role" })).toHaveCount(0);
    await menu.getByRole("combobox", { name: "Then by" }).selectOption("Email");
    await menu.getByRole("combobox", { name: "Direction of the second column" }).selectOption("Descending");
    await expect(page).toHaveURL(/\?sort=role&dir=desc&then=email&then_dir=desc$/);
    await expectSorted(page, -1, -1);
    await menu.getByRole("combobox", { name: "Then by" }).selectOption("None");
    await expect(page).toHaveURL(/\?sort=role&dir=desc$/);
  });
});

/** Names of the rows of a table, from the top. */
const names = (table: Locator) => table.locator("tbody tr[data-row] .cell-link");

test("workspaces are sorted by their spend and then by another column", async ({ page }) => {
  await open(page, "/workspaces?sort=month&then=slug&then_dir=desc", "Workspaces");
  const table = page.getByRole("table", { name: "Workspaces" });
  await expect(table.getByRole("columnheader", { name: /^This month/ })).toHaveAttribute("aria-sort", "descending");
  await expect(table.locator(".col-month .use").first()).toBeVisible();
  const amounts = async () =>
    (await table.locator("td.col-month").allInnerTexts()).map((text) => Number(/\$([\d,.]+)/.exec(text)?.[1]?.replaceAll(",", "") ?? 0));
  await expect.poll(amounts).toEqual((await amounts()).toSorted((a, b) => b - a));
});

test("budgets and API keys have a second column too", async ({ page }) => {
  await open(page, "/budgets", "Budgets");
  const budgets = page.getByRole("table", { name: "Budgets of all workspaces" });
  await expect(budgets).not.toHaveAttribute("aria-busy");
  await budgets.getByRole("button", { name: "Monthly" }).click();
  await budgets.getByRole("button", { name: "Workspace" }).click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/\?sort=monthly&then=name$/);
  await expect(budgets.getByRole("button", { name: /^Workspace ?, sorted second, ascending$/ })).toBeVisible();
  const before = await names(budgets).allInnerTexts();
  await budgets.getByRole("button", { name: /^Workspace/ }).click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/\?sort=monthly&then=name&then_dir=desc$/);
  // Those without a monthly limit are equal, so their names turn.
  await expect.poll(() => names(budgets).allInnerTexts()).not.toEqual(before);
  await open(page, "/keys?sort=state&then=limit", "API keys");
  const keys = page.getByRole("table", { name: "API keys of all workspaces" });
  await expect(keys.getByRole("button", { name: /^Limit ?, sorted second, descending$/ })).toBeVisible();
});
