/** The key must exist in memory only. These tests search for it everywhere a page can leave data. */
import { readFile } from "node:fs/promises";
import type { BrowserContext, Page, Response } from "@playwright/test";
import { clipboardText, expect, field, heading, MANAGEMENT_KEY, notices, signIn, test } from "../fixtures.ts";
import { bar, bulk, rows, search, select, successors } from "../support/keys.ts";
import { jobDialog, openRemoveDialog, removeDialog, SCALE, selectAll, table, waitUntilListed } from "../support/members.ts";

const keyField = (page: Page) => page.getByLabel("Management key", { exact: true });
const signInDialog = (page: Page) => page.getByRole("dialog", { name: "Sign in again" });

/** Returns everything that a page and its browser keep, as one text. */
async function collectAllData(page: Page, context: BrowserContext): Promise<string> {
  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const names = await caches.keys();
    const values = (root: Document) => Array.from(root.querySelectorAll("input, textarea"), (it) => (it as HTMLInputElement).value);
    const stringify = (value: unknown) => {
      try {
        return typeof value === "function" ? "" : (JSON.stringify(value) ?? "");
      } catch {
        return String(value);
      }
    };
    return {
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases,
      caches: names,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      cookies: document.cookie,
      window: window.name,
      address: location.href,
      referrer: document.referrer,
      state: history.state,
      title: document.title,
      html: document.documentElement.outerHTML,
      values: values(document),
      resources: performance.getEntries().map((entry) => entry.name),
      globals: Object.keys(window).map((name) => name + stringify(Reflect.get(window, name))),
    };
  });
  return JSON.stringify([kept, await context.cookies(), await context.storageState({ indexedDB: true })]);
}

