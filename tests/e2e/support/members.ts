/**
 * Actions and locators for a workspace's Members tab. People are identified by ID, because names are not unique.
 */
import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import type { LoggedRequest, Row, Sandbox } from "./sandbox.ts";

/** An organization in which 400 of 600 people are members of `scale-members`. */
export const SCALE = { auth: "proxy", seed: "scale", workspaces: 2, people: 600, members: 400 } as const;

/** The slug of the workspace with many members. */
export const MANY = "scale-members";

/** The outcome for one person, from the exported list. */
export interface Outcome {
  id: string;
  /** In lowercase. */
  outcome: string;
  reason: string;
}

/** Opens the members of a workspace and waits until all are loaded. */
export async function openMembers(page: Page, slug: string, query = ""): Promise<void> {
  await page.goto(`/workspaces/${slug}/members${query}`);
  await waitUntilListed(page);
}

/** Waits until all members are loaded. */
export async function waitUntilListed(page: Page): Promise<void> {
  await expect(count(page)).toHaveText(/^([\d,]+ of )?[\d,]+ members?$/);
  await expect(table(page)).not.toHaveAttribute("aria-busy");
}

/** Returns the text that counts the shown members. */
export function count(page: Page): Locator {
  return page.getByRole("status").filter({ hasText: /(members?|loaded|so far|Loading…)$/ });
}

/** Returns the table of members. */
export function table(page: Page): Locator {
  return page.getByRole("table", { name: "Members", exact: true });
}

/** Returns a person's row in a table. */
export function rowOf(within: Locator, id: string): Locator {
  return within.locator(`tr[data-key*="${id}"]`);
}

/** Returns the field that searches members. */
export function search(page: Page): Locator {
  return page.getByRole("searchbox", { name: "Search members" });
}

/** Returns the checkbox of a person's row. */
export function rowCheckbox(page: Page, id: string): Locator {
  return rowOf(table(page), id).getByRole("checkbox");
}

/** Returns the checkbox in the table's header. */
export function headerCheckbox(within: Page | Locator): Locator {
  return within.getByRole("checkbox", { name: "Select visible rows" });
}

/** Returns the bar with the selection and its actions. */
export function selectionBar(page: Page): Locator {
  return page.getByRole("group", { name: "Selected members" });
}

/** Selects these people. */
export async function select(page: Page, ...ids: string[]): Promise<void> {
  for (const id of ids) await rowCheckbox(page, id).check();
}

/** Selects everyone who matches. */
export async function selectAll(page: Page): Promise<void> {
  await headerCheckbox(table(page)).click();
  const all = selectionBar(page).getByRole("button", { name: /^Select all [\d,]+ matching$/ });
  if (await all.isVisible()) await all.click();
}

/** Returns the IDs of the rendered rows, from the top. */
export async function renderedIds(page: Page): Promise<string[]> {
  return table(page).locator("tbody tr[data-row]").evaluateAll((rows) => rows.map((row) => String(row.getAttribute("data-key"))));
}

/** Returns the IDs of the rows that are visible and not covered, from the top. */
export async function visibleIds(page: Page): Promise<string[]> {
  return table(page)
    .locator("tbody tr[data-row]")
    .evaluateAll((rows) => {
      const isSeen = (row: Element) => {
        const { left, top, bottom } = row.getBoundingClientRect();
        return row.contains(document.elementFromPoint(left + 300, (top + bottom) / 2));
      };
      return rows.filter(isSeen).map((row) => String(row.getAttribute("data-key")));
    });
}

/** Returns the dialog that confirms a removal. */
export function removeDialog(page: Page): Locator {
  return page.getByRole("alertdialog", { name: /^Remove [\d,]+ members? from “/ });
}

/** Opens that dialog for the selected members. */
export async function openRemoveDialog(page: Page): Promise<void> {
  await selectionBar(page).getByRole("button", { name: "Remove…" }).click();
  await expect(removeDialog(page)).toBeVisible();
}

/** Removes the selected members who can be removed. `people` is the count on the button. */
export async function removeSelected(page: Page, people: string): Promise<void> {
  await openRemoveDialog(page);
  await removeDialog(page).getByRole("button", { name: `Remove ${people}`, exact: true }).click();
}

/** Returns the dialog for adding members. */
export function addDialog(page: Page): Locator {
  return page.getByRole("dialog", { name: /^Add members to “/ });
}

/** Opens that dialog. */
export async function openAddDialog(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add members…" }).click();
  await expect(addDialog(page)).toBeVisible();
}

/** Returns the directory in that dialog. */
export const directory = (page: Page) => addDialog(page).getByRole("table", { name: "People in the organization" });

/** Returns the search field of the directory. */
export const searchDirectory = (page: Page) => addDialog(page).getByRole("searchbox", { name: "Search the directory" });

/** Selects a person in the directory. */
export async function pick(page: Page, id: string): Promise<void> {
  await searchDirectory(page).fill(id);
  await rowOf(directory(page), id).getByRole("checkbox").check();
}

/** Pastes a list into that dialog. */
export async function pasteList(page: Page, list: string): Promise<void> {
  await addDialog(page).getByRole("radio", { name: "Paste a list" }).check();
  await addDialog(page).getByRole("textbox", { name: "People to add" }).fill(list);
}

/** Adds the people of a pasted list. `people` is the count on the button. */
export async function addPasted(page: Page, list: string, people: string): Promise<void> {
  await openAddDialog(page);
  await pasteList(page, list);
  await addDialog(page).getByRole("button", { name: `Add ${people}`, exact: true }).click();
}

