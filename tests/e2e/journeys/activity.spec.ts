/** The activity page: what it keeps, how it is filtered, exported and undone, and who sees it. */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import {
  clipboardText,
  expect,
  expectRowVisible,
  expectSavedStatus,
  field,
  heading,
  MANAGEMENT_KEY,
  open,
  openBudgets,
  pressTwice,
  saveBudgets,
  signIn,
  test,
  typeLimits,
} from "../fixtures.ts";
import { openMembers, openRemoveDialog, removeDialog, table, waitUntilListed } from "../support/members.ts";

const activity = (page: Page) => page.getByRole("table", { name: "Activity" });
const toggle = (page: Page, title: string) => page.getByRole("button", { name: title, exact: true });
const question = (page: Page) => page.getByRole("dialog", { name: /^Undo “/ });
const follow = (page: Page) => page.getByRole("link", { name: "Activity" }).first().click();

async function openActivity(page: Page): Promise<void> {
  await follow(page);
  await expect(heading(page, "Activity")).toBeVisible();
}

async function changeDescription(page: Page, slug: string, text: string): Promise<void> {
  await page.goto(`/workspaces/${slug}`);
  await field(page, "Description").fill(text);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expectSavedStatus(page);
}

async function undo(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: `Undo: ${title}`, exact: true }).click();
  await expect(question(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await question(page).getByRole("button", { name: "Undo", exact: true }).click();
}

async function download(page: Page, button: string): Promise<string> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  return readFile(await (await coming).path(), "utf8");
}