test.describe("in an organization with many members", () => {
  test.use({ organization: { ...SCALE, auth: "key" } });

  test("the key is in no storage, URL, log, export, job record, error or text of the page", async ({
    page,
    context,
    sandbox,
    expectedFailures,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    page.on("request", (request) => said.push(request.url(), request.postData() ?? ""));
    expectedFailures.allow(500, /\/workspaces\/scale-members$/, "GET");
    expectedFailures.allowRefusedRemovals();
    expectedFailures.allow("network", /\/members\/remove$/, "POST");
    const expectNoKey = async () => expect(await collectAllData(page, context)).not.toContain(MANAGEMENT_KEY);
    await signIn(page);
    await expectNoKey();

    // An error, with its details on the clipboard. The API echoes the request.
    const echo = { kind: "status", status: 500, message: "It broke", envelope: true } as const;
    await sandbox.fault({ method: "GET", path: "/workspaces/scale-members$", answer: echo });
    await page.getByRole("link", { name: "Everybody of Scale", exact: true }).click();
    const alert = page.getByRole("alert");
    await alert.getByText("Technical details").click();
    await alert.getByRole("button", { name: /Copy/ }).click();
    said.push(await clipboardText(page));
    expect(said.at(-1)).toContain("It broke");
    await expectNoKey();
    await alert.getByRole("button", { name: "Try again" }).click();

    // A job while its record exists, and its exported outcomes.
    await page.getByRole("link", { name: "Members", exact: true }).click();
    await waitUntilListed(page);
    await sandbox.fault({ method: "POST", path: "/members/remove", times: 2, delay_ms: 1_500, answer: { kind: "close" } });
    await selectAll(page);
    await openRemoveDialog(page);
    await removeDialog(page).getByRole("button", { name: /^Remove \d+ members$/ }).click();
    const records = () => page.evaluate(() => Object.keys(localStorage).filter((it) => it.includes(".job.")).length);
    await expect.poll(records).toBeGreaterThan(0);
    await expectNoKey();
    await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible();
    const coming = page.waitForEvent("download");
    await jobDialog(page).getByRole("button", { name: /Download|CSV/ }).click();
    said.push(await readFile(await (await coming).path(), "utf8"));
    await expectNoKey();
    await jobDialog(page).getByRole("button", { name: "Close", exact: true }).last().click();
    await expect(table(page)).toBeVisible();

    // A draft and the activity, also where it is kept in this browser.
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await field(page, "Description").fill("A draft");
    await expectNoKey();
    await page.getByRole("button", { name: "Discard changes" }).click();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Activity" }).click();
    await expect(heading(page, "Activity")).toBeVisible();
    await page.getByRole("switch", { name: "Keep activity in this browser" }).check();
    await page.locator(".activity__toggle").first().click();
    await page.getByText("Request as curl").first().click();
    await page.getByRole("button", { name: "Copy curl command" }).first().click();
    said.push(await clipboardText(page));
    expect(said.at(-1)).toContain("$OPENROUTER_KEY");
    for (const kind of ["CSV", "JSON"]) {
      const file = page.waitForEvent("download");
      await page.getByRole("button", { name: `Export ${kind}` }).click();
      said.push(await readFile(await (await file).path(), "utf8"));
      expect(said.at(-1)).toContain("/members/remove");
    }
    const kept = () => page.evaluate(() => Object.keys(localStorage).filter((it) => it.includes(".activity.")).length);
    await expect.poll(kept).toBeGreaterThan(0);
    await expectNoKey();
    expect(said.join("\n")).not.toContain(MANAGEMENT_KEY);
    // The key was sent, so the searches above could have found it.
    expect((await sandbox.log()).filter((request) => request.authorized).length).toBeGreaterThan(10);
  });
});

test("the secret of a new API key is nowhere after its dialog is closed", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("request", (request) => said.push(request.url(), request.postData() ?? "", JSON.stringify(request.headers())));
  const secretOf = (response: Response) => response.json().then((body: { key: string }) => body.key);
  await signIn(page);
  const main = page.getByRole("navigation", { name: "Main" });
  await main.getByRole("link", { name: "API keys" }).click();
  await page.getByRole("button", { name: "Create API key…" }).click();
  const creation = page.getByRole("dialog", { name: "Create API key" });
  await field(creation, "Name").fill("Canary");
  await creation.getByRole("combobox", { name: "Workspace" }).fill("interns");
  await page.keyboard.press("Escape");
  const answer = page.waitForResponse((response) => response.request().method() === "POST" && response.status() === 201);
  await creation.getByRole("button", { name: "Create API key", exact: true }).click();
  const secret = await secretOf(await answer);
  expect(secret).toMatch(/^sk-or-v1-\w{20,}$/);
  // Masked, it is not in the document. Shown, it is, so the searches below could find it.
  const handover = page.getByRole("dialog", { name: "“Canary” was created" });
  await expect(handover).toBeVisible();
  expect(await collectAllData(page, context)).not.toContain(secret);
  await handover.getByRole("button", { name: "Show secret" }).click();
  expect(await collectAllData(page, context)).toContain(secret);
  await handover.getByRole("button", { name: "Copy secret" }).click();
  await expect(handover).toContainText("Copied");
  expect(await clipboardText(page)).toBe(secret);
  await handover.getByRole("button", { name: "Done" }).click();
  await expect(handover).toHaveCount(0);
  expect(await collectAllData(page, context)).not.toContain(secret);
  // The activity, also where it is kept in this browser, and its exports.
  await main.getByRole("link", { name: "Activity" }).click();
  await expect(page.getByText("Created API key Canary in Interns")).toBeVisible();
  await page.getByRole("switch", { name: "Keep activity in this browser" }).check();
  await page.locator(".activity__toggle").first().click();
  await page.getByText("Request as curl").first().click();
  for (const kind of ["CSV", "JSON"]) {
    const file = page.waitForEvent("download");
    await page.getByRole("button", { name: `Export ${kind}` }).click();
    said.push(await readFile(await (await file).path(), "utf8"));
    expect(said.at(-1)).toContain("Canary");
  }
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((it) => it.includes(".activity.")).length);
  await expect.poll(kept).toBeGreaterThan(0);
  expect(await collectAllData(page, context)).not.toContain(secret);
  expect(said.join("\n")).not.toContain(secret);
  // The database has only its hash.
  expect(JSON.stringify(await sandbox.db())).not.toContain(secret);
});

