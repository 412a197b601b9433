/** Tabs that share a job in a browser without locks, and tabs that are frozen, killed or discarded in mid-job. */
import type { Page } from "@playwright/test";
import { expect, field, heading, open, test } from "../fixtures.ts";
import {
  crash,
  duplicate,
  openWith,
  setClockAhead,
  setFrozen,
  startLanProxy,
  withLocksThat,
  withOwnClock,
  withoutSecureContext,
} from "../support/machine.ts";
import {
  addPasted,
  dbMembers,
  dbNonMembers,
  expectFinished,
  jobDialog,
  MANY,
  openMembers,
  requestSizes,
  waitUntilListed,
} from "../support/members.ts";
import type { Sandbox } from "../support/sandbox.ts";

// 700 people to add, in seven requests. Four are sent at a time.
test.use({ organization: { auth: "proxy", seed: "scale", workspaces: 2, people: 1_000, members: 300 } });

const SEVEN = Array<number>(7).fill(100);
const banner = (page: Page) => page.getByText(/was interrupted/);
const resumeButton = (page: Page) => page.getByRole("main").getByRole("button", { name: "Resume", exact: true });
const progress = (page: Page) => jobDialog(page).getByRole("progressbar", { name: "Adding" });
const takenOver = (page: Page) => page.getByText("Another tab has taken over this job");

/** Starts to add everyone. The first four requests are applied, and their responses come after this time. */
async function startSlowJob(page: Page, sandbox: Sandbox, delay_ms = 20_000): Promise<void> {
  const others = await dbNonMembers(sandbox, MANY);
  await openMembers(page, MANY);
  await sandbox.clearLog();
  await sandbox.fault({ method: "POST", path: "/members/add", times: 4, delay_ms, when: "after", answer: { kind: "pass" } });
  await addPasted(page, others.join("\n"), "700 members");
  await expect.poll(async () => (await dbMembers(sandbox, MANY)).length).toBe(700);
}

/** Opens the members in a tab whose clock can be set. */
async function openOther(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  await withOwnClock(other);
  await openMembers(other, MANY);
  return other;
}

test("J04: without locks, a second tab does not call a running job interrupted, and it is sent once", async ({
  page,
  context,
  sandbox,
}) => {
  await withoutSecureContext(context);
  await startSlowJob(page, sandbox, 12_000);
  const other = await openOther(page);
  await expect(banner(other)).toHaveCount(0);
  await other.reload();
  await waitUntilListed(other);
  await expectFinished(page, "700 added", 30_000);
  await expect(banner(other)).toHaveCount(0);
  expect(await requestSizes(sandbox)).toEqual(SEVEN);
});

test("J04: without locks, the job of a closed tab is offered in a tab that is already open", async ({ page, context, sandbox }) => {
  await withoutSecureContext(context);
  await startSlowJob(page, sandbox);
  const other = await openOther(page);
  await expect(banner(other)).toHaveCount(0);
  await page.close();
  await expect(banner(other)).toContainText("700", { timeout: 15_000 });
  await resumeButton(other).click();
  await expectFinished(other, "700 added", 20_000);
  expect(await requestSizes(sandbox)).toEqual(SEVEN);
});

test("J04: without locks, the job of a tab that died is offered once its heartbeat is stale", async ({ page, context, sandbox }) => {
  await withoutSecureContext(context);
  await startSlowJob(page, sandbox);
  const other = await openOther(page);
  await crash(page);
  await other.reload();
  await waitUntilListed(other);
  await expect(banner(other)).toHaveCount(0);
  await setClockAhead(other, 2);
  await expect(banner(other)).toContainText("700", { timeout: 15_000 });
  await resumeButton(other).click();
  await expectFinished(other, "700 added", 20_000);
  expect(await requestSizes(sandbox)).toEqual(SEVEN);
});

test("J04: without locks, only one of two tabs resumes a job", async ({ page, context, sandbox }) => {
  await withoutSecureContext(context);
  await startSlowJob(page, sandbox);
  await page.close();
  const [first, second] = [await openOther(page), await openOther(page)];
  for (const tab of [first, second]) await expect(banner(tab)).toBeVisible();
  await Promise.all([resumeButton(first).click(), resumeButton(second).click()]);
  await expect.poll(async () => (await dbMembers(sandbox, MANY)).length).toBe(1_000);
  for (const tab of [first, second]) await expect(banner(tab)).toHaveCount(0);
  expect((await jobDialog(first).count()) + (await jobDialog(second).count())).toBe(1);
  expect(await requestSizes(sandbox)).toEqual(SEVEN);
});

