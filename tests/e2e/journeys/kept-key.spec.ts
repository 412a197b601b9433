/** A key that is kept for its tab: it ends with a sign-out anywhere and with the idle limit, also where no page was loaded. */
import type { BrowserContext, Page } from "@playwright/test";
import { expect, field, heading, MANAGEMENT_KEY, signIn, test, untilQuiet } from "../fixtures.ts";
import { expectFigures } from "../support/home.ts";
import type { Sandbox } from "../support/sandbox.ts";

const keyField = (page: Page) => page.getByLabel("Management key", { exact: true });
const keepBox = (page: Page) => page.getByRole("checkbox", { name: "Stay signed in in this tab", exact: true });
const signedOutMessage = (page: Page) => page.getByText("You were signed out after 30 minutes of inactivity");

/** In milliseconds. */
const DAY = 86_400_000;

/** Advances the clock of all pages by this number of minutes. */
const advanceMinutes = (page: Page, minutes: number) => page.clock.runFor(minutes * 60_000);

/** Signs in and keeps the key for the tab. */
async function signInAndKeep(page: Page): Promise<void> {
  await page.goto("/");
  await keepBox(page).check();
  await keyField(page).fill(MANAGEMENT_KEY);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(heading(page, "Workspaces")).toBeVisible();
}

/** Waits until the code that watches the activity is loaded and has started. */
async function waitForIdleTimer(page: Page): Promise<void> {
  await expect(page.locator('link[href*="/later-"]')).toHaveCount(1);
  await untilQuiet(page);
}

/** Closes a tab, and returns a function that opens it again with its storage, as browsers do. */
async function closeTab(page: Page, context: BrowserContext): Promise<() => Promise<Page>> {
  const storage = await page.evaluate(() => ({ ...sessionStorage }));
  expect(JSON.stringify(storage)).toContain(MANAGEMENT_KEY);
  const url = page.url();
  await page.close();
  return async () => {
    const restored = await context.newPage();
    // Only before the first load: what the page removes stays away.
    await restored.addInitScript((items) => {
      if (window.name === "restored") return;
      window.name = "restored";
      for (const [name, text] of Object.entries(items)) sessionStorage.setItem(name, text);
    }, storage);
    await restored.goto(url);
    return restored;
  };
}

/** Expects the sign-in page, no key in storage, and no request with a key since the log was cleared. */
async function expectNoKey(page: Page, sandbox: Sandbox): Promise<void> {
  await expect(keyField(page)).toBeVisible();
  await expect(page.getByText("Production")).toHaveCount(0);
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("sk-or");
  expect((await sandbox.log()).filter((request) => request.authorized)).toEqual([]);
}

test("J08: the choice says what the browser does with the key", async ({ page }) => {
  await page.goto("/");
  await expect(keepBox(page)).not.toBeChecked();
  await expect(keepBox(page)).toHaveAccessibleDescription(
    "Your browser stores the key on this device. If you reload, reopen or duplicate this tab, you stay signed in until you " +
      "sign out or are inactive for 30 minutes.",
  );
});

/** Signs in and out again in another tab, and returns that tab. */
async function signOutElsewhere(context: BrowserContext): Promise<Page> {
  const other = await context.newPage();
  await signIn(other);
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(keyField(other)).toBeVisible();
  return other;
}

test("after a sign-out in another tab, Back from another site finds no key and no draft", async ({ page, context, sandbox }) => {
  await signInAndKeep(page);
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await field(page, "Description").fill("A draft of before");
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto("about:blank");
  await signOutElsewhere(context);
  await sandbox.clearLog();
  await page.goBack();
  await expectNoKey(page, sandbox);
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("A draft of before");
});

/** Makes a page miss the messages of other tabs, like a page in the browser's cache. */
async function missMessages(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(BroadcastChannel.prototype, "onmessage", { set: () => {} });
  });
}

