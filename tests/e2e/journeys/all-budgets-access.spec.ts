/** Accessibility of the page of all budgets and its panel: axe checks and keyboard use. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, takeShots, test } from "../fixtures.ts";
import {
  changeByPercentage,
  expectFinished,
  openOverview,
  openPanel,
  panel,
  select,
  setLimit,
  setPanelLimit,
  startJob,
  table,
} from "../support/overview.ts";

test.use({ organization: { auth: "proxy" } });

async function checkScreen(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await takeShots(page, name);
}

test("the table with a selection, and without rows", async ({ page, sandbox }) => {
  await setLimit(sandbox, "hackathon", "lifetime", 0.01);
  await openOverview(page);
  await checkScreen(page, "all-budgets");
  await select(page, "Interns", "Production");
  await checkScreen(page, "all-budgets-selected");
  await page.getByRole("searchbox", { name: "Search workspaces" }).fill("zeppelin");
  await expect(page.getByText("No matching workspaces")).toBeVisible();
  await checkScreen(page, "all-budgets-nothing");
});

test("the panel: one ladder with a conflict, a percentage, and the outcomes", async ({ page, sandbox, expectedFailures }) => {
  const { id } = await sandbox.workspace("interns");
  expectedFailures.allow(403, new RegExp(`/workspaces/${id}/budgets/`), "PUT");
  await sandbox.fault({ method: "PUT", path: `/workspaces/${id}/budgets/`, answer: { kind: "status", status: 403 } });
  await openOverview(page);
  await select(page, "Interns", "Production", "Mobile Apps");
  await openPanel(page);
  await changeByPercentage(page, "Decrease", "50");
  await checkScreen(page, "change-share");
  await panel(page).getByRole("radio", { name: "Set the same limits" }).check();
  await setPanelLimit(page, "Weekly", "50,000");
  await expect(panel(page).getByText("1 skipped (conflict)", { exact: false })).toBeVisible();
  await checkScreen(page, "change-ladder");
  await startJob(page, 2);
  await expectFinished(page, "1 changed · 1 failed");
  await checkScreen(page, "change-outcome");
});

test("selecting, changing and closing work by keyboard alone", async ({ page, sandbox }) => {
  await openOverview(page, "/budgets?sort=name");
  await table(page).getByRole("checkbox", { name: "Select Interns" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await expect(table(page).getByRole("link", { name: "Interns" })).toBeFocused();
  const button = page.getByRole("button", { name: "Change budgets…" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(panel(page)).toBeVisible();
  await panel(page).getByRole("radio", { name: "Set the same limits" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(panel(page).getByRole("radio", { name: "Increase" })).toBeChecked();
  await page.keyboard.press("ArrowLeft");
  await setPanelLimit(page, "Monthly", "5");
  await panel(page).getByRole("button", { name: "Change 1 workspace", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expectFinished(page, "1 changed");
  expect(await sandbox.limits("interns")).toEqual({ monthly: "5" });
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(button).toBeFocused();
});
