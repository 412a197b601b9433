/** Typing limits: immediate errors, suggested amounts, and exact digits. */
import type { Page } from "@playwright/test";
import {
  byokSwitch,
  expect,
  expectLimitProblem,
  expectNothingUnsaved,
  expectSaved,
  limitField,
  limitGroup,
  openBudgets,
  saveBudgets,
  saveButton,
  savePreview,
  setLimit,
  test,
  typeLimits,
} from "../fixtures.ts";
import type { Interval, Limits } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

interface Conflict {
  broad: [Interval, string];
  narrow: [Interval, string];
}

/** Expects that exactly these limits are marked, that each names the other, and that Save names both. */
async function expectConflict(page: Page, { broad, narrow }: Conflict): Promise<void> {
  const [broadField, narrowField] = [limitField(page, broad[0]), limitField(page, narrow[0])];
  for (const field of [broadField, narrowField]) await expect(field).toHaveAttribute("aria-invalid", "true");
  await expectLimitProblem(page, broad[0], `Must be above the ${narrow[0]} limit (${narrow[1]})`);
  await expectLimitProblem(page, narrow[0], `Must be below the ${broad[0]} limit (${broad[1]})`);
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(2);
  await expect(saveButton(page)).toHaveAttribute("aria-disabled", "true");
  const rule = `The ${broad[0]} limit (${broad[1]}) must be above the ${narrow[0]} limit (${narrow[1]})`;
  await expect(saveButton(page)).toHaveAccessibleDescription(rule);
}

async function expectNoConflict(page: Page): Promise<void> {
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
  await expect(saveButton(page)).not.toHaveAttribute("aria-disabled");
}

test.describe("a conflict is shown at both limits while typing", () => {
  const conflicts: Record<string, Conflict & { typed: Limits }> = {
    "with the next broader limit": {
      typed: { weekly: "42000.01" },
      broad: ["monthly", "$42,000.00"],
      narrow: ["weekly", "$42,000.01"],
    },
    "between two equal limits": {
      typed: { daily: "12000.00" },
      broad: ["weekly", "$12,000.00"],
      narrow: ["daily", "$12,000.00"],
    },
    "across one limit that is off": {
      typed: { weekly: null, daily: "43000" },
      broad: ["monthly", "$42,000.00"],
      narrow: ["daily", "$43,000.00"],
    },
    "across two limits that are off": {
      typed: { lifetime: "2000", monthly: null, weekly: null },
      broad: ["lifetime", "$2,000.00"],
      narrow: ["daily", "$2,500.50"],
    },
  };
  for (const [name, { typed, ...conflict }] of Object.entries(conflicts)) {
    test(name, async ({ page, sandbox }) => {
      await openBudgets(page, "production");
      await typeLimits(page, typed);
      await expectConflict(page, conflict);
      await expect(savePreview(page)).toHaveCount(0);
      await page.keyboard.press("Enter");
      expect(await sandbox.budgetWrites()).toEqual([]);
    });
  }

  test("with several conflicts, each limit names the nearest one", async ({ page }) => {
    await openBudgets(page, "production");
    await typeLimits(page, { lifetime: "2000" });
    // A single amount resolves all of them.
    await expect(page.getByRole("button", { name: /^Adjust / })).toHaveCount(0);
    await expectLimitProblem(page, "lifetime", "Must be above the monthly limit ($42,000.00)");
    await expectLimitProblem(page, "daily", "Must be below the lifetime limit ($2,000.00)");
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(4);
  });
});

test.describe("the nearest valid amount can be applied with one press", () => {
  for (const [at, amount, goal] of [
    ["weekly", "$41,999.99", { weekly: "41999.99" }],
    ["monthly", "$50,000.01", { monthly: "50000.01", weekly: "50000" }],
  ] as const) {
    test(`at the ${at} limit`, async ({ page, sandbox }) => {
      await openBudgets(page, "production");
      await typeLimits(page, { weekly: "50000" });
      const suggestion = limitGroup(page, at).getByRole("button", { name: `Set ${at} to ${amount}` });
      await suggestion.focus();
      await page.keyboard.press("Enter");
      await expectNoConflict(page);
      await expect(suggestion).toHaveCount(0);
      await expect(limitField(page, at)).toBeFocused();
      await saveBudgets(page);
      const before = { lifetime: "1500000", monthly: "42000", weekly: "12000", daily: "2500.50" };
      await expectSaved(page, sandbox, "production", { ...before, ...goal });
    });
  }

  test("if no single amount is valid, all other limits can be adjusted", async ({ page, sandbox }) => {
    await openBudgets(page, "interns");
    await typeLimits(page, { lifetime: "100", monthly: "500", weekly: "600", daily: "1" });
    await expect(page.getByRole("button", { name: /^Adjust the other limits to fit daily/ })).toBeVisible();
    await limitField(page, "weekly").fill("700");
    await page.getByRole("button", { name: "Adjust the other limits to fit weekly $700.00" }).click();
    await expectNoConflict(page);
    await expect(limitField(page, "weekly")).toHaveValue("700");
    await expect(limitField(page, "monthly")).toHaveValue("700.01");
    await saveBudgets(page);
    const saved = { lifetime: "700.02", monthly: "700.01", weekly: "700", daily: "1.00" };
    expect(await sandbox.limits("interns")).toEqual(saved);
  });
});

