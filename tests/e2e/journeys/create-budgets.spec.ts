/** Budgets that are set while creating a workspace. */
import type { Page } from "@playwright/test";
import { expect, expectNotice, field, heading, notices, open, test } from "../fixtures.ts";
import { byokSwitch, limitField, limitGroup, saveBudgets, typeLimits } from "../support/budgets.ts";

test.use({ organization: { auth: "proxy" } });

const submit = (page: Page) => page.getByRole("button", { name: "Create workspace" });

test.beforeEach(async ({ page }) => open(page, "/create-workspace", "Create workspace"));

test("limits are saved right after the workspace, with the exact digits", async ({ page, sandbox }) => {
  await field(page, "Name").fill("Night Shift");
  await typeLimits(page, { monthly: "1,000.10", weekly: "500", daily: "$99.9990" });
  await byokSwitch(page).check();
  await submit(page).click();
  await expect(heading(page, "Night Shift")).toBeVisible();
  await expectNotice(page, "Success: “Night Shift” was created");
  expect(await sandbox.limits("night-shift")).toEqual({ monthly: "1000.10", weekly: "500", daily: "99.9990" });
  expect(await sandbox.workspace("night-shift")).toMatchObject({ include_byok_in_budgets: true });
});

test("a workspace without limits sends no budgets", async ({ page, sandbox }) => {
  await field(page, "Name").fill("Night Shift");
  await submit(page).click();
  await expect(heading(page, "Night Shift")).toBeVisible();
  expect(await sandbox.requests("PUT")).toEqual([]);
});

test("limits out of order prevent the creation", async ({ page, sandbox }) => {
  await field(page, "Name").fill("Night Shift");
  await typeLimits(page, { lifetime: "10", daily: "10.00" });
  await expect(limitField(page, "lifetime")).toHaveAttribute("aria-invalid", "true");
  await expect(limitField(page, "daily")).toHaveAttribute("aria-invalid", "true");
  await submit(page).click();
  await expect(limitField(page, "lifetime")).toBeFocused();
  await limitGroup(page, "daily").getByRole("button", { name: "Set daily to $9.99" }).click();
  expect(await sandbox.requests("POST")).toEqual([]);
  await submit(page).click();
  await expect(heading(page, "Night Shift")).toBeVisible();
  expect(await sandbox.limits("night-shift")).toEqual({ lifetime: "10", daily: "9.99" });
});

test("if a limit is refused, the workspace stays and its budgets remain unsaved", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(403, /\/budgets\/weekly$/, "PUT");
  const answer = { kind: "status", status: 403, message: "Not today" } as const;
  await sandbox.fault({ method: "PUT", path: "/budgets/weekly", answer });
  await field(page, "Name").fill("Night Shift");
  await typeLimits(page, { monthly: "1000", weekly: "500", daily: "50" });
  await submit(page).click();
  await expect(page).toHaveURL(/\/workspaces\/night-shift\/budgets$/);
  const message = "Not today. 1 of 3 limits were saved. Save the rest below.";
  await expect(notices(page).getByText(message)).toBeVisible();
  expect(await sandbox.limits("night-shift")).toEqual({ monthly: "1000" });
  await expect(limitField(page, "weekly")).toHaveValue("500");
  await expect(page.getByText("2 unsaved changes: weekly $500.00, daily $50.00")).toBeVisible();
  await saveBudgets(page);
  expect(await sandbox.limits("night-shift")).toEqual({ monthly: "1000", weekly: "500", daily: "50" });
});

test("a lost response is not reported as a failure", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow("network", /\/budgets\/monthly$/, "PUT");
  await sandbox.fault({ method: "PUT", path: "/budgets/monthly", when: "after", answer: { kind: "close" } });
  await field(page, "Name").fill("Night Shift");
  await typeLimits(page, { monthly: "1000", daily: "50" });
  await submit(page).click();
  await expectNotice(page, "Success: “Night Shift” was created");
  expect(await sandbox.limits("night-shift")).toEqual({ monthly: "1000", daily: "50" });
});

test("limits are part of the draft that a reload restores", async ({ page }) => {
  await field(page, "Name").fill("Night Shift");
  await typeLimits(page, { monthly: "1e3" });
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByText("We restored your unsaved changes")).toBeVisible();
  await expect(limitField(page, "monthly")).toHaveValue("1e3");
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(limitField(page, "monthly")).toHaveCount(0);
});
