/** The API keys of a workspace and of all workspaces: the list, creating, changing, moving and rotating. */
import type { Page } from "@playwright/test";
import { clipboardText, expect, expectAccessible, expectNotice, field, heading, open, takeShots, test } from "../fixtures.ts";
import {
  count,
  creation,
  dbKey,
  dbKeys,
  filter,
  handover,
  openAllKeys,
  openKeys,
  rowOf,
  rows,
  search,
  table,
} from "../support/keys.ts";

test.use({ organization: { auth: "proxy" } });

const dialog = (page: Page) => page.getByRole("dialog");
const names = (page: Page) => rows(page).locator("button.cell-link").allInnerTexts();
const alphabetically = (texts: unknown[]) => texts.map(String).sort((one, other) => one.localeCompare(other));

async function checkScreen(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await takeShots(page, name);
}

test("the tab shows the keys of the workspace as the database has them", async ({ page, sandbox }) => {
  await open(page, "/workspaces/research", "Research");
  await page.getByRole("main").getByRole("link", { name: "API keys", exact: true }).click();
  await expect(page).toHaveURL(/\/workspaces\/research\/keys$/);
  const keys = await dbKeys(sandbox, "research");
  await expect(count(page)).toHaveText(`${keys.length} API keys`);
  expect(alphabetically(await names(page))).toEqual(alphabetically(keys.map((key) => key.name)));
  await expect(rowOf(page, "Paper deadline")).toContainText("Disabled");
  await expect(rowOf(page, "Visiting researcher")).toContainText("Expired");
  await expect(rowOf(page, "Reward models")).toContainText("Active");
  const { label } = await dbKey(sandbox, "Reward models");
  await expect(rowOf(page, "Reward models")).toContainText(String(label));
  await checkScreen(page, "keys-tab");
});

test("search, filter and order are in the address, and Back goes through them", async ({ page, sandbox }) => {
  await openAllKeys(page, sandbox);
  await search(page).fill("research");
  await expect(page).toHaveURL(/\/keys\?q=research$/);
  const { id } = await sandbox.workspace("research");
  const found = (await dbKeys(sandbox)).filter((key) => key.workspace_id === id || /research/i.test(String(key.name)));
  await expect(rows(page)).toHaveCount(found.length);
  await filter(page).selectOption("disabled");
  await expect(page).toHaveURL(/q=research&show=disabled$/);
  expect(await names(page)).toEqual(["Paper deadline"]);
  await search(page).fill("");
  await expect(page).toHaveURL(/\/keys\?show=disabled$/);
  await table(page).getByRole("button", { name: "Total" }).click();
  await expect(page).toHaveURL(/show=disabled&sort=total$/);
  const disabled = (await dbKeys(sandbox)).filter((key) => key.disabled);
  const most = disabled.sort((one, other) => Number(other.usage) - Number(one.usage))[0];
  await expect.poll(async () => (await names(page))[0]).toBe(String(most?.name));
  await page.goBack();
  await expect(page).toHaveURL(/\/keys\?show=disabled$/);
  await page.reload();
  await expect(rows(page)).toHaveCount(disabled.length);
  await filter(page).selectOption("expired");
  expect(await names(page)).toEqual(["Visiting researcher"]);
  await search(page).fill("zeppelin");
  await expect(page.getByText("No matching API keys")).toBeVisible();
});

