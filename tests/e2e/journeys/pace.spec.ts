/** What a limit comes to if spend goes on as it does. */
import type { Page } from "@playwright/test";
import { expect, expectRowVisible, test } from "../fixtures.ts";
import { openOverview, table } from "../support/overview.ts";
import type { ExpectedFailures } from "../support/guard.ts";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

/** The middle of a month of 30 days. Spend is what the sandbox says, whatever the date is. */
const MIDDLE = new Date("2026-11-16T00:00:00Z");

async function atTheMiddle(page: Page): Promise<void> {
  await page.clock.setFixedTime(MIDDLE);
}

/** Without the API's records the spend is that of the keys, which the sandbox has whatever the date is. */
async function refuseAnalytics(sandbox: Sandbox, expectedFailures: ExpectedFailures): Promise<void> {
  expectedFailures.allow(403, /\/analytics\/query$/, "POST");
  await sandbox.fault({ method: "POST", path: "/analytics/query$", times: 100, answer: { kind: "status", status: 403 } });
}

/** Sets the monthly limit of Mobile Apps to this multiple of what it has spent this month. Returns it. */
async function limitAt(sandbox: Sandbox, factor: number): Promise<number> {
  const { id } = await sandbox.call("GET", "/workspaces/mobile-apps");
  const text = await sandbox.raw("GET", `/keys?workspace_id=${String(id)}&include_disabled=true`);
  const keys = JSON.parse(text) as { data: { usage_monthly: number }[] };
  const spent = keys.data.reduce((sum, key) => sum + key.usage_monthly, 0);
  const limit = Math.round(spent * factor);
  await sandbox.call("PUT", "/workspaces/mobile-apps/budgets/monthly", { limit_usd: limit });
  return limit;
}

test("a limit that will be reached before it resets says when, also while it is typed", async ({ page, sandbox, expectedFailures }) => {
  await atTheMiddle(page);
  await refuseAnalytics(sandbox, expectedFailures);
  // Half of the month has passed, so twice the spend is what a month comes to. Both limits are reached in the middle of a day.
  const limit = await limitAt(sandbox, 1.63);
  await page.goto("/workspaces/mobile-apps/budgets");
  const monthly = page.getByRole("group", { name: "Monthly", exact: true });
  await expect(monthly.getByText("At this pace the monthly limit is reached on Nov 25, 2026.")).toBeVisible();
  await monthly.getByRole("textbox").fill(String(limit * 2));
  await expect(monthly.getByText(/^At this pace \$[\d,.]+ is spent by the reset\.$/)).toBeVisible();
  await monthly.getByRole("textbox").fill(String(Math.round((limit * 1.23) / 1.63)));
  await expect(monthly.getByText("At this pace the monthly limit is reached on Nov 19, 2026.")).toBeVisible();
});

test("workspaces at risk can be filtered, and are sorted by when their limit is reached", async ({ page, sandbox, expectedFailures }) => {
  await atTheMiddle(page);
  await refuseAnalytics(sandbox, expectedFailures);
  await limitAt(sandbox, 1.63);
  await openOverview(page);
  await expectRowVisible(table(page), { Workspace: /Mobile Apps/, Forecast: "Monthly on Nov 25, 2026" });
  await expectRowVisible(table(page), { Workspace: /Interns/, Forecast: "—" });
  await page.getByRole("radio", { name: "At risk" }).check();
  await expect(page).toHaveURL(/show=risk/);
  await expectRowVisible(table(page), { Workspace: /Mobile Apps/ });
  await expect(table(page).getByRole("link", { name: "Interns" })).toHaveCount(0);
  await page.getByRole("button", { name: /^Forecast/ }).click();
  await expect(page).toHaveURL(/sort=forecast/);
  const forecasts = await table(page).locator("td.col-forecast").allInnerTexts();
  const dated = forecasts.map((text) => Date.parse(text.replace(/^.* on /, ""))).filter((at) => !Number.isNaN(at));
  expect(dated).toEqual([...dated].sort((left, right) => left - right));
});

test("in the first five hours of an interval there is no forecast", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(new Date("2026-11-01T04:59:00Z"));
  await limitAt(sandbox, 1.63);
  await page.goto("/workspaces/mobile-apps/budgets");
  const monthly = page.getByRole("group", { name: "Monthly", exact: true });
  await expect(monthly.getByRole("meter")).toBeVisible();
  await expect(monthly.getByText("At this pace")).toHaveCount(0);
});
