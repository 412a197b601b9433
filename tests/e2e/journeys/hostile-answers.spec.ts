/** Hostile texts in API errors, and in what leaves the page: files, clipboard and titles. */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import {
  clipboardText,
  expect,
  field,
  heading,
  MANAGEMENT_KEY,
  notices,
  PLAIN_KEY,
  signIn,
  takeShots,
  test,
  typeLimits,
} from "../fixtures.ts";
import { expectHarmless, HOSTILE, recordScriptRuns } from "../support/hostile.ts";
import * as members from "../support/members.ts";
import type { StatusAnswer } from "../support/sandbox.ts";

test.use({ organization: HOSTILE });
test.beforeEach(async ({ page }) => recordScriptRuns(page));

/** Markup, the end of an isolate, line breaks and combining marks, and a very long text. */
const MESSAGES = [
  "</pre><script>hostile('message')</script><img src=x onerror=hostile()>",
  "\u2069\u202eegassem a ton\u2066\u2067 123",
  "\n\n\tline\u0000 two\u2028\u2029 Z\u0300\u030d\u0489\u0300\u030d\u0489\u0300\u030d\u0489 שלום",
  "w".repeat(10_000),
];

/** Returns a refusal with hostile text in every part. */
const refusal = (message: string, status = 400): StatusAnswer => ({
  kind: "status",
  status,
  message,
  metadata: { [message]: message, raw: `${message} javascript:hostile()` },
  request_id: "<img src=x onerror=hostile()> req_\u00ff",
});

/** Returns a response that replaces the true one. */
const replacement = (data: unknown): StatusAnswer => ({
  kind: "status",
  status: 200,
  envelope: false,
  // Lone surrogates, which no text can hold.
  body: JSON.stringify(data).replaceAll("LONE", "\\ud83d"),
  content_type: "application/json",
});

const alert = (page: Page) => page.getByRole("alert").filter({ hasText: "Technical details" });

test("an error shows the server's message as text only", async ({ page, context, sandbox, expectedFailures }) => {
  expectedFailures.allow(403, /\/workspaces\?/, "GET");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  for (const message of MESSAGES) {
    await sandbox.fault({ method: "GET", path: "/workspaces?", answer: refusal(message, 403) });
    await page.goto("/");
    await expect(alert(page)).toContainText("Use a management key that has permission to do this.");
    await alert(page).getByText("Technical details").click();
    await expectHarmless(page);
    await takeShots(page, `hostile-error-${MESSAGES.indexOf(message)}`);
    await alert(page).getByRole("button", { name: "Copy details" }).click();
    await expect(alert(page).getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
    const copied = await clipboardText(page);
    // The system clipboard cannot hold NUL characters, so such texts are not compared.
    if (!message.includes("\u0000")) expect(copied.replaceAll("\r\n", "\n")).toContain(`message: ${message}\n`);
  }
});

test("a refused change is reported in its place, in a notice and in the activity", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(400, /\/workspaces(\/|$)/);
  for (const message of MESSAGES) {
    await page.goto("/workspaces/hostile-1");
    // Within the API's limits, so that it is sent.
    await field(page, "Name").fill("\u2069\u202eName");
    await sandbox.fault({ method: "PATCH", path: "/workspaces/", answer: refusal(message) });
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(alert(page)).toContainText("Nothing was changed.");
    await expectHarmless(page);
    await takeShots(page, `hostile-refused-${MESSAGES.indexOf(message)}`);
    await page.getByRole("button", { name: "Discard changes" }).click();
  }
  await page.goto("/create-workspace");
  await field(page, "Name").fill("\u2069\u202ewen");
  await field(page, "Slug").fill("new-one");
  await typeLimits(page, { daily: "5" });
  await sandbox.fault({ method: "PUT", path: "/budgets/", times: 9, answer: refusal(MESSAGES[1]!) });
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(notices(page)).toContainText("was created, but not all budgets were saved");
  await expectHarmless(page);
  await takeShots(page, "hostile-notice");
  await page.getByRole("link", { name: "Activity" }).first().click();
  await page.locator("dialog:modal").getByRole("button", { name: "Discard changes" }).click();
  await expect(heading(page, "Activity")).toBeVisible();
  await expectHarmless(page);
  await expect(page.locator(".activity__toggle").first()).toBeVisible();
  for (const row of await page.locator(".activity__toggle").all()) await row.click();
  await expectHarmless(page);
  await takeShots(page, "hostile-activity");
});

/** Removes the apostrophes that keep a cell from being a formula. */
const withoutApostrophes = (text: string) => text.replaceAll("'", "");

