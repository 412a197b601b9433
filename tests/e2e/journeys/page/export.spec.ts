/** Exported files open right in a spreadsheet. That lists of people read them back is in lists.spec.ts. */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, open, test } from "../../fixtures.ts";
import { parseCsv } from "../../support/members.ts";
import { openOverview, table } from "../../support/overview.ts";
import { openPeople, table as people } from "../../support/people.ts";
import { openViewMenu } from "../../support/views.ts";

test.use({ organization: { auth: "proxy", seed: "hostile" } });

test("E01: exported budgets have a byte order mark, CRLF and no formula, whatever the names are", async ({ page, sandbox }) => {
  const { workspaces } = await sandbox.db();
  await openOverview(page);
  await expect(table(page)).not.toHaveAttribute("aria-busy");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const file = await readFile(await (await coming).path());
  expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = file.subarray(3).toString("utf8");
  expect(text.endsWith("\r\n")).toBe(true);
  const unquoted = text.replace(/"(?:[^"]|"")*"/g, "");
  expect(unquoted.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  const rows = parseCsv(text);
  expect(rows).toHaveLength(workspaces.length + 1);
  for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/);
});

test.describe("other tables", () => {
  test.use({ organization: { auth: "proxy" } });

  /** Saves the table from its menu, and returns its rows. */
  async function exported(page: Page): Promise<string[][]> {
    const menu = await openViewMenu(page);
    const coming = page.waitForEvent("download");
    await menu.getByRole("button", { name: "Export CSV" }).click();
    const file = await readFile(await (await coming).path());
    await page.keyboard.press("Escape");
    return parseCsv(file.subarray(3).toString("utf8"));
  }

  test("the list is exported as it is shown: matching rows, in their order, with the shown columns", async ({ page }) => {
    await open(page, "/workspaces?q=a&sort=slug&cols=slug,created", "Workspaces");
    const slugs = page.locator("tbody tr[data-row] .col-slug");
    await expect(slugs.first()).toBeVisible();
    const rows = await exported(page);
    expect(rows[0]).toEqual(["Name", "Slug", "Created", "ID"]);
    expect(rows.slice(1).map((row) => row[1])).toEqual(await slugs.allInnerTexts());
  });

  test("the limit of an API key is exported with its reset", async ({ page, sandbox }) => {
    await open(page, "/keys", "API keys");
    await expect(page.getByRole("table", { name: "API keys" })).not.toHaveAttribute("aria-busy");
    const [head = [], ...rows] = await exported(page);
    expect(head.slice(-2)).toEqual(["Limit reset", "ID"]);
    const { keys } = await sandbox.db();
    const resets = new Map(keys.map((key) => [key.hash, key.limit_reset ?? ""]));
    expect(new Set(resets.values()).size).toBeGreaterThan(1);
    expect(rows.map((row) => row.at(-2))).toEqual(rows.map((row) => resets.get(row.at(-1))));
  });

  test("selected people are exported, also those whom a search hides", async ({ page }) => {
    await openPeople(page);
    const first = people(page).locator("tbody tr[data-row]").first();
    const id = String(await first.getAttribute("data-key"));
    await first.getByRole("checkbox").check();
    await page.getByRole("searchbox", { name: "Search people" }).fill("no one has this name");
    await expect(page.getByText("No matching people")).toBeVisible();
    const rows = await exported(page);
    expect(rows[0]).toEqual(["Name", "Email", "Role", "Workspaces", "ID"]);
    expect(rows.slice(1).map((row) => row.at(-1))).toEqual([id]);
  });

  test("API keys and members are exported from their menus", async ({ page }) => {
    await open(page, "/keys?q=ci&cols=state,limit", "API keys");
    await expect(page.locator("tbody tr[data-row]").first()).toBeVisible();
    const keys = await exported(page);
    expect(keys[0]).toEqual(["Name", "State", "Limit", "Limit reset", "ID"]);
    await expect(page.locator("tbody tr[data-row]")).toHaveCount(keys.length - 1);
    await open(page, "/workspaces/research/members?role=member&cols=since", "Research");
    await expect(page.locator("tbody tr[data-row]").first()).toBeVisible();
    const members = await exported(page);
    expect(members[0]).toEqual(["Name", "Added", "ID"]);
    await expect(page.locator(".toolbar__status")).toHaveText(new RegExp(`^${members.length - 1} (of \\d+ )?members$`));
  });
});
