/**
 * Actions and locators for the page of all budgets.
 */
import { expect, type Locator, type Page } from "@playwright/test";
import { open } from "./actions.ts";
import { INTERVALS, type Sandbox } from "./sandbox.ts";

/** Returns the table of all budgets. */
export function table(page: Page): Locator {
  return page.getByRole("table", { name: "Budgets of all workspaces" });
}

/** Opens the page of all budgets and waits until every workspace is loaded. */
export async function openOverview(page: Page, address = "/budgets"): Promise<void> {
  await open(page, address, "Budgets");
  await waitUntilLoaded(page);
}

/** Waits until every workspace is loaded. */
export async function waitUntilLoaded(page: Page): Promise<void> {
  await expect(page.getByRole("status").filter({ hasText: /^[\d,of ]+ workspaces?$/ })).toBeVisible();
}

/** Returns the names in the table's rows, from the top. */
export async function names(page: Page): Promise<string[]> {
  return table(page).locator("tbody .cell-link").allInnerTexts();
}

/** Selects workspaces by name. */
export async function select(page: Page, ...workspaces: string[]): Promise<void> {
  for (const name of workspaces) await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
}

/** Returns the panel that changes many workspaces. */
export function panel(page: Page): Locator {
  return page.getByRole("dialog", { name: /^(Change the b|Changing b|Undone: b|B|No b)udgets/ });
}

/** Opens the panel for the selected workspaces. */
export async function openPanel(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Change budgets…" }).click();
  await expect(panel(page)).toBeVisible();
}

/** Sets one limit of the panel. Null means no limit. */
export async function setPanelLimit(page: Page, interval: string, amount: string | null): Promise<void> {
  const rung = panel(page).getByRole("group", { name: interval, exact: true });
  await rung.getByRole("combobox").selectOption(amount === null ? "No limit" : "Set to");
  if (amount !== null) await rung.getByRole("textbox").fill(amount);
}

/** Changes all limits by a percentage. */
export async function changeByPercentage(page: Page, kind: "Increase" | "Decrease", percent: string): Promise<void> {
  await panel(page).getByRole("radio", { name: kind }).check();
  await panel(page).getByRole("textbox", { name: "Percentage" }).fill(percent);
}

/** Starts the change for this number of workspaces. */
export async function startJob(page: Page, count: number): Promise<void> {
  const name = count === 1 ? "Change 1 workspace" : `Change ${count} workspaces`;
  await panel(page).getByRole("button", { name, exact: true }).click();
}

/** Waits until the job has ended and expects these counts. */
export async function expectFinished(page: Page, summary: string): Promise<void> {
  await expect(panel(page).getByText("Finished", { exact: true })).toBeVisible();
  await expect(panel(page).getByRole("status").filter({ hasText: summary })).toBeVisible();
}

/** Sets one limit without the page. */
export async function setLimit(sandbox: Sandbox, slug: string, interval: string, limit_usd: number): Promise<void> {
  await sandbox.call("PUT", `/workspaces/${slug}/budgets/${interval}`, { limit_usd });
}

/** Raises every limit so far that no spend is near it, whatever the current time is. */
export async function raiseAllLimits(sandbox: Sandbox): Promise<void> {
  const { workspaces, budgets } = await sandbox.db();
  const slugs = new Map(workspaces.map((row) => [row.id, String(row.slug)]));
  // The broadest first, so that each limit is above the next.
  for (const [at, interval] of INTERVALS.entries()) {
    for (const row of budgets.filter((it) => (it.reset_interval ?? "lifetime") === interval)) {
      await setLimit(sandbox, slugs.get(row.workspace_id) ?? "", interval, 10 ** (9 - at));
    }
  }
}
