/** An expiry on many keys: new keys with the same settings, their secrets handed over once, and the old ones disabled. */
import type { Page } from "@playwright/test";
import { clipboardText, expect, expectAccessible, heading, tabTo, takeShots, test } from "../fixtures.ts";
import { bar, bulk, dbKeys, expectFinished, openKeys, rowOf, select, successors } from "../support/keys.ts";
import type { Fault, Row, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const STAGING = ["Load test", "Preview deployments", "Smoke tests"];
const question = (page: Page) => page.getByRole("dialog", { name: /^Disable \d+ old API keys?\?$/ });
const sorted = (rows: Row[]) => rows.map((key) => key.name).sort();

/** The keys of staging that were there before, and those that a rotation created. */
async function database(sandbox: Sandbox, old: Row[]): Promise<{ old: Row[]; created: Row[] }> {
  const known = new Set(old.map((key) => key.hash));
  const all = await dbKeys(sandbox, "staging");
  return { old: all.filter((key) => known.has(key.hash)), created: all.filter((key) => !known.has(key.hash)) };
}

async function openRotation(page: Page, sandbox: Sandbox): Promise<Row[]> {
  const old = await dbKeys(sandbox, "staging");
  await openKeys(page, "staging", sandbox);
  await select(page, ...STAGING);
  await bar(page).getByRole("button", { name: "Set expiry…" }).click();
  await expect(page).toHaveURL(/\?panel=expiry$/);
  return old;
}

test("each key gets a new one with its settings, the secrets are handed over, and the old ones are disabled", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const [first] = await dbKeys(sandbox, "staging");
  await sandbox.call("PATCH", `/keys/${first?.hash}`, { limit: 12.5, limit_reset: "weekly", include_byok_in_limit: true });
  const old = await openRotation(page, sandbox);
  await expect(bulk(page)).toHaveAccessibleName("Rotate 3 API keys");
  await expect(bulk(page)).toContainText("The expiry of an API key can’t change.");
  await bulk(page).getByLabel("Expires").selectOption("date");
  const start = bulk(page).getByRole("button", { name: /^Create 3 new API keys/ });
  await expect(start).toHaveAccessibleDescription("Enter a date, such as 2027-12-31");
  await bulk(page).getByLabel("Last day (UTC)").fill("2099-03-31");
  await expect(bulk(page).locator(".change__summary")).toHaveText("3 to rotate");
  await expect(bulk(page)).toContainText("New API key, expires Mar 31, 2099");
  await expectAccessible(page);
  await takeShots(page, "rotation");
  await start.click();
  await expect(successors(page)).toHaveAccessibleName("3 new API keys were created");
  await expectAccessible(page);
  await takeShots(page, "rotation-secrets");
  const { created } = await database(sandbox, old);
  expect(sorted(created)).toEqual(STAGING);
  for (const key of created) {
    const before = old.find((it) => it.name === key.name);
    for (const field of ["workspace_id", "limit", "limit_reset", "include_byok_in_limit", "creator_user_id"]) {
      expect([key.name, field, key[field]]).toEqual([key.name, field, before?.[field]]);
    }
    expect([key.expires_at, key.disabled]).toEqual([expect.stringMatching(/^2099-03-31T23:59:59/), false]);
  }
  // The old ones still work.
  expect((await database(sandbox, old)).old.map((key) => key.disabled)).toEqual([false, false, false]);

  // Each secret is masked. Closing, going back and leaving ask as long as one was not copied.
  const codes = successors(page).locator("code");
  await expect(codes).toHaveCount(3);
  for (const code of await codes.all()) await expect(code).not.toContainText("sk-or");
  await successors(page).getByRole("button", { name: "Copy secret" }).first().click();
  await expect(successors(page)).toContainText("Copied");
  await page.keyboard.press("Escape");
  await expect(successors(page)).toContainText("You haven’t copied 2 of 3 secrets. You can’t see them again.");
  await successors(page).getByRole("button", { name: "Keep open" }).click();
  await page.goBack();
  await expect(successors(page)).toBeVisible();
  await successors(page).getByRole("button", { name: "Show secret" }).nth(1).click();
  const shown = await codes.nth(1).innerText();
  expect(shown).toMatch(/^sk-or-v1-\w+$/);
  await successors(page).getByRole("button", { name: "Copy all secrets" }).click();
  await expect.poll(() => clipboardText(page)).toContain(shown);
  const lines = (await clipboardText(page)).split("\n").map((line) => line.split("\t"));
  expect(lines.map(([name]) => name).sort()).toEqual(STAGING);
  await successors(page).getByRole("button", { name: "Done" }).click();
  await expect(successors(page)).toHaveCount(0);
  expect(await page.content()).not.toContain(shown);

  // The last step is by the same job as any other disabling.
  await expect(question(page)).toContainText("Until then, both work.");
  await expect(question(page).getByRole("button", { name: "Later" })).toBeFocused();
  await expectAccessible(page);
  await takeShots(page, "rotation-old");
  await question(page).getByRole("button", { name: "Disable 3 old API keys…" }).click();
  await bulk(page).getByRole("button", { name: "Disable 3 API keys" }).click();
  await expectFinished(page, "3 disabled");
  const end = await database(sandbox, old);
  expect(end.old.map((key) => key.disabled)).toEqual([true, true, true]);
  expect(end.created.map((key) => key.disabled)).toEqual([false, false, false]);
});

