/** A file as the baseline of this browser: who has moved from it, on the list of workspaces and on the page of files. */
import { expect, expectAccessible, expectNotice, heading, open, takeShots, test } from "../fixtures.ts";
import { expectPlan, exportAs, choose, memberIds, openFiles, paste } from "../support/files.ts";
import type { Page } from "@playwright/test";

test.use({ organization: { auth: "proxy" } });

const section = (page: Page) => page.getByRole("region", { name: "Baseline" });
const row = (page: Page, name: string) => page.getByRole("table", { name: "Workspaces" }).getByRole("row").filter({ hasText: name });
const mark = (page: Page, name: string) => row(page, name).getByRole("link", { name: "Differs from the baseline" });
const summary = (page: Page) => section(page).getByRole("status").first();

/** Exports all workspaces, imports the file, and keeps it. */
async function keepAll(page: Page): Promise<void> {
  await openFiles(page);
  const { name, text } = await exportAs(page, "yaml");
  await choose(page, name, text);
  await expectPlan(page, /^\d+ unchanged$/);
  await section(page).getByRole("button", { name: "Keep the imported file as the baseline" }).click();
  await expectNotice(page, "Baseline kept in this browser");
  await expect(section(page).getByText("No differences", { exact: true })).toBeVisible();
}

test("who has moved is marked in the list, and each difference is shown", async ({ page, sandbox }) => {
  const [member] = await memberIds(sandbox, "interns");
  await sandbox.call("PUT", "/workspaces/interns/budgets/lifetime", { limit_usd: 90_000 });
  await keepAll(page);
  await open(page, "/workspaces", "Workspaces");
  await expect(row(page, "Interns")).toBeVisible();
  await expect(page.getByText("Differs from the baseline")).toHaveCount(0);
  await sandbox.call("PATCH", "/workspaces/interns", { description: "Moved on" });
  await sandbox.call("PUT", "/workspaces/interns/budgets/lifetime", { limit_usd: 95_000 });
  await sandbox.call("PUT", "/workspaces/hackathon/budgets/lifetime", { limit_usd: 70_000 });
  await sandbox.call("POST", "/workspaces", { name: "Later", slug: "later" });
  await page.reload();
  await expect(mark(page, "Interns")).toBeVisible();
  await expect(page.getByText("Differs from the baseline")).toHaveCount(1);
  await expectAccessible(page);
  await mark(page, "Interns").click();
  await expect(heading(page, "Import and export")).toBeVisible();
  await expect(summary(page)).toHaveText(/^2 workspaces differ · \d+ unchanged · 1 not in the baseline$/);
  const differing = section(page).getByRole("list", { name: "Workspaces that differ from the baseline" }).locator("> li");
  const interns = differing.filter({ has: page.getByRole("heading", { name: /Interns/ }) });
  await expect(interns).toContainText(/Description: .* → Moved on/);
  await expect(interns).toContainText("Lifetime limit: $90,000.00 → $95,000.00");
  await expect(differing.filter({ hasText: "Hackathon" })).toContainText("→ $70,000.00");
  expect(member).toBeDefined();
  await expectAccessible(page);
  await takeShots(page, "files-baseline");
});

test("the baseline is the plan back, and stays until it is removed", async ({ page, sandbox, context }) => {
  const text = "version: 1\nworkspaces:\n  - slug: interns\n    name: Interns\n    keys: [{name: ci, hash: h1, disabled: false}]\n";
  await openFiles(page);
  await expect(section(page).getByRole("button", { name: "Keep the imported file as the baseline" })).toHaveAttribute("aria-disabled", "true");
  await paste(page, text);
  await section(page).getByRole("button", { name: "Keep the imported file as the baseline" }).click();
  await expect(section(page).getByText("No differences", { exact: true })).toBeVisible();
  const stored = await page.evaluate(() => localStorage.getItem("workspace-console.baseline"));
  expect(stored).toContain("interns");
  expect(stored).not.toMatch(/h1|sk-or-/);
  await sandbox.call("PATCH", "/workspaces/interns", { name: "Renamed" });
  const other = await context.newPage();
  await open(other, "/workspaces", "Workspaces");
  await expect(mark(other, "Renamed")).toBeVisible();
  await page.reload();
  await expect(summary(page)).toHaveText(/^1 workspace differs/);
  await section(page).getByRole("button", { name: "Import the baseline to see the plan back" }).click();
  await expectPlan(page, "1 to change");
  await section(page).getByRole("button", { name: "Remove baseline" }).click();
  await expect(section(page)).toContainText("No baseline yet");
  await expect(mark(other, "Renamed")).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem("workspace-console.baseline"))).toBeNull();
});

test("the baseline of another account is not shown, and other stored texts are passed over", async ({ page, sandbox }) => {
  await sandbox.call("PATCH", "/workspaces/interns", { name: "Renamed" });
  await openFiles(page);
  await paste(page, "version: 1\nworkspaces: [{slug: interns, name: Interns}]\n");
  await section(page).getByRole("button", { name: "Keep the imported file as the baseline" }).click();
  await expect(summary(page)).toHaveText(/^1 workspace differs/);
  for (const change of [
    (text: string) => text.replace(/"account":[^,]*/, '"account":"org_other"'),
    (text: string) => text.replace("version", "vers"),
    () => "{",
  ]) {
    const before = await page.evaluate(() => localStorage.getItem("workspace-console.baseline") ?? "");
    await page.evaluate((text) => localStorage.setItem("workspace-console.baseline", text), change(before));
    await page.reload();
    await expect(section(page)).toContainText("No baseline yet");
    await page.evaluate((text) => localStorage.setItem("workspace-console.baseline", text), before);
  }
});

test("a browser without space says that the baseline was not kept", async ({ page }) => {
  await page.addInitScript(() => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (name: string, text: string) {
      if (name === "workspace-console.baseline") throw new DOMException("full", "QuotaExceededError");
      set.call(this, name, text);
    };
  });
  await openFiles(page);
  await paste(page, "name\nTeam\n");
  await section(page).getByRole("button", { name: "Keep the imported file as the baseline" }).click();
  await expectNotice(page, "Couldn’t keep the baseline");
  await expect(section(page)).toContainText("No baseline yet");
});
