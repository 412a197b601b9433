/** Two administrators edit the budgets of one workspace. No change may be lost unseen. */
import type { Page } from "@playwright/test";
import {
  byokSwitch,
  expect,
  expectLimitProblem,
  expectNothingUnsaved,
  expectRowVisible,
  expectSaved,
  expectShownLimits,
  limitButton,
  limitField,
  openBudgets,
  saveBudgets,
  saveButton,
  savePreview,
  test,
  typeLimits,
} from "../fixtures.ts";
import type { Limits, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const before: Limits = { lifetime: "1500000", monthly: "42000", weekly: "12000", daily: "2500.50" };

const dialog = (page: Page) => page.getByRole("dialog", { name: "Someone else changed these budgets" });
const choice = (page: Page, name: string) => dialog(page).getByRole("button", { name, exact: true });
const banner = (page: Page) => page.getByRole("status").filter({ hasText: "Someone else changed these budgets" });

/** Sets or removes limits as another administrator. */
async function setAsOtherAdmin(sandbox: Sandbox, limits: Limits): Promise<void> {
  for (const [interval, limit] of Object.entries(limits)) {
    const path = `/workspaces/production/budgets/${interval}`;
    if (limit === null) await sandbox.call("DELETE", path);
    else await sandbox.call("PUT", path, { limit_usd: Number(limit) });
  }
}

/** Expects that the dialog shows exactly these changes. */
async function expectConflictRows(page: Page, rows: [field: string, loaded: string, now: string, mine: string][]) {
  await expect(dialog(page)).toBeVisible();
  const table = dialog(page).getByRole("table");
  await expect(table.getByRole("row")).toHaveCount(rows.length + 1);
  for (const [Field, loaded, now, mine] of rows) {
    await expectRowVisible(table, { Field, "When you opened it": loaded, Now: now, Yours: mine });
  }
}

/** Raises the weekly limit while another administrator changes the weekly and the monthly limit. Saves nothing. */
async function createConflict(page: Page, sandbox: Sandbox): Promise<void> {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  await setAsOtherAdmin(sandbox, { weekly: "11000", monthly: "41000" });
  await saveButton(page).click();
  await expectConflictRows(page, [
    ["Monthly", "$42,000.00", "$41,000.00", "not edited"],
    ["Weekly", "$12,000.00", "$11,000.00", "$13,000.00"],
  ]);
  await expect(dialog(page)).toContainText("Nothing was sent.");
  expect(await sandbox.budgetWrites()).toEqual([]);
}

test.describe("a change before Save is shown before anything is sent", () => {
  test("your changes can be saved, and the other administrator's other limits stay", async ({ page, sandbox }) => {
    await createConflict(page, sandbox);
    await choice(page, "Save my changes").click();
    const saved = { ...before, monthly: "41000", weekly: "13000" };
    await expect.poll(() => sandbox.limits("production")).toEqual(saved);
    await expect(dialog(page)).toHaveCount(0);
    expect(await sandbox.budgetWrites()).toEqual(["PUT weekly 13000"]);
    await expectShownLimits(page, saved);
  });

  test("your changes can be reviewed in the form, on top of the new limits", async ({ page, sandbox }) => {
    await createConflict(page, sandbox);
    await choice(page, "Keep editing").click();
    await expect(dialog(page)).toHaveCount(0);
    await expect(limitField(page, "monthly")).toHaveValue("41,000.00");
    await expect(limitField(page, "weekly")).toHaveValue("13000");
    await expect(savePreview(page)).toHaveText("1 unsaved change: weekly $13,000.00");
    await expect(banner(page)).toHaveCount(0);
    expect(await sandbox.budgetWrites()).toEqual([]);
    await saveBudgets(page);
    await expectSaved(page, sandbox, "production", { ...before, monthly: "41000", weekly: "13000" });
  });

  test("your changes can be discarded", async ({ page, sandbox }) => {
    await createConflict(page, sandbox);
    await choice(page, "Discard my changes").click();
    await expect(dialog(page)).toHaveCount(0);
    await expectSaved(page, sandbox, "production", { ...before, monthly: "41000", weekly: "11000" });
    await expectNothingUnsaved(page);
    await expect(banner(page)).toHaveCount(0);
    expect(await sandbox.budgetWrites()).toEqual([]);
  });

  test("Escape keeps the conflict open: the page shows it, and Save asks again", async ({ page, sandbox }) => {
    await createConflict(page, sandbox);
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toHaveCount(0);
    await expect(limitField(page, "weekly")).toHaveValue("13000");
    await expect(limitField(page, "monthly")).toHaveValue("42,000.00");
    await expect(banner(page)).toBeVisible();
    await saveButton(page).click();
    await expect(dialog(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await banner(page).getByRole("button", { name: "Compare" }).click();
    await choice(page, "Save my changes").click();
    await expect.poll(() => sandbox.limits("production")).toEqual({ ...before, monthly: "41000", weekly: "13000" });
  });

  test("a second change while the dialog is open is shown too", async ({ page, sandbox }) => {
    await createConflict(page, sandbox);
    await setAsOtherAdmin(sandbox, { weekly: "11500" });
    await choice(page, "Save my changes").click();
    await expectConflictRows(page, [["Weekly", "$11,000.00", "$11,500.00", "$13,000.00"]]);
    expect(await sandbox.budgetWrites()).toEqual([]);
  });
});

test("if both changes violate the order of limits, nothing is sent and both fields are marked", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  await setAsOtherAdmin(sandbox, { monthly: "12500" });
  await saveButton(page).click();
  // Neither lost a change, but together they are not valid.
  await expectConflictRows(page, [
    ["Monthly", "$42,000.00", "$12,500.00", "not edited"],
    ["Weekly", "$12,000.00", "not changed", "$13,000.00"],
  ]);
  await choice(page, "Save my changes").click();
  await expect(dialog(page)).toHaveCount(0);
  const rule = "The monthly limit ($12,500.00) must be above the weekly limit ($13,000.00)";
  await expectLimitProblem(page, "monthly", "Must be above the weekly limit ($13,000.00)");
  await expectLimitProblem(page, "weekly", "Must be below the monthly limit ($12,500.00)");
  await expect(saveButton(page)).toHaveAccessibleDescription(rule);
  expect(await sandbox.budgetWrites()).toEqual([]);
  await page.getByRole("button", { name: "Set weekly to $12,499.99" }).click();
  await saveBudgets(page);
  await expectSaved(page, sandbox, "production", { ...before, monthly: "12500", weekly: "12499.99" });
});

test("a limit that was removed is added again only if you keep your change", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  await setAsOtherAdmin(sandbox, { weekly: null, daily: null });
  await saveButton(page).click();
  await expectConflictRows(page, [
    ["Weekly", "$12,000.00", "no limit", "$13,000.00"],
    ["Daily", "$2,500.50", "no limit", "not edited"],
  ]);
  await choice(page, "Keep editing").click();
  await expect(limitButton(page, "daily", "Add")).toBeVisible();
  await expect(savePreview(page)).toHaveText("1 unsaved change: weekly $13,000.00");
  await saveBudgets(page);
  await expectSaved(page, sandbox, "production", { lifetime: "1500000", monthly: "42000", weekly: "13000" });
});

test("a change of the BYOK switch by someone else is kept, and no question is asked", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  const body = { limit_usd: 2500.5, include_byok_in_budgets: false };
  await sandbox.call("PUT", "/workspaces/production/budgets/daily", body);
  await saveBudgets(page);
  expect(await sandbox.budgetWrites()).toEqual(["PUT weekly 13000"]);
  await expect(byokSwitch(page)).not.toBeChecked();
  await expect(dialog(page)).toHaveCount(0);
  expect(await sandbox.workspace("production")).toMatchObject({ include_byok_in_budgets: false });
});