test("leaving with secrets that were not copied is asked about, and later the old keys are as they were", async ({ page, sandbox }) => {
  const old = await openRotation(page, sandbox);
  await bulk(page).getByRole("button", { name: "Create 3 new API keys" }).click();
  await expect(successors(page)).toBeVisible();
  await page.goBack();
  await expect(successors(page)).toBeVisible();
  await successors(page).getByRole("button", { name: "Done" }).click();
  await successors(page).getByRole("button", { name: "Close without copying" }).click();
  await question(page).getByRole("button", { name: "Later" }).click();
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  expect((await database(sandbox, old)).old.map((key) => key.disabled)).toEqual([false, false, false]);
  // Nothing is asked any more.
  await page.getByRole("link", { name: "Activity" }).first().click();
  await expect(heading(page, "Activity")).toBeVisible();
});

test("keys that don’t work are skipped", async ({ page, sandbox }) => {
  await openKeys(page, "research", sandbox);
  await select(page, "Paper deadline", "Visiting researcher", "Reward models");
  await bar(page).getByRole("button", { name: "Set expiry…" }).click();
  await expect(bulk(page).locator(".change__summary")).toHaveText("1 to rotate · 2 skipped");
  await expect(bulk(page)).toContainText("Expired");
  await bulk(page).getByRole("button", { name: "Create 1 new API key" }).click();
  await expect(successors(page)).toHaveAccessibleName("1 new API key was created");
  await expect(successors(page).getByRole("button", { name: "Copy all secrets" })).toHaveCount(0);
});

test("by keyboard", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openKeys(page, "staging", sandbox);
  await select(page, "Smoke tests");
  await tabTo(page, bar(page).getByRole("button", { name: "Set expiry…" }));
  await page.keyboard.press("Enter");
  await tabTo(page, bulk(page).getByRole("button", { name: "Create 1 new API key" }));
  await page.keyboard.press("Enter");
  await expect(successors(page)).toBeVisible();
  await tabTo(page, successors(page).getByRole("button", { name: "Copy secret" }));
  await page.keyboard.press("Enter");
  await expect(successors(page)).toContainText("Copied");
  await tabTo(page, successors(page).getByRole("button", { name: "Done" }));
  await page.keyboard.press("Enter");
  await tabTo(page, question(page).getByRole("button", { name: "Disable 1 old API key…" }));
  await page.keyboard.press("Enter");
  await tabTo(page, bulk(page).getByRole("button", { name: "Disable 1 API key" }));
  await page.keyboard.press("Enter");
  await expectFinished(page, "1 disabled");
  expect((await dbKeys(sandbox, "staging")).filter((key) => key.name === "Smoke tests").map((key) => key.disabled)).toEqual([true, false]);
});

test("where a proxy refuses to create keys, the outcome says so, and nothing is created", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(404, /\/keys$/, "POST");
  const body = "<html><h1>404 Not Found</h1></html>";
  const answer = { kind: "status", status: 404, envelope: false, body, content_type: "text/html" } as const;
  await sandbox.fault({ method: "POST", path: "/keys$", times: 9, answer });
  const old = await openRotation(page, sandbox);
  await bulk(page).getByRole("button", { name: "Create 3 new API keys" }).click();
  await expectFinished(page, "3 refused");
  await expect(bulk(page)).toContainText("The proxy in front of this console refuses to create API keys.");
  expect((await database(sandbox, old)).created).toEqual([]);
  await expect(successors(page)).toHaveCount(0);
});