test("outcomes are exported and copied as cells, and no cell is a formula", async ({ page, context, sandbox, expectedFailures }) => {
  expectedFailures.allowRefusedRemovals();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await sandbox.fault({ method: "POST", path: "/members/remove", times: 99, answer: refusal("=cmd()\t\u202e\"x\"\nmore", 403) });
  expectedFailures.allow(403, /\/members\/remove$/, "POST");
  await members.openMembers(page, "hostile-1");
  await members.selectAll(page);
  await members.openRemoveDialog(page);
  await members.removeDialog(page).getByRole("button", { name: /^Remove \d+ members$/ }).click();
  await expect(members.jobDialog(page).getByText("Finished", { exact: true })).toBeVisible();
  await expectHarmless(page);
  await takeShots(page, "hostile-outcomes");

  const coming = page.waitForEvent("download");
  await members.jobDialog(page).getByRole("button", { name: "Export CSV" }).click();
  const [, ...rows] = members.parseCsv(await readFile(await (await coming).path(), "utf8"));
  const people = (await sandbox.db()).people.map((row) => String(row.id));
  // Everyone except the person whose active key blocks the removal.
  expect(rows).toHaveLength(people.length - 1);
  for (const row of rows) {
    expect(row).toHaveLength(7);
    for (const cell of row) expect(cell.trimStart()).not.toMatch(/^[=+\-@\t]/);
    expect(people.map(withoutApostrophes)).toContain(withoutApostrophes(String(row[2])));
    expect(row[6]).toContain("=cmd()\t\u202e\"x\"\nmore");
  }
  await members.jobDialog(page).getByRole("button", { name: "Copy outcomes" }).click();
  await expect(members.jobDialog(page).getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  const copied = (await clipboardText(page)).split("\n");
  expect(copied.length).toBe(rows.length + 1);
  for (const line of copied) {
    expect(line.split("\t")).toHaveLength(7);
    for (const cell of line.split("\t")) expect(cell.trimStart()).not.toMatch(/^[=+@-]/);
  }
});

test("all budgets are exported as cells, and no cell is a formula", async ({ page, sandbox }) => {
  await page.goto("/budgets");
  await expect(page.getByRole("main").getByRole("status").filter({ hasText: /^\d+ workspaces$/ })).toBeVisible();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const [head, ...rows] = members.parseCsv(await readFile(await (await coming).path(), "utf8"));
  const { workspaces } = await sandbox.db();
  expect(rows.map((row) => row[2]).sort()).toEqual(workspaces.map((row) => row.id).sort());
  for (const row of rows) {
    expect(row).toHaveLength(head?.length ?? 0);
    for (const cell of row) expect(cell.trimStart()).not.toMatch(/^[=+\-@\t]/);
    const name = String(workspaces.find((it) => it.id === row[2])?.name);
    expect(withoutApostrophes(String(row[0]))).toBe(withoutApostrophes(name));
  }
});

test("an unreadable value is reported with its place, and the rest is shown", async ({ page, sandbox }) => {
  const { workspaces } = await sandbox.db();
  const [first, second, third, ...rest] = workspaces;
  const data = [
    { ...first, id: "\u2069\u202e<img src=x onerror=hostile()>", slug: ".." },
    { ...second, name: "LONE" },
    { ...third, slug: { $gt: "" }, id: "x".repeat(10_000) },
    ...rest,
  ];
  await sandbox.fault({ method: "GET", path: "/workspaces?", answer: replacement({ data, total_count: data.length }) });
  await page.goto("/");
  const banner = page.getByRole("main").getByRole("status").filter({ hasText: /Couldn’t load \d+ workspaces?/ });
  await expect(banner).toBeVisible();
  await banner.getByText("Technical details").click();
  await expect(banner).toContainText("data[0].slug");
  await expect(banner).toContainText("data[2].slug");
  await expect(page.getByRole("link", { name: /Slug of another world/ })).toBeAttached();
  await expectHarmless(page);
  await takeShots(page, "hostile-unread");
});

test.describe("with a key", () => {
  test.use({ organization: { ...HOSTILE, auth: "key" } });

  test("the name of a key stays text", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(403, /\/workspaces\?/, "GET");
    for (const label of MESSAGES) {
      const key = (is_management_key: boolean) => replacement({ data: { label, is_management_key, creator_user_id: label } });
      await page.goto("/");
      // After the response to the page's own first request, which would get the fault's.
      await expect(page.getByLabel("Management key", { exact: true })).toBeVisible();
      await sandbox.fault({ method: "GET", path: "/key$", answer: key(false) });
      await page.getByLabel("Management key", { exact: true }).fill(PLAIN_KEY);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await expect(page.getByRole("alert")).toContainText("is an API key for requests to models");
      await takeShots(page, `hostile-plain-key-${MESSAGES.indexOf(label)}`);
      await expectHarmless(page);
      await sandbox.clearFaults();
      // The page first sends one request without a key.
      await sandbox.fault({ method: "GET", path: "/key$", skip: 1, answer: key(true) });
      await signIn(page, MANAGEMENT_KEY);
      await expectHarmless(page);
      await takeShots(page, `hostile-key-${MESSAGES.indexOf(label)}`);
      await sandbox.clearFaults();
    }
  });
});

test("two workspaces that look the same can be told apart in every action", async ({ page, sandbox }) => {
  const twins = (await sandbox.db()).workspaces.filter((row) => ["hostile-8", "hostile-9"].includes(String(row.slug)));
  expect(new Set(twins.map((row) => row.name)).size).toBe(2);
  for (const { id, slug } of twins) {
    const expectDistinct = async () => {
      await expect(page.locator("dialog:modal").last()).toContainText(String(slug));
      await expect(page.locator("dialog:modal").last()).toContainText(String(id));
    };
    await page.goto(`/workspaces/${slug}?panel=delete`);
    await expect(page.locator("dialog:modal").getByLabel(`Type “${slug}” to confirm`)).toBeVisible();
    await expectDistinct();
    await members.openMembers(page, String(slug));
    await page.getByRole("button", { name: /^1 active key of/ }).first().click();
    await expectDistinct();
    await page.keyboard.press("Escape");
    await members.selectAll(page);
    await members.openRemoveDialog(page);
    await expectDistinct();
    await page.goto("/people");
    await expect(page.getByRole("checkbox", { name: "Select visible rows" })).toBeVisible();
    await page.getByRole("checkbox", { name: /^Select / }).nth(1).check();
    await page.getByRole("button", { name: "Remove from workspaces…" }).click();
    const place = page.getByRole("table", { name: "Workspaces to select" }).getByRole("row").filter({ hasText: String(slug) });
    await expect(place).toHaveCount(1);
    await place.scrollIntoViewIfNeeded();
    await expect(place).toHaveAttribute("data-key", String(id));
  }
});