test("the filters of limits and of use agree with the database", async ({ page, sandbox }) => {
  const [used, unused, capped] = [await dbKey(sandbox, "Android"), await dbKey(sandbox, "Glossing"), await dbKey(sandbox, "iOS")];
  await sandbox.call("PATCH", `/keys/${capped.hash}`, { limit: 0.5 });
  await openAllKeys(page, sandbox, "?show=near");
  await expect(rowOf(page, "iOS")).toBeVisible();
  await filter(page).selectOption("unlimited");
  const unlimited = (await dbKeys(sandbox)).filter((key) => key.limit === null);
  await expect(count(page)).toHaveText(new RegExp(`^${unlimited.length} of `));
  await filter(page).selectOption("dormant");
  const before = Date.now() - 30 * 86_400_000;
  const dormant = (await dbKeys(sandbox)).filter((key) => {
    const isActive = !key.disabled && (key.expires_at === null || Date.parse(String(key.expires_at)) > Date.now());
    return isActive && Date.parse(String(key.last_used_at ?? key.created_at)) <= before;
  });
  await expect(count(page)).toHaveText(new RegExp(dormant.length === unlimited.length ? "API keys" : `^${dormant.length} of `));
  expect([used.name, unused.name]).toEqual(["Android", "Glossing"]);
});

test("a key whose owner has left the workspace is found", async ({ page, sandbox }) => {
  const { members } = await sandbox.db();
  const { id } = await sandbox.workspace("interns");
  const inside = new Set(members.filter((it) => it.workspace_id === id).map((it) => it.user_id));
  const outsider = members.map((it) => it.user_id).find((it) => !inside.has(it));
  await sandbox.call("POST", "/keys", { name: "Left behind", workspace_id: id, creator_user_id: outsider });
  await sandbox.call("POST", "/keys", { name: "Still here", workspace_id: id, creator_user_id: [...inside][0] });
  await openKeys(page, "interns", sandbox, "?show=owner-left");
  await expect.poll(() => names(page)).toEqual(["Left behind"]);
});

test("a key is created in the workspace of the tab, and its secret is handed over once", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/workspaces/interns", "Interns");
  await page.getByRole("main").getByRole("link", { name: "API keys", exact: true }).click();
  await expect(page.getByText("No API keys yet")).toBeVisible();
  await page.getByRole("button", { name: "Create API key…" }).click();
  await expect(page).toHaveURL(/\?panel=create$/);
  await checkScreen(page, "keys-create");
  await creation(page).getByRole("button", { name: "Create API key", exact: true }).click();
  await expect(creation(page)).toContainText("Enter a name");
  expect(await sandbox.requests("POST")).toEqual([]);
  await field(creation(page), "Name").fill("CI");
  await creation(page).getByLabel("Limit in US dollars").fill("25.50");
  await creation(page).getByLabel("Reset the limit").selectOption("weekly");
  await creation(page).getByLabel("Expires").selectOption("30");
  await creation(page).getByRole("button", { name: "Create API key", exact: true }).click();
  await expect(handover(page)).toBeVisible();
  await expect(page).not.toHaveURL(/panel=/);
  await checkScreen(page, "keys-secret");
  const key = await dbKey(sandbox, "CI");
  expect(key.workspace_id).toBe((await sandbox.workspace("interns")).id);
  expect([key.limit, key.limit_reset]).toEqual([25.5, "weekly"]);
  const days = (Date.parse(String(key.expires_at)) - Date.parse(String(key.created_at))) / 86_400_000;
  expect(Math.round(days)).toBe(30);
  // It is masked until asked for.
  const secret = handover(page).locator("code");
  await expect(secret).not.toContainText("sk-or");
  await handover(page).getByRole("button", { name: "Show secret" }).click();
  await expect(secret).toHaveText(/^sk-or-v1-\w+$/);
  const shown = await secret.innerText();
  // Closing asks, and so does leaving.
  await page.keyboard.press("Escape");
  await expect(handover(page)).toContainText("You haven’t copied the secret");
  await handover(page).getByRole("button", { name: "Keep open" }).click();
  await page.goBack();
  const question = page.getByRole("alertdialog", { name: "Leave without copying the secret?" });
  await question.getByRole("button", { name: "Stay on page" }).click();
  await handover(page).getByRole("button", { name: "Copy secret" }).click();
  await expect(handover(page)).toContainText("Copied");
  expect(await clipboardText(page)).toBe(shown);
  await handover(page).getByRole("button", { name: "Done" }).click();
  await expect(handover(page)).toHaveCount(0);
  expect(await page.content()).not.toContain(shown);
  await expect(rowOf(page, "CI")).toContainText("$25.50");
});