test.describe("a fault at a step", () => {
  /** With the counts that the job ends with, how many keys were created, and how many secrets there are. */
  const faults: Record<string, Omit<Fault, "path"> & { path: (hash: unknown) => string; ends: [string, number, number] }> = {
    "the old key can’t be read": {
      method: "GET",
      path: (hash) => `/keys/${hash}`,
      times: 20,
      answer: { kind: "status", status: 500 },
      ends: ["2 created · 1 refused", 2, 2],
    },
    "a creation is refused": {
      method: "POST",
      path: () => "/keys$",
      answer: { kind: "status", status: 403, message: "Too many API keys" },
      ends: ["2 created · 1 refused", 2, 2],
    },
    "a creation does not arrive": { method: "POST", path: () => "/keys$", answer: { kind: "status", status: 500 }, ends: ["2 created · 1 refused", 2, 2] },
    "the answer with a secret is lost": { method: "POST", path: () => "/keys$", when: "after", answer: { kind: "truncate" }, ends: ["2 created · 1 unknown", 3, 2] },
    "the API is busy": { method: "POST", path: () => "/keys$", answer: { kind: "status", status: 429, retry_after: 1 }, ends: ["3 created", 3, 3] },
  };
  for (const [name, { path, ends, ...fault }] of Object.entries(faults)) {
    test(`the screen agrees with the database: ${name}`, async ({ page, sandbox, expectedFailures }) => {
      for (const status of ["network", 403, 429, 500] as const) expectedFailures.allow(status, /\/keys(\/\w+)?$/);
      const [summary, created, secrets] = ends;
      const old = await openRotation(page, sandbox);
      await sandbox.fault({ ...fault, path: path(old[0]?.hash) });
      await bulk(page).getByRole("button", { name: "Create 3 new API keys" }).click();
      await expect(successors(page)).toBeVisible({ timeout: 30_000 });
      await expect(successors(page).locator("code")).toHaveCount(secrets);
      const now = await database(sandbox, old);
      expect(now.created).toHaveLength(created);
      expect(now.old.map((key) => key.disabled)).toEqual([false, false, false]);
      await successors(page).getByRole("button", { name: "Done" }).click();
      await successors(page).getByRole("button", { name: "Close without copying" }).click();
      // Only the keys that have a handed-over successor are offered.
      await expect(question(page)).toHaveAccessibleName(`Disable ${secrets} old API keys?`);
      await question(page).getByRole("button", { name: "Later" }).click();
      await expectFinished(page, summary);
      await sandbox.clearFaults();
      if (secrets === 3) return;
      if (created === 3) {
        await expect(bulk(page)).toContainText("was created, but its secret is lost. Delete it, and then try again.");
        // Nothing is created for it again before the lost one is deleted.
        await bulk(page).getByRole("button", { name: "Try 1 again" }).click();
        await expectFinished(page, summary);
        expect((await database(sandbox, old)).created).toHaveLength(3);
        const label = /\((sk-or-[^)]+)\)/.exec(await bulk(page).innerText())?.[1];
        const lost = now.created.find((key) => key.label === label);
        await sandbox.call("DELETE", `/keys/${lost?.hash}`);
      }
      await bulk(page).getByRole("button", { name: "Try 1 again" }).click();
      await expect(successors(page).locator("code")).toHaveCount(1);
      expect(sorted((await database(sandbox, old)).created)).toEqual(STAGING);
    });
  }

  test("the tab is closed in the middle: what was created is told, and nothing is created twice", async ({ page, context, sandbox }) => {
    const old = await openRotation(page, sandbox);
    await sandbox.fault({ method: "POST", path: "/keys$", skip: 1, when: "after", times: 9, delay_ms: 8000, answer: { kind: "pass" } });
    await bulk(page).getByRole("button", { name: "Create 3 new API keys" }).click();
    await expect.poll(async () => (await database(sandbox, old)).created.length).toBe(3);
    await page.close({ runBeforeUnload: false });
    await sandbox.clearFaults();
    const next = await context.newPage();
    await next.goto("/workspaces/staging/keys");
    const banner = next.getByRole("status").filter({ hasText: /^Warning: Rotating 3 API keys was interrupted/ });
    await expect(banner).toContainText("The secrets of API keys that were created before are lost.");
    await banner.getByRole("button", { name: "Resume" }).click();
    await expectFinished(next, "1 created · 2 unknown");
    expect(sorted((await database(sandbox, old)).created)).toEqual(STAGING);
    await expect(successors(next)).toHaveCount(0);
    await expect(rowOf(next, "Smoke tests").first()).toBeAttached();
  });
});
