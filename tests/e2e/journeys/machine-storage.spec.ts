/** A browser whose storage is full, blocked, broken or cleared: everything works, and says what it cannot keep. */
import type { Page } from "@playwright/test";
import {
  expect,
    expectSavedStatus,
  field,
  heading,
  MANAGEMENT_KEY,
  open,
  openBudgets,
  saveBudgets,
  signIn,
  test,
  typeLimits,
  untilQuiet,
} from "../fixtures.ts";
import { type Refusal, withoutBroadcastChannel, withoutRoomFor, withoutStorage } from "../support/machine.ts";
import {
  addDialog,
  addPasted,
  closeJob,
  dbMembers,
  dbNonMembers,
  expectFinished,
  jobDialog,
  MANY,
  openAddDialog,
  openMembers,
  pasteList,
  requestSizes,
  SCALE,
  waitUntilListed,
} from "../support/members.ts";
import { openOverview, openPanel, panel, select, setPanelLimit } from "../support/overview.ts";
import type { Sandbox } from "../support/sandbox.ts";

const jobNote = (page: Page) => jobDialog(page).getByRole("status").filter({ hasText: /^Your browser can’t store this job’s progress\./ });
const draftNote = (page: Page) => page.getByRole("status").filter({ hasText: /^Your browser can’t store this draft\./ });
const keyField = (page: Page) => page.getByLabel("Management key", { exact: true });
const keepBox = (page: Page) => page.getByRole("checkbox", { name: "Stay signed in in this tab" });
const signedOutMessage = (page: Page) => page.getByText("You were signed out after 30 minutes of inactivity");
const banner = (page: Page) => page.getByText(/was interrupted/);
const records = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("workspace-console.job.")));

/** Advances the page's clock by this number of minutes. */
const advanceMinutes = (page: Page, minutes: number) => page.clock.runFor(minutes * 60_000);

/** Waits until the code that watches the activity is loaded and has started. */
async function waitForIdleTimer(page: Page): Promise<void> {
  await expect(page.locator('link[href*="/later-"]')).toHaveCount(1);
  await untilQuiet(page);
}

test.describe("drafts", () => {
  test.use({ organization: { auth: "proxy" } });

  test("J05: with full storage, each form says that its draft ends with this tab, and can be saved", async ({ page, sandbox }) => {
    await withoutRoomFor(page, [".draft."]);
    page.on("dialog", (dialog) => dialog.accept());
    await open(page, "/workspaces/interns", "Interns");
    await expect(draftNote(page)).toHaveCount(0);
    await field(page, "Description").fill("Typed");
    await expect(draftNote(page)).toHaveCount(1);
    await page.getByRole("button", { name: "Save changes" }).click();
    await expectSavedStatus(page);
    await expect(draftNote(page)).toHaveCount(0);

    await openBudgets(page, "interns");
    await typeLimits(page, { monthly: "700" });
    await expect(draftNote(page)).toHaveCount(1);
    await saveBudgets(page);
    await expect(draftNote(page)).toHaveCount(0);
    expect((await sandbox.limits("interns")).monthly).toBe("700");

    await open(page, "/create-workspace", "Create workspace");
    await field(page, "Name").fill("Fresh");
    await expect(draftNote(page)).toHaveCount(1);

    await openMembers(page, "interns");
    await openAddDialog(page);
    await pasteList(page, "someone@example.com");
    await expect(draftNote(page)).toHaveCount(1);

    await openOverview(page);
    await select(page, "Interns");
    await openPanel(page);
    await setPanelLimit(page, "Daily", "5");
    await expect(draftNote(page)).toHaveCount(1);
    await expect(panel(page).getByText("Your browser can’t store this draft.")).toBeVisible();
  });

  test("J05: a draft that no longer fits is not replaced by an older one after a reload", async ({ page }) => {
    page.on("dialog", (dialog) => dialog.accept());
    await withoutRoomFor(page, [".draft.workspace."], 1);
    await open(page, "/workspaces/interns", "Interns");
    await field(page, "Description").fill("A");
    await expect(draftNote(page)).toHaveCount(0);
    await field(page, "Description").fill("A and more");
    await expect(draftNote(page)).toHaveCount(1);
    await page.reload();
    await expect(field(page, "Description")).toHaveValue("");
  });

  for (const how of ["throws", "null", "methods throw"] as const satisfies Refusal[]) {
    test(`J05: with blocked storage (${how}), a list to add survives leaving the view`, async ({ page }) => {
      await withoutStorage(page, how);
      await openMembers(page, "interns");
      await openAddDialog(page);
      await pasteList(page, "someone@example.com");
      await expect(draftNote(page)).toHaveCount(1);
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: "Workspaces", exact: true }).first().click();
      await expect(heading(page, "Workspaces")).toBeVisible();
      await page.getByRole("link", { name: "Interns", exact: true }).click();
      await page.getByRole("link", { name: "Members", exact: true }).click();
      await waitUntilListed(page);
      await openAddDialog(page);
      await expect(addDialog(page).getByRole("textbox", { name: "People to add" })).toHaveValue("someone@example.com");
    });
  }

  test("J05: with blocked storage, the idle limit ends the session, and what was typed is still there", async ({
    page,
    context,
    sandbox,
  }) => {
    await context.clock.install();
    await withoutStorage(page);
    await open(page, "/workspaces/interns", "Interns");
    await field(page, "Description").fill("Typed before");
    await waitForIdleTimer(page);
    await advanceMinutes(page, 29.2);
    await sandbox.clearLog();
    await advanceMinutes(page, 1);
    await expect(signedOutMessage(page)).toBeVisible();
    await expect(page.getByText("Interns")).toHaveCount(0);
    expect(await sandbox.log()).toEqual([]);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(field(page, "Description")).toHaveValue("Typed before");
  });

  test("J05: with blocked storage, a reload after the idle limit shows nothing of a proxy's session", async ({
    page,
    context,
    sandbox,
  }) => {
    await context.clock.install();
    await withoutStorage(page);
    await open(page, "/workspaces/interns", "Interns");
    await waitForIdleTimer(page);
    await advanceMinutes(page, 29.2);
    await sandbox.clearLog();
    await advanceMinutes(page, 1);
    await expect(signedOutMessage(page)).toBeVisible();
    await page.reload();
    await expect(signedOutMessage(page)).toBeVisible();
    expect(await sandbox.log()).toEqual([]);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(heading(page, "Interns")).toBeVisible();
  });
});

