/** Signing out with unsaved changes: the console asks first, drafts stay in their tab, and other tabs ask in place. */
import type { Page } from "@playwright/test";
import { expect, field, heading, MANAGEMENT_KEY, signIn, test } from "../fixtures.ts";
import { expectFigures } from "../support/home.ts";
import type { Sandbox } from "../support/sandbox.ts";

const keyField = (page: Page) => page.getByLabel("Management key", { exact: true });
const question = (page: Page) => page.getByRole("alertdialog", { name: "Sign out without saving?" });
const signOut = (page: Page) => page.getByRole("button", { name: "Sign out" });

async function edit(page: Page, description: string): Promise<void> {
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await field(page, "Description").fill(description);
}

/** Waits until the page of a workspace has asked for everything that it reads, so that it sends nothing more by itself. */
async function expectAllAsked(sandbox: Sandbox): Promise<void> {
  const pages = Math.ceil((await sandbox.db()).people.length / 100);
  await expect.poll(async () => {
    const paths = (await sandbox.log()).map(({ path }) => path);
    return [paths.filter((it) => it.endsWith("/organization/members")).length, paths.filter((it) => it.endsWith("/models")).length];
  }).toEqual([pages, 1]);
}

async function enterKey(page: Page): Promise<void> {
  await keyField(page).fill(MANAGEMENT_KEY);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("a sign-out asks first, and the draft is there after the next sign-in", async ({ page }) => {
  await signIn(page);
  await edit(page, "Half a thought");
  await signOut(page).click();
  await expect(question(page)).toContainText("Your unsaved changes stay in this tab as a draft");
  await expect(question(page).getByRole("button", { name: "Keep editing" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(question(page)).toHaveCount(0);
  await expect(field(page, "Description")).toHaveValue("Half a thought");

  await signOut(page).click();
  await question(page).getByRole("button", { name: "Sign out" }).click();
  await expect(keyField(page)).toBeVisible();
  await expect(page.getByText("Half a thought")).toHaveCount(0);
  await page.reload();
  await enterKey(page);
  await expect(page.getByText("We restored your unsaved changes")).toBeVisible();
  await expect(field(page, "Description")).toHaveValue("Half a thought");
});

test("a sign-out without unsaved changes asks nothing", async ({ page }) => {
  await signIn(page);
  await edit(page, "");
  await signOut(page).click();
  await expect(keyField(page)).toBeVisible();
});

test("a tab with unsaved changes asks for a key in place, and other tabs show the sign-in page", async ({ page, context, sandbox }) => {
  const [other, third] = [await context.newPage(), await context.newPage()];
  for (const tab of [page, other, third]) {
    await signIn(tab);
    await expectFigures(tab);
  }
  await edit(other, "Half a thought");
  await expectAllAsked(sandbox);
  await sandbox.clearLog();
  await signOut(page).click();
  await expect(keyField(page)).toBeVisible();
  await expect(heading(third, "Workspaces")).toHaveCount(0);
  const dialog = other.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toContainText("You signed out in another tab. Your unsaved changes are still here.");
  expect((await sandbox.log()).filter((it) => it.authorized)).toEqual([]);
  await enterKey(other);
  await expect(dialog).toHaveCount(0);
  await expect(field(other, "Description")).toHaveValue("Half a thought");
  await other.getByRole("button", { name: "Save changes" }).click();
  await expect.poll(async () => (await sandbox.workspace("interns")).description).toBe("Half a thought");
});

test("the dialog in place asks too before it signs out", async ({ page, context }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) await signIn(tab);
  await edit(other, "Half a thought");
  await signOut(page).click();
  await other.getByRole("dialog", { name: "Sign in again" }).getByRole("button", { name: "Sign out" }).click();
  await question(other).getByRole("button", { name: "Sign out" }).click();
  await expect(keyField(other)).toBeVisible();
  await enterKey(other);
  await expect(field(other, "Description")).toHaveValue("Half a thought");
});
