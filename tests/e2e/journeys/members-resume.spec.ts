/** A job that was interrupted by a closed or reloaded page: it is offered again, read back first, and completed. */
import type { Page } from "@playwright/test";
import { expect, heading, MANAGEMENT_KEY, open, signIn, test } from "../fixtures.ts";
import {
  addPasted,
  closeJob,
  count,
  dbMembers,
  dbNonMembers,
  expectFinished,
  expectReadBeforeRetry,
  isWrite,
  jobDialog,
  MANY,
  openMembers,
  openRemoveDialog,
  outcomes,
  removeDialog,
  requestSizes,
  SCALE,
  selectAll,
  userIdsOf,
  waitUntilListed,
} from "../support/members.ts";
import type { Sandbox } from "../support/sandbox.ts";

// Seven have keys. One is managed by the identity provider.
const MORE = { ...SCALE, people: 800, members: 700 } as const;
test.use({ organization: MORE });

const banner = (page: Page) => page.getByText(/was interrupted/);
const resumeButton = (page: Page) => page.getByRole("main").getByRole("button", { name: "Resume", exact: true });
const jobs = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("workspace-console.job.")));

/** Starts to remove everyone. The first two requests are applied, the next two are not, and all responses hang. */
async function startHangingJob(page: Page, sandbox: Sandbox): Promise<void> {
  const fault = { method: "POST", path: "/members/remove", times: 2, delay_ms: 20_000 } as const;
  await sandbox.fault({ ...fault, when: "after", answer: { kind: "pass" } });
  await sandbox.fault({ ...fault, when: "before", answer: { kind: "close" } });
  await selectAll(page);
  await openRemoveDialog(page);
  await sandbox.clearLog();
  await removeDialog(page).getByRole("button", { name: "Remove 693 members", exact: true }).click();
  await expect.poll(() => requestSizes(sandbox)).toHaveLength(4);
}

/** Goes from the list of workspaces to the members, within the page. */
async function openByLinks(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Everybody of Scale", exact: true }).click();
  await page.getByRole("link", { name: "Members", exact: true }).click();
  await waitUntilListed(page);
}

test("after a reload nothing is sent until the job is resumed; then people in flight are read back first", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allowRefusedRemovals();
  page.on("dialog", (dialog) => dialog.accept());
  await openMembers(page, MANY);
  await startHangingJob(page, sandbox);
  await expect.poll(async () => (await dbMembers(sandbox, MANY)).length).toBeLessThan(700);
  await page.reload();
  await waitUntilListed(page);
  await expect(banner(page)).toContainText("693");
  await expect(jobDialog(page)).toHaveCount(0);
  expect(await requestSizes(sandbox)).toHaveLength(4);
  const applied = new Set(await dbMembers(sandbox, MANY));

  await resumeButton(page).click();
  await expectFinished(page, "692 removed · 1 refused", 20_000);
  await expect(banner(page)).toHaveCount(0);
  await expectReadBeforeRetry(sandbox);
  // People who were already removed are not sent again.
  const again = (await sandbox.log()).filter(isWrite).slice(4).flatMap(userIdsOf);
  expect(again.filter((id) => !applied.has(id))).toEqual([]);
  const results = await outcomes(page);
  expect(results).toHaveLength(693);
  const members = new Set(await dbMembers(sandbox, MANY));
  expect(members.size).toBe(8);
  for (const { id, outcome } of results) expect(members.has(id)).toBe(outcome === "refused");
  await closeJob(page);
  await expect(count(page)).toHaveText("8 members");
  expect(await jobs(page)).toEqual([]);
  await page.reload();
  await waitUntilListed(page);
  await expect(banner(page)).toHaveCount(0);
});

test("an addition can be resumed from another tab after its tab was closed", async ({ page, context, sandbox }) => {
  const others = await dbNonMembers(sandbox, MANY);
  await openMembers(page, MANY);
  await sandbox.clearLog();
  const fault = { method: "POST", path: "/members/add", delay_ms: 20_000, answer: { kind: "pass" } } as const;
  await sandbox.fault({ ...fault, when: "after" });
  await addPasted(page, others.join("\n"), "100 members");
  await expect.poll(async () => (await dbMembers(sandbox, MANY)).length).toBe(800);
  await page.close();
  const other = await context.newPage();
  await openMembers(other, MANY);
  await expect(banner(other)).toContainText("100");
  await resumeButton(other).click();
  await expectFinished(other, "100 added");
  expect(await requestSizes(sandbox)).toEqual([100]);
  await expectReadBeforeRetry(sandbox);
});

test("another tab does not offer a running job, but offers it after its tab is closed", async ({ page, context, sandbox }) => {
  await openMembers(page, MANY);
  await startHangingJob(page, sandbox);
  const other = await context.newPage();
  await openMembers(other, MANY);
  await expect(banner(other)).toHaveCount(0);
  await page.close();
  await other.reload();
  await expect(banner(other)).toBeVisible();
  // The job belongs to its workspace only.
  await openMembers(other, "default");
  await expect(banner(other)).toHaveCount(0);
});

