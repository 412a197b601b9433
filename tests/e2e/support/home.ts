/** What the journeys of the overview above the list of workspaces share. */
import { expect, type Locator, type Page } from "@playwright/test";
import { open } from "./actions.ts";
import type { LoggedRequest, Row, Sandbox } from "./sandbox.ts";

export const table = (page: Page): Locator => page.getByRole("table", { name: "Workspaces", exact: true });
export const overview = (page: Page): Locator => page.getByRole("region", { name: "Overview" });
export const tile = (page: Page, label: string): Locator => overview(page).getByRole("listitem").filter({ has: page.getByText(label, { exact: true }) });
export const value = (page: Page, label: string): Locator => tile(page, label).locator(".overview__figure");
export const remark = (page: Page, label: string): Locator => tile(page, label).locator(".overview__remark");
export const note = (page: Page): Locator => overview(page).locator(".overview__note");

/** Opens the list, and waits until each figure is there. */
export async function openHome(page: Page, address = "/"): Promise<void> {
  await open(page, address, "Workspaces");
  await expectFigures(page);
}

/** Waits until each figure is there, or why it is not. */
export async function expectFigures(page: Page): Promise<void> {
  await expect(overview(page).getByRole("listitem")).toHaveCount(6);
  await expect(overview(page).locator(".skeleton")).toHaveCount(0);
  await expect(note(page)).not.toBeEmpty();
}

/** The cell of a workspace in the column "This month". */
export const cell = (page: Page, name: string): Locator =>
  table(page).getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) }).locator("td.col-month");

interface TimeRange {
  start: string;
  end: string;
}

/** The recorded spend of a workspace from a day (`YYYY-MM-DD`, at most 30 days ago) until now, each part asked for by its ID. */
export async function recordedSince(sandbox: Sandbox, id: unknown, day: string, countsByok: boolean): Promise<number> {
  const today = new Date().toISOString().slice(0, 10);
  const query = {
    metrics: ["credits_usage", "byok_usage"],
    filters: [{ field: "workspace", operator: "eq", value: id }],
    time_range: { start: `${today}T00:00:00Z`, end: `${today}T23:59:59Z` },
  };
  const { data } = (await sandbox.call("POST", "/analytics/query", query)) as unknown as { data: Row[] };
  const days = (await sandbox.call("GET", `/activity?workspace_id=${String(id)}`)) as unknown as Row[];
  const completed = days.filter(({ date }) => String(date) >= day && String(date).slice(0, 10) < today);
  const sum = (rows: Row[], credits: string, byok: string) =>
    rows.reduce((all, row) => all + Number(row[credits]) + (countsByok ? Number(row[byok]) : 0), 0);
  return sum(completed, "usage", "byok_usage_inference") + sum(data, "credits_usage", "byok_usage");
}

export const isAnalytics = (it: LoggedRequest): boolean => it.path === "/api/v1/analytics/query";

/** The recorded spend this month of each workspace, by ID, each by a query of its own, until the page's own query. */
export async function recordedSpend(sandbox: Sandbox): Promise<Map<string, number>> {
  // The page also asks for today.
  const ranges = (await sandbox.log()).filter(isAnalytics).map((it) => (it.request_body as { time_range: TimeRange }).time_range);
  const [time_range] = ranges.toSorted((one, other) => one.start.localeCompare(other.start));
  const spent = new Map<string, number>();
  for (const { id, include_byok_in_budgets } of (await sandbox.db()).workspaces) {
    const filters = [{ field: "workspace", operator: "eq", value: id }];
    const query = { metrics: ["credits_usage", "byok_usage"], filters, time_range };
    const { data } = (await sandbox.call("POST", "/analytics/query", query)) as { data: Record<string, number>[] };
    const of = (name: string) => data.reduce((sum, row) => sum + Number(row[name]), 0);
    spent.set(String(id), of("credits_usage") + (include_byok_in_budgets ? of("byok_usage") : 0));
  }
  return spent;
}

/** The amount that a text starts with. */
export const amount = (text: string): number => Number(/^<?\$([\d,]+(\.\d+)?)/.exec(text.trim())?.[1]?.replaceAll(",", ""));

/** Expects an amount as tables show it: whole dollars from $1,000 on, else cents, both truncated. */
export function expectAmount(text: string, exact: number): void {
  const shown = amount(text);
  const step = exact >= 1000 ? 1 : 0.01;
  expect(Math.abs(shown + step / 2 - exact), `${text} for ${exact}`).toBeLessThanOrEqual(step / 2 + 0.001);
}