test.describe("the session", () => {
  for (const how of ["throws", "null", "methods throw"] as const satisfies Refusal[]) {
    test(`J05: with blocked storage (${how}), sign-in, theme and sign-out work, and no key can be kept`, async ({ page }) => {
      await withoutStorage(page, how);
      await page.goto("/");
      await expect(keepBox(page)).toHaveCount(0);
      await expect(page.getByText("Your browser can’t store anything for this page")).toBeVisible();
      await signIn(page);
      await page.getByRole("radio", { name: "Dark" }).check({ force: true });
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
      await page.getByRole("link", { name: "Interns", exact: true }).click();
      await field(page, "Description").fill("Typed");
      await page.getByRole("button", { name: "Save changes" }).click();
      await expectSavedStatus(page);
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(keyField(page)).toBeVisible();
    });
  }

  test("J05: a key that does not fit in full storage is not kept in part", async ({ page }) => {
    await withoutRoomFor(page, ["workspace-console.key-active"]);
    await page.goto("/");
    await keepBox(page).check();
    await keyField(page).fill(MANAGEMENT_KEY);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(heading(page, "Workspaces")).toBeVisible();
    expect(await page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.includes(".key")))).toEqual([]);
    await page.reload();
    await expect(keyField(page)).toBeVisible();
  });

  test("J05: without a channel between tabs, a sign-out reaches the other tab immediately", async ({ page, context }) => {
    await withoutBroadcastChannel(context);
    await context.clock.install();
    await signIn(page);
    await waitForIdleTimer(page);
    const other = await context.newPage();
    await signIn(other);
    await context.clock.pauseAt(Date.now() + 60_000);
    await other.getByRole("button", { name: "Sign out" }).click();
    await expect(keyField(page)).toBeVisible();
    await expect(page.getByText("Production")).toHaveCount(0);
  });
});