test("if two tabs offer the same job, only one runs it", async ({ page, context, sandbox, expectedFailures }) => {
  expectedFailures.allowRefusedRemovals();
  await openMembers(page, MANY);
  await startHangingJob(page, sandbox);
  await page.close();
  const [first, second] = [await context.newPage(), await context.newPage()];
  for (const tab of [first, second]) {
    await openMembers(tab, MANY);
    await expect(banner(tab)).toBeVisible();
  }
  await sandbox.clearFaults();
  await sandbox.fault({ method: "POST", path: "/members/remove", times: 4, delay_ms: 1_000, answer: { kind: "pass" } });
  await resumeButton(first).click();
  await expect(jobDialog(first)).toBeVisible();
  await resumeButton(second).click();
  await expect(banner(second)).toHaveCount(0);
  await expect(jobDialog(second)).toHaveCount(0);
  await expectFinished(first, "692 removed · 1 refused", 20_000);
  await expectReadBeforeRetry(sandbox);
});

test("“Dismiss” deletes the job and sends nothing", async ({ page, sandbox }) => {
  page.on("dialog", (dialog) => dialog.accept());
  await openMembers(page, MANY);
  await startHangingJob(page, sandbox);
  await page.reload();
  await expect(banner(page)).toBeVisible();
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(banner(page)).toHaveCount(0);
  expect(await jobs(page)).toEqual([]);
  await page.reload();
  await waitUntilListed(page);
  await expect(banner(page)).toHaveCount(0);
  expect(await requestSizes(sandbox)).toHaveLength(4);
});

test("an outcome that was not viewed is still shown after a reload", async ({ page, sandbox }) => {
  const others = (await dbNonMembers(sandbox, MANY)).slice(0, 30);
  await openMembers(page, MANY);
  await addPasted(page, others.join("\n"), "30 members");
  await expectFinished(page, "30 added");
  await page.reload();
  await waitUntilListed(page);
  await page.getByRole("button", { name: "View outcome" }).click();
  await expectFinished(page, "30 added");
  expect((await outcomes(page)).map((it) => it.id).sort()).toEqual([...others].sort());
  expect(await requestSizes(sandbox)).toEqual([30]);
  await closeJob(page);
  expect(await jobs(page)).toEqual([]);
});

test("going back asks first; the job can then be resumed here", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allowRefusedRemovals();
  await open(page, "/", "Workspaces");
  await openByLinks(page);
  await startHangingJob(page, sandbox);
  // The first step back belongs to the panel, which stays open for the job.
  await page.goBack();
  await expect(page).toHaveURL(/members$/);
  await page.goBack();
  const asking = page.getByRole("alertdialog", { name: "Leave while members are being changed?" });
  await expect(asking.getByRole("button").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(asking).toHaveCount(0);
  await expect(jobDialog(page).getByRole("progressbar", { name: "Removing" })).toBeVisible();
  await page.goBack();
  await asking.getByRole("button", { name: "Leave page", exact: true }).click();
  await expect(jobDialog(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Members", exact: true }).click();
  await waitUntilListed(page);
  await expect(banner(page)).toContainText("693");
  await sandbox.clearFaults();
  await resumeButton(page).click();
  await expectFinished(page, "692 removed · 1 refused", 20_000);
  await expectReadBeforeRetry(sandbox);
  expect(await dbMembers(sandbox, MANY)).toHaveLength(8);
});

test.describe("with a key", () => {
  test.use({ organization: { ...MORE, auth: "key" } });

  async function openBySigningIn(page: Page): Promise<void> {
    await signIn(page);
    await openByLinks(page);
  }

  test("the job record contains no key", async ({ page, sandbox }) => {
    await openBySigningIn(page);
    await startHangingJob(page, sandbox);
    expect(await jobs(page)).not.toEqual([]);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).toContain("user_");
    expect(kept).not.toContain(MANAGEMENT_KEY);
    expect(kept).not.toContain("sk-or");
  });

  test("signing out deletes all job records, even that of a job running in another tab", async ({ page, context, sandbox }) => {
    await openBySigningIn(page);
    await startHangingJob(page, sandbox);
    expect(await jobs(page)).not.toEqual([]);
    const other = await context.newPage();
    await openBySigningIn(other);
    await other.getByRole("button", { name: "Sign out" }).click();
    for (const tab of [page, other]) {
      await expect(tab.getByLabel("Management key", { exact: true })).toBeVisible();
      await expect(jobDialog(tab)).toHaveCount(0);
      expect(await jobs(tab)).toEqual([]);
    }
    const writes = (await requestSizes(sandbox)).length;
    await openBySigningIn(page);
    await expect(banner(page)).toHaveCount(0);
    expect(await jobs(page)).toEqual([]);
    expect(await requestSizes(sandbox)).toHaveLength(writes);
    await expect(heading(page, "Everybody of Scale")).toBeVisible();
  });

  test("signing out while a job waits for the key deletes its record", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(401, /\/members\/remove$/, "POST");
    await openBySigningIn(page);
    await selectAll(page);
    await openRemoveDialog(page);
    await sandbox.fault({ method: "POST", path: "/members/remove", times: 9, answer: { kind: "status", status: 401 } });
    await removeDialog(page).getByRole("button", { name: "Remove 693 members", exact: true }).click();
    await page.getByRole("dialog", { name: "Sign in again" }).getByRole("button", { name: "Sign out" }).click();
    // The job is not over.
    await page.getByRole("alertdialog", { name: "Sign out?" }).getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByLabel("Management key", { exact: true })).toBeVisible();
    await expect(jobDialog(page)).toHaveCount(0);
    expect(await jobs(page)).toEqual([]);
    await page.getByLabel("Management key", { exact: true }).fill(MANAGEMENT_KEY);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await waitUntilListed(page);
    await expect(banner(page)).toHaveCount(0);
    await expect(count(page)).toHaveText("700 members");
  });
});