test("the secrets of a rotation are nowhere after their dialog is closed", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const said: string[] = [];
  const secrets: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("request", (request) => said.push(request.url(), request.postData() ?? "", JSON.stringify(request.headers())));
  page.on("response", async (response) => {
    if (response.request().method() === "POST" && response.status() === 201) secrets.push(((await response.json()) as { key: string }).key);
  });
  const expectNone = async () => {
    const all = await collectAllData(page, context);
    for (const secret of secrets) expect(all).not.toContain(secret);
  };
  await signIn(page);
  const main = page.getByRole("navigation", { name: "Main" });
  await main.getByRole("link", { name: "API keys" }).click();
  await search(page).fill("staging");
  await expect(rows(page)).toHaveCount(3);
  await select(page, "Load test", "Smoke tests");
  await bar(page).getByRole("button", { name: "Set expiry…" }).click();
  await bulk(page).getByRole("button", { name: "Create 2 new API keys" }).click();
  await expect(successors(page)).toBeVisible();
  await expect.poll(() => secrets.length).toBe(2);
  expect(new Set(secrets).size).toBe(2);
  // Masked, they are not in the document. Shown, one is, so the searches could find it.
  await expectNone();
  await successors(page).getByRole("button", { name: "Show secret" }).first().click();
  const all = await collectAllData(page, context);
  expect(secrets.filter((secret) => all.includes(secret))).toHaveLength(1);
  await successors(page).getByRole("button", { name: "Copy all secrets" }).click();
  await expect(successors(page)).toContainText("Copied");
  const copied = await clipboardText(page);
  for (const secret of secrets) expect(copied).toContain(secret);
  await successors(page).getByRole("button", { name: "Done" }).click();
  await page.getByRole("dialog", { name: "Disable 2 old API keys?" }).getByRole("button", { name: "Later" }).click();
  await expectNone();
  // The outcome and its export.
  const outcome = page.waitForEvent("download");
  await bulk(page).getByRole("button", { name: "Export CSV" }).click();
  said.push(await readFile(await (await outcome).path(), "utf8"));
  expect(said.at(-1)).toContain("Smoke tests");
  await bulk(page).getByRole("button", { name: "Done" }).click();
  await main.getByRole("link", { name: "Activity" }).click();
  await expect(page.getByText("Created 2 API keys in Staging")).toBeVisible();
  await page.getByRole("switch", { name: "Keep activity in this browser" }).check();
  await page.locator(".activity__toggle").first().click();
  await page.getByText("Request as curl").first().click();
  for (const kind of ["CSV", "JSON"]) {
    const file = page.waitForEvent("download");
    await page.getByRole("button", { name: `Export ${kind}` }).click();
    said.push(await readFile(await (await file).path(), "utf8"));
  }
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((it) => it.includes(".activity.")).length);
  await expect.poll(kept).toBeGreaterThan(0);
  await expectNone();
  for (const secret of secrets) expect(said.join("\n")).not.toContain(secret);
  const db = JSON.stringify(await sandbox.db());
  for (const secret of secrets) expect(db).not.toContain(secret);
});

test("a key kept for the tab is in exactly one place, and is used from there", async ({ page, context }) => {
  await page.goto("/");
  await page.getByRole("checkbox", { name: /Stay signed in in this tab/ }).check();
  await keyField(page).fill(MANAGEMENT_KEY);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(heading(page, "Workspaces")).toBeVisible();
  expect(await collectAllData(page, context)).toContain(MANAGEMENT_KEY);
  await page.evaluate(() => sessionStorage.removeItem("workspace-console.key"));
  expect(await collectAllData(page, context)).not.toContain(MANAGEMENT_KEY);
});

