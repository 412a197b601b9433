/** A tab that is duplicated with its unsaved forms: what the first tab saves is not set back unseen by the copy. */
import type { Page } from "@playwright/test";
import {
  expect,
  expectNothingUnsaved,
  expectSavedStatus,
  field,
  heading,
  limitField,
  open,
  openBudgets,
  saveBudgets,
  saveButton,
  test,
  typeLimits,
} from "../fixtures.ts";
import { duplicate } from "../support/machine.ts";
import {
  addDialog,
  closeJob,
  dbMembers,
  expectFinished as expectMembersFinished,
  jobDialog,
  openAddDialog,
  openMembers,
  pasteList,
  requestSizes,
} from "../support/members.ts";
import { expectFinished, openOverview, openPanel, panel, select, setPanelLimit, startJob } from "../support/overview.ts";

test.use({ organization: { auth: "proxy" } });

const saveSettings = (page: Page) => page.getByRole("button", { name: "Save changes" });
const restored = (page: Page) => page.getByText("We restored your unsaved changes");
const hasDraft = (page: Page, name: string) =>
  expect.poll(() => page.evaluate(() => Object.keys(sessionStorage).join())).toContain(`.draft.${name}`);

test("J06: a copy that was opened before the first tab saved shows the difference before it sends anything", async ({
  page,
  sandbox,
}) => {
  await openBudgets(page, "staging");
  await typeLimits(page, { monthly: "3500" });
  await hasDraft(page, "budgets");
  const copy = await duplicate(page);
  await expect(restored(copy)).toBeVisible();
  await expect(limitField(copy, "monthly")).toHaveValue("3500");
  await typeLimits(page, { monthly: "4000" });
  await saveBudgets(page);
  await sandbox.clearLog();
  await saveButton(copy).click();
  const dialog = copy.getByRole("dialog", { name: "Someone else changed these budgets" });
  await expect(dialog.getByRole("row").filter({ hasText: "Monthly" })).toContainText("$4,000.00");
  expect(await sandbox.budgetWrites()).toEqual([]);
  await dialog.getByRole("button", { name: "Discard my changes" }).click();
  await expect(limitField(copy, "monthly")).toHaveValue("4,000.00");
  expect((await sandbox.limits("staging")).monthly).toBe("4000");
});

test("J06: a copy with the budget that the first tab has saved has nothing left to save", async ({ page, sandbox }) => {
  await openBudgets(page, "staging");
  await typeLimits(page, { monthly: "3500" });
  await hasDraft(page, "budgets");
  const copy = await duplicate(page);
  await expect(restored(copy)).toBeVisible();
  await saveBudgets(page);
  await copy.reload();
  await expect(limitField(copy, "monthly")).toHaveValue("3,500.00");
  await expect(restored(copy)).toHaveCount(0);
  await expectNothingUnsaved(copy);
  expect((await sandbox.limits("staging")).monthly).toBe("3500");
});

test("J06: a copy that is looked at after the first tab saved is compared with what is saved now", async ({ page, sandbox }) => {
  await openBudgets(page, "staging");
  await typeLimits(page, { monthly: "3500" });
  await hasDraft(page, "budgets");
  const copy = await duplicate(page);
  await expect(restored(copy)).toBeVisible();
  await typeLimits(page, { monthly: "4000", weekly: "900" });
  await saveBudgets(page);
  await copy.reload();
  await expect(copy.getByText("Someone else changed the budgets after you started: Monthly, Weekly.")).toBeVisible();
  await expect(limitField(copy, "monthly")).toHaveValue("3500");
  await expect(limitField(copy, "weekly")).toHaveValue("900.00");
  expect((await sandbox.limits("staging")).monthly).toBe("4000");
});

test("J06: a copy with edited settings shows what the first tab saved before it sends anything", async ({ page, sandbox }) => {
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Description").fill("First");
  await hasDraft(page, "workspace");
  const copy = await duplicate(page);
  await expect(field(copy, "Description")).toHaveValue("First");
  await field(copy, "Description").fill("Of the copy");
  await saveSettings(page).click();
  await expectSavedStatus(page);
  await sandbox.clearLog();
  await saveSettings(copy).click();
  const dialog = copy.getByRole("dialog", { name: "Someone else changed this workspace" });
  await expect(dialog.getByRole("row").filter({ hasText: "Description" })).toContainText("First");
  expect(await sandbox.requests("PATCH")).toEqual([]);
});

test("J06: a copy of the form for a new workspace creates no second one", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(400, /\/workspaces$/, "POST");
  await open(page, "/create-workspace", "Create workspace");
  await field(page, "Name").fill("Copied once");
  await hasDraft(page, "create-workspace");
  const copy = await duplicate(page);
  await expect(field(copy, "Name")).toHaveValue("Copied once");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(heading(page, "Copied once")).toBeVisible();
  await field(copy, "Description").fill("Of the copy");
  await copy.getByRole("button", { name: "Create workspace" }).click();
  await expect(field(copy, "Slug")).toHaveAttribute("aria-invalid", "true");
  await expect(heading(copy, "Create workspace")).toBeVisible();
  expect(await sandbox.workspaces("copied-once")).toHaveLength(1);
});

test("J06: a copy of a list to add finds the people of the first tab already in, and undoes no one", async ({ page, sandbox }) => {
  const members = new Set(await dbMembers(sandbox, "interns"));
  const people = (await sandbox.db()).people.map((row) => String(row.id)).filter((id) => !members.has(id)).slice(0, 2);
  await openMembers(page, "interns");
  await openAddDialog(page);
  await pasteList(page, people.join("\n"));
  await hasDraft(page, "add-members");
  const copy = await duplicate(page, "/workspaces/interns/members");
  await openAddDialog(copy);
  const add = (tab: Page) => addDialog(tab).getByRole("button", { name: "Add 2 members", exact: true });
  await expect(add(copy)).toBeEnabled();
  await add(page).click();
  await expectMembersFinished(page, "2 added");
  await closeJob(page);
  // The server tells its time in whole seconds: within the same one it is not known who was first.
  const added = (await sandbox.db()).members.filter((row) => people.includes(String(row.user_id)));
  const last = Math.max(...added.map((row) => Date.parse(String(row.created_at))));
  await expect.poll(() => Date.now()).toBeGreaterThan(last + 2_000);
  await add(copy).click();
  await expectMembersFinished(copy, "2 unchanged");
  await expect(jobDialog(copy).getByRole("button", { name: /^Undo/ })).toHaveCount(0);
  expect(await requestSizes(sandbox)).toEqual([2, 2]);
});

test("J06: a copy of a change of many budgets shows and sends only what is still to be changed", async ({ page, sandbox }) => {
  await openOverview(page);
  await select(page, "Interns");
  await openPanel(page);
  await setPanelLimit(page, "Monthly", "600");
  await hasDraft(page, "change-budgets");
  const copy = await duplicate(page, "/budgets");
  await select(copy, "Interns", "Mobile Apps");
  await openPanel(copy);
  await startJob(page, 1);
  await expectFinished(page, "1 changed");
  await sandbox.call("PUT", "/workspaces/interns/budgets/monthly", { limit_usd: 750 });
  await sandbox.clearLog();
  await startJob(copy, 2);
  await expect(panel(copy).getByText("Finished", { exact: true })).toBeVisible();
  // The copy read $0 there: the newer amount is someone else's, and stays.
  expect((await sandbox.limits("interns")).monthly).toBe("750");
});
