/** Hostile texts in dialogs, menus, lists and notices. */
import type { Page } from "@playwright/test";
import { expect, expectSavedStatus, field, takeShots, test } from "../fixtures.ts";
import { expectHarmless, HOSTILE, hostileSlug, recordScriptRuns } from "../support/hostile.ts";
import * as keys from "../support/keys.ts";
import * as members from "../support/members.ts";
import * as overview from "../support/overview.ts";
import * as people from "../support/people.ts";

test.use({ organization: HOSTILE });
test.beforeEach(async ({ page }) => recordScriptRuns(page));

/** The workspaces with the worst names: the end of an isolate, line breaks, combining marks, and a very long name. */
const WORST = ["hostile-7", "hostile-12", "hostile-18", "hostile-19"];

const dialog = (page: Page) => page.locator("dialog:modal").last();

/** Checks the current screen. */
async function checkScreen(page: Page, name: string): Promise<void> {
  await expectHarmless(page);
  await takeShots(page, `hostile-${name}`);
}

test("deleting a workspace", async ({ page, sandbox }) => {
  for (const slug of ["hostile-7", "hostile-19", await hostileSlug(sandbox)]) {
    const { id } = await sandbox.workspace(slug);
    await page.goto(`/workspaces/${id}?panel=delete`);
    await expect(dialog(page)).toContainText("active API key");
    await expect(dialog(page)).toContainText(slug);
    await expect(dialog(page)).toContainText(String(id));
    await checkScreen(page, `delete-${slug.replace(/\W/g, "")}`);
    const remove = dialog(page).getByRole("button", { name: /^Delete .*(?<!workspace)$/s });
    await remove.last().click();
    await expect(dialog(page).getByRole("button", { name: /permanently$/ })).toBeVisible();
    await checkScreen(page, `delete-key-${slug.replace(/\W/g, "")}`);
  }
});

test("members: selected, listed, removed, added", async ({ page, expectedFailures }) => {
  expectedFailures.allowRefusedRemovals();
  await members.openMembers(page, "hostile-19");
  await members.selectAll(page);
  await checkScreen(page, "members-chosen");
  await members.selectionBar(page).getByRole("button", { name: "View selected" }).click();
  await expect(dialog(page).getByRole("table")).toBeVisible();
  await checkScreen(page, "members-tray");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^1 active key of/ }).first().click();
  await expect(dialog(page)).toContainText("1 active API key blocks the removal");
  await checkScreen(page, "members-keys");
  await page.keyboard.press("Escape");
  await members.openRemoveDialog(page);
  await checkScreen(page, "members-remove");
  await members.removeDialog(page).getByRole("button", { name: /^Remove \d+ members$/ }).click();
  await expect(members.jobDialog(page).getByText("Finished", { exact: true })).toBeVisible();
  await checkScreen(page, "members-removed");
  await members.closeJob(page);
  await members.openAddDialog(page);
  await expect(dialog(page).getByRole("table")).toBeVisible();
  await checkScreen(page, "members-pick");
  await members.pasteList(page, `<img src=x onerror=hostile()>\n\u2069\u202etxt.exe\n${"x".repeat(10_000)}@example.com\nnobody\u202e@x`);
  await checkScreen(page, "members-paste");
});

test("people: adding to and removing from workspaces", async ({ page, expectedFailures }) => {
  expectedFailures.allowRefusedRemovals();
  await people.openPeople(page);
  await page.getByRole("checkbox", { name: "Select visible rows" }).first().click();
  for (const how of ["add", "remove"] as const) {
    await people.openPanel(page, how);
    await people.panel(page).getByRole("button", { name: "Select all" }).or(people.panel(page).getByRole("button", { name: "All", exact: true })).first().click();
    await expect(people.preview(page)).toBeVisible();
    await checkScreen(page, `people-${how}`);
    if (how === "add") await page.keyboard.press("Escape");
  }
});

test("all budgets", async ({ page }) => {
  await overview.openOverview(page);
  await page.getByRole("checkbox", { name: "Select visible rows" }).first().click();
  await checkScreen(page, "budgets-chosen");
  await overview.openPanel(page);
  await overview.changeByPercentage(page, "Increase", "10");
  await expect(page.getByRole("table", { name: "Preview of the changes" })).toBeVisible();
  await checkScreen(page, "budgets-change");
  await overview.panel(page).getByRole("button", { name: /^Change \d+ workspaces$/ }).click();
  await expect(overview.panel(page).getByText("Finished", { exact: true })).toBeVisible();
  await checkScreen(page, "budgets-changed");
});

test("settings: saved, changed by someone else, left", async ({ page, sandbox }) => {
  for (const slug of WORST) {
    const { name } = await sandbox.workspace(slug);
    await page.goto(`/workspaces/${slug}`);
    await field(page, "Description").fill("Mine");
    await page.getByRole("button", { name: "Save changes" }).click();
    if (String(name).length <= 100) await expectSavedStatus(page);
    await checkScreen(page, `saved-${slug}`);
    await page.getByRole("link", { name: "Activity" }).first().click();
    if (await dialog(page).isVisible()) {
      await checkScreen(page, `leave-${slug}`);
      await dialog(page).getByRole("button", { name: "Discard changes" }).click();
    }
    await expect(page.getByRole("heading", { name: "Activity", level: 1 })).toBeVisible();
    await checkScreen(page, `activity-${slug}`);
  }
});

test("the switcher and the list of models", async ({ page, sandbox }) => {
  const names = (await sandbox.db()).workspaces.map((row) => String(row.name));
  const data = names.map((name, at) => ({ id: `${name}${at}`, name, architecture: { output_modalities: ["text", name] } }));
  const answer = { kind: "status", status: 200, envelope: false, body: JSON.stringify({ data }), content_type: "application/json" } as const;
  await sandbox.fault({ method: "GET", path: "/models", times: 9, answer });
  await page.goto("/workspaces/hostile-1");
  await page.getByRole("button", { name: "Go to workspace" }).click();
  await expect(page.getByRole("searchbox", { name: "Find a workspace" })).toBeVisible();
  await checkScreen(page, "switcher");
  await page.keyboard.press("Escape");
  const models = page.getByRole("combobox", { name: "Default text model" });
  const open = async () => {
    await page.keyboard.press("Escape");
    await models.click();
    await expect(page.getByRole("option").first()).toBeVisible();
  };
  await expectHarmless(page, open);
  await takeShots(page, "hostile-models");
});

test("API keys: about to be rotated, and to be moved where they block a deletion", async ({ page, sandbox }) => {
  await page.goto("/keys");
  await expect(keys.rows(page).first()).toBeVisible();
  await page.getByRole("checkbox", { name: "Select visible rows" }).first().click();
  await keys.bar(page).getByRole("button", { name: "Set expiry…" }).click();
  await expect(keys.bulk(page).getByRole("table")).toBeVisible();
  await checkScreen(page, "rotation");
  const { id } = await sandbox.workspace("hostile-7");
  await page.goto(`/workspaces/${id}?panel=delete`);
  await dialog(page).getByRole("button", { name: /^Move / }).first().click();
  await expect(keys.bulk(page).getByRole("combobox", { name: "Workspace" })).toBeVisible();
  await checkScreen(page, "ways-move");
});