test("J04: on plain http under a name of the network, a second tab does not call a running job interrupted", async ({
  browser,
  sandbox,
  server,
}) => {
  const lan = await startLanProxy(server.url);
  const context = await browser.newContext({ proxy: { server: lan.url }, baseURL: "http://console.lan.test" });
  const page = await context.newPage();
  await startSlowJob(page, sandbox, 12_000);
  expect(await page.evaluate(() => [isSecureContext, "locks" in navigator, "randomUUID" in crypto])).toEqual([false, false, false]);
  const other = await openOther(page);
  await expect(banner(other)).toHaveCount(0);
  await expectFinished(page, "700 added", 30_000);
  await expect(banner(other)).toHaveCount(0);
  expect(await requestSizes(sandbox)).toEqual(SEVEN);
  await context.close();
  lan.close();
});

for (const how of ["hang", "reject", "throw"] as const) {
  test(`J05: if requests for locks ${how}, a job runs, and is offered after a reload`, async ({ page, context, sandbox }) => {
    page.on("dialog", (dialog) => dialog.accept());
    await withLocksThat(context, how);
    await startSlowJob(page, sandbox);
    const other = await openOther(page);
    await expect(banner(other)).toHaveCount(0);
    await page.reload();
    await expect(banner(page)).toContainText("700");
    await resumeButton(page).click();
    await expectFinished(page, "700 added", 30_000);
    expect(await requestSizes(sandbox)).toEqual(SEVEN);
  });
}

test("J07: a job goes on after its tab was frozen for five minutes, and until then no other tab offers it", async ({
  page,
  sandbox,
}) => {
  await withOwnClock(page);
  await startSlowJob(page, sandbox, 15_000);
  await setFrozen(page, true);
  const other = await openOther(page);
  await setClockAhead(other, 5);
  await other.reload();
  await waitUntilListed(other);
  await expect(banner(other)).toHaveCount(0);
  await setFrozen(page, false);
  await setClockAhead(page, 5);
  await expectFinished(page, "700 added", 30_000);
  await expect(banner(other)).toHaveCount(0);
  for (const tab of [page, other]) await expect(tab.getByText(/You were signed out/)).toHaveCount(0);
  expect(await requestSizes(sandbox)).toEqual(SEVEN);
});

test("J07: without locks, a frozen tab whose job was resumed elsewhere stops when it wakes, and sends no one twice", async ({
  page,
  context,
  sandbox,
}) => {
  await withoutSecureContext(context);
  await startSlowJob(page, sandbox, 15_000);
  const other = await openOther(page);
  await setFrozen(page, true);
  await setClockAhead(other, 5);
  await expect(banner(other)).toContainText("700", { timeout: 15_000 });
  await resumeButton(other).click();
  await expectFinished(other, "700 added", 20_000);
  await setFrozen(page, false);
  await expect(takenOver(page)).toBeVisible();
  await expect(progress(page)).toHaveCount(0);
  await jobDialog(page).getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(jobDialog(page)).toHaveCount(0);
  expect(await requestSizes(sandbox)).toEqual(SEVEN);
  // The record is the other tab's: its outcome is still there.
  await other.reload();
  await expect(other.getByRole("button", { name: "View outcome" })).toBeVisible();
});

test("J07: without locks, a frozen tab whose job was dismissed elsewhere stops when it wakes", async ({ page, context, sandbox }) => {
  await withoutSecureContext(context);
  await startSlowJob(page, sandbox, 15_000);
  const other = await openOther(page);
  await setFrozen(page, true);
  await setClockAhead(other, 5);
  await other.getByRole("button", { name: "Dismiss" }).click({ timeout: 15_000 });
  await expect(banner(other)).toHaveCount(0);
  await setFrozen(page, false);
  await expect(takenOver(page)).toBeVisible();
  expect(await requestSizes(sandbox)).toEqual(SEVEN.slice(3));
  await other.reload();
  await waitUntilListed(other);
  await expect(banner(other)).toHaveCount(0);
});

test("J07: a tab that the browser discarded comes back with its draft and its job", async ({ page, sandbox }) => {
  await open(page, "/workspaces/default", "Default Workspace");
  await field(page, "Description").fill("Typed before");
  const draft = await page.evaluate(() => ({ ...sessionStorage }));
  const worker = await duplicate(page, "/workspaces/scale-members/members");
  await startSlowJob(worker, sandbox);
  await crash(worker);
  await crash(page);
  const back = await openWith(page.context(), draft, "/workspaces/default");
  await expect(heading(back, "Default Workspace")).toBeVisible();
  await expect(field(back, "Description")).toHaveValue("Typed before");
  const again = await page.context().newPage();
  await openMembers(again, MANY);
  await resumeButton(again).click();
  await expectFinished(again, "700 added", 20_000);
  expect(await requestSizes(sandbox)).toEqual(SEVEN);
});
