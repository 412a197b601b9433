/** The menu that arranges a table: columns, density, what this browser remembers, and links to a view. */
import type { Page } from "@playwright/test";
import { clipboardText, expect, expectAccessible, heading, holdFiles, open, takeShots, test } from "../fixtures.ts";
import { openPeople, table as people } from "../support/people.ts";
import { closeViewMenu, expectColumns, openViewMenu, rememberedLayout, viewMenu } from "../support/views.ts";

test.use({ organization: { auth: "proxy" } });

const workspaces = (page: Page) => page.getByRole("table", { name: "Workspaces" });
const DEFAULT = ["Name", "Slug", "This month", "Created", "Updated"];

const openList = (page: Page, query = "") => open(page, `/workspaces${query}`, "Workspaces");

test("columns are hidden, moved and remembered", async ({ page }) => {
  await openList(page);
  await expectColumns(workspaces(page), DEFAULT);
  const menu = await openViewMenu(page);
  await menu.getByRole("checkbox", { name: "This month" }).uncheck();
  await expectColumns(workspaces(page), ["Name", "Slug", "Created", "Updated"]);
  await menu.getByRole("button", { name: "Move Updated up" }).click();
  await expectColumns(workspaces(page), ["Name", "Slug", "Updated", "Created"]);
  await expect(workspaces(page)).toHaveAttribute("aria-colcount", "4");
  expect(await rememberedLayout(page, "workspaces")).toBe("cols=slug,updated,created");
  await page.reload();
  await expectColumns(workspaces(page), ["Name", "Slug", "Updated", "Created"]);
  // The address stays as it was.
  await expect(page).toHaveURL(/\/workspaces$/);
  await openViewMenu(page);
  await menu.getByRole("button", { name: "Reset to default" }).click();
  await expectColumns(workspaces(page), DEFAULT);
  expect(await rememberedLayout(page, "workspaces")).toBeNull();
});

