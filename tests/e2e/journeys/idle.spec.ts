/** The idle limit: after 30 minutes without activity, every tab is signed out and every draft is kept. */
import type { Page } from "@playwright/test";
import { expect, field, heading, MANAGEMENT_KEY, open, signIn, test, untilQuiet } from "../fixtures.ts";
import { MANY, openMembers, openRemoveDialog, removeDialog, requestSizes, SCALE, selectAll } from "../support/members.ts";

const keyField = (page: Page) => page.getByLabel("Management key", { exact: true });
const question = (page: Page) => page.getByRole("dialog", { name: "Are you still there?" });
const signedOutMessage = (page: Page) => page.getByText("You were signed out after 30 minutes of inactivity");

/** Advances the page's clock by this number of minutes. */
const advanceMinutes = (page: Page, minutes: number) => page.clock.runFor(minutes * 60_000);

/** Waits until the code that watches the activity is loaded and has started. */
async function waitForIdleTimer(page: Page): Promise<void> {
  await expect(page.locator('link[href*="/later-"]')).toHaveCount(1);
  await untilQuiet(page);
}

/** Opens a workspace within the page, because the key is in its memory only, and types a draft. */
async function typeDraft(page: Page, draft: string): Promise<void> {
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await field(page, "Description").fill(draft);
}

test("after 30 minutes without activity the key is gone in every tab, and the drafts are kept", async ({ page, context }) => {
  test.slow();
  await context.clock.install();
  await signIn(page);
  await waitForIdleTimer(page);
  await typeDraft(page, "A draft of this tab");
  const other = await context.newPage();
  await signIn(other);
  await waitForIdleTimer(other);
  await typeDraft(other, "A draft of the other tab");
  for (const tab of [page, other]) await untilQuiet(tab);

  await advanceMinutes(page, 28);
  await expect(question(page)).toHaveCount(0);
  await advanceMinutes(page, 1.2);
  await expect(question(page)).toBeVisible();
  await expect(question(page).getByText("after 30 minutes of inactivity")).toBeVisible();
  await expect(question(page).getByRole("button", { name: "Stay signed in" })).toBeFocused();
  await advanceMinutes(page, 1);

  for (const [tab, draft] of [[page, "A draft of this tab"], [other, "A draft of the other tab"]] as const) {
    await expect(signedOutMessage(tab)).toBeVisible();
    await expect(keyField(tab)).toBeVisible();
    await expect(tab.getByText(/Interns|Production/)).toHaveCount(0);
    expect(await tab.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))).not.toContain("sk-or");
    await keyField(tab).fill(MANAGEMENT_KEY);
    await tab.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(field(tab, "Description")).toHaveValue(draft);
  }
});

test("a key that was kept for the tab is removed too", async ({ page, context }) => {
  await context.clock.install();
  await page.goto("/");
  await page.getByRole("checkbox", { name: /Stay signed in in this tab/ }).check();
  await keyField(page).fill(MANAGEMENT_KEY);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(heading(page, "Workspaces")).toBeVisible();
  await waitForIdleTimer(page);
  await advanceMinutes(page, 31);
  await expect(signedOutMessage(page)).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("sk-or");
  await page.reload();
  await expect(keyField(page)).toBeVisible();
});

test("answering the question keeps you signed in, and does not press what is below it", async ({ page, context }) => {
  await context.clock.install();
  await signIn(page);
  await waitForIdleTimer(page);
  await typeDraft(page, "A draft");
  await advanceMinutes(page, 29.2);
  await expect(question(page)).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(question(page)).toHaveCount(0);
  await expect(field(page, "Description")).toHaveValue("A draft");
  await advanceMinutes(page, 28);
  await expect(question(page)).toHaveCount(0);
  await expect(signedOutMessage(page)).toHaveCount(0);
});

test("activity in one tab keeps all tabs signed in", async ({ page, context }) => {
  await context.clock.install();
  await signIn(page);
  await waitForIdleTimer(page);
  const other = await context.newPage();
  await signIn(other);
  await waitForIdleTimer(other);
  for (const _ of [1, 2]) {
    await advanceMinutes(page, 20);
    await other.keyboard.press("Shift");
  }
  await expect(question(page)).toHaveCount(0);
  await expect(heading(page, "Workspaces")).toBeVisible();
});

