/** The list of workspaces: search, sorting and the URL. */
import type { Locator, Page } from "@playwright/test";
import { expect, expectRowVisible, heading, open, rowWith, test } from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

const table = (page: Page) => page.getByRole("table", { name: "Workspaces" });
const search = (page: Page) => page.getByRole("searchbox", { name: "Search workspaces", exact: true });
const column = (page: Page, name: string) => table(page).getByRole("columnheader", { name });
const count = (page: Page) => page.getByRole("main").getByRole("status").first();

/** Returns the names in the table, from the top. */
const names = (page: Page): Locator => table(page).getByRole("link");

/** Sorts rows by a column, ascending, and equal rows by name, like the console. */
function sorted(rows: Record<string, unknown>[], by: (row: Record<string, unknown>) => string): string[] {
  const key = (row: Record<string, unknown>) => [by(row), String(row.name).toLowerCase()] as const;
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const ordered = rows.toSorted((a, b) => order(key(a)[0], key(b)[0]) || order(key(a)[1], key(b)[1]));
  return ordered.map((row) => String(row.name));
}

test("all workspaces are listed, and the default one is marked", async ({ page, sandbox }) => {
  await open(page, "/", "Workspaces");
  const { workspaces } = await sandbox.db();
  await expect(count(page)).toHaveText(`${workspaces.length} workspaces`);
  await expect(names(page)).toHaveText(sorted(workspaces, (row) => String(row.name).toLowerCase()));
  await expect(table(page)).toHaveAttribute("aria-rowcount", String(workspaces.length + 1));
  await expectRowVisible(table(page), { Name: /Default Workspace.*Default/s, Slug: "default" });
  await expectRowVisible(table(page), { Name: /Hackathon/, Slug: "hackathon", Created: /^Aug \d+, \d{4}$/, Updated: /^\w{3} \d+, \d{4}$/ });
  await expectRowVisible(table(page), { Name: /Interns/, Slug: "interns", Updated: "—" });
  await expect(page.getByText("Default", { exact: true })).toHaveCount(1);
});

test("a time shows its exact UTC value on hover", async ({ page, sandbox }) => {
  await open(page, "/", "Workspaces");
  const { created_at } = await sandbox.workspace("interns");
  const time = (await rowWith(table(page), { Slug: "interns" })).locator("time").first();
  await expect(time).toHaveAttribute("datetime", String(created_at));
  await expect(time).toHaveAttribute("title", /UTC$/);
});

test("a search matches name, slug and ID, with several words, in any case", async ({ page, sandbox }) => {
  await open(page, "/", "Workspaces");
  await expect(names(page).first()).toBeVisible();
  const { id } = await sandbox.workspace("staging");
  for (const [typed, found] of [
    ["MÜNCHEN", ["Marketing München"]],
    ["muenchen", ["Marketing München"]],
    [String(id), ["Staging"]],
    ["science data", ["Data Science & Analytics"]],
    ["33 teams", ["Hackathon"]],
  ] as const) {
    await search(page).fill(typed);
    await expect(names(page)).toHaveText(found);
    await expect(count(page)).toHaveText(`${found.length} of 12 workspaces`);
  }
});

test("a search without matches says so and can be cleared", async ({ page }) => {
  await open(page, "/", "Workspaces");
  await search(page).fill("zeppelin");
  await expect(page.getByText("No workspaces match “zeppelin”")).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Clear search" }).last().click();
  await expect(names(page)).toHaveCount(12);
  await expect(search(page)).toHaveValue("");

  await search(page).fill("zeppelin");
  await expect(table(page)).toHaveCount(0);
  await search(page).press("Escape");
  await expect(names(page)).toHaveCount(12);
  await expect(search(page)).toBeFocused();
  await expect(page).toHaveURL(/\/workspaces$|\/$/);
});

test("each column sorts in both directions", async ({ page, sandbox }) => {
  await open(page, "/", "Workspaces");
  const { workspaces } = await sandbox.db();
  const text = (value: unknown) => String(value ?? "");
  const ways = [
    ["Slug", "ascending", (row: Record<string, unknown>) => text(row.slug)],
    ["Created", "descending", (row: Record<string, unknown>) => text(row.created_at)],
    // A workspace that was never changed sorts by its creation.
    ["Updated", "descending", (row: Record<string, unknown>) => text(row.updated_at ?? row.created_at)],
    ["Name", "ascending", (row: Record<string, unknown>) => text(row.name).toLowerCase()],
  ] as const;
  for (const [name, first, by] of ways) {
    const ascending = sorted(workspaces, by);
    const second = first === "ascending" ? "descending" : "ascending";
    for (const direction of [first, second]) {
      await column(page, name).getByRole("button").click();
      await expect(column(page, name)).toHaveAttribute("aria-sort", direction);
      await expect(table(page).locator("[aria-sort]")).toHaveCount(1);
      await expect(names(page)).toHaveText(direction === "ascending" ? ascending : ascending.toReversed());
    }
  }
});

