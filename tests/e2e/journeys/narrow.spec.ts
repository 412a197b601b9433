/** Lists on a phone: little above the first card, cards of few lines, and everything still within reach. */
import type { Page } from "@playwright/test";
import { expect, open, test } from "../fixtures.ts";

test.use({ viewport: { width: 320, height: 640 }, organization: { auth: "proxy" } });

const cards = (page: Page) => page.locator("tbody tr[data-row]");

/** Returns the box of the first card. */
async function firstCard(page: Page): Promise<{ y: number; height: number }> {
  await expect(cards(page).first()).toBeVisible();
  const box = await cards(page).first().boundingBox();
  if (!box) throw new Error("The first card has no box.");
  return box;
}

test("budgets begin near the top, with a meter for the most used limit of each workspace", async ({ page }) => {
  await open(page, "/budgets", "Budgets");
  const research = cards(page).filter({ hasText: "Research" });
  const { y, height } = await firstCard(page);
  expect(y).toBeLessThanOrEqual(330);
  expect(height).toBeLessThanOrEqual(120);
  await expect(research.locator(".is-worst .use__bar")).toBeVisible();
  // It has two limits. Which of them is the most used depends on the day of the month; the other one is on the workspace's own page.
  await expect(research.getByText(/^\$(15|400),000/)).toHaveCount(2);
  await expect(research.getByText(/^\$(15|400),000/).filter({ visible: true })).toHaveCount(1);
});

test("the home page has cards of two lines with the spend of the month", async ({ page }) => {
  await open(page, "/", "Workspaces");
  const research = cards(page).filter({ hasText: "Research" });
  await expect(research.locator(".use__bar")).toBeVisible();
  expect((await firstCard(page)).height).toBeLessThanOrEqual(72);
});

test("filters and columns that do not fit are reached by keyboard, without scrolling the page", async ({ page }) => {
  await open(page, "/budgets", "Budgets");
  await expect(cards(page).first()).toBeVisible();
  await page.getByRole("radio", { name: "All", exact: true }).focus();
  await page.keyboard.press("ArrowLeft");
  const last = page.getByRole("radio", { name: "No budget" });
  await expect(last).toBeChecked();
  await expect(page.getByText("No budget", { exact: true }).first()).toBeInViewport({ ratio: 0.9 });
  const daily = page.getByRole("button", { name: "Daily", exact: true });
  await daily.focus();
  await expect(daily).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: "Daily" })).toHaveAttribute("aria-sort", "descending");
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test("actions without a visible text keep their names", async ({ page }) => {
  await open(page, "/budgets", "Budgets");
  const refresh = page.getByRole("button", { name: "Refresh", exact: true });
  await expect(refresh).toBeVisible();
  const box = await refresh.boundingBox();
  expect(box?.width).toBeLessThanOrEqual(48);
  expect(box?.height).toBeGreaterThanOrEqual(36);
});
