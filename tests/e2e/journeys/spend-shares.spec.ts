/** The chart of a workspace's spend by API key and by person, and its values by keyboard. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, openBudgets, takeShots, test } from "../fixtures.ts";
import { monthAndDay } from "../support/budgets.ts";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const choose = (page: Page, what: string) => page.getByRole("radio", { name: what, exact: true }).check();
const rows = (page: Page, what: string) => page.getByRole("table", { name: `Spend by ${what}` }).locator("tbody tr");
const queries = async (sandbox: Sandbox) => (await sandbox.log()).filter(({ path }) => path.endsWith("/analytics/query")).length;

/** An amount as a table has it: truncated to cents, and to dollars from $1,000 on. */
function dollars(amount: number): string {
  const cents = Math.floor(Math.round(amount * 10_000) / 100);
  if (cents >= 100_000) return `$${Math.floor(cents / 100).toLocaleString("en-US")}`;
  return cents === 0 && amount > 0 ? "<$0.01" : `$${(cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2 })}`;
}

/** Returns the names and amounts of the last 30 completed days and today, the highest first, as the page has them. */
async function shares(sandbox: Sandbox, slug: string, dimension: string, unnamed: string): Promise<string[][]> {
  const { id } = await sandbox.workspace(slug);
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const query = {
    metrics: ["credits_usage", "byok_usage"],
    dimensions: [dimension],
    filters: [{ field: "workspace", operator: "eq", value: id }],
    time_range: { start: `${day(-30)}T00:00:00Z`, end: `${day(1)}T00:00:00Z` },
  };
  const { data } = (await sandbox.call("POST", "/analytics/query", query)) as unknown as { data: Record<string, unknown>[] };
  const found = data.map((row) => [String(row[dimension] ?? unnamed), Number(row.credits_usage)] as const);
  const spent = found.filter(([, amount]) => amount > 0).sort(([, left], [, right]) => right - left);
  return spent.slice(0, 8).map(([name, amount]) => [name, dollars(amount)]);
}

for (const { choice, what, dimension, unnamed } of [
  { choice: "By API key", what: "API key", dimension: "api_key_id", unnamed: "No API key" },
  { choice: "By person", what: "person", dimension: "user", unnamed: "No person" },
]) {
  test(`the spend ${choice.toLowerCase()} is that of the records, by one query`, async ({ page, sandbox }) => {
    await openBudgets(page, "default");
    await expect(page.getByRole("img", { name: / total, at most/ })).toBeVisible();
    const expected = await shares(sandbox, "default", dimension, unnamed);
    expect(expected.length).toBeGreaterThan(1);
    const before = await queries(sandbox);
    await choose(page, choice);
    await expect(rows(page, what).first()).toBeVisible();
    const shown = async () => {
      const texts = await rows(page, what).evaluateAll((found) =>
        found.map((row) => [row.querySelector("th")?.textContent ?? "", row.querySelector("[data-label=Spend]")?.textContent ?? ""]),
      );
      return texts.slice(0, 8);
    };
    expect(await shown()).toEqual(expected);
    await expectAccessible(page);
    await takeShots(page, `spend-${dimension}`);
    // Both views are kept for a minute.
    await choose(page, "Total");
    await expect(page.getByRole("img", { name: / total, at most/ })).toBeVisible();
    await choose(page, choice);
    await expect(rows(page, what).first()).toBeVisible();
    expect(await queries(sandbox)).toBe(before + 1);
  });
}

test("a refused query says so in place, and the total stays", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(403, /\/analytics\/query$/, "POST");
  await openBudgets(page, "production");
  await expect(page.getByRole("img", { name: / total, at most/ })).toBeVisible();
  await sandbox.fault({ method: "POST", path: "/analytics/query$", times: 9, answer: { kind: "status", status: 403, message: "Not for this account" } });
  await choose(page, "By API key");
  const alert = page.getByRole("alert").filter({ hasText: "Couldn’t load the spend by API key" });
  await expect(alert).toContainText("Not for this account");
  await sandbox.clearFaults();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(rows(page, "API key").first()).toBeVisible();
});

test("an account without figures by day is asked for none", async ({ page, sandbox }) => {
  const named = (...names: string[]) => names.map((name) => ({ name }));
  const data = { metrics: named("credits_usage", "byok_usage"), dimensions: named("workspace", "api_key_id", "user"), granularities: named("hour") };
  await sandbox.fault({ path: "/analytics/meta$", times: 9, answer: { kind: "status", status: 200, envelope: false, body: JSON.stringify({ data }) } });
  await openBudgets(page, "production");
  await expect(page.getByRole("img", { name: / total, at most/ })).toBeVisible();
  const before = await queries(sandbox);
  await choose(page, "By API key");
  await expect(page.getByText("Analytics of this account has no “day”.")).toBeVisible();
  expect(await queries(sandbox)).toBe(before);
});

test("the spend of each day is told by keyboard", async ({ page }) => {
  await openBudgets(page, "production");
  await choose(page, "30 days");
  const slider = page.getByRole("slider", { name: "Day" });
  await slider.focus();
  await expect(slider).toHaveAttribute("aria-valuetext", /^[A-Z][a-z]{2} \d{1,2}: \$[\d,.]+ so far$/);
  await page.keyboard.press("Home");
  const first = monthAndDay(new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10));
  await expect(slider).toHaveAttribute("aria-valuetext", new RegExp(`^${first}: \\$`));
  await expect(page.getByText(new RegExp(`^${first}: \\$`))).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuetext", new RegExp(`^(?!${first})`));
});