test("search and sort order are in the URL: a reload, a link and Back show the same list", async ({ page, context }) => {
  await open(page, "/", "Workspaces");
  await column(page, "Slug").getByRole("button").click();
  await expect(page).toHaveURL(/\?sort=slug$/);
  await search(page).fill("production");
  await expect(page).toHaveURL(/\?q=production&sort=slug$/);
  await column(page, "Slug").getByRole("button").click();
  await expect(page).toHaveURL(/\?q=production&sort=slug&dir=desc$/);
  const shown = await names(page).allInnerTexts();
  expect(shown.length).toBeGreaterThan(1);

  await page.reload();
  await expect(search(page)).toHaveValue("production");
  await expect(column(page, "Slug")).toHaveAttribute("aria-sort", "descending");
  await expect(names(page)).toHaveText(shown);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(search(other)).toHaveValue("production");
  await expect(names(other)).toHaveText(shown);

  await page.goBack();
  await expect(page).toHaveURL(/\?q=production&sort=slug$/);
  await expect(column(page, "Slug")).toHaveAttribute("aria-sort", "ascending");
  await expect(names(page)).toHaveText(shown.toReversed());
  await page.goBack();
  await expect(column(page, "Name")).toHaveAttribute("aria-sort", "ascending");
  await expect(search(page)).toHaveValue("");
  await expect(names(page)).toHaveCount(12);
});

test("a workspace opens from the list, and Back returns to the same list", async ({ page }) => {
  await open(page, "/workspaces?q=data", "Workspaces");
  await names(page).click();
  await expect(heading(page, "Data Science & Analytics")).toBeVisible();
  await page.goBack();
  await expect(heading(page, "Workspaces")).toBeVisible();
  await expect(search(page)).toHaveValue("data");
});

test.describe("with a thousand workspaces", () => {
  test.use({ organization: { auth: "proxy", seed: "scale", workspaces: 1000, people: 30, members: 10 } });

  test("the first rows are shown before the last page is loaded", async ({ page, sandbox }) => {
    await sandbox.fault({
      method: "GET",
      path: "/workspaces\\?.*offset=[1-9]",
      // All further pages, of which several are on their way at once.
      times: 10,
      delay_ms: 2500,
      answer: { kind: "pass" },
    });
    await page.goto("/");
    await expect(names(page).first()).toBeVisible();
    await expect(count(page)).toHaveText("100 of 1,000 loaded");
    await expect(table(page)).toHaveAttribute("aria-busy", "true");
    await expect(count(page)).toHaveText("1,000 workspaces");
    await expect(table(page)).toHaveAttribute("aria-rowcount", "1001");
    await expect(table(page)).not.toHaveAttribute("aria-busy");
  });

  test("few rows are rendered at any scroll position, and the last can be reached", async ({ page, sandbox }) => {
    await open(page, "/", "Workspaces");
    await expect(count(page)).toHaveText("1,000 workspaces");
    const { workspaces } = await sandbox.db();
    const all = sorted(workspaces, (row) => String(row.name).toLowerCase());
    const inSight = table(page).locator("[role=row][aria-rowindex]");
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    for (let step = 0; step <= 10; step += 1) {
      await page.evaluate((to) => scrollTo(0, to), (height * step) / 10);
      // A row in the middle of the window is rendered shortly after.
      await expect
        .poll(() => page.evaluate(() => document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest("tr[role=row]") !== null))
        .toBe(true);
      expect(await inSight.count()).toBeLessThan(100);
    }
    const last = table(page).locator("[aria-rowindex='1001']");
    await expect(last).toBeInViewport();
    await expect(last.getByRole("link")).toHaveText(String(all.at(-1)));
  });

  test("search and sorting apply to all workspaces", async ({ page, sandbox }) => {
    await open(page, "/workspaces?sort=slug&dir=desc", "Workspaces");
    await expect(count(page)).toHaveText("1,000 workspaces");
    const { workspaces } = await sandbox.db();
    const slugs = workspaces.map((row) => String(row.slug)).sort();
    await expect(table(page).locator("[aria-rowindex='2']")).toContainText(String(slugs.at(-1)));
    await search(page).fill("zürich fraud");
    const found = workspaces.filter((row) => /Fraud Zürich/.test(String(row.name)));
    expect(found.length).toBeGreaterThan(0);
    await expect(count(page)).toHaveText(`${found.length} of 1,000 workspaces`);
    await expect(names(page)).toHaveCount(found.length);
  });

  test("the focused row keeps the focus while it is scrolled away and back", async ({ page }) => {
    await open(page, "/", "Workspaces");
    await expect(count(page)).toHaveText("1,000 workspaces");
    const third = table(page).locator("[aria-rowindex='4']").getByRole("link");
    await third.focus();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
    const renderedIndexes = () => table(page).locator("[aria-rowindex]").evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("aria-rowindex"))));
    await expect.poll(async () => Math.max(...(await renderedIndexes()))).toBeGreaterThan(400);
    await expect(third).toBeFocused();
  });
});
