/** A clock that jumps: nothing waits for ever, counts up or signs anyone out by mistake. */
import type { Page } from "@playwright/test";
import { expect, heading, MANAGEMENT_KEY, signIn, test, untilQuiet } from "../fixtures.ts";
import { expectFigures } from "../support/home.ts";
import { setClockAhead, withOwnClock } from "../support/machine.ts";
import { addPasted, dbNonMembers, expectFinished, jobDialog, MANY, openMembers, requestSizes, SCALE } from "../support/members.ts";
import type { Sandbox } from "../support/sandbox.ts";

const keyField = (page: Page) => page.getByLabel("Management key", { exact: true });
const question = (page: Page) => page.getByRole("dialog", { name: "Are you still there?" });

/** Waits until the code that watches the activity is loaded and has started, and the list with its overview is read. */
async function waitForIdleTimer(page: Page): Promise<void> {
  await expect(page.locator('link[href*="/later-"]')).toHaveCount(1);
  await expectFigures(page);
  await untilQuiet(page);
}

async function signInAndKeep(page: Page): Promise<void> {
  await page.goto("/");
  await page.getByRole("checkbox", { name: "Stay signed in in this tab", exact: true }).check();
  await keyField(page).fill(MANAGEMENT_KEY);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(heading(page, "Workspaces")).toBeVisible();
}

test("J07: a clock that is set back by an hour signs no one out, in no tab and not after a reload", async ({ page, context }) => {
  await context.clock.install();
  await signInAndKeep(page);
  await waitForIdleTimer(page);
  const other = await context.newPage();
  await signIn(other);
  await waitForIdleTimer(other);
  await page.clock.setSystemTime(Date.now() - 3_600_000);
  await page.clock.runFor(30_000);
  for (const tab of [page, other]) {
    await expect(question(tab)).toHaveCount(0);
    await expect(heading(tab, "Workspaces")).toBeVisible();
  }
  await page.reload();
  await expect(heading(page, "Workspaces")).toBeVisible();
});

test("J07: after a clock was set back, the idle limit still ends the session", async ({ page, context, expectedFailures }) => {
  // While minutes pass at once, a read of the overview may be under way when the key is forgotten.
  expectedFailures.allow(401, /\/(budgets|keys\?.*|activity\?.*|credits)$/, "GET");
  expectedFailures.allow(401, /\/analytics\/query$/, "POST");
  await context.clock.install();
  await signIn(page);
  await waitForIdleTimer(page);
  await page.clock.setSystemTime(Date.now() - 3_600_000);
  // Values of the future are read again.
  await page.clock.runFor(60_000);
  await untilQuiet(page);
  await page.clock.runFor(30 * 60_000);
  await expect(page.getByText("You were signed out after 30 minutes of inactivity")).toBeVisible();
});

test.describe("while a job waits, as the API asked", () => {
  test.use({ organization: SCALE });

  const wait = (page: Page) => jobDialog(page).getByText(/Resuming in \d+ s,/);
  const secondsLeft = async (page: Page) => Number(/in (\d+) s/.exec(await wait(page).innerText())?.[1]);

  async function startWaitingJob(page: Page, sandbox: Sandbox, retry_after: number): Promise<void> {
    await withOwnClock(page);
    const others = (await dbNonMembers(sandbox, MANY)).slice(0, 50);
    await openMembers(page, MANY);
    await sandbox.fault({ method: "POST", path: "/members/add", answer: { kind: "status", status: 429, retry_after } });
    await addPasted(page, others.join("\n"), "50 members");
    await expect(wait(page)).toBeVisible();
  }

  test("J07: the time that the machine slept counts", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(429, /\/members\/add$/, "POST");
    await startWaitingJob(page, sandbox, 1_200);
    expect(await secondsLeft(page)).toBeGreaterThan(1_100);
    await setClockAhead(page, 25);
    await expectFinished(page, "50 added", 20_000);
    expect(await requestSizes(sandbox)).toEqual([50, 50]);
  });

  test("J07: a clock that is set back makes no wait longer", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(429, /\/members\/add$/, "POST");
    await startWaitingJob(page, sandbox, 8);
    const before = await secondsLeft(page);
    await setClockAhead(page, -60);
    await expect.poll(() => secondsLeft(page)).toBeLessThan(before);
    await expectFinished(page, "50 added", 20_000);
    expect(await requestSizes(sandbox)).toEqual([50, 50]);
  });
});
