/** The overview above the list of workspaces, and the column of the spend this month. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectRowVisible, heading, saveBudgets, tabTo, takeShots, test, typeLimits } from "../fixtures.ts";
import { amount, cell, expectAmount, expectFigures, isAnalytics, note, openHome, overview, recordedSince, recordedSpend, remark, table, tile, value } from "../support/home.ts";
import * as keysPage from "../support/keys.ts";
import * as budgetsPage from "../support/overview.ts";
import type { Row, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const count = (page: Page) => page.getByRole("main").getByRole("status").first();
const limits = ({ budgets }: { budgets: Row[] }, id: unknown) => budgets.filter((row) => row.workspace_id === id);

/** How much of its limits each workspace has used: the largest share. Of a lifetime, by its keys. Without limits there is none. */
async function shares(sandbox: Sandbox): Promise<number[]> {
  const db = await sandbox.db();
  const today = new Date();
  const monday = new Date(today.getTime() - ((today.getUTCDay() + 6) % 7) * 86_400_000);
  const start: Record<string, string> = {
    daily: today.toISOString().slice(0, 10),
    weekly: monday.toISOString().slice(0, 10),
    monthly: `${today.toISOString().slice(0, 7)}-01`,
  };
  const found: number[] = [];
  for (const { id, include_byok_in_budgets } of db.workspaces) {
    const used: number[] = [];
    for (const { reset_interval, limit_usd } of limits(db, id)) {
      const names = include_byok_in_budgets ? ["usage", "byok_usage"] : ["usage"];
      const keys = db.keys.filter((key) => key.workspace_id === id);
      const byKeys = keys.flatMap((key) => names.map((it) => Number(key[it]))).reduce((sum, part) => sum + part, 0);
      const since = start[String(reset_interval)];
      const spent = since === undefined ? byKeys : await recordedSince(sandbox, id, since, include_byok_in_budgets === true);
      used.push(spent / Number(limit_usd));
    }
    if (used.length !== 0) found.push(Math.max(...used));
  }
  return found;
}

async function dormantKeys(sandbox: Sandbox): Promise<number> {
  const monthAgo = Date.now() - 30 * 86_400_000;
  return (await sandbox.db()).keys.filter((key) => {
    const isExpired = key.expires_at !== null && Date.parse(String(key.expires_at)) <= Date.now();
    return !key.disabled && !isExpired && Date.parse(String(key.last_used_at ?? key.created_at)) <= monthAgo;
  }).length;
}

/** The calls of the overview, in the log. */
async function callsOfOverview(sandbox: Sandbox): Promise<{ analytics: number; credits: number; others: number }> {
  const log = await sandbox.log();
  const others = log.filter(({ path }) => /\/budgets$|\/keys$/.test(path)).length;
  return { analytics: log.filter(isAnalytics).length, credits: log.filter((it) => it.path === "/api/v1/credits").length, others };
}

/** Makes the API refuse these calls. */
async function refuse(sandbox: Sandbox, path: string, method: "GET" | "POST" = "GET"): Promise<void> {
  await sandbox.fault({ method, path, times: 1000, answer: { kind: "status", status: 403, message: "Not for this account" } });
}