test("the page of all keys asks for the workspace, and takes an owner and a date", async ({ page, sandbox }) => {
  const { people } = await sandbox.db();
  const owner = people.find((it) => it.email);
  await openAllKeys(page, sandbox);
  await page.getByRole("button", { name: "Create API key…" }).click();
  await field(creation(page), "Name").fill("Batch");
  await creation(page).getByRole("button", { name: "Create API key", exact: true }).click();
  await expect(creation(page)).toContainText("Choose a workspace");
  const place = creation(page).getByRole("combobox", { name: "Workspace" });
  await place.fill("Market");
  await place.press("ArrowDown");
  await place.press("Enter");
  await creation(page).getByLabel("Expires").selectOption("date");
  await creation(page).getByLabel("Last day (UTC)").fill("2099-03-31");
  await creation(page).getByRole("combobox", { name: "Owner" }).fill(String(owner?.email));
  await page.keyboard.press("Escape");
  await creation(page).getByRole("button", { name: "Create API key", exact: true }).click();
  await expect(handover(page)).toBeVisible();
  const key = await dbKey(sandbox, "Batch");
  expect(key.workspace_id).toBe((await sandbox.workspace("marketing-muenchen")).id);
  expect(key.creator_user_id).toBe(owner?.id);
  expect(String(key.expires_at)).toMatch(/^2099-03-31T23:59:59/);
  await handover(page).getByRole("button", { name: "Done" }).click();
  await handover(page).getByRole("button", { name: "Close without copying" }).click();
  await expect(rowOf(page, "Batch")).toBeVisible();
});

test("a lost answer is found by name and time, and the key can be deleted", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow("network", /\/keys$/, "POST");
  await sandbox.fault({ method: "POST", path: "/keys$", when: "after", answer: { kind: "truncate" } });
  await openKeys(page, "interns", sandbox, "?panel=create");
  await field(creation(page), "Name").fill("Lost");
  await creation(page).getByRole("button", { name: "Create API key", exact: true }).click();
  await expect(creation(page)).toContainText("An API key was created, but its secret is lost");
  expect(await dbKeys(sandbox, "interns")).toHaveLength(1);
  await creation(page).getByRole("button", { name: "Delete Lost" }).click();
  await expect(creation(page)).toContainText("“Lost” was deleted");
  expect(await dbKeys(sandbox, "interns")).toEqual([]);
  expect((await sandbox.requests("POST")).filter((it) => it.path.endsWith("/keys"))).toHaveLength(1);
  await creation(page).getByRole("button", { name: "Create API key", exact: true }).click();
  await expect(handover(page)).toBeVisible();
  expect(await dbKeys(sandbox, "interns")).toHaveLength(1);
});

test("where a proxy refuses to create keys, the dialog says so", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(404, /\/keys$/, "POST");
  const body = "<html><h1>404 Not Found</h1></html>";
  const answer = { kind: "status", status: 404, envelope: false, body, content_type: "text/html" } as const;
  await sandbox.fault({ method: "POST", path: "/keys$", answer });
  await openKeys(page, "interns", sandbox, "?panel=create");
  await field(creation(page), "Name").fill("CI");
  await creation(page).getByRole("button", { name: "Create API key", exact: true }).click();
  await expect(creation(page)).toContainText("Creating API keys is turned off here");
  await expect(creation(page)).toContainText("Nothing was changed");
  expect(await dbKeys(sandbox, "interns")).toEqual([]);
});