test("everything in the menu is done by keyboard, and moves are announced", async ({ page }) => {
  await openList(page);
  await expect(page.getByRole("button", { name: "View", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "View", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(viewMenu(page)).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(viewMenu(page).getByRole("checkbox", { name: "Slug" })).toBeFocused();
  await page.keyboard.press("Space");
  await expectColumns(workspaces(page), ["Name", "This month", "Created", "Updated"]);
  await page.keyboard.press("Space");
  await expectColumns(workspaces(page), DEFAULT);
  // The first column can't go up, and stays where the focus is.
  await page.keyboard.press("Tab");
  const up = viewMenu(page).getByRole("button", { name: "Move Slug up" });
  await expect(up).toBeFocused();
  await expect(up).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const down = viewMenu(page).getByRole("button", { name: "Move Slug down" });
  await expect(down).toBeFocused();
  for (const at of [2, 3]) {
    await page.keyboard.press("Enter");
    await expect(viewMenu(page).getByRole("status").filter({ hasText: "Slug" })).toHaveText(`Slug is now number ${at} of 4`);
    await expect(down).toBeFocused();
  }
  await expectColumns(workspaces(page), ["Name", "This month", "Created", "Slug", "Updated"]);
  await closeViewMenu(page);
});

test("rows are compact or comfortable", async ({ page }) => {
  await openList(page);
  const height = async () => (await workspaces(page).locator("tbody tr[data-row]").nth(1).boundingBox())?.height ?? 0;
  await expect.poll(height).toBeGreaterThan(44);
  const menu = await openViewMenu(page);
  await menu.getByRole("radio", { name: "Compact" }).check();
  await expect.poll(height).toBeLessThan(36);
  await page.reload();
  await expect.poll(height).toBeLessThan(36);
  expect(await rememberedLayout(page, "workspaces")).toBe("density=compact");
});

test("a bad stored layout falls back to the default one", async ({ page }) => {
  await openList(page);
  for (const bad of ["{", "cols=karma,<script>", "cols=SLUG&density=tiny", "null", "x".repeat(100_000), "density"]) {
    await page.evaluate((text) => localStorage.setItem("workspace-console.table.workspaces", text), bad);
    await page.goto("/");
    await expect(heading(page, "Workspaces")).toBeVisible();
    await expectColumns(workspaces(page), DEFAULT);
  }
  // What is known of it counts.
  await page.evaluate(() => localStorage.setItem("workspace-console.table.workspaces", "cols=updated,karma,updated,slug"));
  await page.goto("/");
  await expectColumns(workspaces(page), ["Name", "Updated", "Slug"]);
});

test("a link shows the view to others, who keep their own columns", async ({ page, context, browser }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openPeople(page, "?q=a&role=admin&sort=role&then=email");
  const menu = await openViewMenu(page);
  await menu.getByRole("button", { name: "Move Role up" }).click();
  await menu.getByRole("checkbox", { name: "Workspaces" }).uncheck();
  await menu.getByRole("radio", { name: "Compact" }).check();
  await menu.getByRole("button", { name: "Copy link to this view" }).click();
  const link = await clipboardText(page);
  const { search, pathname, origin } = new URL(link);
  expect(origin).toBe(new URL(page.url()).origin);
  expect(pathname).toBe("/people");
  expect(search).toBe("?q=a&role=admin&sort=role&then=email&cols=role,email&density=compact");

  const other = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const theirs = await other.newPage();
  await theirs.goto(new URL("/people", link).href);
  await theirs.evaluate(() => localStorage.setItem("workspace-console.table.people", "cols=workspaces"));
  await theirs.goto(link);
  await expect(heading(theirs, "People")).toBeVisible();
  await expectColumns(people(theirs), ["Name", "Role", "Email"]);
  await expect(people(theirs)).toHaveClass(/is-compact/);
  await expect(theirs.getByRole("searchbox", { name: "Search people" })).toHaveValue("a");
  expect(await rememberedLayout(theirs, "people")).toBe("cols=workspaces");
  // A change stays in the address too.
  const theirMenu = await openViewMenu(theirs);
  // It moves to its place among the hidden columns, so the list is drawn again.
  const email = theirMenu.getByRole("checkbox", { name: "Email" });
  await email.click();
  await expect(email).not.toBeChecked();
  await expect(email).toBeFocused();
  await expectColumns(people(theirs), ["Name", "Role"]);
  expect(await rememberedLayout(theirs, "people")).toBe("cols=workspaces");
  await expect(theirs).toHaveURL(/cols=role&density=compact$/);
  await theirMenu.getByRole("button", { name: "Use my own" }).click();
  await expectColumns(people(theirs), ["Name", "Workspaces"]);
  await expect(theirs).toHaveURL(/then=email$/);
  // Only a press on the button keeps it.
  await theirs.goto(link);
  await expectColumns(people(theirs), ["Name", "Role", "Email"]);
  await openViewMenu(theirs);
  await theirMenu.getByRole("button", { name: "Keep for this browser" }).click();
  await expectColumns(people(theirs), ["Name", "Role", "Email"]);
  await expect(theirs).toHaveURL(/then=email$/);
  expect(await rememberedLayout(theirs, "people")).toBe("cols=role,email&density=compact");
  await other.close();
});

for (const [address, title, table, column, columns] of [
  ["/budgets", "Budgets", "Budgets of all workspaces", "Forecast", ["Workspace", "Most used", "Lifetime", "Monthly", "Weekly", "Daily"]],
  ["/keys", "API keys", "API keys of all workspaces", "Owner", ["Name", "Workspace", "State", "Limit", "Today", "Week", "Month", "Total", "Last used", "Expires", "Created"]],
  ["/workspaces/research/keys", "Research", "API keys", "State", ["Name", "Owner", "Limit", "Today", "Week", "Month", "Total", "Last used", "Expires", "Created"]],
  ["/workspaces/research/members", "Research", "Members", "Email", ["Name", "Role", "Added", "Active keys"]],
] as const) {
  test(`${address} has its own columns, which are remembered`, async ({ page }) => {
    await open(page, address, title);
    const shown = page.getByRole("table", { name: table, exact: true });
    await expect(shown.locator("tbody tr[data-row]").first()).toBeVisible();
    const menu = await openViewMenu(page);
    await menu.getByRole("checkbox", { name: column, exact: true }).uncheck();
    await expectColumns(shown, [...columns]);
    await page.reload();
    await expectColumns(shown, [...columns]);
    // Each cell is below its heading.
    const cells = await shown.locator("tbody tr[data-row]").first().locator("[data-label]").evaluateAll((cells) => cells.map((it) => it.getAttribute("data-label")));
    expect(cells).toEqual(columns.slice(1));
    await openViewMenu(page);
    await expectAccessible(page);
    await takeShots(page, `view-menu-${title}-${table}`);
  });
}

test("remembered columns never flash as the default ones", async ({ page }) => {
  await openList(page);
  await page.evaluate(() => localStorage.setItem("workspace-console.table.workspaces", "cols=created,slug&density=compact"));
  const release = await holdFiles(page, /_bg\.wasm$/);
  await page.goto("/");
  await expect(page.locator("#boot .search-box")).toBeVisible();
  await expect(page.locator("#boot table")).toBeHidden();
  release();
  await expect(page.getByRole("link", { name: "Research", exact: true })).toBeVisible();
  await expectColumns(page.locator(".table--workspaces"), ["Name", "Created", "Slug"]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("chosen columns are lines of the cards, and the menu fits", async ({ page }) => {
    await openList(page);
    const menu = await openViewMenu(page);
    const box = await menu.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(320);
    expect((box?.y ?? 0) + (box?.height ?? 999)).toBeLessThanOrEqual(640);
    await menu.getByRole("checkbox", { name: "Slug" }).uncheck();
    await closeViewMenu(page);
    const research = workspaces(page).locator("tbody tr[data-row]").filter({ hasText: "Research" });
    await expect(research.locator("[data-label=Created]")).toBeVisible();
    await expect(research.locator("[data-label=Slug]")).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});

test("the menu of the list is accessible", async ({ page }) => {
  await openList(page, "?cols=slug,month&density=compact");
  const menu = await openViewMenu(page);
  await expect(menu.getByRole("button", { name: "Keep for this browser" })).toBeVisible();
  await expectAccessible(page);
  await takeShots(page, "view-menu");
});