test("each figure is what the database has, and leads to the view of it", async ({ page, sandbox }) => {
  await openHome(page);
  const db = await sandbox.db();
  const spent = await recordedSpend(sandbox);
  const total = [...spent.values()].reduce((sum, one) => sum + one, 0);
  expectAmount(await value(page, "Spend this month").innerText(), total);
  const monthly = db.budgets.filter((row) => row.reset_interval === "monthly").reduce((sum, row) => sum + Number(row.limit_usd), 0);
  expectAmount((await remark(page, "Spend this month").innerText()).replace("of ", ""), monthly);
  const used = await shares(sandbox);
  const over = used.filter((share) => share >= 1).length;
  const near = used.filter((share) => share >= 0.8).length;
  await expect(value(page, "Over limit")).toHaveText(String(over));
  await expect(remark(page, "Over limit")).toHaveText(`of ${used.length} with budgets`);
  await expect(value(page, "Over 80%")).toHaveText(String(near));
  const without = db.workspaces.filter(({ id }) => limits(db, id).length === 0).length;
  await expect(value(page, "No budget")).toHaveText(String(without));
  await expect(remark(page, "No budget")).toHaveText(`of ${db.workspaces.length} workspaces`);
  const dormant = await dormantKeys(sandbox);
  await expect(value(page, "Dormant API keys")).toHaveText(String(dormant));
  const { total_credits, total_usage } = await sandbox.call("GET", "/credits");
  expectAmount(await value(page, "Credits left").innerText(), Number(total_credits) - Number(total_usage));
  await expect(note(page)).toHaveText(/^Spend: API’s records, \d\d:\d\d UTC\. Limits: the same, lifetime by API keys\.$/);

  for (const [label, found] of [["Over limit", over], ["Over 80%", near], ["No budget", without]] as const) {
    await tile(page, label).getByRole("link").click();
    await expect(heading(page, "Budgets")).toBeVisible();
    await budgetsPage.waitUntilLoaded(page);
    await expect(budgetsPage.table(page).locator("tbody .cell-link")).toHaveCount(found);
    await page.goBack();
    await expectFigures(page);
  }
  await tile(page, "Dormant API keys").getByRole("link").click();
  await expect(page).toHaveURL(/\/keys\?show=dormant$/);
  await expect(keysPage.count(page)).toHaveText(new RegExp(`^${dormant} of ${db.keys.length} API keys$`));
  await page.goBack();
  await tile(page, "Spend this month").getByRole("link").click();
  await expect(page).toHaveURL(/\/budgets\?sort=monthly$/);
});

test("each row has its spend this month, with its share of the monthly limit, and rows sort by it", async ({ page, sandbox }) => {
  await openHome(page);
  const spent = await recordedSpend(sandbox);
  const { workspaces } = await sandbox.db();
  for (const { id, name, slug } of workspaces) {
    const text = await cell(page, String(name)).innerText();
    expectAmount(text, spent.get(String(id)) ?? Number.NaN);
    const { monthly } = await sandbox.limits(String(slug));
    await expect(cell(page, String(name)).locator(".use__bar")).toHaveCount(monthly ? 1 : 0);
  }
  const shown = async () => (await table(page).locator("td.col-month").allInnerTexts()).map(amount);
  const sort = table(page).getByRole("columnheader", { name: "This month" });
  for (const [direction, sign] of [["descending", -1], ["ascending", 1]] as const) {
    await sort.getByRole("button").click();
    await expect(sort).toHaveAttribute("aria-sort", direction);
    await expect.poll(shown).toEqual((await shown()).toSorted((a, b) => sign * (a - b)));
  }
  await expect(page).toHaveURL(/\?sort=month&dir=asc$/);
  const before = await shown();
  await page.reload();
  await expectFigures(page);
  await expect.poll(shown).toEqual(before);
});

test("figures are asked for once, kept for a minute, and read again after a change", async ({ page, sandbox }) => {
  await openHome(page);
  const { workspaces } = await sandbox.db();
  const first = await callsOfOverview(sandbox);
  // This month, and today for the limits.
  expect(first).toMatchObject({ analytics: 2, credits: 1 });
  // The budgets, and the pages of the keys.
  expect(first.others).toBeLessThanOrEqual(3 * workspaces.length);
  await page.getByRole("link", { name: "Activity", exact: true }).click();
  await expect(heading(page, "Activity")).toBeVisible();
  await page.goBack();
  await expectFigures(page);
  expect(await callsOfOverview(sandbox)).toEqual(first);

  const without = Number(await value(page, "No budget").innerText());
  await table(page).getByRole("link", { name: "Mobile Apps", exact: true }).click();
  await page.getByRole("main").getByRole("link", { name: "Budgets", exact: true }).click();
  await typeLimits(page, { monthly: "90000" });
  await saveBudgets(page);
  const { id } = await sandbox.workspace("mobile-apps");
  await sandbox.clearLog();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Workspaces", exact: true }).click();
  await expect(value(page, "No budget")).toHaveText(String(without - 1));
  await expect(cell(page, "Mobile Apps").locator(".use__bar")).toHaveCount(1);
  // Only what the change concerns is read again.
  const paths = (await sandbox.log()).map((it) => it.path).filter((path) => path.endsWith("/budgets"));
  expect(paths).toEqual([`/api/v1/workspaces/${String(id)}/budgets`]);
});

