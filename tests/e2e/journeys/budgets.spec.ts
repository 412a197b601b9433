/** Saving all limits of a workspace, in an order that the API accepts at every step. */
import {
  byokSwitch,
  expect,
  expectNothingUnsaved,
  expectNotice,
  expectSaved,
  expectShownLimits,
  field,
  intervalName,
  limitButton,
  limitField,
  limitGroup,
  open,
  openBudgets,
  saveBudgets,
  saveButton,
  savePreview,
  test,
  typeLimits,
} from "../fixtures.ts";
import { INTERVALS, type Limits } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

/** The limits of workspaces in the demo organization. */
const production: Limits = { lifetime: "1500000", monthly: "42000", weekly: "12000", daily: "2500.50" };

interface Direction {
  slug: string;
  /** The typed limits. */
  typed: Limits;
  writes: string[];
  /** The limits after the save. */
  goal: Limits;
}

const directions: Record<string, Direction> = {
  "all raised": {
    slug: "production",
    typed: { lifetime: "1600000", monthly: "50000", weekly: "15000", daily: "3000" },
    writes: ["PUT lifetime 1600000", "PUT monthly 50000", "PUT weekly 15000", "PUT daily 3000"],
    goal: { lifetime: "1600000", monthly: "50000", weekly: "15000", daily: "3000" },
  },
  "all cut": {
    slug: "production",
    typed: { lifetime: "1400000", monthly: "40000", weekly: "10000", daily: "2000" },
    writes: ["PUT daily 2000", "PUT weekly 10000", "PUT monthly 40000", "PUT lifetime 1400000"],
    goal: { lifetime: "1400000", monthly: "40000", weekly: "10000", daily: "2000" },
  },
  "some raised and some cut": {
    slug: "production",
    typed: { lifetime: "1600000", monthly: "41000", weekly: "13000", daily: "2400" },
    writes: ["PUT lifetime 1600000", "PUT weekly 13000", "PUT daily 2400", "PUT monthly 41000"],
    goal: { lifetime: "1600000", monthly: "41000", weekly: "13000", daily: "2400" },
  },
  "broad limits cut and narrow limits raised until they are a cent apart": {
    slug: "production",
    typed: { lifetime: "11999.99", monthly: "11999.98", weekly: "11999.97", daily: "11999.96" },
    writes: ["PUT daily 11999.96", "PUT weekly 11999.97", "PUT monthly 11999.98", "PUT lifetime 11999.99"],
    goal: { lifetime: "11999.99", monthly: "11999.98", weekly: "11999.97", daily: "11999.96" },
  },
  "some removed, some changed, one added": {
    slug: "staging",
    typed: { lifetime: "10000", monthly: null, weekly: "900", daily: null },
    writes: ["DELETE monthly", "DELETE daily", "PUT weekly 900", "PUT lifetime 10000"],
    goal: { lifetime: "10000", weekly: "900" },
  },
  "one removed, and another raised above its old value": {
    slug: "staging",
    typed: { monthly: null, weekly: "5000" },
    writes: ["DELETE monthly", "PUT weekly 5000"],
    goal: { weekly: "5000", daily: "90" },
  },
  "all added": {
    slug: "interns",
    typed: { lifetime: "400", monthly: "300", weekly: "200", daily: "100" },
    writes: ["PUT lifetime 400", "PUT monthly 300", "PUT weekly 200", "PUT daily 100"],
    goal: { lifetime: "400", monthly: "300", weekly: "200", daily: "100" },
  },
  "all removed": {
    slug: "production",
    typed: { lifetime: null, monthly: null, weekly: null, daily: null },
    writes: ["DELETE lifetime", "DELETE monthly", "DELETE weekly", "DELETE daily"],
    goal: {},
  },
  "all cut below the old narrower limits": {
    slug: "production",
    typed: { lifetime: "4", monthly: "3", weekly: "2", daily: "1" },
    writes: ["PUT daily 1", "PUT weekly 2", "PUT monthly 3", "PUT lifetime 4"],
    goal: { lifetime: "4", monthly: "3", weekly: "2", daily: "1" },
  },
  "all raised above the old broader limits": {
    slug: "compliance",
    typed: { lifetime: "9000000", monthly: "8000000", weekly: "7000000", daily: "6000000" },
    writes: ["PUT lifetime 9000000", "PUT monthly 8000000", "PUT weekly 7000000", "PUT daily 6000000"],
    goal: { lifetime: "9000000", monthly: "8000000", weekly: "7000000", daily: "6000000" },
  },
};