/** Saves the first step, and changes the monthly limit as another administrator before the second. */
async function createConflictAfterStepOne(page: Page, sandbox: Sandbox): Promise<void> {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000", daily: "2400", lifetime: "1400000" });
  const path = "/budgets/weekly$";
  await sandbox.fault({ method: "PUT", path, when: "after", delay_ms: 1_500, answer: { kind: "pass" } });
  await saveButton(page).click();
  await expect.poll(async () => (await sandbox.limits("production")).weekly).toBe("13000");
  await setAsOtherAdmin(sandbox, { monthly: "41000", daily: "2300" });
  await expectConflictRows(page, [
    ["Lifetime", "$1,500,000.00", "not changed", "$1,400,000.00"],
    ["Monthly", "$42,000.00", "$41,000.00", "not edited"],
    ["Daily", "$2,500.50", "$2,300.00", "$2,400.00"],
  ]);
  expect(await sandbox.budgetWrites()).toEqual(["PUT weekly 13000"]);
}

test.describe("a change between two steps stops the save", () => {
  const theirs = { ...before, weekly: "13000", monthly: "41000", daily: "2300" };

  test("the saved steps are shown", async ({ page, sandbox }) => {
    await createConflictAfterStepOne(page, sandbox);
    await expect(dialog(page)).toContainText(
      "We saved this before we noticed: weekly $12,000.00 → $13,000.00. The rest was not sent.",
    );
    expect(await sandbox.limits("production")).toEqual(theirs);
  });

  test("the rest can be saved", async ({ page, sandbox }) => {
    await createConflictAfterStepOne(page, sandbox);
    await sandbox.clearLog();
    await choice(page, "Save my changes").click();
    const merged = { ...theirs, daily: "2400", lifetime: "1400000" };
    await expect.poll(() => sandbox.limits("production")).toEqual(merged);
    expect(await sandbox.budgetWrites()).toEqual(["PUT daily 2400", "PUT lifetime 1400000"]);
    await expectShownLimits(page, merged);
  });

  test("the rest can be discarded, and the saved steps stay", async ({ page, sandbox }) => {
    await createConflictAfterStepOne(page, sandbox);
    await choice(page, "Discard my changes").click();
    await expectSaved(page, sandbox, "production", theirs);
    await expectNothingUnsaved(page);
  });

  test("Escape keeps the rest in the form, and Save asks again", async ({ page, sandbox }) => {
    await createConflictAfterStepOne(page, sandbox);
    await page.keyboard.press("Escape");
    await expect(banner(page)).toBeVisible();
    await expect(limitField(page, "daily")).toHaveValue("2400");
    await expect(limitField(page, "lifetime")).toHaveValue("1400000");
    await expect(limitField(page, "weekly")).toHaveValue("13000");
    await saveButton(page).click();
    await expect(dialog(page)).toContainText("Nothing was sent.");
    expect(await sandbox.limits("production")).toEqual(theirs);
  });
});

