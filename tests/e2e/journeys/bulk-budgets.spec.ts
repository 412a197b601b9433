/** Changing the budgets of many workspaces together. */
import { expect, expectNoRow, expectRowVisible, test } from "../fixtures.ts";
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

test("the same limits go to every selected workspace, and the activity has each step", async ({ page, sandbox }) => {
  await openOverview(page);
  await select(page, "Interns", "Mobile Apps", "Staging");
  await openPanel(page);
  await setPanelLimit(page, "Lifetime", null);
  await setPanelLimit(page, "Monthly", "600");
  await setPanelLimit(page, "Weekly", "$300.50");
  await setPanelLimit(page, "Daily", "50");
  const preview = panel(page).getByRole("table", { name: "Preview of the changes" });
  await expectRowVisible(preview, {
    Workspace: /Interns/,
    Lifetime: "—",
    Monthly: "$600.00",
    Weekly: "$300.50",
    Daily: "$50.00",
  });
  await expectRowVisible(preview, {
    Workspace: /Staging/,
    // What is spent so far depends on the day of the month and of the week.
    Monthly: /\$3,000\.00 → \$600\.00( Used up)?$/,
    Weekly: /\$800\.00 → \$300\.50( Used up)?$/,
    Daily: /\$90\.00 → \$50\.00( Used up)?$/,
  });
  await expect(panel(page).getByText("Sum of limits")).toContainText("Daily $");
  await startJob(page, 3);
  await expectFinished(page, "3 changed");
  const wanted = { monthly: "600", weekly: "300.50", daily: "50" };
  for (const slug of ["interns", "mobile-apps", "staging"]) expect(await sandbox.limits(slug)).toEqual(wanted);

  await panel(page).getByRole("button", { name: "Close", exact: true }).last().click();
  await expectRowVisible(table(page), { Workspace: /Staging/, Monthly: /\$600/, Daily: /\$50/ });
  await expect(page).toHaveURL(/\/budgets$/);
  await page.getByRole("link", { name: "Activity" }).click();
  await expectRowVisible(page.getByRole("table", { name: "Activity" }), { Action: "Changed budgets of 3 workspaces", State: "Done" });
  await page.getByRole("button", { name: "Changed budgets of 3 workspaces", exact: true }).click();
  const step = page.getByRole("listitem").filter({ hasText: "Interns" }).filter({ hasText: "Weekly limit" });
  await expect(step).toContainText("$300.50");
  await expect(page.getByRole("cell").getByRole("listitem")).toHaveCount(9);
});

test("limits without a change stay, and workspaces with conflicts are named and skipped", async ({ page, sandbox }) => {
  const before = await sandbox.limits("production");
  await openOverview(page);
  await select(page, "Interns", "Production");
  await openPanel(page);
  await setPanelLimit(page, "Weekly", "50,000");
  const preview = panel(page).getByRole("table", { name: "Preview of the changes" });
  await expectRowVisible(preview, { Workspace: /Production/, Lifetime: /Conflict.*monthly limit \(\$42,000\.00\)/ });
  await expectRowVisible(preview, { Workspace: /Interns/, Monthly: "—", Weekly: "$50,000.00" });
  await expect(panel(page).getByText("1 workspace will change · 1 skipped (conflict)")).toBeVisible();
  await startJob(page, 1);
  await expectFinished(page, "1 changed");
  expect(await sandbox.limits("interns")).toEqual({ weekly: "50000" });
  expect(await sandbox.limits("production")).toEqual(before);
});

test("limits can be raised and cut by a percentage, to the cent", async ({ page, sandbox }) => {
  await openOverview(page);
  await select(page, "Compliance & Audit", "Interns");
  await openPanel(page);
  await changeByPercentage(page, "Increase", "12.5");
  const preview = panel(page).getByRole("table", { name: "Preview of the changes" });
  await expectRowVisible(preview, { Workspace: /Compliance/, Daily: "$79.99 → $89.99" });
  await expectRowVisible(preview, { Workspace: /Interns/, Lifetime: "Unchanged" });
  await panel(page).getByRole("checkbox", { name: "Daily" }).uncheck();
  await startJob(page, 1);
  await expectFinished(page, "1 changed");
  const raised = { lifetime: "22500", monthly: "1350", weekly: "450", daily: "79.99" };
  expect(await sandbox.limits("compliance")).toEqual(raised);
  // The title says what was done, and has the focus: another Enter presses nothing.
  await expect(panel(page)).toHaveAccessibleName("Budgets of 1 workspace changed");
  await expect(panel(page).getByRole("heading", { level: 2 })).toBeFocused();
  await page.keyboard.press("Enter");
  expect(await sandbox.limits("compliance")).toEqual(raised);
  await panel(page).getByRole("button", { name: "Undo 1 change" }).click();
  await expect(panel(page)).toHaveAccessibleName("Undone: budgets of 1 workspace changed");
  await expectFinished(page, "1 changed");
  await expect(panel(page).getByRole("heading", { level: 2 })).toBeFocused();
  await expect(panel(page).getByRole("button", { name: /^Undo/ })).toHaveCount(0);
  const before = { lifetime: "20000", monthly: "1200", weekly: "400", daily: "79.99" };
  await expect.poll(() => sandbox.limits("compliance")).toEqual(before);
});