/** Stops a page's timers and messages while `isFrozen`, as a browser does with a frozen tab. */
async function installFreeze(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const state = { isFrozen: false };
    Reflect.set(window, "sleepy", state);
    const every = window.setInterval;
    const wrapped = (run: () => void, ...rest: number[]) => every(() => state.isFrozen || run(), ...rest);
    Reflect.set(window, "setInterval", wrapped);
    const listen = BroadcastChannel.prototype.addEventListener;
    BroadcastChannel.prototype.addEventListener = function (name: string, heard: EventListenerOrEventListenerObject | null) {
      const isFunction = typeof heard === "function";
      listen.call(this, name, (event) => void (state.isFrozen || (isFunction && heard.call(this, event))));
    };
  });
}

const setFrozen = (page: Page, isFrozen: boolean) =>
  page.evaluate((isFrozen) => Reflect.set(Reflect.get(window, "sleepy"), "isFrozen", isFrozen), isFrozen);

test("C4: a tab that wakes up after the limit does not sign out a tab in use", async ({ page, context }) => {
  await context.clock.install();
  const sleepy = await context.newPage();
  await installFreeze(sleepy);
  for (const tab of [page, sleepy]) {
    await signIn(tab);
    await waitForIdleTimer(tab);
  }
  await setFrozen(sleepy, true);
  for (const _ of [1, 2, 3]) {
    await advanceMinutes(page, 11);
    await page.keyboard.press("Shift");
  }
  await setFrozen(sleepy, false);
  await advanceMinutes(page, 0.5);
  for (const tab of [page, sleepy]) {
    await expect(signedOutMessage(tab)).toHaveCount(0);
    await expect(heading(tab, "Workspaces")).toBeVisible();
  }
});

test("C4: a tab that wakes up after the limit is signed out if no tab was active", async ({ page, context }) => {
  await context.clock.install();
  await installFreeze(page);
  await signIn(page);
  await waitForIdleTimer(page);
  await setFrozen(page, true);
  await advanceMinutes(page, 31);
  await expect(signedOutMessage(page)).toHaveCount(0);
  await setFrozen(page, false);
  await advanceMinutes(page, 0.5);
  await expect(signedOutMessage(page)).toBeVisible();
});

test.describe("behind a proxy that holds the key", () => {
  test.use({ organization: { auth: "proxy" } });

  test("nothing is shown or requested until the person says that they are back", async ({ page, context, sandbox }) => {
    await context.clock.install();
    await open(page, "/workspaces/interns", "Interns");
    await field(page, "Description").fill("A draft");
    await waitForIdleTimer(page);
    await advanceMinutes(page, 29.2);
    await sandbox.clearLog();
    await advanceMinutes(page, 1);
    await expect(signedOutMessage(page)).toBeVisible();
    await expect(page.getByText("Interns")).toHaveCount(0);
    await page.reload();
    await expect(signedOutMessage(page)).toBeVisible();
    expect(await sandbox.log()).toEqual([]);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(field(page, "Description")).toHaveValue("A draft");
    await page.reload();
    await expect(heading(page, "Interns")).toBeVisible();
  });

  test("C10: if the sign-in at the proxy has ended too, the console does not ask for a key", async ({ page, context, sandbox }) => {
    await context.clock.install();
    await open(page, "/workspaces/interns", "Interns");
    await waitForIdleTimer(page);
    await advanceMinutes(page, 31);
    await expect(signedOutMessage(page)).toBeVisible();
    await sandbox.fault({ method: "GET", path: "/key$", times: 1, answer: { kind: "status", status: 401 } });
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("Your sign-in at the proxy has ended")).toBeVisible();
    await expect(keyField(page)).toHaveCount(0);
    await page.getByRole("link", { name: "Reload the page" }).click();
    await expect(heading(page, "Interns")).toBeVisible();
  });
});

test.describe("while members are being removed", () => {
  test.use({ organization: SCALE });

  test("a job that sends requests counts as activity", async ({ page, context, sandbox, expectedFailures }) => {
    expectedFailures.allowRefusedRemovals();
    expectedFailures.allow(429, /\/members\/remove$/, "POST");
    await context.clock.install();
    await openMembers(page, MANY);
    await waitForIdleTimer(page);
    await sandbox.fault({
      method: "POST",
      path: "/members/remove",
      times: 1,
      answer: { kind: "status", status: 429, retry_after: 1_500 },
    });
    await selectAll(page);
    await openRemoveDialog(page);
    await advanceMinutes(page, 20);
    await removeDialog(page).getByRole("button", { name: /^Remove \d+ members$/ }).click();
    await expect.poll(async () => (await requestSizes(sandbox)).length).toBeGreaterThan(0);
    await advanceMinutes(page, 26);
    await expect(signedOutMessage(page)).toHaveCount(0);
    await expect.poll(async () => (await requestSizes(sandbox)).length).toBeGreaterThan(4);
    await advanceMinutes(page, 20);
    await expect(signedOutMessage(page)).toHaveCount(0);
  });
});
