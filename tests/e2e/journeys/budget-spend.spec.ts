/** The spend beside each limit. */
import type { Page } from "@playwright/test";
import {
  byokSwitch,
  expect,
  expectNothingUnsaved,
  expectRowVisible,
  intervalName,
  limitField,
  limitGroup,
  openBudgets,
  saveBudgets,
  test,
  typeLimits,
} from "../fixtures.ts";
import { monthAndDay, skipAtStartOfMonth } from "../support/budgets.ts";
import { type Interval, INTERVALS, type Row, type Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const meter = (page: Page, interval: Interval) =>
  limitGroup(page, interval).getByRole("meter", { name: `${intervalName(interval)} spend` });
const table = (page: Page) => page.getByRole("table", { name: "Spend by day" });
const warning = "This limit is used up, so requests are refused immediately.";

/** Returns the sum over all keys of a workspace, truncated to whole cents like on the page. */
async function spendText(sandbox: Sandbox, slug: string, interval: Interval, countsByok: boolean): Promise<string> {
  const { id } = await sandbox.workspace(slug);
  const keys = (await sandbox.db()).keys.filter((key) => key.workspace_id === id);
  const name = interval === "lifetime" ? "usage" : `usage_${interval}`;
  const names = countsByok ? [name, `byok_${name}`] : [name];
  return dollars(keys, names);
}

/** Returns the sum of these columns, truncated to whole cents. The amounts have four decimals. */
function dollars(rows: Row[], names: string[]): string {
  const parts = rows.flatMap((row) => names.map((name) => Math.round(Number(row[name]) * 10_000)));
  const cents = Math.floor(parts.reduce((sum, part) => sum + part, 0) / 100);
  const exact = (cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
  return `$${exact}`;
}

test("each limit shows the sum over all keys, with BYOK spend if it counts", async ({ page, sandbox }) => {
  skipAtStartOfMonth();
  await openBudgets(page, "production");
  await page.getByText("How spend is counted").click();
  for (const counts of [true, false, true]) {
    await byokSwitch(page).setChecked(counts);
    for (const interval of INTERVALS) {
      const sum = await spendText(sandbox, "production", interval, counts);
      await expect(limitGroup(page, interval).getByText(/ spent, <?\d+%$/)).toContainText(`${sum} of `);
      await expect(meter(page, interval)).toHaveAttribute("aria-valuetext", new RegExp(`^(At least )?\\${sum} of \\$.* spent, `));
    }
    const words = `Spend with your own provider keys (BYOK) ${counts ? "counts" : "doesn’t count"}.`;
    await expect(page.getByText(words)).toBeVisible();
  }
});

test("the spend is shown even without a limit", async ({ page, sandbox }) => {
  skipAtStartOfMonth();
  await openBudgets(page, "mobile-apps");
  for (const interval of INTERVALS) {
    const sum = await spendText(sandbox, "mobile-apps", interval, false);
    // Of keys that were deleted, nothing is known.
    const text = interval === "lifetime" ? `At least ${sum} spent` : `${sum} spent`;
    await expect(limitGroup(page, interval).getByText(text, { exact: true })).toBeVisible();
    await expect(meter(page, interval)).toHaveCount(0);
  }
});

/** The spend of the running month by the records: completed days, and today by a query. */
async function recordedThisMonth(sandbox: Sandbox, slug: string): Promise<string> {
  const { id } = await sandbox.workspace(slug);
  const today = new Date().toISOString().slice(0, 10);
  const days = (await sandbox.call("GET", `/activity?workspace_id=${String(id)}`)) as unknown as Row[];
  const query = {
    metrics: ["credits_usage", "byok_usage"],
    filters: [{ field: "workspace", operator: "eq", value: id }],
    time_range: { start: `${today}T00:00:00Z`, end: `${today}T23:59:59Z` },
  };
  const found = (await sandbox.call("POST", "/analytics/query", query)) as unknown as { data: { credits_usage: number }[] };
  const ofMonth = days.filter((day) => String(day.date).startsWith(today.slice(0, 7)) && String(day.date).slice(0, 10) < today);
  const rows = [...ofMonth, ...found.data.map((row) => ({ usage: row.credits_usage }))] as unknown as Row[];
  return dollars(rows, ["usage"]);
}

test("spend that no API key carries counts, and the difference to the keys is told", async ({ page, sandbox }) => {
  // People of the default workspace use the chat, whose spend no key has.
  await openBudgets(page, "default");
  const recorded = await recordedThisMonth(sandbox, "default");
  const byKeys = await spendText(sandbox, "default", "monthly", false);
  expect(recorded).not.toBe(byKeys);
  await expect(limitGroup(page, "monthly").getByText(/ spent, <?\d+%$/)).toContainText(`${recorded} of `);
  await expect(limitGroup(page, "monthly").getByText(`The API keys add up to ${byKeys}.`)).toBeVisible();
  await page.getByText("How spend is counted").click();
  await expect(page.getByText(/^Spend as of .* by the API’s records, with spend outside of API keys\./)).toBeVisible();
});

test("if analytics are refused, the API keys are counted, and the note says so", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(403, /\/analytics\/query$/, "POST");
  await sandbox.fault({ method: "POST", path: "/analytics/query$", answer: { kind: "status", status: 403 } });
  await openBudgets(page, "default");
  const byKeys = await spendText(sandbox, "default", "monthly", false);
  const monthly = limitGroup(page, "monthly");
  await expect(page.getByText(/Couldn’t load the API’s records, so only API keys are counted\./)).toBeVisible();
  await expect(monthly.getByText(/ spent, <?\d+%$/)).toContainText(`${byKeys} of `);
  await expect(monthly.getByText("The API keys add up to")).toHaveCount(0);
});

test("the time and the number of keys are shown, and the spend can be refreshed", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  const note = page.getByText(/^Spend as of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/);
  await expect(note).toContainText("includes 6 API keys, disabled keys too.");
  await expect(note).toContainText("Deleted keys are not included in it.");
  const { id } = await sandbox.workspace("production");
  const key = (await sandbox.db()).keys.find((it) => it.workspace_id === id);
  await sandbox.call("DELETE", `/keys/${String(key?.hash)}`);
  const refresh = page.getByRole("button", { name: "Refresh spend" });
  await refresh.focus();
  await page.keyboard.press("Enter");
  await expect(note).toContainText("includes 5 API keys");
  await expect(refresh).toBeFocused();
});