test("where analytics are refused, the spend is that of the keys and says so, and the column is empty with a reason", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(403, /\/analytics\/query$/, "POST");
  await refuse(sandbox, "/analytics/query$", "POST");
  await openHome(page);
  const { keys, workspaces } = await sandbox.db();
  const countsByok = new Set(workspaces.filter((row) => row.include_byok_in_budgets).map((row) => row.id));
  const spent = (key: Row) => Number(key.usage_monthly) + (countsByok.has(key.workspace_id) ? Number(key.byok_usage_monthly) : 0);
  expectAmount(await value(page, "Spend this month").innerText(), keys.reduce((sum, key) => sum + spent(key), 0));
  await expect(tile(page, "Spend this month").getByRole("link")).toHaveAttribute("title", /by all API keys\. Couldn’t load the API’s records/);
  await expect(note(page)).toHaveText("Couldn’t load the API’s records, so all spend is the sum over API keys.");
  await expect(cell(page, "Production")).toHaveText("—");
  await expect(cell(page, "Production").locator("[title]")).toHaveAttribute("title", /^Couldn’t load the API’s records: .*Not for this account/);
  // Without figures the rows stay in the order of their names.
  const names = await table(page).getByRole("link").allInnerTexts();
  await table(page).getByRole("columnheader", { name: "This month" }).getByRole("button").click();
  await expect(page).toHaveURL(/\?sort=month$/);
  await expect(table(page).getByRole("link")).toHaveText(names);
});

test("a figure that is refused says so, and the others are there", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(403, /\/credits$/);
  await refuse(sandbox, "/credits$");
  await openHome(page);
  await expect(remark(page, "Credits left")).toHaveText("Not loaded (403)");
  await expect(tile(page, "Credits left").locator("[title]")).toHaveAttribute("title", /Not for this account/);
  await expect(value(page, "No budget")).toHaveText(/^\d+$/);
  await expect(value(page, "Spend this month")).toHaveText(/^\$/);
});

test("without the plan for budgets the keys are still counted", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(403, /\/budgets$/);
  await refuse(sandbox, "/workspaces/[^/]+/budgets$");
  await openHome(page);
  for (const label of ["Over limit", "Over 80%", "No budget"]) await expect(remark(page, label)).toHaveText("Not loaded (403)");
  await expect(value(page, "Dormant API keys")).toHaveText(String(await dormantKeys(sandbox)));
  await expect(value(page, "Spend this month")).toHaveText(/^\$/);
  await expect(cell(page, "Production")).toHaveText(/^\$/);
});

test("a workspace that is not loaded is told apart from those within their limits", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(403, /\/budgets$/);
  const { id } = await sandbox.workspace("interns");
  await refuse(sandbox, `/workspaces/${String(id)}/budgets$`);
  await openHome(page);
  for (const label of ["Over limit", "Over 80%", "No budget"]) await expect(remark(page, label)).toHaveText("1 not loaded");
  await expect(tile(page, "Over limit").getByRole("link")).toHaveAttribute("title", /^1 of \d+ workspaces not loaded\. .*Not for this account/);
});

test("workspaces of the same name have no figure of their own, and the total stays", async ({ page, sandbox }) => {
  await sandbox.call("PATCH", "/workspaces/staging", { name: "Production" });
  await openHome(page);
  const total = [...(await recordedSpend(sandbox)).values()].reduce((sum, one) => sum + one, 0);
  const namesakes = table(page).getByRole("row").filter({ hasText: "Production" }).locator("td.col-month");
  await expect(namesakes).toHaveText(["—", "—"]);
  await expect(namesakes.first().locator("[title]")).toHaveAttribute("title", /^Another workspace has the same name/);
  // BYOK spend is left out where it is not known whose it is.
  expect(amount(await value(page, "Spend this month").innerText())).toBeLessThanOrEqual(total + 1);
  expect(amount(await value(page, "Spend this month").innerText())).toBeGreaterThan(total * 0.5);
});