test("name, limit and state of a key are changed, and only what differs is sent", async ({ page, sandbox }) => {
  await openKeys(page, "staging", sandbox);
  await rowOf(page, "Load test").getByRole("button", { name: "Load test" }).click();
  await expect(field(dialog(page), "Name")).toHaveValue("Load test");
  await checkScreen(page, "keys-edit");
  await field(dialog(page), "Name").fill("Load tests");
  await dialog(page).getByLabel("Limit in US dollars").fill("100");
  await dialog(page).getByLabel("Reset the limit").selectOption("daily");
  await dialog(page).getByRole("switch", { name: "Enabled" }).uncheck();
  const sent = page.waitForRequest((request) => request.method() === "PATCH");
  await dialog(page).getByRole("button", { name: "Save changes" }).click();
  await expectNotice(page, "“Load test” was changed");
  const key = await dbKey(sandbox, "Load tests");
  expect([key.limit, key.limit_reset, Boolean(key.disabled)]).toEqual([100, "daily", true]);
  expect(Object.keys((await sent).postDataJSON())).toEqual(["name", "disabled", "limit", "limit_reset"]);
  await expect(rowOf(page, "Load tests")).toContainText("Disabled");
  await expect(dialog(page)).toHaveCount(0);
});

test("a change by someone else of the same field is not overwritten unasked", async ({ page, sandbox }) => {
  const { hash } = await dbKey(sandbox, "Load test");
  await openKeys(page, "staging", sandbox);
  await rowOf(page, "Load test").getByRole("button", { name: "Load test" }).click();
  await dialog(page).getByLabel("Limit in US dollars").fill("100");
  await sandbox.call("PATCH", `/keys/${hash}`, { limit: 70 });
  await dialog(page).getByRole("button", { name: "Save changes" }).click();
  await expect(dialog(page)).toContainText("Someone else changed this API key");
  expect((await dbKey(sandbox, "Load test")).limit).toBe(70);
  await dialog(page).getByRole("button", { name: "Save changes" }).click();
  await expect(dialog(page)).toHaveCount(0);
  expect((await dbKey(sandbox, "Load test")).limit).toBe(100);
});

test("a key moves to another workspace, and what moves along is said", async ({ page, sandbox }) => {
  await openKeys(page, "staging", sandbox);
  await rowOf(page, "Smoke tests").getByRole("button", { name: "Smoke tests" }).click();
  const place = dialog(page).getByRole("combobox", { name: "Workspace" });
  await place.fill("interns");
  await expect(dialog(page)).toContainText("Guardrail assignments move along");
  await page.keyboard.press("Escape");
  await dialog(page).getByRole("button", { name: "Save changes" }).click();
  await expectNotice(page, "“Smoke tests” was moved to “Interns”");
  expect((await dbKey(sandbox, "Smoke tests")).workspace_id).toBe((await sandbox.workspace("interns")).id);
  await expect(rowOf(page, "Smoke tests")).toHaveCount(0);
  await openKeys(page, "interns", sandbox);
  await expect(rowOf(page, "Smoke tests")).toBeVisible();
});

test("a lost answer to a move is read back", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow("network", /\/keys\/\w+$/, "PATCH");
  for (const when of ["after", "before"] as const) {
    await sandbox.reset({ auth: "proxy" });
    await openKeys(page, "staging", sandbox);
    await rowOf(page, "Smoke tests").getByRole("button", { name: "Smoke tests" }).click();
    await dialog(page).getByRole("combobox", { name: "Workspace" }).fill("interns");
    await page.keyboard.press("Escape");
    await sandbox.fault({ method: "PATCH", path: "/keys/", when, times: 2, answer: { kind: "close" } });
    await dialog(page).getByRole("button", { name: "Save changes" }).click();
    const { id } = await sandbox.workspace(when === "after" ? "interns" : "staging");
    if (when === "after") await expectNotice(page, "“Smoke tests” was moved to “Interns”");
    else await expect(dialog(page).getByRole("alert")).toContainText("We checked: nothing was changed.");
    expect((await dbKey(sandbox, "Smoke tests")).workspace_id).toBe(id);
    await sandbox.clearFaults();
  }
});

