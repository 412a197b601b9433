/** API keys that block a deletion or a removal: they are moved, disabled or deleted as one job, over the dialog that they block. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNotice, field, heading, open, tabTo, takeShots, test } from "../fixtures.ts";
import { bulk, dbKey, dbKeys, expectFinished } from "../support/keys.ts";
import * as members from "../support/members.ts";
import * as people from "../support/people.ts";
import type { Fault, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const deletion = (page: Page) => page.getByRole("alertdialog", { name: /^Delete “/ });
const confirm = (page: Page) => deletion(page).getByRole("button", { name: "Delete workspace", exact: true });
const done = (page: Page) => bulk(page).getByRole("button", { name: "Done" });
const places = async (sandbox: Sandbox, names: string[]) =>
  Promise.all(names.map(async (name) => (await dbKey(sandbox, name)).workspace_id));

const STAGING = ["Load test", "Preview deployments", "Smoke tests"];

async function checkScreen(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await takeShots(page, name);
}

/** Chooses a workspace in the dialog that moves keys. */
async function chooseTarget(page: Page, slug: string): Promise<void> {
  await bulk(page).getByRole("combobox", { name: "Workspace" }).fill(slug);
  // The list of the field is open. Escape closes only that.
  await page.keyboard.press("Escape");
}