test("an empty organization has no spend and nothing to attend to", async ({ page, sandbox }) => {
  await sandbox.reset({ auth: "proxy", seed: "empty" });
  await openHome(page);
  await expect(value(page, "Spend this month")).toHaveText("$0.00");
  await expect(remark(page, "Spend this month")).toHaveText("API’s records");
  for (const label of ["Over limit", "Over 80%", "Dormant API keys"]) await expect(value(page, label)).toHaveText("0");
  const { workspaces } = await sandbox.db();
  await expect(value(page, "No budget")).toHaveText(String(workspaces.length));
});

test("a thousand workspaces take one query for all of their spend, and no call for each of them", async ({ page, sandbox }) => {
  await sandbox.reset({ auth: "proxy", seed: "scale", workspaces: 1000, people: 30, members: 10 });
  await openHome(page);
  await expect(count(page)).toHaveText("1,000 workspaces");
  await expectFigures(page);
  expect(await callsOfOverview(sandbox)).toEqual({ analytics: 1, credits: 1, others: 0 });
  // The records of this organization are empty.
  await expect(value(page, "Spend this month")).toHaveText("$0.00");
  for (const label of ["Over limit", "Over 80%", "No budget", "Dormant API keys"]) {
    await expect(remark(page, label)).toHaveText("Open to count");
  }
  await expect(note(page)).toHaveText(/ Others are counted on their pages\.$/);
  await expect(table(page).locator("td.col-month").first()).toHaveText("$0.00");

  // All budgets asks for budgets and keys one by one, and for the records of all at once.
  await tile(page, "Over limit").getByRole("link").click();
  await expect(heading(page, "Budgets")).toBeVisible();
  await expect.poll(async () => (await callsOfOverview(sandbox)).others).toBeGreaterThan(100);
  expect((await callsOfOverview(sandbox)).analytics).toBeLessThanOrEqual(2);
});

for (const width of [1440, 1024, 768, 320]) {
  test(`the figures come without a shift at ${width} pixels`, async ({ page, sandbox }) => {
    await page.setViewportSize({ width, height: 800 });
    await page.addInitScript(() => {
      const shifts = { sum: 0 };
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.sum += (entry as unknown as { value: number }).value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await sandbox.fault({ path: "/analytics/query$|/credits$|/budgets$|/keys\\?", times: 200, delay_ms: 200, answer: { kind: "pass" } });
    await page.goto("/");
    await expect(table(page).getByRole("link").first()).toBeVisible();
    const top = async () => (await table(page).boundingBox())?.y;
    const before = await top();
    await expectFigures(page);
    await expect(table(page).getByText("…", { exact: true })).toHaveCount(0);
    expect(await top()).toBe(before);
    expect(await page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum)).toBeLessThan(0.01);
  });
}

test("the overview is reached by keyboard, in the order of the figures, and is accessible", async ({ page }) => {
  await openHome(page);
  await tabTo(page, tile(page, "Spend this month").getByRole("link"));
  for (const label of ["Over limit", "Over 80%", "No budget", "Dormant API keys"]) {
    await page.keyboard.press("Tab");
    await expect(tile(page, label).getByRole("link")).toBeFocused();
  }
  await expect(tile(page, "Over limit").getByRole("link")).toHaveAccessibleName(/^Over limit\s*\d+\s*of \d+ with budgets$/);
  await expectAccessible(page);
  await takeShots(page, "overview");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/keys\?show=dormant$/);
});

test("in a narrow list the spend is a line of the card", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await openHome(page);
  await expect(cell(page, "Production")).toBeVisible();
  await expectRowVisible(table(page), { Slug: "production", "This month": /^\$/ });
  await expect(overview(page)).toBeVisible();
  await page.setViewportSize({ width: 800, height: 800 });
  await expect(cell(page, "Production")).toBeHidden();
});
