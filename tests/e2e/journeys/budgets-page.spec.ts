/** How the budgets of a workspace are laid out: three figures, the spend of the month as a line, and the limits. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, limitButton, limitField, limitGroup, openBudgets, takeShots, test, typeLimits } from "../fixtures.ts";
import { skipAtStartOfMonth } from "../support/budgets.ts";

test.use({ organization: { auth: "proxy" } });

const figure = (page: Page, label: string) => page.locator(".figures__item").filter({ has: page.getByText(label, { exact: true }) });
const picture = (page: Page) => page.getByRole("img", { name: / total, at most .* per day\. The monthly limit is / });
const slider = (page: Page) => page.getByRole("slider", { name: "Day" });

test("three figures say what is spent, where it leads, and how long the month goes on", async ({ page }) => {
  skipAtStartOfMonth();
  await openBudgets(page, "production");
  await expect(figure(page, "Spent this month")).toContainText(/^Spent this month\$[\d,]+(\.\d\d)?of \$42,000, <?\d+%$/);
  await expect(figure(page, "Time left")).toContainText(/Resets [A-Z][a-z]{2} 1, \d{4}, 00:00 UTC$/);
  // The forecast follows the limit while it is typed.
  await typeLimits(page, { monthly: "0.01" });
  await expect(figure(page, "Spent this month")).toContainText("of $0.01, ");
  await expect(figure(page, "Forecast")).toContainText("Limit reached");
  await typeLimits(page, { monthly: null });
  await expect(figure(page, "Spent this month")).toContainText("No monthly limit");
});

test("the spend of the month is a line that each day can be read from", async ({ page }) => {
  skipAtStartOfMonth();
  await openBudgets(page, "production");
  await expect(picture(page)).toBeVisible();
  await expect(page.locator(".curve__ticks span")).toHaveCount(3);
  await slider(page).focus();
  const now = /^[A-Z][a-z]{2} \d{1,2}: <?\$[\d,.]+ so far, \$[\d,.]+ this month$/;
  await expect(slider(page)).toHaveAttribute("aria-valuetext", now);
  await page.keyboard.press("Home");
  await expect(slider(page)).toHaveAttribute("aria-valuetext", /^[A-Z][a-z]{2} 1: /);
  await page.locator(".curve__hit").last().hover();
  await expect(slider(page)).toHaveAttribute("aria-valuetext", now);
  // Enter at the chart saves nothing.
  await typeLimits(page, { daily: "2000" });
  await slider(page).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 unsaved change: daily $2,000.00")).toBeVisible();
  await page.getByRole("radio", { name: "30 days", exact: true }).check();
  await expect(page.getByRole("img", { name: /the daily limit of \$2,000\.00\.$/ })).toBeVisible();
  await page.getByRole("radio", { name: "Month", exact: true }).check();
  await expect(picture(page)).toBeVisible();
});

test("a limit that is not set takes one line, and how spend is counted is told on request", async ({ page }) => {
  await openBudgets(page, "interns");
  const height = (interval: "monthly" | "weekly") => limitGroup(page, interval).evaluate((row) => row.getBoundingClientRect().height);
  await expect(limitGroup(page, "weekly")).toContainText("spent");
  expect(await height("weekly")).toBeLessThanOrEqual(46);
  const counted = page.getByText(/^Spend as of /);
  await expect(counted).toBeHidden();
  await page.getByText("How spend is counted").click();
  await expect(counted).toBeVisible();
  await limitButton(page, "weekly", "Add").click();
  await expect(limitField(page, "weekly")).toBeFocused();
  await limitButton(page, "weekly", "Remove").click();
  await expect(limitButton(page, "weekly", "Add")).toBeFocused();
});

test("the chart is beside the limits, and below them in a narrow window", async ({ page }) => {
  await openBudgets(page, "production");
  await expect(picture(page)).toBeVisible();
  const box = async (name: string) => (await page.getByRole("region", { name, exact: true }).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  for (const width of [1440, 320]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(async () => (await box("Limits")).y < (await box("Spend")).y).toBe(width === 320);
    const [limits, spend] = [await box("Limits"), await box("Spend")];
    if (width === 1440) {
      expect(spend.x + spend.width).toBeLessThan(limits.x);
      expect(spend.width).toBeGreaterThan(1.6 * limits.width);
    }
    await expectAccessible(page);
    await takeShots(page, `budgets-${width}`);
  }
});