test.describe("a deletion", () => {
  test("all keys move to another workspace, and then the workspace is deleted", async ({ page, sandbox }) => {
    const { id } = await sandbox.workspace("interns");
    await open(page, "/workspaces/staging?panel=delete", "Staging");
    await expect(deletion(page)).toContainText("Move them to another workspace, disable them, or delete them first.");
    await field(deletion(page), "Type “staging” to confirm").fill("staging");
    await checkScreen(page, "ways-deletion");
    await deletion(page).getByRole("button", { name: "Move 3 API keys…" }).click();
    await expect(bulk(page)).toHaveAccessibleName("Move API keys");
    await expect(bulk(page)).toContainText("Guardrail assignments move along");
    const start = bulk(page).getByRole("button", { name: /^Move/ });
    await expect(start).toHaveAccessibleDescription("Choose a workspace");
    await chooseTarget(page, "interns");
    await checkScreen(page, "ways-move");
    await bulk(page).getByRole("button", { name: "Move 3 API keys" }).click();
    await expectFinished(page, "3 moved");
    expect(await places(sandbox, STAGING)).toEqual([id, id, id]);
    await checkScreen(page, "ways-moved");
    await done(page).click();
    // The dialog below is still there, with what was typed, and says that nothing blocks any more.
    await expect(deletion(page)).not.toContainText("block the deletion");
    await expect(confirm(page)).not.toHaveAttribute("aria-disabled");
    await confirm(page).click();
    await expectNotice(page, "Success: “Staging” was deleted");
    expect(await sandbox.workspaces("staging")).toEqual([]);
    expect((await dbKeys(sandbox, "interns")).filter((key) => !key.disabled).map((key) => key.name).sort()).toEqual(STAGING);
  });

  test("all keys are disabled, or deleted after a question", async ({ page, sandbox }) => {
    await open(page, "/workspaces/staging?panel=delete", "Staging");
    await deletion(page).getByRole("button", { name: "Disable 3 API keys…" }).click();
    await bulk(page).getByRole("button", { name: "Disable 3 API keys" }).click();
    await expectFinished(page, "3 disabled");
    expect((await dbKeys(sandbox, "staging")).map((key) => key.disabled)).toEqual([true, true, true]);
    await bulk(page).getByRole("button", { name: "Undo: enable 3 API keys" }).click();
    await expectFinished(page, "3 enabled");
    await done(page).click();
    await expect(deletion(page)).toContainText("3 active API keys block the deletion");
    await deletion(page).getByRole("button", { name: "Delete 3 API keys…" }).click();
    await expect(page.getByRole("alertdialog", { name: "Delete 3 API keys?" })).toBeVisible();
    await expect(bulk(page).getByRole("button", { name: "Cancel" })).toBeFocused();
    await bulk(page).getByRole("button", { name: "Delete 3 API keys" }).click();
    await expectFinished(page, "3 deleted");
    await done(page).click();
    expect(await dbKeys(sandbox, "staging")).toEqual([]);
    await field(deletion(page), "Type “staging” to confirm").fill("staging");
    await confirm(page).click();
    await expectNotice(page, "Success: “Staging” was deleted");
  });

  test("one key moves alone, by keyboard, and the focus returns to the dialog below", async ({ page, sandbox }) => {
    await open(page, "/workspaces/staging?panel=delete", "Staging");
    const opener = deletion(page).getByRole("button", { name: "Move Smoke tests" });
    await tabTo(page, opener);
    await page.keyboard.press("Enter");
    await expect(bulk(page)).toHaveAccessibleName("Move API keys");
    await page.keyboard.press("Escape");
    await expect(bulk(page)).toHaveAccessibleName("Delete “Staging”?");
    await expect(opener).toBeFocused();
    await page.keyboard.press("Enter");
    const place = bulk(page).getByRole("combobox", { name: "Workspace" });
    await tabTo(page, place);
    await page.keyboard.type("interns");
    await page.keyboard.press("Escape");
    const start = bulk(page).getByRole("button", { name: "Move 1 API key" });
    await tabTo(page, start);
    await page.keyboard.press("Enter");
    await expectFinished(page, "1 moved");
    await tabTo(page, done(page));
    await page.keyboard.press("Enter");
    await expect(deletion(page)).toContainText("2 active API keys block the deletion");
    await expect(deletion(page).locator(":focus")).toHaveCount(1);
    expect(await places(sandbox, ["Smoke tests"])).toEqual([(await sandbox.workspace("interns")).id]);
  });

  test("unsaved changes below are still asked about after the job", async ({ page }) => {
    await open(page, "/workspaces/staging", "Staging");
    await field(page, "Description").fill("Half a thought");
    await page.getByRole("button", { name: "Delete workspace…" }).click();
    await deletion(page).getByRole("button", { name: "Disable 3 API keys…" }).click();
    await bulk(page).getByRole("button", { name: "Disable 3 API keys" }).click();
    await expectFinished(page, "3 disabled");
    await done(page).click();
    await deletion(page).getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("link", { name: "Activity" }).first().click();
    const question = page.getByRole("alertdialog", { name: "Leave without saving?" });
    await question.getByRole("button", { name: "Keep editing" }).click();
    await expect(field(page, "Description")).toHaveValue("Half a thought");
  });

  test("leaving while the job runs is asked about, and the rest is offered where all keys are", async ({ page, sandbox }) => {
    await open(page, "/", "Workspaces");
    await page.getByRole("link", { name: "Staging", exact: true }).click();
    await page.getByRole("button", { name: "Delete workspace…" }).click();
    await deletion(page).getByRole("button", { name: "Move 3 API keys…" }).click();
    await chooseTarget(page, "interns");
    await sandbox.fault({ method: "PATCH", path: "/keys/", times: 3, delay_ms: 3000, answer: { kind: "pass" } });
    await bulk(page).getByRole("button", { name: "Move 3 API keys" }).click();
    await expect(bulk(page).getByRole("button", { name: "Pause" })).toBeVisible();
    // The first step back closes the dialog below. The job stays.
    await page.goBack();
    await expect(deletion(page)).toHaveCount(0);
    await expect(bulk(page).getByRole("button", { name: "Pause" })).toBeVisible();
    await page.goBack();
    const question = page.getByRole("alertdialog", { name: "Leave while API keys are being changed?" });
    await expect(question).toBeVisible();
    await expect(page.getByRole("alertdialog", { name: "Leave without saving?" })).toHaveCount(0);
    await question.getByRole("button", { name: "Leave page" }).click();
    await expect(heading(page, "Workspaces")).toBeVisible();
    await page.getByRole("link", { name: "API keys" }).first().click();
    const banner = page.getByRole("status").filter({ hasText: /^Warning: Moving 3 API keys (was interrupted|has finished)/ });
    await banner.getByRole("button", { name: "Resume" }).click();
    await expect(bulk(page).getByText("Finished", { exact: true })).toBeVisible({ timeout: 20_000 });
    const { id } = await sandbox.workspace("interns");
    expect(await places(sandbox, STAGING)).toEqual([id, id, id]);
    // The requests of the view that was left must not reach the data of the next test. One that was cancelled never ends.
    const pending = async () => (await sandbox.requests("PATCH")).filter((it) => it.status === null).length;
    await expect.poll(pending, { timeout: 5_000 }).toBe(0).catch(() => undefined);
  });

  test("where the API still counts disabled keys, that is said, and the other ways are offered", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(400, /\/workspaces\//, "DELETE");
    await open(page, "/workspaces/staging?panel=delete", "Staging");
    await field(deletion(page), "Type “staging” to confirm").fill("staging");
    await deletion(page).getByRole("button", { name: "Disable 3 API keys…" }).click();
    await bulk(page).getByRole("button", { name: "Disable 3 API keys" }).click();
    await expectFinished(page, "3 disabled");
    await done(page).click();
    const message = "Workspace has API keys. Their keys must be deleted first";
    await sandbox.fault({ method: "DELETE", path: "/workspaces/", answer: { kind: "status", status: 400, message } });
    await confirm(page).click();
    await expect(deletion(page).getByRole("alert")).toContainText(message);
    const banner = deletion(page).getByRole("status").filter({ hasText: "3 disabled or expired API keys are left" });
    await expect(banner).toContainText("The API may count them too. Move them to another workspace or delete them, and then try again.");
    await expect(banner.getByRole("button", { name: /^Disable/ })).toHaveCount(0);
    await checkScreen(page, "ways-refused");
    await banner.getByRole("button", { name: "Delete 3 API keys…" }).click();
    await bulk(page).getByRole("button", { name: "Delete 3 API keys" }).click();
    await expectFinished(page, "3 deleted");
    await done(page).click();
    await expect(banner).toHaveCount(0);
    await confirm(page).click();
    await expectNotice(page, "Success: “Staging” was deleted");
    expect([await sandbox.workspaces("staging"), (await dbKeys(sandbox)).filter((key) => STAGING.includes(String(key.name)))]).toEqual([[], []]);
  });

  /** A fault at each step of a move: reading a key, and moving it. With the counts that the job ends with. */
  const faults: Record<string, Omit<Fault, "path"> & { summary: string }> = {
    "a key can’t be read": { method: "GET", times: 20, answer: { kind: "status", status: 500 }, summary: "2 moved · 1 refused" },
    "a move is refused": { method: "PATCH", answer: { kind: "status", status: 409, message: "Not now" }, summary: "2 moved · 1 refused" },
    "a move is lost before": { method: "PATCH", times: 20, answer: { kind: "close" }, summary: "2 moved · 1 refused" },
    "a move’s answer is lost": { method: "PATCH", when: "after", answer: { kind: "truncate" }, summary: "3 moved" },
    "a move ends in 503": { method: "PATCH", answer: { kind: "status", status: 503 }, summary: "3 moved" },
  };
  for (const [name, { summary, ...fault }] of Object.entries(faults)) {
    test(`the screen agrees with the database: ${name}`, async ({ page, sandbox, expectedFailures }) => {
      for (const status of ["network", 409, 500, 503] as const) expectedFailures.allow(status, /\/keys\/\w+$/);
      const { hash } = await dbKey(sandbox, "Smoke tests");
      await open(page, "/workspaces/staging?panel=delete", "Staging");
      await field(deletion(page), "Type “staging” to confirm").fill("staging");
      await deletion(page).getByRole("button", { name: "Move 3 API keys…" }).click();
      await chooseTarget(page, "interns");
      await sandbox.fault({ ...fault, path: `/keys/${hash}` });
      await bulk(page).getByRole("button", { name: "Move 3 API keys" }).click();
      await expect(bulk(page).getByText("Finished", { exact: true })).toBeVisible({ timeout: 30_000 });
      await expectFinished(page, summary);
      const left = await dbKeys(sandbox, "staging");
      expect(left.map((key) => key.name)).toEqual(summary === "3 moved" ? [] : ["Smoke tests"]);
      await sandbox.clearFaults();
      if (left.length !== 0) {
        await bulk(page).getByRole("button", { name: "Try 1 again" }).click();
        await expectFinished(page, "3 moved");
      }
      await done(page).click();
      await expect(confirm(page)).not.toHaveAttribute("aria-disabled");
      expect(await dbKeys(sandbox, "staging")).toEqual([]);
    });
  }
});