test.describe("all limits can be changed together", () => {
  for (const [name, { slug, typed, writes, goal }] of Object.entries(directions)) {
    test(name, async ({ page, sandbox }) => {
      await openBudgets(page, slug);
      await typeLimits(page, typed);
      await saveBudgets(page);
      expect(await sandbox.budgetWrites()).toEqual(writes);
      await expectSaved(page, sandbox, slug, goal);
      await expectNothingUnsaved(page);
      await expect(savePreview(page)).toHaveCount(0);
      await page.reload();
      await expectShownLimits(page, goal);
    });
  }
});

test("the page lists what Save will do before anything is sent", async ({ page, sandbox }) => {
  await openBudgets(page, "staging");
  await expectNothingUnsaved(page);
  await typeLimits(page, { lifetime: "10000", monthly: "2500.5", weekly: "900", daily: null });
  await expect(savePreview(page)).toHaveText(
    "4 unsaved changes: lifetime $10,000.00, monthly $2,500.50, weekly $900.00, no daily limit",
  );
  expect(await sandbox.budgetWrites()).toEqual([]);
  await page.getByRole("button", { name: "Discard changes" }).click();
  await expect(savePreview(page)).toHaveCount(0);
  await expectSaved(page, sandbox, "staging", { monthly: "3000", weekly: "800", daily: "90" });
});

test("a save can be undone, with writes in a valid order", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { lifetime: null, monthly: "50000", weekly: "11000" });
  await saveBudgets(page);
  await sandbox.clearLog();
  await page.getByRole("button", { name: "Undo" }).click();
  // The button that had the focus is gone: a second press of Enter does nothing.
  await expect(saveButton(page)).toBeFocused();
  await expect.poll(() => sandbox.budgetWrites()).toEqual(["PUT weekly 12000", "PUT monthly 42000", "PUT lifetime 1500000"]);
  // Undo enters the former amounts as the fields show them.
  const restored = { ...production, lifetime: "1500000.00", monthly: "42000.00", weekly: "12000.00" };
  await expectSaved(page, sandbox, "production", restored);
});

test("a save cannot be undone after a new edit", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  await saveBudgets(page);
  await typeLimits(page, { daily: "77" });
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
  await typeLimits(page, { daily: "2500.5" });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => sandbox.limits("production")).toEqual({ ...production, weekly: "12000.00" });
});

test("your own save is not taken for someone else's change", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  // The reads before and after each step are fast. The page's own refresh of the list is slow.
  await sandbox.fault({ method: "GET", path: "/budgets$", skip: 2, delay_ms: 1_000, answer: { kind: "pass" } });
  await sandbox.clearLog();
  await saveBudgets(page);
  const elsewhere = page.getByText("Someone else changed");
  await expect(elsewhere).toHaveCount(0);
  const reads = async () => (await sandbox.requests("GET")).filter((it) => it.path.endsWith("/budgets"));
  await expect.poll(async () => (await reads()).map((it) => it.status)).toEqual([200, 200, 200]);
  await expect(elsewhere).toHaveCount(0);
});

test("edits during a save are kept, and the next save sends them", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000" });
  const slow = { delay_ms: 1_500, answer: { kind: "pass" } } as const;
  await sandbox.fault({ method: "PUT", path: "/budgets/weekly", when: "after", ...slow });
  // Pressing twice saves once.
  await saveButton(page).dblclick();
  await expect.poll(async () => (await sandbox.limits("production")).weekly).toBe("13000");
  await typeLimits(page, { weekly: "12000", daily: "77" });
  await expect(savePreview(page)).toHaveText("2 unsaved changes: weekly $12,000.00, daily $77.00");
  expect(await sandbox.budgetWrites()).toEqual(["PUT weekly 13000"]);
  await saveButton(page).click();
  await expect.poll(() => sandbox.limits("production")).toEqual({ ...production, daily: "77" });
});

test("the budgets of the default workspace can be changed", async ({ page, sandbox }) => {
  await openBudgets(page, "default");
  await typeLimits(page, { lifetime: "90000", weekly: "700" });
  await saveBudgets(page);
  await expectSaved(page, sandbox, "default", { lifetime: "90000", monthly: "2500", weekly: "700", daily: "150" });
});