test("a limit at or below the spend shows a warning, and can be saved", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await expect(page.getByText(warning)).toHaveCount(0);
  await typeLimits(page, { daily: "1.00" });
  await expect(limitGroup(page, "daily").getByText(warning)).toBeVisible();
  await expect(page.getByText(warning)).toHaveCount(1);
  await saveBudgets(page);
  expect(await sandbox.limits("production")).toMatchObject({ daily: "1.00" });
  await typeLimits(page, { daily: "2000" });
  await expect(page.getByText(warning)).toHaveCount(0);
});

test("if the keys cannot be read, budgets can be edited and saved, and the read can be retried", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(500, /\/keys\?/, "GET");
  await sandbox.fault({ method: "GET", path: "/keys\\?", answer: { kind: "status", status: 500 } });
  await openBudgets(page, "production");
  const alert = page.getByRole("alert").filter({ hasText: "Couldn’t load the spend" });
  await expect(alert).toContainText("You can still change the limits.");
  for (const interval of INTERVALS) {
    await expect(limitGroup(page, interval)).toContainText("Spend unknown");
    await expect(limitField(page, interval)).toBeEditable();
  }
  await typeLimits(page, { weekly: "13000" });
  await saveBudgets(page);
  expect(await sandbox.limits("production")).toMatchObject({ weekly: "13000" });
  await expectNothingUnsaved(page);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toHaveCount(0);
  await expect(meter(page, "weekly")).toBeVisible();
});

test("the table below the chart shows each day against the daily limit, as typed", async ({ page, sandbox }) => {
  skipAtStartOfMonth();
  await openBudgets(page, "production");
  const { id } = await sandbox.workspace("production");
  const items = (await sandbox.call("GET", `/activity?workspace_id=${String(id)}`)) as unknown as Row[];
  const day = String(items[0]?.date).slice(0, 10);
  const ofDay = items.filter((item) => String(item.date).startsWith(day));
  await page.getByRole("radio", { name: "30 days", exact: true }).check();
  const picture = page.getByRole("img", { name: /^\$.* total, at most \$.* per day\. No day reached the daily limit of \$2,500\.50\.$/ });
  await expect(picture).toBeVisible();
  await page.getByText("Show as a table").click();
  for (const counts of [true, false]) {
    await byokSwitch(page).setChecked(counts);
    // The heading, 30 completed days, and today.
    await expect(table(page).getByRole("row")).toHaveCount(32);
    // From a thousand dollars on, the table leaves out cents.
    const sum = dollars(ofDay, counts ? ["usage", "byok_usage_inference"] : ["usage"]).replace(/(,\d+)\.\d\d$/, "$1").replace("$", "\\$");
    await expectRowVisible(table(page), { Day: monthAndDay(day), Spend: new RegExp(`^${sum}\\d*$`), "Share of daily limit": /^\d+%$/ });
  }
  await typeLimits(page, { daily: "1000" });
  await expect(page.getByRole("img", { name: /\d+ days reached the daily limit of \$1,000\.00\.$/ })).toBeVisible();
  await typeLimits(page, { daily: null });
  await expectRowVisible(table(page), { Day: monthAndDay(day), "Share of daily limit": "no limit" });
});

test("if the days cannot be read, budgets can be edited, and the read can be retried", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(500, /\/activity\?/, "GET");
  await sandbox.fault({ method: "GET", path: "/activity", answer: { kind: "status", status: 500 } });
  await openBudgets(page, "production");
  const alert = page.getByRole("alert").filter({ hasText: "Couldn’t load the spend by day" });
  await expect(limitField(page, "weekly")).toBeEditable();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("img", { name: / total, at most/ })).toBeVisible();
});