test.describe("a removal", () => {
  const firstOwner = async (sandbox: Sandbox, slug: string) =>
    String((await dbKeys(sandbox, slug)).find((key) => !key.disabled && key.creator_user_id)?.creator_user_id);
  const removal = (page: Page) => members.removeDialog(page);

  test("of a member: the keys move, and then the member is removed", async ({ page, sandbox }) => {
    const owner = await firstOwner(sandbox, "mobile-apps");
    const { id } = await sandbox.workspace("interns");
    await members.openMembers(page, "mobile-apps");
    await members.select(page, owner);
    await members.openRemoveDialog(page);
    await checkScreen(page, "ways-removal");
    await removal(page).getByRole("button", { name: "Move 1 API key…" }).click();
    await chooseTarget(page, "interns");
    await bulk(page).getByRole("button", { name: "Move 1 API key" }).click();
    await expectFinished(page, "1 moved");
    await done(page).click();
    await expect(removal(page).getByRole("status").first()).toHaveText("1 ready to remove");
    await removal(page).getByRole("button", { name: "Remove 1 member", exact: true }).click();
    await members.expectFinished(page, "1 removed");
    expect(await members.dbMembers(sandbox, "mobile-apps")).not.toContain(owner);
    expect((await dbKeys(sandbox, "interns")).filter((key) => key.creator_user_id === owner && key.workspace_id === id)).not.toEqual([]);
  });

  test("of a member whose disabled key still counts: that is said, and the key is deleted", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allowRefusedRemovals();
    const owner = await firstOwner(sandbox, "mobile-apps");
    await members.openMembers(page, "mobile-apps");
    await members.select(page, owner);
    await members.openRemoveDialog(page);
    await removal(page).getByRole("button", { name: "Disable 1 API key…" }).click();
    await bulk(page).getByRole("button", { name: "Disable 1 API key" }).click();
    await expectFinished(page, "1 disabled");
    await done(page).click();
    const message = `These members have active API keys in the workspace: ${owner}. Their keys must be deleted first`;
    await sandbox.fault({ method: "POST", path: "/members/remove", answer: { kind: "status", status: 400, message } });
    await removal(page).getByRole("button", { name: "Remove 1 member", exact: true }).click();
    await members.expectFinished(page, "1 refused");
    const note = members.jobDialog(page).getByRole("status").filter({ hasText: "1 refused person still has 1 API key" });
    await expect(note).toContainText("The API may count disabled and expired API keys too.");
    await checkScreen(page, "ways-removal-refused");
    await note.getByRole("button", { name: "Delete 1 API key…" }).click();
    await bulk(page).getByRole("button", { name: "Delete 1 API key" }).click();
    await expectFinished(page, "1 deleted");
    await done(page).click();
    await expect(note).toHaveCount(0);
    await members.jobDialog(page).getByRole("button", { name: "Try 1 again" }).click();
    await members.expectFinished(page, "1 removed");
    expect(await members.dbMembers(sandbox, "mobile-apps")).not.toContain(owner);
    expect((await dbKeys(sandbox, "mobile-apps")).filter((key) => key.creator_user_id === owner)).toEqual([]);
  });

  test("of a person from several workspaces: all keys that block it move at once", async ({ page, sandbox }) => {
    const [owner = ""] = await people.dbKeyOwners(sandbox, "production");
    const { id } = await sandbox.workspace("interns");
    const production = (await sandbox.workspace("production")).id;
    const own = (await dbKeys(sandbox)).filter((key) => key.creator_user_id === owner && !key.disabled && key.workspace_id === production);
    await people.openPeople(page);
    await people.select(page, owner);
    await people.openPanel(page, "remove");
    await people.chooseWorkspaces(page, "Production");
    const keys = own.length === 1 ? "1 API key" : `${own.length} API keys`;
    const banner = people.panel(page).getByRole("status").filter({ hasText: /active API keys? blocks? removals/ });
    await checkScreen(page, "ways-people");
    await banner.getByRole("button", { name: `Move ${keys}…` }).click();
    await chooseTarget(page, "interns");
    await bulk(page).getByRole("button", { name: `Move ${keys}` }).click();
    await expectFinished(page, `${own.length} moved`);
    await done(page).click();
    await expect(banner).toHaveCount(0);
    for (const key of own) expect((await dbKey(sandbox, String(key.name))).workspace_id).toBe(id);
    await people.startJob(page, "1 workspace");
    await people.expectFinished(page, "1 removed");
    expect(await members.dbMembers(sandbox, "production")).not.toContain(owner);
  });

  test("keys that stay in the default workspace can be disabled together", async ({ page, sandbox }) => {
    const [owner = ""] = await people.dbKeyOwners(sandbox, "default");
    const own = (await dbKeys(sandbox, "default")).filter((key) => key.creator_user_id === owner && !key.disabled);
    await people.openPeople(page);
    await people.select(page, owner);
    await people.openPanel(page, "remove");
    const banner = people.panel(page).getByRole("status").filter({ hasText: /active API keys? stays? in the default workspace/ });
    const keys = own.length === 1 ? "1 API key" : `${own.length} API keys`;
    await banner.getByRole("button", { name: `Disable ${keys}…` }).click();
    await bulk(page).getByRole("button", { name: `Disable ${keys}` }).click();
    await expectFinished(page, `${own.length} disabled`);
    await done(page).click();
    await expect(banner).toHaveCount(0);
    expect(await people.dbKeyOwners(sandbox, "default")).not.toContain(owner);
  });

  test("a key of a member moves from the dialog of the member’s keys", async ({ page, sandbox }) => {
    const owner = await firstOwner(sandbox, "mobile-apps");
    await members.openMembers(page, "mobile-apps");
    await members.rowOf(members.table(page), owner).getByRole("button", { name: /active key/ }).click();
    const keys = page.getByRole("dialog", { name: /^API keys of / });
    await keys.getByRole("button", { name: /^Move / }).click();
    await chooseTarget(page, "interns");
    await bulk(page).getByRole("button", { name: "Move 1 API key" }).click();
    await expectFinished(page, "1 moved");
    await done(page).click();
    await expect(keys).toContainText("No active API keys. You can now remove this member");
    expect((await dbKeys(sandbox, "mobile-apps")).filter((key) => key.creator_user_id === owner && !key.disabled)).toEqual([]);
  });
});