test.describe("jobs", () => {
  test.use({ organization: { ...SCALE, people: 1_000, members: 300 } });

  /** Starts to add 700 people. The responses to the first four requests come after this time. */
  async function startJob(page: Page, sandbox: Sandbox, delay_ms: number, arrive = () => openMembers(page, MANY)): Promise<void> {
    const others = await dbNonMembers(sandbox, MANY);
    await arrive();
    await sandbox.clearLog();
    await sandbox.fault({ method: "POST", path: "/members/add", times: 4, delay_ms, when: "after", answer: { kind: "pass" } });
    await addPasted(page, others.join("\n"), "700 members");
    await expect.poll(() => requestSizes(sandbox)).toHaveLength(4);
  }

  /** Goes from the list of workspaces to the members, within the page. */
  async function openByLinks(page: Page): Promise<void> {
    await page.getByRole("link", { name: "Everybody of Scale", exact: true }).click();
    await page.getByRole("link", { name: "Members", exact: true }).click();
    await waitUntilListed(page);
  }

  const SEVEN = Array<number>(7).fill(100);

  test("J05: with full storage, a job runs and says that it ends with this tab", async ({ page, context, sandbox }) => {
    await withoutRoomFor(context, [".job.", ".draft."]);
    await startJob(page, sandbox, 3_000);
    await expect(jobNote(page)).toHaveCount(1);
    const other = await context.newPage();
    await openMembers(other, MANY);
    await expect(banner(other)).toHaveCount(0);
    await expectFinished(page, "700 added", 20_000);
    expect(await requestSizes(sandbox)).toEqual(SEVEN);
    await closeJob(page);
  });

  test("J05: a job with room says nothing", async ({ page, sandbox }) => {
    await startJob(page, sandbox, 1_000);
    await expectFinished(page, "700 added", 20_000);
    await expect(page.getByText("Your browser can’t store")).toHaveCount(0);
  });

  test("J05: with blocked storage, a job that is left can be resumed in this tab", async ({ page, context, sandbox }) => {
    await withoutStorage(context);
    await open(page, "/", "Workspaces");
    await startJob(page, sandbox, 10_000, () => openByLinks(page));
    await expect(jobNote(page)).toHaveCount(1);
    await page.goBack();
    await page.goBack();
    await page.getByRole("alertdialog").getByRole("button", { name: "Leave page", exact: true }).click();
    await expect(jobDialog(page)).toHaveCount(0);
    await page.getByRole("link", { name: "Members", exact: true }).click();
    await waitUntilListed(page);
    await expect(banner(page)).toContainText("700");
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await expectFinished(page, "700 added", 20_000);
    await expect(jobNote(page)).toHaveCount(1);
    expect(await requestSizes(sandbox)).toEqual(SEVEN);
  });

  for (const from of [1, 2, 3, 5, 8]) {
    test(`J05: storage that is full from write ${from} of a job on leaves no wrong record`, async ({ page, context, sandbox }) => {
      page.on("dialog", (dialog) => dialog.accept());
      await withoutRoomFor(page, [".job."], from);
      await startJob(page, sandbox, 2_000);
      await expect(jobNote(page)).toHaveCount(1, { timeout: 20_000 });
      expect(await records(page)).toEqual([]);
      await expectFinished(page, "700 added", 20_000);
      expect(await requestSizes(sandbox)).toEqual(SEVEN);
      const other = await context.newPage();
      await openMembers(other, MANY);
      await expect(banner(other)).toHaveCount(0);
      await closeJob(page);
    });
  }

  test("J05: after the storage was cleared in mid-job, the job goes on and can still be resumed", async ({ page, sandbox }) => {
    page.on("dialog", (dialog) => dialog.accept());
    await startJob(page, sandbox, 12_000);
    await page.evaluate(() => localStorage.clear());
    await expect.poll(() => records(page), { timeout: 15_000 }).toHaveLength(3);
    await page.reload();
    await waitUntilListed(page);
    await expect(banner(page)).toContainText("700");
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await expectFinished(page, "700 added", 20_000);
    expect(await requestSizes(sandbox)).toEqual(SEVEN);
    expect((await dbMembers(sandbox, MANY)).length).toBe(1_000);
  });

  test("J05: a record that cannot be read is only dismissed, whatever its lease says", async ({ page }) => {
    await open(page, "/", "Workspaces");
    await page.evaluate(() => {
      const started = String(Math.floor(Date.now() / 1000)).padStart(12, "0");
      const put = (name: string, text: string) => localStorage.setItem(`workspace-console.job.${started}-${name}`, text);
      put("a.spec", "{");
      put("a.state", "\u0000");
      put("a.lease", "no lease");
      put("b.lease", "a lease alone");
    });
    await page.goto("/people");
    await expect(page.getByText("Can’t read an interrupted job")).toHaveCount(1);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await expect(page.getByText("Can’t read an interrupted job")).toHaveCount(0);
    expect((await records(page)).filter((name) => name.endsWith(".spec"))).toEqual([]);
  });
});