/** Returns the dialog of the job that runs or has ended. */
export function jobDialog(page: Page): Locator {
  return page.locator("dialog").filter({ has: page.getByRole("table", { name: "Outcome for each person" }) });
}

/** Waits until the job has ended and expects these counts. */
export async function expectFinished(page: Page, summary: string, timeout?: number): Promise<void> {
  await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible({ timeout });
  await expect(jobDialog(page).getByRole("status").filter({ hasText: /^\d/ })).toHaveText(summary);
}

/** Closes the job's dialog. */
export async function closeJob(page: Page): Promise<void> {
  await jobDialog(page).getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(page.locator("dialog")).toHaveCount(0);
}

/** Returns the outcome for each person, from the file that the page exports. */
export async function outcomes(page: Page): Promise<Outcome[]> {
  const coming = page.waitForEvent("download");
  await jobDialog(page).getByRole("button", { name: "Export CSV" }).click();
  const text = await readFile(await (await coming).path(), "utf8");
  const [head = [], ...rows] = parseCsv(text);
  const at = (name: string) => head.indexOf(name);
  const cell = (row: string[], name: string) => row[at(name)] ?? "";
  return rows.map((row) => ({ id: cell(row, "user_id"), outcome: cell(row, "outcome"), reason: cell(row, "reason") }));
}

/** Parses comma-separated values. Quoted cells may contain commas and line breaks. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const found = text.replace(/^\uFEFF/, "").matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/g);
  for (const [, cell = "", end] of found) {
    const isQuoted = cell.startsWith('"');
    rows.at(-1)?.push(isQuoted ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\r\n") rows.push([]);
  }
  // The last row ends with a line break, so an empty row follows it.
  return rows.slice(0, -1);
}

/** Returns the IDs of a workspace's members in the database, in the order of the API. */
export async function dbMembers(sandbox: Sandbox, slug: string): Promise<string[]> {
  const { id } = await sandbox.workspace(slug);
  return (await sandbox.db()).members.filter((row) => row.workspace_id === id).map((row) => String(row.user_id));
}

/** Returns the IDs of people who are not members, in the order of the API. */
export async function dbNonMembers(sandbox: Sandbox, slug: string): Promise<string[]> {
  const members = new Set(await dbMembers(sandbox, slug));
  return (await sandbox.db()).people.map((row) => String(row.id)).filter((id) => !members.has(id));
}

/** Returns a person's entry in the directory. */
export async function directoryEntry(sandbox: Sandbox, id: string): Promise<Row> {
  const found = (await sandbox.db()).people.find((row) => row.id === id);
  if (!found) throw new Error(`no person "${id}"`);
  return found;
}

/** Adds or removes people without the page. */
export async function changeMembers(sandbox: Sandbox, slug: string, how: "add" | "remove", user_ids: string[]): Promise<void> {
  await sandbox.call("POST", `/workspaces/${slug}/members/${how}`, { user_ids });
}

/** Whether the request adds or removes members. */
export function isWrite(request: LoggedRequest): boolean {
  return request.method === "POST" && /\/members\/(add|remove)$/.test(request.path);
}

/** Returns the IDs in a request that adds or removes members. */
export function userIdsOf(request: LoggedRequest): string[] {
  return (request.request_body as { user_ids: string[] }).user_ids;
}

/** Returns the number of people in each request that adds or removes members, oldest first. */
export async function requestSizes(sandbox: Sandbox): Promise<number[]> {
  return (await sandbox.log()).filter(isWrite).map((it) => userIdsOf(it).length);
}

/** Expects that people in a request with an unclear outcome are resent only after a list of members was read. */
export async function expectReadBeforeRetry(sandbox: Sandbox): Promise<void> {
  const unclear = new Set<string>();
  for (const request of await sandbox.log()) {
    const isListing = request.method === "GET" && /\/members$/.test(request.path);
    if (isListing && request.status === 200) unclear.clear();
    if (!isWrite(request)) continue;
    expect(userIdsOf(request).filter((id) => unclear.has(id))).toEqual([]);
    const isUnclear = request.status === null || request.status === 0 || request.status >= 500;
    if (isUnclear) for (const id of userIdsOf(request)) unclear.add(id);
  }
}

/**
 * Expects that the outcomes agree with the database, and closes the job. Then expects that the table has the right
 * count, and that the activity has every request.
 */
export async function expectAgreement(page: Page, sandbox: Sandbox, slug: string, how: "add" | "remove"): Promise<Outcome[]> {
  const results = await outcomes(page);
  const members = new Set(await dbMembers(sandbox, slug));
  const applied = results.filter((it) => members.has(it.id) === (how === "add")).map((it) => it.id);
  const asWanted = [how === "add" ? "added" : "removed", `${how === "add" ? "added" : "removed"}, maybe by someone else`, "unchanged"];
  const reported = results.filter((it) => asWanted.includes(it.outcome)).map((it) => it.id);
  expect(reported).toEqual(applied);
  const requests = (await requestSizes(sandbox)).length;
  await closeJob(page);
  await expect(count(page)).toHaveText(new RegExp(`^(0 of )?${members.size.toLocaleString("en-US")} members?$`));
  await page.getByRole("link", { name: "Activity" }).click();
  await expect(page.locator(".activity__toggle").first()).toBeVisible();
  for (const toggle of await page.locator(".activity__toggle").all()) await toggle.click();
  await expect(page.locator(".activity__step").first()).toBeVisible();
  const more = page.getByRole("cell").getByRole("button", { name: /^Show \d+ more requests?$/ });
  while ((await more.count()) > 0) await more.first().click();
  await expect(page.locator(".activity__step").filter({ hasText: /members\/(add|remove)/ })).toHaveCount(requests);
  return results;
}
