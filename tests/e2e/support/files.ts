/**
 * Actions and locators for the page of workspaces as a file.
 */
import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import { open } from "./actions.ts";
import type { Sandbox } from "./sandbox.ts";

/** Opens the page. */
export async function openFiles(page: Page): Promise<void> {
  await open(page, "/files", "Import and export");
}

/** Pastes a file. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "File to import" }).fill(text);
}

/** Chooses a file with this text. A long text would be typed line by line into the field. */
export async function choose(page: Page, name: string, text: string): Promise<void> {
  const field = page.getByLabel("Or choose or drop a file: YAML, JSON or CSV");
  await field.setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}

/** Returns the plan. */
export function plan(page: Page): Locator {
  return page.getByRole("region", { name: "Plan" });
}

/** Expects the counts of the plan. */
export async function expectPlan(page: Page, summary: string | RegExp): Promise<void> {
  await expect(plan(page).getByRole("status").first()).toHaveText(summary);
}

/** Exports in a format and returns the file. */
export async function exportAs(page: Page, format: string): Promise<{ name: string; text: string }> {
  await page.getByRole("combobox", { name: "Format" }).selectOption(format);
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Export [\d,]+ workspaces?$/ }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

/** Returns the dialog that applies the plan, before and while it runs. */
export function applyDialog(page: Page): Locator {
  return page.getByRole("dialog", { name: /appl(y|ied)/i });
}

/** Opens the dialog from the plan. */
export async function openApply(page: Page, count: number): Promise<void> {
  const what = count === 1 ? "1 change" : `${count} changes`;
  await plan(page).getByRole("button", { name: `Apply ${what}…`, exact: true }).click();
  await expect(applyDialog(page)).toBeVisible();
}

/** Starts to apply this number of changes. */
export async function startApply(page: Page, count: number): Promise<void> {
  const what = count === 1 ? "1 change" : `${count} changes`;
  await applyDialog(page).getByRole("button", { name: `Apply ${what}`, exact: true }).click();
}

/** Waits until the job has ended and expects these counts. */
export async function expectApplied(page: Page, summary: string | RegExp): Promise<void> {
  await expect(applyDialog(page).getByText("Finished", { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(applyDialog(page).getByRole("status").filter({ hasText: /^\d/ })).toHaveText(summary);
}

/** Closes the job's dialog. */
export async function closeApply(page: Page): Promise<void> {
  await applyDialog(page).getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(page.locator("dialog")).toHaveCount(0);
}

/** Returns a spreadsheet of this number of teams with two limits each. */
export function teams(count: number): string {
  const row = (at: number) => `Team ${at},${at * 100},${at * 10}`;
  return ["Name,Monthly,Daily", ...Array.from({ length: count }, (_, at) => row(at + 1))].join("\n");
}

/** Returns the user IDs of a workspace's members. */
export async function memberIds(sandbox: Sandbox, slug: string): Promise<string[]> {
  const { id } = await sandbox.workspace(slug);
  return (await sandbox.db()).members.filter((row) => row.workspace_id === id).map((row) => String(row.user_id));
}