test("a refused key is removed from every tab, and every tab asks for it in place", async ({
  page,
  context,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(401, /\/workspaces\/research$/, "GET");
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto("/");
    await tab.getByRole("checkbox", { name: /Stay signed in in this tab/ }).check();
    await keyField(tab).fill(MANAGEMENT_KEY);
    await tab.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(heading(tab, "Workspaces")).toBeVisible();
  }
  await other.getByRole("link", { name: "Interns", exact: true }).click();
  await field(other, "Description").fill("A draft of the other tab");
  await sandbox.fault({ method: "GET", path: "/workspaces/research", answer: { kind: "status", status: 401 } });
  await page.getByRole("link", { name: "Research", exact: true }).click();
  for (const tab of [page, other]) {
    await expect(signInDialog(tab)).toBeVisible();
    expect(await tab.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain("sk-or");
  }
  await signInDialog(other).getByLabel("Management key").fill(MANAGEMENT_KEY);
  await signInDialog(other).getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(signInDialog(other)).toHaveCount(0);
  await expect(field(other, "Description")).toHaveValue("A draft of the other tab");
  await expect(signInDialog(page)).toBeVisible();
});

test("C9: a refused key does not remove another key from another tab", async ({ page, context, sandbox, expectedFailures }) => {
  expectedFailures.allow(401, /\/workspaces\/research$/, "GET");
  const other = await context.newPage();
  // The sandbox has one management key. Requests with the other organization's key get that one.
  await other.route("**/api/v1/**", async (route) => {
    const headers = route.request().headers();
    if (headers["authorization"]) headers["authorization"] = `Bearer ${MANAGEMENT_KEY}`;
    await route.continue({ headers });
  });
  await signIn(page);
  await signIn(other, "sk-or-v1-another-organization");
  await sandbox.fault({ method: "GET", path: "/workspaces/research", answer: { kind: "status", status: 401 } });
  await page.getByRole("link", { name: "Research", exact: true }).click();
  await expect(signInDialog(page)).toBeVisible();
  await other.getByRole("link", { name: "Interns", exact: true }).click();
  await expect(field(other, "Name")).toHaveValue("Interns");
  await expect(signInDialog(other)).toHaveCount(0);
});

test("C3: a key of another account leaves the input in its form, and as a draft", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(401, /\/workspaces\/[0-9a-f-]{36}$/, "PATCH");
  expectedFailures.allow(404, /\/workspaces\/(interns|[0-9a-f-]{36})/, "GET");
  await signIn(page);
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await field(page, "Description").fill("A draft");
  await sandbox.fault({ method: "PATCH", path: "/workspaces/", answer: { kind: "status", status: 401 } });
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(signInDialog(page)).toBeVisible();
  const key = { label: "sk-or-v1-oth...ers", is_management_key: true, organization_id: "org_another" };
  await page.route("**/api/v1/key", (route) => route.fulfill({ json: { data: key } }));
  const missing = { status: 404, json: { error: { code: 404, message: "Workspace not found" } } };
  await page.route(/\/api\/v1\/workspaces\/(interns|[0-9a-f-]{36})/, (route) => route.fulfill(missing));
  await signInDialog(page).getByLabel("Management key").fill(MANAGEMENT_KEY);
  const read = page.waitForResponse((response) => response.status() === 404);
  await signInDialog(page).getByRole("button", { name: "Sign in", exact: true }).click();
  await read;
  await expect(signInDialog(page)).toHaveCount(0);
  await expect(field(page, "Description")).toHaveValue("A draft");
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).toContain("A draft");
});

test("a late refusal of a previous key does not remove the current one", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(401, /\/workspaces\/[\w-]+$/);
  const refusal = { kind: "status", status: 401 } as const;
  await sandbox.fault({ method: "PATCH", path: "/workspaces/", delay_ms: 5_000, answer: refusal });
  await sandbox.fault({ method: "GET", path: "/workspaces/research", answer: refusal });
  await signIn(page);
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await field(page, "Description").fill("Sent with the former key");
  const late = page.waitForResponse((response) => response.request().method() === "PATCH");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Workspaces" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Discard changes" }).click();
  await page.getByRole("link", { name: "Research", exact: true }).click();
  await signInDialog(page).getByLabel("Management key").fill(MANAGEMENT_KEY);
  await signInDialog(page).getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(heading(page, "Research")).toBeVisible();
  await expect(signInDialog(page)).toHaveCount(0);
  expect((await late).status()).toBe(401);
  await expect(notices(page).getByText(/“Interns”/)).toBeVisible();
  await expect(signInDialog(page)).toHaveCount(0);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Workspaces" }).click();
  await page.getByRole("link", { name: "Production", exact: true }).click();
  await expect(heading(page, "Production")).toBeVisible();
});

test("a page restored by Back is loaded again, and its draft is kept", async ({ page }) => {
  await signIn(page);
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await field(page, "Description").fill("A draft");
  const loaded = page.waitForEvent("load");
  await page.evaluate(() => void dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await loaded;
  await keyField(page).fill(MANAGEMENT_KEY);
  await expect(page.getByText("Interns")).toHaveCount(0);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(field(page, "Description")).toHaveValue("A draft");
});

test("after signing out in another tab, Back shows nothing", async ({ page, context }) => {
  await signIn(page);
  await page.goto("about:blank");
  const other = await context.newPage();
  await signIn(other);
  await other.getByRole("button", { name: "Sign out" }).click();
  await page.goBack();
  await expect(keyField(page)).toBeVisible();
  await expect(page.getByText("Production")).toHaveCount(0);
});