test("a key is rotated: a new one with its settings, and then the old one is disabled", async ({ page, sandbox }) => {
  const { hash } = await dbKey(sandbox, "Load test");
  await sandbox.call("PATCH", `/keys/${hash}`, { limit: 12.5, limit_reset: "monthly", include_byok_in_limit: true });
  const old = await dbKey(sandbox, "Load test");
  await openKeys(page, "staging", sandbox);
  await rowOf(page, "Load test").getByRole("button", { name: "Load test" }).click();
  await dialog(page).getByRole("button", { name: "Rotate…" }).click();
  await expect(creation(page)).toHaveAccessibleName("Rotate “Load test”");
  await field(creation(page), "Name").fill("Load test 2");
  await creation(page).getByRole("button", { name: "Create API key", exact: true }).click();
  await handover(page).getByRole("button", { name: "Done" }).click();
  await handover(page).getByRole("button", { name: "Close without copying" }).click();
  const fresh = await dbKey(sandbox, "Load test 2");
  for (const name of ["workspace_id", "limit", "limit_reset", "include_byok_in_limit", "creator_user_id"]) {
    expect([name, fresh[name]]).toEqual([name, old[name]]);
  }
  const last = page.getByRole("dialog", { name: "Replace the old “Load test”" });
  await last.getByRole("button", { name: "Disable Load test" }).click();
  await last.getByRole("group").getByRole("button", { name: "Disable Load test", exact: true }).click();
  await expect(last).toContainText("The old API key no longer works");
  expect(Boolean((await dbKey(sandbox, "Load test")).disabled)).toBe(true);
  await last.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(rowOf(page, "Load test 2")).toContainText("Active");
});

test("keys that could not be loaded are said, and the others are shown", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(400, /\/keys\?/, "GET");
  const { id } = await sandbox.workspace("research");
  await sandbox.fault({ method: "GET", path: `/keys\\?workspace_id=${id}`, answer: { kind: "status", status: 400 } });
  await page.goto("/keys");
  await expect(page.getByText("Couldn’t load the API keys of 1 workspace")).toBeVisible();
  const [all, unread] = [(await dbKeys(sandbox)).length, (await dbKeys(sandbox, "research")).length];
  await expect(count(page)).toHaveText(`${all - unread} API keys`);
  await page.getByRole("status").filter({ hasText: "Couldn’t load" }).getByRole("button", { name: "Refresh" }).click();
  await expect(count(page)).toHaveText(`${all} API keys`);
});

test("the side bar, the tab and the palette lead to the keys", async ({ page, sandbox }) => {
  await open(page, "/", "Workspaces");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "API keys" }).click();
  await expect(heading(page, "API keys")).toBeFocused();
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toHaveText("API keys");
  await expect(count(page)).toHaveText(`${(await dbKeys(sandbox)).length} API keys`);
  await checkScreen(page, "keys-all");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("create api key");
  await page.keyboard.press("Enter");
  await expect(creation(page)).toBeVisible();
});

test.describe("in a narrow window", () => {
  test.use({ viewport: { width: 320, height: 700 } });

  test("rows are cards, and the dialogs fit", async ({ page, sandbox }) => {
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await openKeys(page, "staging", sandbox);
    expect(await fits()).toBeLessThanOrEqual(0);
    await takeShots(page, "keys-tab-narrow");
    await rowOf(page, "Load test").getByRole("button", { name: "Load test" }).click();
    await expect(field(dialog(page), "Name")).toBeVisible();
    expect(await fits()).toBeLessThanOrEqual(0);
    await checkScreen(page, "keys-edit-narrow");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Create API key…" }).click();
    await field(creation(page), "Name").fill("Narrow");
    await creation(page).getByRole("button", { name: "Create API key", exact: true }).click();
    await handover(page).getByRole("button", { name: "Show secret" }).click();
    expect(await fits()).toBeLessThanOrEqual(0);
    await takeShots(page, "keys-secret-narrow");
  });
});