test.describe("with a key held by the proxy", () => {
  test.use({ organization: { auth: "proxy" } });

  test("an action shows its fields before and after, and the request as curl", async ({ page, context, sandbox }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await changeDescription(page, "interns", "It's new");
    await openActivity(page);
    await expectRowVisible(activity(page), { Action: "Changed settings of Interns", State: "Done" });
    const opener = toggle(page, "Changed settings of Interns");
    await expect(opener).toHaveAttribute("aria-expanded", "false");
    await expect(page.getByText("workspaces.update")).toHaveCount(0);
    await opener.focus();
    await page.keyboard.press("Enter");
    await expect(opener).toHaveAttribute("aria-expanded", "true");
    const step = page.getByRole("cell").getByRole("listitem");
    await expect(step).toHaveCount(1);
    await expect(step.getByRole("deletion")).not.toHaveText("It's new");
    await expect(step.getByRole("insertion")).toHaveText("It's new");
    const id = String((await sandbox.workspace("interns")).id);
    await expect(step).toContainText(`PATCH /workspaces/${id}`);
    await expect(step).toContainText("HTTP 200");
    await step.getByText("Request as curl").click();
    await step.getByRole("button", { name: "Copy curl command" }).click();
    await expect(step.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
    const command = await clipboardText(page);
    expect(command).toContain(`curl -X PATCH '${new URL(page.url()).origin}/api/v1/workspaces/${id}'`);
    expect(command).toContain('-H "Authorization: Bearer $OPENROUTER_KEY"');
    expect(command).toContain(`--data '{"description":"It'\\''s new"}'`);
  });

  test("a reload keeps the activity of the tab, and another tab does not have it", async ({ page, context }) => {
    await changeDescription(page, "interns", "Kept");
    await openActivity(page);
    await page.reload();
    await expect(toggle(page, "Changed settings of Interns")).toBeVisible();
    const other = await context.newPage();
    await open(other, "/activity", "Activity");
    await expect(other.getByText("No activity yet")).toBeVisible();
  });

  test("settings are undone once, and not over a later change", async ({ page, sandbox }) => {
    const before = String((await sandbox.workspace("interns")).description ?? "");
    await changeDescription(page, "interns", "First");
    await openActivity(page);
    await undo(page, "Changed settings of Interns");
    await expectRowVisible(activity(page), { Action: "Changed settings of Interns", Undo: "Undone" });
    await expectRowVisible(activity(page), { Action: "Changed settings of Interns (undo)", State: "Done" });
    expect(String((await sandbox.workspace("interns")).description ?? "")).toBe(before);
    await expect(page.getByRole("button", { name: /^Undo:/ })).toHaveCount(0);

    await changeDescription(page, "research", "Mine");
    await openActivity(page);
    await sandbox.call("PATCH", "/workspaces/research", { description: "Theirs" });
    await undo(page, "Changed settings of Research");
    await expect(question(page).getByRole("alert")).toContainText("changed again");
    expect(await sandbox.workspace("research")).toMatchObject({ description: "Theirs" });
    await question(page).getByRole("button", { name: "Cancel" }).click();
  });

  test("budgets are undone by a job", async ({ page, sandbox }) => {
    const before = await sandbox.limits("staging");
    await openBudgets(page, "staging");
    await typeLimits(page, { weekly: "900", daily: null });
    await saveBudgets(page);
    await openActivity(page);
    await page.reload();
    await undo(page, "Changed budgets of Staging");
    const job = page.locator("dialog:modal");
    await expect(job.getByText("Finished", { exact: true })).toBeVisible();
    await job.getByRole("button", { name: "Close", exact: true }).last().click();
    expect(await sandbox.limits("staging")).toEqual(before);
    await expectRowVisible(activity(page), { Action: "Changed budgets of Staging", Undo: "Undone" });
  });

  test("a change that was changed again is not offered to be undone", async ({ page }) => {
    await changeDescription(page, "interns", "First");
    await changeDescription(page, "interns", "Second");
    await openActivity(page);
    await expect(page.getByText("Changed again")).toHaveCount(1);
    await expect(page.getByRole("button", { name: /^Undo:/ })).toHaveCount(1);
  });

  test("a disabled key is enabled again", async ({ page, sandbox }) => {
    await open(page, "/workspaces/mobile-apps?panel=delete", "Mobile Apps");
    const dialog = page.getByRole("alertdialog", { name: "Delete “Mobile Apps”?" });
    await pressTwice(dialog.getByRole("button", { name: "Disable iOS" }));
    await expect(dialog.getByText("1 active API key blocks the deletion")).toBeVisible();
    await page.keyboard.press("Escape");
    await openActivity(page);
    await undo(page, "Disabled API key iOS of Mobile Apps");
    await expectRowVisible(activity(page), { Action: "Enabled API key iOS of Mobile Apps (undo)", State: "Done" });
    const key = (await sandbox.db()).keys.find((row) => row.name === "iOS");
    expect(key?.disabled).toBeFalsy();
  });

  test("removed members are added back, and both actions name them", async ({ page, sandbox }) => {
    await openMembers(page, "interns");
    const members = async () => (await sandbox.db()).members.length;
    const count = await members();
    await table(page).locator("tbody").getByRole("checkbox").first().check();
    await openRemoveDialog(page);
    await removeDialog(page).getByRole("button", { name: /^Remove 1 member$/ }).click();
    const job = page.locator("dialog:modal");
    await expect(job.getByText("Finished", { exact: true })).toBeVisible();
    await job.getByRole("button", { name: "Close", exact: true }).last().click();
    await waitUntilListed(page);
    expect(await members()).toBe(count - 1);
    await openActivity(page);
    const title = "Removed 1 member from Interns";
    await toggle(page, title).click();
    const step = page.getByRole("cell").getByRole("listitem").first();
    await expect(step).toContainText("user_");
    await expect(step.getByRole("insertion")).toHaveText("Not a member");
    await undo(page, title);
    await expect(job.getByText("Finished", { exact: true })).toBeVisible();
    await job.getByRole("button", { name: "Close", exact: true }).last().click();
    expect(await members()).toBe(count);
    await expectRowVisible(activity(page), { Action: "Added 1 member to Interns (undo)", State: "Done" });
  });

  test("a link shares search and filters, and the former address leads here", async ({ page, expectedFailures, sandbox }) => {
    await changeDescription(page, "interns", "One");
    expectedFailures.allow(400, /\/workspaces\//, "PATCH");
    await page.goto("/workspaces/research");
    await sandbox.fault({ method: "PATCH", path: "/workspaces/", answer: { kind: "status", status: 400 } });
    await field(page, "Description").fill("Two");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
    await page.getByRole("button", { name: "Discard changes" }).click();
    await openActivity(page);
    await expect(activity(page).getByRole("row")).toHaveCount(3);
    await page.getByRole("combobox", { name: "State" }).selectOption({ label: "Failed" });
    await expect(page).toHaveURL(/\/activity\?state=failed$/);
    await expectRowVisible(activity(page), { Action: "Tried to change settings of Research", State: "Failed" });
    await expect(activity(page).getByRole("row")).toHaveCount(2);
    await page.goBack();
    await page.getByRole("searchbox", { name: "Search activity" }).fill("one");
    await expect(page).toHaveURL(/\/activity\?q=one$/);
    await expect(activity(page).getByRole("row")).toHaveCount(2);
    await expect(page.getByText("1 of 2 actions")).toBeVisible();
    await page.reload();
    await expect(activity(page).getByRole("row")).toHaveCount(2);
    await page.getByRole("combobox", { name: "Actions" }).selectOption({ label: "Budgets" });
    await expect(page.getByText("No matching activity")).toBeVisible();
    await page.goto("/journal?state=failed");
    await expect(heading(page, "Activity")).toBeVisible();
    await expect(page).toHaveURL(/\/activity\?state=failed$/);
    await expect(activity(page).getByRole("row")).toHaveCount(2);
  });

  test("what is shown is exported as CSV and as JSON", async ({ page }) => {
    await changeDescription(page, "interns", "=1+1");
    await changeDescription(page, "research", "Other");
    await openActivity(page);
    await page.getByRole("searchbox", { name: "Search activity" }).fill("interns");
    await expect(activity(page).getByRole("row")).toHaveCount(2);
    const csv = await download(page, "Export CSV");
    expect(csv.trim().split("\r\n")).toHaveLength(2);
    expect(csv).toContain("Changed settings of Interns,Done");
    expect(csv).not.toMatch(/(^|,)=1/m);
    const json = JSON.parse(await download(page, "Export JSON"));
    expect(json).toHaveLength(1);
    expect(json[0]).toMatchObject({ action: "Changed settings of Interns", kind: "change-settings", state: "done" });
    expect(json[0].steps[0]).toMatchObject({ method: "PATCH", status: 200, body: '{"description":"=1+1"}' });
  });

  test("activity is kept in this browser only by choice, and can be cleared", async ({ page, context }) => {
    await changeDescription(page, "interns", "Mine");
    const kept = () => page.evaluate(() => Object.keys(localStorage).filter((it) => it.includes(".activity.")).length);
    await openActivity(page);
    expect(await kept()).toBe(0);
    await page.getByRole("switch", { name: "Keep activity in this browser" }).check();
    expect(await kept()).toBe(1);
    const other = await context.newPage();
    await open(other, "/activity", "Activity");
    await expect(toggle(other, "Changed settings of Interns")).toBeVisible();
    await other.close();
    await page.getByRole("switch", { name: "Keep activity in this browser" }).uncheck();
    expect(await kept()).toBe(0);
    await expect(toggle(page, "Changed settings of Interns")).toBeVisible();
    await page.getByRole("button", { name: "Clear activity…" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Clear activity" }).click();
    await expect(page.getByText("No activity yet")).toBeVisible();
    await page.reload();
    await expect(page.getByText("No activity yet")).toBeVisible();
  });

  test("what was stored by someone else is ignored where it is no record", async ({ page }) => {
    await changeDescription(page, "interns", "Mine");
    await openActivity(page);
    const stored = () => page.evaluate(() => Object.keys(sessionStorage).filter((it) => it.includes(".activity.")).length);
    await expect.poll(stored).toBe(1);
    await page.evaluate(() => {
      const name = Object.keys(sessionStorage).find((it) => it.includes(".activity."))!;
      const text = sessionStorage.getItem(name)!;
      sessionStorage.setItem(name.replace(/.{8}$/, "00000000"), text);
      sessionStorage.setItem(name.replace(/.{8}$/, "00000001"), "{}");
      sessionStorage.setItem(name, text.replace("/workspaces/", "https://evil.example/"));
    });
    await page.goto("/activity");
    await expect(page.getByText("No activity yet")).toBeVisible();
    expect(await stored()).toBe(0);
  });
});

test.describe("signing out", () => {
  test("removes the activity of the tab, and leaves what is kept in this browser", async ({ page }) => {
    await signIn(page);
    await changeAndOpen(page);
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await expect(page.getByLabel("Management key", { exact: true })).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))).not.toContain("Interns");
    await signIn(page);
    await openActivity(page);
    await expect(page.getByText("No activity yet")).toBeVisible();

    await changeAndOpen(page);
    await page.getByRole("switch", { name: "Keep activity in this browser" }).check();
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await signIn(page);
    await openActivity(page);
    await expect(toggle(page, "Changed settings of Interns")).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(MANAGEMENT_KEY);
  });

  test("another account does not see what is kept", async ({ page }) => {
    await signIn(page);
    await changeAndOpen(page);
    await page.getByRole("switch", { name: "Keep activity in this browser" }).check();
    await page.evaluate(() => {
      for (const name of Object.keys(localStorage).filter((it) => it.includes(".activity."))) {
        localStorage.setItem(name, localStorage.getItem(name)!.replace(/"account":"[^"]*"/, '"account":"org_other"'));
      }
    });
    await page.getByRole("button", { name: "Sign out" }).first().click();
    await signIn(page);
    await openActivity(page);
    await expect(page.getByText("No activity yet")).toBeVisible();
  });

  async function changeAndOpen(page: Page): Promise<void> {
    await page.getByRole("link", { name: "Workspaces", exact: true }).first().click();
    await page.getByRole("link", { name: "Interns", exact: true }).click();
    await field(page, "Description").fill(`Changed ${Date.now()}`);
    await page.getByRole("button", { name: "Save changes" }).click();
    await expectSavedStatus(page);
    await openActivity(page);
    await expect(toggle(page, "Changed settings of Interns").first()).toBeVisible();
  }
});
