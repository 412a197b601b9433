/** A clone of a workspace: its settings, limits and members as a file, with a name and a slug to fill in. */
import { expect, expectAccessible, field, heading, open, takeShots, test } from "../fixtures.ts";
import { applyDialog, expectApplied, expectPlan, memberIds, plan } from "../support/files.ts";
import { finder, openPalette, options } from "../support/palette.ts";
import type { Page } from "@playwright/test";

test.use({ organization: { auth: "proxy" } });

const form = (page: Page) => page.getByRole("dialog", { name: /^Clone “/ });

test("a clone has the settings, limits and members of its workspace", async ({ page, sandbox }) => {
  await sandbox.call("PATCH", "/workspaces/interns", { description: "Two months", default_text_model: "a/model" });
  await sandbox.call("PUT", "/workspaces/interns/budgets/monthly", { limit_usd: 90_000 });
  await open(page, "/workspaces/interns", "Interns");
  await page.getByRole("button", { name: "Clone…" }).click();
  await expect(page).toHaveURL(/\/workspaces\/interns\?panel=clone$/);
  await expect(field(form(page), "Name")).toHaveValue("Interns copy");
  await expect(field(form(page), "Slug")).toHaveValue("interns-copy");
  await field(form(page), "Name").fill("Interns of next year");
  await expect(field(form(page), "Slug")).toHaveValue("interns-of-next-year");
  await form(page).getByRole("button", { name: "Show plan" }).click();
  await expect(heading(page, "Import and export")).toBeFocused();
  await expect(page).toHaveURL(/\/files$/);
  await expectPlan(page, "1 to create");
  expect((await sandbox.log()).filter((it) => it.method === "POST")).toEqual([]);
  await plan(page).getByRole("button", { name: /^Apply \d+ changes…$/ }).click();
  await applyDialog(page).getByRole("checkbox", { name: /^I checked the changes above/ }).check();
  await applyDialog(page).getByRole("button", { name: /^Apply \d+ changes$/ }).click();
  await expectApplied(page, /^\d applied$/);
  const [source, clone] = [await sandbox.workspace("interns"), await sandbox.workspace("interns-of-next-year")];
  expect(clone.name).toBe("Interns of next year");
  for (const setting of ["description", "default_text_model", "default_provider_sort", "disabled_server_tools"]) {
    expect(clone[setting], setting).toEqual(source[setting]);
  }
  expect(await sandbox.limits("interns-of-next-year")).toEqual(await sandbox.limits("interns"));
  expect((await memberIds(sandbox, "interns-of-next-year")).sort()).toEqual((await memberIds(sandbox, "interns")).sort());
});

test("limits and members can be left out, and a slug that is taken is named", async ({ page, sandbox }) => {
  await open(page, "/workspaces/hackathon/budgets", "Hackathon");
  await openPalette(page);
  await finder(page).fill("clone");
  await expect(options(page).first()).toHaveText(/Clone Hackathon…/);
  await page.keyboard.press("Enter");
  await expect(form(page)).toBeVisible();
  await field(form(page), "Slug").fill("interns");
  await expect(form(page)).toContainText("Another workspace has this slug");
  await expect(form(page).getByRole("button", { name: "Show plan" })).toHaveAttribute("aria-disabled", "true");
  await field(form(page), "Slug").fill("hack-2");
  await form(page).getByRole("checkbox", { name: "Limits" }).uncheck();
  await form(page).getByRole("checkbox", { name: "Members" }).uncheck();
  await form(page).getByRole("button", { name: "Show plan" }).click();
  await expectPlan(page, "1 to create");
  await expect(page.getByRole("textbox", { name: "File to import" })).not.toHaveValue(/budget|members/);
  await expect(plan(page)).toContainText("Create the workspace “Hackathon copy”");
  // The tab of budgets asks for today's spend by a POST.
  const writes = (await sandbox.log()).filter((it) => it.method !== "GET" && it.path.startsWith("/api/v1/workspaces"));
  expect(writes).toEqual([]);
});

test("the form closes without a trace, by keys too", async ({ page }) => {
  await open(page, "/workspaces/interns", "Interns");
  const button = page.getByRole("button", { name: "Clone…" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(form(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(form(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/workspaces\/interns$/);
  await expect(button).toBeFocused();
});

test("the default workspace is cloned without members", async ({ page }) => {
  await page.goto("/workspaces/default?panel=clone");
  await expect(form(page)).toBeVisible();
  await expect(form(page).getByRole("checkbox", { name: "Members" })).toHaveCount(0);
  await form(page).getByRole("button", { name: "Show plan" }).click();
  await expectPlan(page, "1 to create");
  await expect(page.getByRole("textbox", { name: "File to import" })).not.toHaveValue(/members/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the form is accessible in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto("/workspaces/interns?panel=clone");
    await expect(form(page).getByRole("button", { name: "Show plan" })).not.toHaveAttribute("aria-disabled", "true");
    await expectAccessible(page);
    await takeShots(page, `files-clone-${colorScheme}`);
  });
}