test("an amount can be pasted in another format", async ({ page, sandbox }) => {
  test.slow();
  await openBudgets(page, "interns");
  await setLimit(page, "monthly", true);
  // No amount is the one before it, which would be no change.
  for (const [pasted, words, digits] of [
    ["$1,234.56", "$1,234.56", "1234.56"],
    ["1,000,000", "$1,000,000.00", "1000000"],
    [" 250 ", "$250.00", "250"],
    ["$ 7", "$7.00", "7"],
    [".5", "$0.50", "0.5"],
    ["1e3", "$1,000.00", "1000"],
    ["2.5E-1", "$0.25", "0.25"],
    ["1.234,56", "$1,234.56", "1234.56"],
    ["500 USD", "$500.00", "500"],
    ["1 234,56", "$1,234.56", "1234.56"],
    ["US$ 500", "$500.00", "500"],
    ["99,50", "$99.50", "99.50"],
    ["５００", "$500.00", "500"],
    ["1\u202f234,50\u00a0$", "$1,234.50", "1234.50"],
    ["٩٨٧٫٥٠", "$987.50", "987.50"],
    ["١٬٢٣٤٫٥٠", "$1,234.50", "1234.50"],
  ] as const) {
    await test.step(pasted, async () => {
      await limitField(page, "monthly").selectText();
      await page.keyboard.insertText(pasted);
      await expect(savePreview(page)).toHaveText(`1 unsaved change: monthly ${words}`);
      await saveBudgets(page);
      expect((await sandbox.limits("interns")).monthly).toBe(digits);
    });
  }
});

test("an invalid amount is reported when the field loses the focus", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  const field = limitField(page, "monthly");
  for (const [typed, problem] of [
    ["", "Enter an amount, or remove the limit"],
    ["0", "Enter more than $0, or remove the limit"],
    ["0.00", "Enter more than $0, or remove the limit"],
    ["-5", "An amount can’t be negative"],
    ["1,23,456", "Check the separators. Write it as 1,234.56 or 1234.56"],
    ["500k", "Write the amount in full, such as 500,000"],
    ["(500)", "An amount can’t be negative"],
    ["50%", "Enter an amount in dollars, not a percentage"],
    ["500 €", "Amounts are in US dollars"],
    ["five", "Enter an amount in dollars, such as 250 or 99.50"],
    ["12345678901234567890123456789", "Use at most 28 digits"],
  ] as const) {
    await test.step(`“${typed}”`, async () => {
      await field.fill(typed);
      await expect(saveButton(page)).toHaveAccessibleDescription("Enter an amount, such as 500 or 29.99");
      // From the first report on, the field says at once what is wrong.
      if (typed === "") await expect(field).not.toHaveAttribute("aria-invalid");
      await field.press("Enter");
      await field.blur();
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expectLimitProblem(page, "monthly", problem);
      await expect(page.locator("[aria-invalid=true]")).toHaveCount(1);
      // Valid again, and without a trace of the problem.
      await field.fill("42000");
      await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
    });
  }
  expect(await sandbox.budgetWrites()).toEqual([]);
});

test("an amount that could mean two amounts is asked for", async ({ page, sandbox }) => {
  await openBudgets(page, "interns");
  for (const [typed, small, large] of [
    ["1.000", "$1.00", "$1,000.00"],
    ["10.000", "$10.00", "$10,000.00"],
  ] as const) {
    await typeLimits(page, { monthly: typed });
    await limitField(page, "monthly").blur();
    await expectLimitProblem(page, "monthly", `Do you mean ${small} or ${large}?`);
    await expect(saveButton(page)).toHaveAccessibleDescription("Enter an amount, such as 500 or 29.99");
    await page.getByRole("button", { name: `Set Monthly to ${small}`, exact: true }).click();
    await expect(savePreview(page)).toHaveText(`1 unsaved change: monthly ${small}`);
    await limitField(page, "monthly").fill(typed);
    await page.getByRole("button", { name: `Set Monthly to ${large}`, exact: true }).click();
    await expect(savePreview(page)).toHaveText(`1 unsaved change: monthly ${large}`);
    await saveBudgets(page);
    expect((await sandbox.limits("interns")).monthly).toBe(large.replace(/[$,]/g, ""));
  }
});

