/** Responses that arrive after leaving a page, drafts over other people's changes, and where the focus goes. */
import type { Page } from "@playwright/test";
import {
  expect,
  expectNotice,
  expectSavedStatus,
  field,
  heading,
  MANAGEMENT_KEY,
  open,
  pressTwice,
  test,
} from "../fixtures.ts";

const link = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });
const discard = (page: Page) => page.getByRole("alertdialog").getByRole("button", { name: "Discard changes" });

test.describe("with a key held by the proxy", () => {
  test.use({ organization: { auth: "proxy" } });

  test("a save that completes after you left the page is applied, reported and in the activity", async ({ page, sandbox }) => {
    await sandbox.fault({ method: "PATCH", path: "/workspaces/", delay_ms: 1_500, answer: { kind: "pass" } });
    await open(page, "/workspaces/interns", "Interns");
    await field(page, "Description").fill("Left behind");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect.poll(async () => (await sandbox.requests("PATCH")).length).toBe(1);
    await link(page, "Activity").click();
    await discard(page).click();
    await expect(heading(page, "Activity")).toBeVisible();
    await expectNotice(page, "Success: “Interns” was saved");
    await expect(page.getByRole("row", { name: /Changed settings of Interns.*Done/ })).toBeVisible();
    expect(await sandbox.workspace("interns")).toMatchObject({ description: "Left behind" });
    await expect(page.getByText("The console stopped working")).toHaveCount(0);
  });

  test("a late response to a creation does not navigate away from another form", async ({ page, sandbox }) => {
    await sandbox.fault({ method: "POST", path: "/workspaces", delay_ms: 2_500, answer: { kind: "pass" } });
    await open(page, "/create-workspace", "Create workspace");
    await field(page, "Name").fill("Late");
    await page.getByRole("button", { name: "Create workspace" }).click();
    await expect.poll(async () => (await sandbox.requests("POST")).length).toBe(1);
    await link(page, "Workspaces").click();
    await discard(page).click();
    await page.getByRole("link", { name: "Interns", exact: true }).click();
    await field(page, "Description").fill("Being edited");
    await expectNotice(page, "Success: “Late” was created");
    await expect(page).toHaveURL(/\/workspaces\/interns$/);
    await expect(field(page, "Description")).toHaveValue("Being edited");
    // The question before leaving this form still works.
    await link(page, "Activity").click();
    await expect(page.getByRole("alertdialog", { name: "Leave without saving?" })).toBeVisible();
  });

  test("a draft restored by a reload does not undo other people's changes", async ({ page, sandbox }) => {
    await open(page, "/workspaces/interns", "Interns");
    await field(page, "Description").fill("Mine");
    await sandbox.call("PATCH", "/workspaces/interns", { name: "Their interns" });
    page.on("dialog", (dialog) => dialog.accept());
    await page.reload();
    await expect(page.getByText("Someone else changed the workspace after you started: Name.")).toBeVisible();
    await expect(field(page, "Name")).toHaveValue("Their interns");
    await expect(field(page, "Description")).toHaveValue("Mine");
    await sandbox.clearLog();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expectSavedStatus(page);
    expect((await sandbox.requests("PATCH")).map((it) => it.request_body)).toEqual([{ description: "Mine" }]);
  });

  test("a save without remaining changes sends nothing", async ({ page, sandbox }) => {
    await open(page, "/workspaces/interns", "Interns");
    await field(page, "Name").fill("Interns ");
    await sandbox.clearLog();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("status").filter({ hasText: "No changes to save" })).toBeVisible();
    expect(await sandbox.requests("PATCH")).toEqual([]);
  });

  test("the URL is right after Back, Forward and a link to an earlier page", async ({ page }) => {
    await open(page, "/workspaces", "Workspaces");
    await page.getByRole("link", { name: "Interns", exact: true }).click();
    await expect(heading(page, "Interns")).toBeVisible();
    await link(page, "Activity").click();
    await expect(heading(page, "Activity")).toBeVisible();
    await page.goBack();
    await expect(heading(page, "Interns")).toBeVisible();
    await page.goForward();
    await expect(heading(page, "Activity")).toBeVisible();
    await page.getByRole("button", { name: "Go to workspace" }).click();
    await page.getByRole("link", { name: /^Interns/ }).click();
    await expect(heading(page, "Interns")).toBeVisible();
    await expect(page).toHaveURL(/\/workspaces\/interns$/);
    await page.goBack();
    await expect(heading(page, "Activity")).toBeVisible();
  });

  test("a key write with a lost response is settled by the list", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(500, /\/keys\//, "PATCH");
    await open(page, "/workspaces/mobile-apps?panel=delete", "Mobile Apps");
    const dialog = page.getByRole("alertdialog", { name: "Delete “Mobile Apps”?" });
    const failure = { kind: "status", status: 500 } as const;
    await sandbox.fault({ method: "PATCH", path: "/keys/", when: "after", answer: failure });
    await pressTwice(dialog.getByRole("button", { name: "Disable iOS" }));
    await expect(dialog.getByText("1 active API key blocks the deletion")).toBeVisible();
    await sandbox.fault({ method: "PATCH", path: "/keys/", answer: failure });
    await pressTwice(dialog.getByRole("button", { name: "Disable Android" }));
    await expect(dialog.getByRole("alert")).toContainText("We checked: nothing was changed.");
  });

  test("the focus stays near when its element is removed", async ({ page }) => {
    const isOnBody = () => page.evaluate(() => document.activeElement === document.body);
    await open(page, "/workspaces/mobile-apps?panel=delete", "Mobile Apps");
    const dialog = page.getByRole("alertdialog", { name: "Delete “Mobile Apps”?" });
    await dialog.getByRole("button", { name: "Delete iOS" }).focus();
    await page.keyboard.press("Enter");
    // A second press of Enter changes nothing.
    await expect(dialog.getByRole("listitem").getByRole("button", { name: "Cancel" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await field(page, "Description").fill("Changed");
    await page.getByRole("button", { name: "Discard changes" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: "Discard changes" })).toHaveCount(0);
    await expect(heading(page, "Mobile Apps")).toBeFocused();
    await link(page, "Workspaces").click();
    await page.getByRole("searchbox", { name: "Search workspaces" }).fill("no such thing");
    await page.getByRole("button", { name: "Clear search" }).nth(-1).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("link", { name: "Interns", exact: true })).toBeVisible();
    await expect.poll(isOnBody).toBe(false);
  });
});

test("signing in moves the focus to the page's heading", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Management key", { exact: true }).fill(MANAGEMENT_KEY);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(heading(page, "Workspaces")).toBeFocused();
});
