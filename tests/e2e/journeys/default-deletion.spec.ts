/** Deleting the default workspace: what it ends for the account, its own confirmation, and a refusal. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNotice, expectRowVisible, field, heading, open, tabTo, takeShots, test } from "../fixtures.ts";
import { bulk, dbKey, dbKeys, expectFinished } from "../support/keys.ts";

test.use({ organization: { auth: "proxy" } });

const dialog = (page: Page) => page.getByRole("alertdialog", { name: "Delete “Default Workspace”?" });
const confirm = (page: Page) => dialog(page).getByRole("button", { name: "Delete workspace", exact: true });
const box = (page: Page) => dialog(page).getByRole("checkbox", { name: "I understand that these API keys stop working permanently" });
const slug = (page: Page) => field(dialog(page), "Type “default” to confirm");

test("it says what ends, takes the slug and a box, and disables the keys permanently", async ({ page, sandbox }) => {
  const { id } = await sandbox.workspace("default");
  const active = (await dbKeys(sandbox, "default")).filter((key) => !key.disabled);
  expect(active.length).toBeGreaterThan(0);
  await open(page, "/workspaces/default", "Default Workspace");
  await page.getByRole("button", { name: "Delete workspace…" }).click();
  await expect(dialog(page)).toContainText("This affects the whole account");
  await expect(dialog(page)).toContainText("API keys that belong to no other workspace stop working permanently.");
  await expect(dialog(page)).toContainText("Management keys keep working.");
  await expect(dialog(page)).toContainText("After that, the API refuses calls that name no workspace.");
  const keys = active.length === 1 ? "1 active API key" : `${active.length} active API keys`;
  await expect(dialog(page).locator(".delete__losses")).toContainText(keys);
  await expect(dialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await expect(confirm(page)).toHaveAccessibleDescription("Type the slug to confirm");
  // Both are needed, in either order.
  await box(page).check();
  await expect(confirm(page)).toHaveAccessibleDescription("Type the slug to confirm");
  await box(page).uncheck();
  await slug(page).fill("default");
  await expect(confirm(page)).toHaveAccessibleDescription("Tick the box to confirm");
  await expectAccessible(page);
  await takeShots(page, "default-deletion");
  await confirm(page).click({ force: true });
  expect(await sandbox.requests("DELETE")).toEqual([]);
  await tabTo(page, box(page));
  await page.keyboard.press("Space");
  await tabTo(page, confirm(page));
  await page.keyboard.press("Enter");
  await expectNotice(page, "Success: “Default Workspace” was deleted");
  await expect(heading(page, "Workspaces")).toBeVisible();
  const deletions = await sandbox.requests("DELETE");
  expect(deletions.map((it) => [it.path, it.query])).toEqual([[`/api/v1/workspaces/${id}`, "confirm_default_workspace_deletion=true&"]]);
  const db = await sandbox.db();
  expect(db.workspaces.filter((row) => row.id === id)).toEqual([]);
  expect(db.keys.filter((key) => key.workspace_id === id).map((key) => key.disabled)).not.toContain(false);
  await page.getByRole("link", { name: "Activity" }).first().click();
  await expectRowVisible(page.getByRole("table", { name: "Activity" }), { Action: "Deleted workspace Default Workspace", State: "Done" });
});

test("keys that shall keep working move to another workspace first", async ({ page, sandbox }) => {
  const active = (await dbKeys(sandbox, "default")).filter((key) => !key.disabled);
  const count = active.length === 1 ? "1 API key" : `${active.length} API keys`;
  await open(page, "/workspaces/default?panel=delete", "Default Workspace");
  await expect(dialog(page)).toContainText("To keep them working, move them to another workspace first.");
  await dialog(page).getByRole("button", { name: active.length === 1 ? /^Move / : `Move ${count}…` }).first().click();
  await bulk(page).getByRole("combobox", { name: "Workspace" }).fill("interns");
  await page.keyboard.press("Escape");
  await bulk(page).getByRole("button", { name: `Move ${count}` }).click();
  await expectFinished(page, `${active.length} moved`);
  await bulk(page).getByRole("button", { name: "Done" }).click();
  await expect(dialog(page).locator(".delete__losses")).toContainText("no active API keys");
  await slug(page).fill("default");
  await box(page).check();
  await confirm(page).click();
  await expectNotice(page, "Success: “Default Workspace” was deleted");
  for (const key of active) expect((await dbKey(sandbox, String(key.name))).disabled).toBe(false);
});

test("where the API refuses, its reason is shown and nothing has changed", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(403, /\/workspaces\//, "DELETE");
  const message = "Deleting the default workspace is not available for this account";
  await sandbox.fault({ method: "DELETE", path: "/workspaces/", answer: { kind: "status", status: 403, message } });
  await open(page, "/workspaces/default?panel=delete", "Default Workspace");
  await slug(page).fill("default");
  await box(page).check();
  const before = await sandbox.db();
  await confirm(page).click();
  const alert = dialog(page).getByRole("alert").filter({ hasText: "Couldn’t delete the workspace" });
  await expect(alert).toContainText(`${message}. Nothing was changed.`);
  await expectAccessible(page);
  await takeShots(page, "default-refused");
  expect(await sandbox.db()).toEqual(before);
});

for (const when of ["before", "after"] as const) {
  test(`a lost answer is settled by reading back: ${when} the deletion`, async ({ page, sandbox, expectedFailures }) => {
    for (const status of ["network", 404] as const) expectedFailures.allow(status, /\/workspaces\//, "DELETE");
    expectedFailures.allow(404, /\/workspaces\/[0-9a-f-]{36}(\/.*)?$/, "GET");
    await sandbox.fault({ method: "DELETE", path: "/workspaces/", times: when === "before" ? 5 : 1, when, answer: { kind: "close" } });
    await open(page, "/workspaces/default?panel=delete", "Default Workspace");
    await slug(page).fill("default");
    await box(page).check();
    await confirm(page).click();
    if (when === "after") {
      await expectNotice(page, "Success: “Default Workspace” was deleted");
      expect(await sandbox.workspaces("default")).toEqual([]);
    } else {
      await expect(dialog(page)).toContainText("We checked: nothing was changed.");
      expect(await sandbox.workspaces("default")).toHaveLength(1);
    }
  });
}

test("the confirmation is cleared when the panel is reopened", async ({ page }) => {
  await open(page, "/workspaces/default?panel=delete", "Default Workspace");
  await slug(page).fill("default");
  await box(page).check();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Delete workspace…" }).click();
  await expect(slug(page)).toHaveValue("");
  await expect(box(page)).not.toBeChecked();
});