test("a page that missed the sign-out and is restored from the browser's cache finds no key", async ({ page, context, sandbox }) => {
  await missMessages(page);
  await signInAndKeep(page);
  await signOutElsewhere(context);
  await untilQuiet(page);
  await sandbox.clearLog();
  // The person moves the pointer in the page that does not know yet.
  await page.mouse.move(200, 200);
  const loaded = page.waitForEvent("load");
  await page.evaluate(() => void dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await loaded;
  await expectNoKey(page, sandbox);
});

test("an open page that missed the sign-out ends by itself", async ({ page, context }) => {
  await missMessages(page);
  await signIn(page);
  await waitForIdleTimer(page);
  await signOutElsewhere(context);
  // It looks every five seconds.
  await expect(keyField(page)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("Production")).toHaveCount(0);
});

test("J08: a closed tab that is opened again after a sign-out elsewhere finds no key", async ({ page, context, sandbox }) => {
  await signInAndKeep(page);
  const reopen = await closeTab(page, context);
  const early = await reopen();
  await expect(heading(early, "Workspaces")).toBeVisible();
  const reopenLater = await closeTab(early, context);
  const other = await signOutElsewhere(context);
  // A later session of another tab does not revive the key of before.
  await signIn(other);
  await expectFigures(other);
  await sandbox.clearLog();
  await expectNoKey(await reopenLater(), sandbox);
});

test("a duplicated tab is signed out with the first", async ({ page, context }) => {
  await signInAndKeep(page);
  const opening = context.waitForEvent("page");
  await page.evaluate(() => void window.open("/"));
  const copy = await opening;
  await expect(heading(copy, "Workspaces")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  for (const tab of [page, copy]) {
    await expect(keyField(tab)).toBeVisible();
    await tab.reload();
    await expect(keyField(tab)).toBeVisible();
    expect(await tab.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("sk-or");
  }
});

test("J08: a tab that is restored after the idle limit finds no key, although another tab is in use", async ({
  page,
  context,
  sandbox,
  expectedFailures,
}) => {
  // The overview is read every minute, and forty of them pass within one minute of the sandbox.
  expectedFailures.allow(429, /\/analytics\/query$/, "POST");
  await context.clock.install();
  await signInAndKeep(page);
  await waitForIdleTimer(page);
  const reopen = await closeTab(page, context);
  const other = await context.newPage();
  await signIn(other);
  await waitForIdleTimer(other);
  for (const _ of [1, 2]) {
    await advanceMinutes(other, 20);
    await other.keyboard.press("Shift");
  }
  await expect(heading(other, "Workspaces")).toBeVisible();
  await sandbox.clearLog();
  const restored = await reopen();
  await expect(signedOutMessage(restored)).toBeVisible();
  await expectNoKey(restored, sandbox);
});

test("a tab that stays open keeps its key while another tab is in use", async ({ page, context }) => {
  await context.clock.install();
  await signInAndKeep(page);
  await waitForIdleTimer(page);
  const other = await context.newPage();
  await signIn(other);
  await waitForIdleTimer(other);
  for (const _ of [1, 2]) {
    await advanceMinutes(other, 20);
    await other.keyboard.press("Shift");
    await advanceMinutes(other, 0.5);
  }
  await page.reload();
  await expect(heading(page, "Workspaces")).toBeVisible();
});

test("a key that another release kept, without its times, is not used", async ({ page, sandbox }) => {
  await page.goto("/");
  await page.evaluate((key) => sessionStorage.setItem("workspace-console.key", key), MANAGEMENT_KEY);
  await sandbox.clearLog();
  await page.reload();
  await expectNoKey(page, sandbox);
});

test("a draft is kept for seven days", async ({ page, context }) => {
  await context.clock.install();
  await signIn(page);
  await waitForIdleTimer(page);
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await field(page, "Description").fill("A draft of last week");
  await untilQuiet(page);
  const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  await page.clock.fastForward(6 * DAY);
  await expect(signedOutMessage(page)).toBeVisible();
  await page.reload();
  await expect(keyField(page)).toBeVisible();
  expect(await kept()).toContain("A draft of last week");
  await page.clock.fastForward(1.1 * DAY);
  await page.reload();
  await expect(keyField(page)).toBeVisible();
  expect(await kept()).not.toContain("A draft of last week");
});

test("a job's record is kept for seven days", async ({ page }) => {
  await page.goto("/");
  const day = 86_400;
  const [old, recent] = [8, 6].map((days) => {
    const started = Math.floor(Date.now() / 1000) - days * day;
    return `workspace-console.job.${String(started).padStart(12, "0")}-0badcafe`;
  });
  await page.evaluate(
    (names) => names.forEach((name) => ["spec", "state"].forEach((part) => localStorage.setItem(`${name}.${part}`, "user_1"))),
    [old, recent],
  );
  await page.reload();
  await expect(keyField(page)).toBeVisible();
  const records = () => page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes(".job.")).sort());
  await expect.poll(records).toEqual([`${recent}.spec`, `${recent}.state`]);
});