test("a workspace can be left out of the change, and put back", async ({ page, sandbox }) => {
  const before = await sandbox.limits("mobile-apps");
  await openOverview(page);
  await select(page, "Interns", "Mobile Apps");
  await openPanel(page);
  await setPanelLimit(page, "Monthly", "600");
  const leave = (name: string) => panel(page).getByRole("button", { name: `Leave out ${name}`, exact: true });
  const putBack = panel(page).getByRole("button", { name: "Put back", exact: true });
  await leave("Interns").click();
  await expect(panel(page)).toHaveAccessibleName("Change the budgets of 1 workspace");
  await expect(panel(page).getByRole("status").filter({ hasText: "1 workspace left out" })).toBeVisible();
  // The last one stays, because a change needs a workspace.
  await expect(leave("Mobile Apps")).toHaveCount(0);
  await expect(putBack).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(putBack).toHaveCount(0);
  await expect(panel(page)).toHaveAccessibleName("Change the budgets of 2 workspaces");

  await leave("Mobile Apps").click();
  await startJob(page, 1);
  await expectFinished(page, "1 changed");
  expect(await sandbox.limits("interns")).toEqual({ monthly: "600" });
  expect(await sandbox.limits("mobile-apps")).toEqual(before);
});

test("a new limit that is already used up shows a warning", async ({ page }) => {
  await openOverview(page);
  await select(page, "Production");
  await openPanel(page);
  await setPanelLimit(page, "Lifetime", "100,000");
  const preview = panel(page).getByRole("table", { name: "Preview of the changes" });
  await expectRowVisible(preview, { Workspace: /Production/, Lifetime: /\$100,000\.00 Used up$/ });
});

test("without a valid change the button is disabled and gives the reason", async ({ page }) => {
  await openOverview(page);
  await select(page, "Interns");
  await openPanel(page);
  const button = panel(page).getByRole("button", { name: /^Change (\d+ )?workspaces?$/ });
  const refused = async (reason: string) => {
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription(reason);
  };
  await refused("Choose what to change");
  await setPanelLimit(page, "Monthly", "1,23,456");
  await refused("Monthly: Check the separators. Write it as 1,234.56 or 1234.56");
  await setPanelLimit(page, "Monthly", "1.000");
  await refused("Monthly: Do you mean $1.00 or $1,000.00?");
  await panel(page).getByRole("button", { name: "Set Monthly to $1,000.00" }).click();
  await expect(button).not.toHaveAttribute("aria-disabled");
  await setPanelLimit(page, "Monthly", "5");
  await setPanelLimit(page, "Daily", "5.00");
  await refused("The monthly limit ($5.00) must be above the daily limit ($5.00)");
  await changeByPercentage(page, "Decrease", "100");
  await refused("Decrease by less than 100%. To remove limits, set the same limits");
  await panel(page).getByRole("textbox", { name: "Percentage" }).fill("10");
  await refused("No workspaces to change");
});

test("a failure names its workspace, and only that one is retried", async ({ page, sandbox, expectedFailures }) => {
  const { id } = await sandbox.workspace("interns");
  expectedFailures.allow(403, new RegExp(`/workspaces/${id}/budgets/weekly$`), "PUT");
  const answer = { kind: "status", status: 403, message: "Not today" } as const;
  await sandbox.fault({ method: "PUT", path: `/workspaces/${id}/budgets/weekly`, answer });
  await openOverview(page);
  await select(page, "Interns", "Mobile Apps");
  await openPanel(page);
  await setPanelLimit(page, "Monthly", "600");
  await setPanelLimit(page, "Weekly", "300");
  await startJob(page, 2);
  await expectFinished(page, "1 changed · 1 failed");
  const outcome = panel(page).getByRole("table", { name: "Outcome for each workspace" });
  await expectRowVisible(outcome, { Workspace: /Interns/, Outcome: /Failed Not today\. .*1 of 2 changes were made/ });
  expect(await sandbox.limits("interns")).toEqual({ monthly: "600" });
  await sandbox.clearLog();
  await panel(page).getByRole("button", { name: "Try 1 again" }).click();
  await expectFinished(page, "2 changed");
  expect(await sandbox.limits("interns")).toEqual({ monthly: "600", weekly: "300" });
  expect((await sandbox.requests("PUT")).map((it) => it.request_body)).toEqual([{ limit_usd: 300 }]);
});

