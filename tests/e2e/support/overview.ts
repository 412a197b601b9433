/**
 * The page of all budgets, in its own words.
 */
import { expect, type Locator, type Page } from "@playwright/test";
import { open } from "./actions.ts";
import { INTERVALS, type Sandbox } from "./sandbox.ts";

/** The table of all budgets. */
export function table(page: Page): Locator {
  return page.getByRole("table", { name: "Budgets of all workspaces" });
}

/** Goes to the page of all budgets and waits until every workspace has been read. */
export async function openOverview(page: Page, address = "/budgets"): Promise<void> {
  await open(page, address, "Budgets");
  await allRead(page);
}

/** Waits until every workspace has been read. */
export async function allRead(page: Page): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: /^[\d,of ]+ workspaces?$/ })).toBeVisible();
}

/** The names in the table's rows, from the top. */
export async function names(page: Page): Promise<string[]> {
  return table(page).locator("tbody .cell-link").allInnerTexts();
}

/** Selects these workspaces by their names. */
export async function select(page: Page, ...workspaces: string[]): Promise<void> {
  for (const name of workspaces) await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
}

/** The panel for changing many workspaces. */
export function panel(page: Page): Locator {
  return page.getByRole("dialog", { name: /^Change the budgets of/ });
}

/** Opens the panel for the selected workspaces. */
export async function change(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Change budgets…" }).click();
  await expect(panel(page)).toBeVisible();
}

/** Chooses a limit for one interval of the one ladder; null for none. */
export async function give(page: Page, interval: string, amount: string | null): Promise<void> {
  const rung = panel(page).getByRole("group", { name: interval, exact: true });
  await rung.getByRole("combobox").selectOption(amount === null ? "No limit" : "Set to");
  if (amount !== null) await rung.getByRole("textbox").fill(amount);
}

/** Chooses a share of all limits. */
export async function share(page: Page, kind: "Raise by" | "Cut by", percent: string): Promise<void> {
  await panel(page).getByRole("radio", { name: kind }).check();
  await panel(page).getByRole("textbox", { name: "Percentage" }).fill(percent);
}

/** Carries out the change for so many workspaces. */
export async function start(page: Page, count: number): Promise<void> {
  const name = count === 1 ? "Change 1 workspace" : `Change ${count} workspaces`;
  await panel(page).getByRole("button", { name, exact: true }).click();
}

/** Waits until the job is over, and expects these counts. */
export async function finished(page: Page, summary: string): Promise<void> {
  await expect(panel(page).getByText("Finished", { exact: true })).toBeVisible();
  await expect(panel(page).getByRole("status").filter({ hasText: summary })).toBeVisible();
}

/** Sets one limit behind the page's back. */
export async function setLimit(sandbox: Sandbox, slug: string, interval: string, limit_usd: number): Promise<void> {
  await sandbox.call("PUT", `/workspaces/${slug}/budgets/${interval}`, { limit_usd });
}

/** Gives every limit so much room that nobody is near one, whatever the day and the hour are. */
export async function makeRoom(sandbox: Sandbox): Promise<void> {
  const { workspaces, budgets } = await sandbox.db();
  const slugs = new Map(workspaces.map((row) => [row.id, String(row.slug)]));
  // Broadest first, so that each is more than the next.
  for (const [at, interval] of INTERVALS.entries()) {
    for (const row of budgets.filter((it) => (it.reset_interval ?? "lifetime") === interval)) {
      await setLimit(sandbox, slugs.get(row.workspace_id) ?? "", interval, 10 ** (9 - at));
    }
  }
}