test("a change between two steps of other limits stops nothing, and stays", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000", daily: "2400" });
  const path = "/budgets/weekly$";
  await sandbox.fault({ method: "PUT", path, when: "after", delay_ms: 1_000, answer: { kind: "pass" } });
  await saveButton(page).click();
  await expect.poll(async () => (await sandbox.limits("production")).weekly).toBe("13000");
  await setAsOtherAdmin(sandbox, { monthly: "41000" });
  await expect.poll(() => sandbox.budgetWrites()).toEqual(["PUT weekly 13000", "PUT daily 2400"]);
  await expectShownLimits(page, { ...before, weekly: "13000", monthly: "41000", daily: "2400" });
  await expect(dialog(page)).toHaveCount(0);
});

test("a change right after the last step is shown, and Undo leaves it", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  const path = "/budgets/weekly$";
  await sandbox.fault({ method: "PUT", path, when: "after", delay_ms: 1_000, answer: { kind: "pass" } });
  await saveButton(page).click();
  await expect.poll(async () => (await sandbox.limits("production")).weekly).toBe("13000");
  await setAsOtherAdmin(sandbox, { monthly: "41000" });
  await expectShownLimits(page, { ...before, weekly: "13000", monthly: "41000" });
  await page.getByRole("button", { name: "Undo" }).click();
  // Undo enters the former amount as the field shows it.
  await expect.poll(() => sandbox.limits("production")).toEqual({ ...before, monthly: "41000", weekly: "12000.00" });
});

test("Undo keeps what someone else changed after the save", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  await saveBudgets(page);
  await setAsOtherAdmin(sandbox, { monthly: "41000" });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => sandbox.limits("production")).toEqual({ ...before, monthly: "41000", weekly: "12000.00" });
  await expect(dialog(page)).toHaveCount(0);
});

test("Undo asks first if someone else changed the same limit after the save", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  await saveBudgets(page);
  await setAsOtherAdmin(sandbox, { weekly: "14000" });
  await sandbox.clearLog();
  await page.getByRole("button", { name: "Undo" }).click();
  await expectConflictRows(page, [["Weekly", "$13,000.00", "$14,000.00", "$12,000.00"]]);
  expect(await sandbox.budgetWrites()).toEqual([]);
});

test("Undo asks first also if the page has read the change before", async ({ page, sandbox }) => {
  // The page reads the budgets right after the last step, and once more when the save has ended. The second read is late.
  let reads: number | undefined;
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/budgets(\/\w+)?$/, async (route) => {
    const isRead = route.request().method() === "GET";
    if (!isRead) reads = 0;
    if (isRead && reads !== undefined && (reads += 1) > 1) await held;
    await route.continue();
  });
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  await saveBudgets(page);
  await setAsOtherAdmin(sandbox, { weekly: "14000" });
  release();
  await expect(limitField(page, "weekly")).toHaveValue("14,000.00");
  await sandbox.clearLog();
  await page.getByRole("button", { name: "Undo" }).click();
  await expectConflictRows(page, [["Weekly", "$13,000.00", "$14,000.00", "$12,000.00"]]);
  expect(await sandbox.budgetWrites()).toEqual([]);
});

test("two tabs that change different limits keep both changes, and no question is asked", async ({ page, sandbox, context }) => {
  const other = await context.newPage();
  await openBudgets(page, "production");
  await openBudgets(other, "production");
  await typeLimits(page, { monthly: "41000" });
  await typeLimits(other, { daily: "2000", lifetime: null });
  await saveBudgets(other);
  await saveBudgets(page);
  await expect(dialog(page)).toHaveCount(0);
  expect(await sandbox.limits("production")).toEqual({ monthly: "41000", weekly: "12000", daily: "2000" });
});
