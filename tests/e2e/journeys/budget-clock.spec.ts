/** When limits reset, as shown at critical times, and what happens when a reset passes. */
import type { Page } from "@playwright/test";
import {
  expect,
  expectNoRow,
  expectRowVisible,
  limitButton,
  limitField,
  openBudgets,
  test,
  typeLimits,
} from "../fixtures.ts";
import { openOverview, waitUntilLoaded } from "../support/overview.ts";
import type { Interval, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

/** Expects the text about a limit's next reset. */
async function expectReset(page: Page, interval: Interval, words: string): Promise<void> {
  await expect(limitButton(page, interval, "Add").or(limitField(page, interval))).toHaveAccessibleDescription(words);
}

/** The time in UTC and the next reset of each limit. The browser's time zone is always New York. */
const moments: Record<string, { now: string; monthly: string; weekly: string; daily: string }> = {
  "on Sunday at 23:59": {
    now: "2026-11-22T23:59:00Z",
    monthly: "in 8 days (Dec 1, 2026, 00:00 UTC)",
    weekly: "in 1 min (Nov 23, 2026, 00:00 UTC)",
    daily: "in 1 min (Nov 23, 2026, 00:00 UTC)",
  },
  "on Monday at 00:01": {
    now: "2026-11-23T00:01:00Z",
    monthly: "in 7 days 23 h (Dec 1, 2026, 00:00 UTC)",
    weekly: "in 6 days 23 h (Nov 30, 2026, 00:00 UTC)",
    daily: "in 23 h 59 min (Nov 24, 2026, 00:00 UTC)",
  },
  "on the 30th, the last day of a month": {
    now: "2026-11-30T12:00:00Z",
    monthly: "in 12 h (Dec 1, 2026, 00:00 UTC)",
    weekly: "in 6 days 12 h (Dec 7, 2026, 00:00 UTC)",
    daily: "in 12 h (Dec 1, 2026, 00:00 UTC)",
  },
  "on the 30th of a month with 31 days": {
    now: "2026-12-30T23:59:00Z",
    monthly: "in 1 day (Jan 1, 2027, 00:00 UTC)",
    weekly: "in 4 days (Jan 4, 2027, 00:00 UTC)",
    daily: "in 1 min (Dec 31, 2026, 00:00 UTC)",
  },
  "on the last evening of the year": {
    now: "2026-12-31T23:59:00Z",
    monthly: "in 1 min (Jan 1, 2027, 00:00 UTC)",
    weekly: "in 3 days (Jan 4, 2027, 00:00 UTC)",
    daily: "in 1 min (Jan 1, 2027, 00:00 UTC)",
  },
  "on 28 February, a Sunday, without a leap day": {
    now: "2027-02-28T23:59:00Z",
    monthly: "in 1 min (Mar 1, 2027, 00:00 UTC)",
    weekly: "in 1 min (Mar 1, 2027, 00:00 UTC)",
    daily: "in 1 min (Mar 1, 2027, 00:00 UTC)",
  },
  "on 28 February before a leap day": {
    now: "2028-02-28T23:59:00Z",
    monthly: "in 1 day (Mar 1, 2028, 00:00 UTC)",
    weekly: "in 6 days (Mar 6, 2028, 00:00 UTC)",
    daily: "in 1 min (Feb 29, 2028, 00:00 UTC)",
  },
  "on the leap day": {
    now: "2028-02-29T23:59:00Z",
    monthly: "in 1 min (Mar 1, 2028, 00:00 UTC)",
    weekly: "in 5 days (Mar 6, 2028, 00:00 UTC)",
    daily: "in 1 min (Mar 1, 2028, 00:00 UTC)",
  },
};

test.describe("each limit shows when it resets", () => {
  for (const [name, { now, monthly, weekly, daily }] of Object.entries(moments)) {
    test(name, async ({ page }) => {
      await page.clock.install({ time: new Date(now) });
      await openBudgets(page, "interns");
      await expectReset(page, "lifetime", "Never resets");
      await expectReset(page, "monthly", `Resets ${monthly}`);
      await expectReset(page, "weekly", `Resets ${weekly}`);
      await expectReset(page, "daily", `Resets ${daily}`);
    });
  }
});

/** Returns how many times the list of keys was read, counted by its first page. */
async function keyReads(sandbox: Sandbox): Promise<number> {
  const reads = await sandbox.requests("GET");
  return reads.filter((it) => it.path === "/api/v1/keys" && it.query.includes("offset=0")).length;
}

const asOf = (page: Page) => page.getByText(/^Spend as of /);

test("at midnight UTC the texts update and the spend is read again, once", async ({ page, sandbox }) => {
  await page.clock.install({ time: new Date("2026-11-22T23:59:30Z") });
  await openBudgets(page, "production");
  await expect(asOf(page)).toContainText("Spend as of 2026-11-22 23:59:");
  await expectReset(page, "weekly", "Resets in 1 min (Nov 23, 2026, 00:00 UTC)");
  await typeLimits(page, { monthly: "41000" });
  expect(await keyReads(sandbox)).toBe(1);

  await page.clock.fastForward("00:45");
  await expect(asOf(page)).toContainText("Spend as of 2026-11-23 00:00:");
  await expectReset(page, "weekly", "Resets in 7 days (Nov 30, 2026, 00:00 UTC)");
  await expectReset(page, "daily", "Resets in 1 day (Nov 24, 2026, 00:00 UTC)");
  expect(await keyReads(sandbox)).toBe(2);
  await expect(limitField(page, "monthly")).toHaveValue("41000");

  await page.clock.runFor("05:00");
  await expectReset(page, "daily", "Resets in 23 h 55 min (Nov 24, 2026, 00:00 UTC)");
  expect(await keyReads(sandbox)).toBe(2);
  // The person is active all day, otherwise the idle limit would sign them out.
  for (let minutes = 0; minutes < 24 * 60; minutes += 20) {
    await page.clock.fastForward("20:00");
    await page.keyboard.press("Shift");
  }
  await expect(asOf(page)).toContainText("Spend as of 2026-11-24 00:");
  expect(await keyReads(sandbox)).toBe(3);
});

test("C5: at midnight UTC the completed day is added to the chart with its spend, once", async ({ page }) => {
  // The API at the page's time. It returns completed days only.
  let completed = "2026-11-21";
  let reads = 0;
  const rows = [
    { date: "2026-11-21", model: "a", usage: 3 },
    { date: "2026-11-22", model: "a", usage: 4.25 },
  ];
  await page.route(/\/api\/v1\/activity\?/, async (route) => {
    reads += 1;
    await route.fulfill({ json: { data: rows.filter((row) => row.date <= completed) } });
  });
  await page.clock.install({ time: new Date("2026-11-22T23:59:30Z") });
  await openBudgets(page, "production");
  await page.getByText("Show as a table").click();
  const days = page.getByRole("table", { name: "Spend by day" });
  await expectRowVisible(days, { Day: "Nov 21", Spend: "$3.00" });
  await expectNoRow(days, { Day: "Nov 22" });
  expect(reads).toBe(1);

  completed = "2026-11-22";
  await page.clock.fastForward("00:45");
  await expectRowVisible(days, { Day: "Nov 22", Spend: "$4.25" });
  // The heading, 30 completed days, and today.
  await expect(days.getByRole("row")).toHaveCount(32);
  await page.clock.runFor("05:00");
  expect(reads).toBe(2);
});

test("C5: if the days cannot be read at midnight, no day without spend is added", async ({ page, expectedFailures }) => {
  expectedFailures.allow(500, /\/activity\?/, "GET");
  let answer: { status: number; json: unknown } = {
    status: 200,
    json: { data: [{ date: "2026-11-21", model: "a", usage: 3 }] },
  };
  await page.route(/\/api\/v1\/activity\?/, (route) => route.fulfill(answer));
  await page.clock.install({ time: new Date("2026-11-22T23:59:30Z") });
  await openBudgets(page, "production");
  await page.getByText("Show as a table").click();
  const days = page.getByRole("table", { name: "Spend by day" });
  await expectRowVisible(days, { Day: "Nov 21", Spend: "$3.00" });
  answer = { status: 500, json: { error: { code: 500, message: "It broke" } } };
  await page.clock.fastForward("00:45");
  await expect(page.getByText("This may be out of date")).toBeVisible();
  await expectRowVisible(days, { Day: "Nov 21", Spend: "$3.00" });
  await expectNoRow(days, { Day: "Nov 22" });
});

test("at midnight UTC the spend of all workspaces is read again, once", async ({ page, sandbox }) => {
  await page.clock.install({ time: new Date("2026-11-22T23:59:30Z") });
  await openOverview(page);
  const before = await keyReads(sandbox);
  expect(before).toBeGreaterThan(1);
  await page.clock.fastForward("00:45");
  await expect.poll(() => keyReads(sandbox)).toBe(2 * before);
  await waitUntilLoaded(page);
  await page.clock.runFor("01:00");
  expect(await keyReads(sandbox)).toBe(2 * before);
});

test("if the spend cannot be read at midnight, an error is shown and the last values stay", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(500, /\/keys\?/, "GET");
  expectedFailures.allow(500, /\/analytics\/query$/, "POST");
  await page.clock.install({ time: new Date("2026-11-22T23:59:30Z") });
  await openBudgets(page, "production");
  await expect(asOf(page)).toContainText("Spend as of 2026-11-22 23:59:");
  await sandbox.fault({ method: "GET", path: "/keys\\?", answer: { kind: "status", status: 500 } });
  await sandbox.fault({ method: "POST", path: "/analytics/query$", answer: { kind: "status", status: 500 } });
  await page.clock.fastForward("00:45");
  const alert = page.getByRole("alert").filter({ hasText: "Couldn’t load the spend" });
  await expect(alert).toContainText("The last known spend is shown.");
  await expect(asOf(page)).toContainText("Spend as of 2026-11-22 23:59:");
  expect(await keyReads(sandbox)).toBe(2);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toHaveCount(0);
  await expect(asOf(page)).toContainText("Spend as of 2026-11-23 00:00:");
});