test("digits arrive exactly as typed", async ({ page, sandbox }) => {
  await openBudgets(page, "interns");
  const digits = { lifetime: "12345678901234567890", monthly: "10.10", weekly: "0.30000000000000001", daily: "0.1" };
  await typeLimits(page, digits);
  await saveBudgets(page);
  expect(await sandbox.limits("interns")).toEqual(digits);
  await page.reload();
  const shown = { lifetime: "12,345,678,901,234,567,890.00", monthly: "10.10", weekly: "0.30000000000000001", daily: "0.10" };
  await expect(limitField(page, "lifetime")).toHaveValue(shown.lifetime);
  for (const at of ["monthly", "weekly", "daily"] as const) await expect(limitField(page, at)).toHaveValue(shown[at]);
  await expectNothingUnsaved(page);
});

test("the same amount in another notation is no change", async ({ page }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { monthly: "$42000.00", daily: "2500.5" });
  await expectNothingUnsaved(page);
  await expect(savePreview(page)).toHaveCount(0);
});

test("removing a limit and adding it again restores it", async ({ page }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: null });
  await expect(limitField(page, "weekly")).toHaveCount(0);
  await setLimit(page, "weekly", true);
  await expect(limitField(page, "weekly")).toHaveValue("12,000.00");
  await expectNothingUnsaved(page);
});

test.describe("the BYOK switch", () => {
  test("is sent alone with an unchanged limit, and only if it was changed", async ({ page, sandbox }) => {
    await openBudgets(page, "production");
    await byokSwitch(page).uncheck();
    await expect(savePreview(page)).toHaveText(
      "1 unsaved change: BYOK spend doesn’t count",
    );
    await byokSwitch(page).check();
    await expectNothingUnsaved(page);
    await byokSwitch(page).uncheck();
    await saveBudgets(page);
    expect(await sandbox.budgetWrites()).toEqual(["PUT lifetime 1500000 byok off"]);
    expect(await sandbox.workspace("production")).toMatchObject({ include_byok_in_budgets: false });
    await sandbox.clearLog();
    await typeLimits(page, { weekly: "13000" });
    await saveBudgets(page);
    await expect.poll(() => sandbox.budgetWrites()).toEqual(["PUT weekly 13000"]);
  });

  test("is sent with a changed limit: with the first step when turned off, with the last when turned on", async ({ page, sandbox }) => {
    await openBudgets(page, "production");
    await byokSwitch(page).uncheck();
    await typeLimits(page, { weekly: "11000", daily: "2000" });
    await saveBudgets(page);
    expect(await sandbox.budgetWrites()).toEqual(["PUT daily 2000 byok off", "PUT weekly 11000"]);
    await sandbox.clearLog();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => sandbox.budgetWrites()).toEqual(["PUT weekly 12000", "PUT daily 2500.5 byok on"]);
    expect(await sandbox.workspace("production")).toMatchObject({ include_byok_in_budgets: true });
  });

  test("is changed before the last limit is removed", async ({ page, sandbox }) => {
    await openBudgets(page, "marketing-muenchen");
    await byokSwitch(page).check();
    await typeLimits(page, { monthly: null });
    await saveBudgets(page);
    expect(await sandbox.budgetWrites()).toEqual(["PUT monthly 750 byok on", "DELETE monthly"]);
    expect(await sandbox.workspace("marketing-muenchen")).toMatchObject({ include_byok_in_budgets: true });
  });

  test("cannot be changed without a limit, and shows the reason", async ({ page, sandbox }) => {
    await openBudgets(page, "interns");
    await byokSwitch(page).check();
    const reason = "Set at least one limit to change this switch";
    await expect(page.getByRole("region", { name: "What counts" }).getByRole("status")).toHaveText(reason);
    await expect(saveButton(page)).toHaveAttribute("aria-disabled", "true");
    await expect(saveButton(page)).toHaveAccessibleDescription("Set at least one limit to change the BYOK switch");
    await typeLimits(page, { daily: "5" });
    await saveBudgets(page);
    expect(await sandbox.budgetWrites()).toEqual(["PUT daily 5 byok on"]);
  });
});

test("a click that moves the focus out of an invalid field reaches its target", async ({ page }) => {
  await openBudgets(page, "production");
  const before = await byokSwitch(page).isChecked();
  await limitField(page, "daily").fill("");
  // The bar with the unsaved change is at the end of the screen.
  await byokSwitch(page).evaluate((it) => it.scrollIntoView({ block: "center" }));
  // Pressed and released separately: the field's new error must not move the switch in between.
  const box = await byokSwitch(page).boundingBox();
  if (!box) throw new Error("the switch is not shown");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.up();
  await expect(byokSwitch(page)).toBeChecked({ checked: !before });
  await expect(limitGroup(page, "daily").getByText("Enter an amount, or remove the limit")).toBeVisible();
});