test("a change by someone else after the preview is kept", async ({ page, sandbox }) => {
  await openOverview(page);
  await select(page, "Interns", "Mobile Apps");
  await openPanel(page);
  await setPanelLimit(page, "Monthly", "600");
  await expect(panel(page).getByText("2 workspaces will change")).toBeVisible();
  await setLimit(sandbox, "interns", "monthly", 42);
  await startJob(page, 2);
  await expectFinished(page, "1 changed · 1 skipped (changed by someone else)");
  expect(await sandbox.limits("interns")).toEqual({ monthly: "42" });
  await panel(page).getByRole("button", { name: "Review remaining changes" }).click();
  const preview = panel(page).getByRole("table", { name: "Preview of the changes" });
  await expectRowVisible(preview, { Workspace: /Interns/, Monthly: "$42.00 → $600.00" });
  await expectNoRow(preview, { Workspace: /Mobile Apps/ });
  await startJob(page, 1);
  await expectFinished(page, "1 changed");
  expect(await sandbox.limits("interns")).toEqual({ monthly: "600" });
});

test("Stop finishes the workspaces in progress, and the rest can be resumed", async ({ page, sandbox }) => {
  await sandbox.reset({ auth: "proxy", seed: "scale", workspaces: 40, people: 30, members: 10 });
  await openOverview(page);
  await page.getByRole("checkbox", { name: "Select visible rows" }).click();
  await page.getByRole("button", { name: /^Select all \d+ matching$/ }).click();
  await openPanel(page);
  await setPanelLimit(page, "Lifetime", "9,000,000");
  const button = panel(page).getByRole("button", { name: /^Change \d+ workspaces?$/ });
  await expect(button).not.toHaveAttribute("aria-disabled", "true");
  const all = Number(/\d+/.exec(await button.innerText())?.[0]);
  // The writes hang until Stop is pressed.
  await sandbox.fault({ method: "PUT", path: "/budgets/lifetime", times: 6, delay_ms: 1500, answer: { kind: "pass" } });
  await button.click();
  await expect(panel(page).getByRole("progressbar")).toBeVisible();
  await panel(page).getByRole("button", { name: "Stop", exact: true }).click();
  await expectFinished(page, `6 changed · ${all - 6} not tried`);
  expect(await sandbox.requests("PUT")).toHaveLength(6);
  await panel(page).getByRole("button", { name: `Try ${all - 6} again` }).click();
  await expectFinished(page, `${all} changed`);
  expect(await sandbox.requests("PUT")).toHaveLength(all);
});

test("a selection survives search and sorting, and counts its hidden rows", async ({ page }) => {
  await openOverview(page);
  await select(page, "Interns", "Production");
  await page.getByRole("searchbox", { name: "Search workspaces" }).fill("interns");
  const bar = page.getByRole("group", { name: "Selected workspaces" });
  await expect(bar).toContainText("2 selected, 1 hidden");
  await bar.getByRole("button", { name: "Deselect hidden rows" }).click();
  await expect(bar).toContainText(/^1 selected/);
  await page.getByRole("searchbox", { name: "Search workspaces" }).fill("");
  await page.getByRole("button", { name: "Workspace", exact: true }).click();
  await expect(page.getByRole("checkbox", { name: "Select Interns", exact: true })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Select Production", exact: true })).not.toBeChecked();
  await page.getByRole("checkbox", { name: "Select Compliance & Audit" }).check();
  await page.getByRole("checkbox", { name: "Select Data Science & Analytics" }).click({ modifiers: ["Shift"] });
  await expect(bar).toContainText(/^5 selected/);
  await bar.getByRole("button", { name: "Clear" }).click();
  await expect(bar).toHaveCount(0);
});

test("the panel is in the URL: Back closes it, and so does a reload without a selection", async ({ page }) => {
  await openOverview(page);
  await select(page, "Interns");
  await openPanel(page);
  await expect(page).toHaveURL(/panel=change/);
  await page.goBack();
  await expect(panel(page)).toHaveCount(0);
  await expect(page.getByRole("checkbox", { name: "Select Interns", exact: true })).toBeChecked();
  await openPanel(page);
  await page.reload();
  await expect(page).toHaveURL(/\/budgets$/);
  await expect(panel(page)).toHaveCount(0);
});

test("during a job Back keeps the panel open; after the outcome Back closes it", async ({
  page,
  sandbox,
}) => {
  await openOverview(page);
  await select(page, "Interns");
  await openPanel(page);
  await setPanelLimit(page, "Monthly", "600");
  await sandbox.fault({ method: "PUT", path: "/budgets/monthly", delay_ms: 1000, answer: { kind: "pass" } });
  await startJob(page, 1);
  await expect(panel(page).getByRole("button", { name: "Stop", exact: true })).toBeVisible();
  await page.goBack();
  await expectFinished(page, "1 changed");
  await panel(page).getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(panel(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/budgets$/);

  await openPanel(page);
  await setPanelLimit(page, "Monthly", "700");
  await startJob(page, 1);
  await expectFinished(page, "1 changed");
  await page.goBack();
  await expect(panel(page)).toHaveCount(0);
  await openPanel(page);
  await expect(panel(page).getByText("Finished", { exact: true })).toHaveCount(0);
});