test("every change of a limit is in the activity", async ({ page }) => {
  await openBudgets(page, "staging");
  await typeLimits(page, { weekly: "900", daily: null });
  await saveBudgets(page);
  await page.getByRole("link", { name: "Activity" }).click();
  await page.getByRole("button", { name: "Changed budgets of Staging", exact: true }).click();
  const step = (change: RegExp) => page.getByRole("listitem").filter({ hasText: change });
  await expect(step(/Daily limit\s*from \$90\.00 →\s*to No limit/)).toContainText("Done");
  await expect(step(/Weekly limit\s*from \$800\.00 →\s*to \$900\.00/)).toContainText("Done");
});

test("edits are restored after a reload, and can be discarded", async ({ page, sandbox }) => {
  await openBudgets(page, "production");
  await typeLimits(page, { lifetime: null, monthly: "41000.", daily: "" });
  await limitField(page, "daily").blur();
  await byokSwitch(page).uncheck();
  await sandbox.call("PUT", "/workspaces/production/budgets/weekly", { limit_usd: 11000 });
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  const banner = page.getByRole("status").filter({ hasText: "We restored your unsaved changes" });
  await expect(banner).toContainText("Someone else changed the budgets after you started: Weekly.");
  await expect(limitField(page, "monthly")).toHaveValue("41000.");
  await expect(limitField(page, "weekly")).toHaveValue("11,000.00");
  await expect(limitField(page, "daily")).toHaveValue("");
  await expect(byokSwitch(page)).not.toBeChecked();
  await banner.getByRole("button", { name: "Discard restored changes" }).click();
  await expectShownLimits(page, { ...production, weekly: "11000" });
  await expect(byokSwitch(page)).toBeChecked();
  await page.reload();
  await expect(limitGroup(page, "daily")).toBeVisible();
  await expect(banner).toHaveCount(0);
});

test("leaving with unsaved edits asks first", async ({ page }) => {
  await open(page, "/workspaces/interns/budgets", "Interns");
  const settings = page.getByRole("navigation", { name: "Workspace" }).getByRole("link", { name: "Settings" });
  await typeLimits(page, { daily: "5" });
  await settings.click();
  const question = page.getByRole("alertdialog", { name: "Leave without saving?" });
  await question.getByRole("button", { name: "Keep editing" }).click();
  await expect(limitField(page, "daily")).toHaveValue("5");
  await settings.click();
  await question.getByRole("button", { name: "Discard changes" }).click();
  await expect(field(page, "Description")).toBeVisible();
});

test("a save that completes after you left the page is applied, reported and in the activity", async ({ page, sandbox }) => {
  await sandbox.fault({ method: "PUT", path: "/budgets/weekly", delay_ms: 1_000, answer: { kind: "pass" } });
  await openBudgets(page, "production");
  await typeLimits(page, { weekly: "13000", daily: "2000" });
  await saveButton(page).click();
  await expect.poll(() => sandbox.budgetWrites()).toEqual(["PUT weekly 13000"]);
  await page.getByRole("link", { name: "Activity" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Discard changes" }).click();
  await expectNotice(page, "Success: Budgets of “Production” were saved");
  expect(await sandbox.limits("production")).toEqual({ ...production, weekly: "13000", daily: "2000" });
});

test("all limits can be edited by keyboard alone", async ({ page, sandbox }) => {
  await openBudgets(page, "interns");
  await limitButton(page, "monthly", "Add").focus();
  await page.keyboard.press("Space");
  await expect(limitField(page, "monthly")).toBeFocused();
  await page.keyboard.type("250");
  await page.keyboard.press("Enter");
  await expect.poll(() => sandbox.limits("interns")).toEqual({ monthly: "250" });
  await expect(limitField(page, "monthly")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(limitButton(page, "monthly", "Remove")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(limitButton(page, "weekly", "Add")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(limitField(page, "weekly")).toBeFocused();
  await page.keyboard.type("99.5");
  const isAtSave = () => saveButton(page).evaluate((button) => button === document.activeElement);
  for (let presses = 0; presses < 10 && !(await isAtSave()); presses += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => sandbox.limits("interns")).toEqual({ monthly: "250", weekly: "99.5" });
});

test("each limit describes itself, in order", async ({ page }) => {
  await openBudgets(page, "production");
  const labels = page.getByRole("region", { name: "Limits" }).getByRole("textbox");
  await expect(labels).toHaveCount(INTERVALS.length);
  for (const [at, interval] of INTERVALS.entries()) {
    await expect(limitButton(page, interval, "Remove")).toBeVisible();
    await expect(labels.nth(at)).toHaveAccessibleName(`${intervalName(interval)} limit in US dollars`);
  }
});
