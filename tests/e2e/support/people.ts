/**
 * Actions and locators for the People page. People are identified by ID, because names are not unique.
 */
import { expect, type Locator, type Page } from "@playwright/test";
import { open } from "./actions.ts";
import type { Row, Sandbox } from "./sandbox.ts";

/** A request to add or remove people. */
export interface Write {
  how: "add" | "remove";
  slug: string;
  people: string[];
}

/** Opens the page and waits until everyone's workspaces are loaded. */
export async function openPeople(page: Page, query = ""): Promise<void> {
  await open(page, `/people${query}`, "People");
  await waitUntilLoaded(page);
}

/** Waits until everyone and the members of every workspace are loaded. */
export async function waitUntilLoaded(page: Page): Promise<void> {
  await expect(count(page)).toHaveText(/^([\d,]+ of )?[\d,]+ (person|people)$/);
  await expect(table(page)).not.toHaveAttribute("aria-busy");
}

/** Returns the text that counts the shown people. */
export function count(page: Page): Locator {
  return page.getByRole("main").getByRole("status").filter({ hasText: /^(Loading…|[\d,]+ .*(person|people))/ });
}

/** Returns the table of people. */
export function table(page: Page): Locator {
  return page.getByRole("table", { name: "People in the organization" });
}

/** Returns a person's row in a table. */
export function rowOf(within: Locator, id: string): Locator {
  return within.locator(`tr[data-key*="${id}"]`);
}

/** Returns the IDs of the rendered rows, from the top. */
export async function renderedIds(page: Page): Promise<string[]> {
  const rows = table(page).locator("tbody tr[data-row]");
  return rows.evaluateAll((rows) => rows.map((row) => String(row.getAttribute("data-key"))));
}

/** Returns the field that searches people. */
export function search(page: Page): Locator {
  return page.getByRole("searchbox", { name: "Search people" });
}

/** Returns the bar with the selection and its actions. */
export function selectionBar(page: Page): Locator {
  return page.getByRole("group", { name: "Selected people" });
}

/** Selects these people, after searching for each ID. */
export async function select(page: Page, ...ids: string[]): Promise<void> {
  for (const id of ids) {
    await search(page).fill(id);
    await expect(count(page)).toHaveText(/^1 of/);
    await rowOf(table(page), id).getByRole("checkbox").check();
  }
  await search(page).fill("");
  await expect(count(page)).toHaveText(/^[\d,]+ people$/);
  await expect(page).not.toHaveURL(/[?&]q=/);
}

/** Returns the panel in which workspaces are chosen. */
export function panel(page: Page): Locator {
  return page.locator("dialog").filter({ has: page.getByText(/default workspace/) });
}

/** Opens the panel that adds or removes the selected people. */
export async function openPanel(page: Page, how: "add" | "remove"): Promise<void> {
  const name = how === "add" ? "Add to workspaces…" : "Remove from workspaces…";
  await selectionBar(page).getByRole("button", { name }).click();
  await expect(panel(page)).toBeVisible();
}

/** Returns the table of workspaces to choose from. */
export function workspaceChoices(page: Page): Locator {
  return panel(page).getByRole("table", { name: "Workspaces to select" });
}

/** Chooses exactly these workspaces, by name. */
export async function chooseWorkspaces(page: Page, ...names: string[]): Promise<void> {
  await panel(page).getByRole("button", { name: "Select none", exact: true }).click();
  for (const name of names) await workspaceCheckbox(page, name).check();
}

/** Returns the checkbox of a workspace. */
export function workspaceCheckbox(page: Page, name: string): Locator {
  return workspaceChoices(page).getByRole("checkbox", { name: `Select ${name}`, exact: true });
}

/** Returns the preview for each person. */
export function preview(page: Page): Locator {
  return panel(page).getByRole("table", { name: "Preview" });
}

/** Matches a cell with a workspace: its name, then its slug. */
export function inWorkspace(name: string): RegExp {
  return new RegExp(`^${name} [a-z0-9-]+$`);
}

/** Returns the button that starts the job. */
export function startButton(page: Page): Locator {
  return panel(page).getByRole("button", { name: /^(Add to|Remove from) ([\d,]+ )?workspaces?$/ });
}

/** Starts the job. `workspaces` is the count on the button. */
export async function startJob(page: Page, workspaces: string): Promise<void> {
  const name = new RegExp(`^(Add to|Remove from) ${workspaces}$`);
  await panel(page).getByRole("button", { name }).click();
}

/** Returns the dialog of the job that runs or has ended. */
export function jobDialog(page: Page): Locator {
  return page.locator("dialog").filter({ has: page.getByRole("table", { name: "Outcome for each person" }) });
}

/** Returns the outcomes for each person in each workspace. */
export function outcomeTable(page: Page): Locator {
  return jobDialog(page).getByRole("table", { name: "Outcome for each person" });
}

/** Waits until the job has ended and expects these counts. */
export async function expectFinished(page: Page, summary: string): Promise<void> {
  await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(jobDialog(page).getByRole("status").filter({ hasText: /^\d/ })).toHaveText(summary);
}

/** Closes the job's panel. */
export async function closeJob(page: Page): Promise<void> {
  await jobDialog(page).getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(page.locator("dialog")).toHaveCount(0);
}

/** Returns the names of each person's workspaces in the database, without the default one, in the page's order. */
export async function dbWorkspacesByPerson(sandbox: Sandbox): Promise<Map<string, string[]>> {
  const { workspaces, members, people } = await sandbox.db();
  const names = new Map(workspaces.map((row) => [row.id, String(row.name)]));
  const small = (name: string) => name.toLowerCase();
  const of = (id: unknown) => members.filter((row) => row.user_id === id).map((row) => String(names.get(row.workspace_id)));
  const inOrder = (places: string[]) => places.sort((left, right) => (small(left) < small(right) ? -1 : 1));
  return new Map(people.map((row) => [String(row.id), inOrder(of(row.id))]));
}

/** Returns the IDs of a workspace's members in the database. */
export async function dbMembers(sandbox: Sandbox, slug: string): Promise<string[]> {
  const { id } = await sandbox.workspace(slug);
  return (await sandbox.db()).members.filter((row) => row.workspace_id === id).map((row) => String(row.user_id));
}

/** Returns the IDs of people whose active keys block their removal from a workspace. */
export async function dbKeyOwners(sandbox: Sandbox, slug: string): Promise<string[]> {
  const { id } = await sandbox.workspace(slug);
  const isActive = (key: Row) => key.workspace_id === id && !key.disabled && key.expires_at === null;
  return [...new Set((await sandbox.db()).keys.filter(isActive).map((key) => String(key.creator_user_id)))];
}

/** Returns the IDs of people without keys who are not managed and whose workspaces match `isIt`. */
export async function dbUnblockedPeople(sandbox: Sandbox, isIt: (places: string[]) => boolean): Promise<string[]> {
  const { keys } = await sandbox.db();
  const keepers = new Set(keys.map((key) => key.creator_user_id));
  for (const slug of ["production", "interns"]) keepers.add((await dbMembers(sandbox, slug)).at(-1));
  const all = [...(await dbWorkspacesByPerson(sandbox))];
  return all.filter(([id, places]) => !keepers.has(id) && isIt(places)).map(([id]) => id);
}

/** Returns the requests that add or remove people, oldest first. */
export async function sentWrites(sandbox: Sandbox): Promise<Write[]> {
  const slugs = new Map((await sandbox.db()).workspaces.map((row) => [String(row.id), String(row.slug)]));
  return (await sandbox.requests("POST")).flatMap(({ path, request_body }) => {
    const [, id = "", how] = /\/workspaces\/([^/]+)\/members\/(add|remove)$/.exec(path) ?? [];
    if (how !== "add" && how !== "remove") return [];
    return [{ how, slug: slugs.get(id) ?? id, people: (request_body as { user_ids: string[] }).user_ids }];
  });
}

/** Returns a person's email, the second line of their cell. */
export async function emailOf(sandbox: Sandbox, id: string): Promise<string> {
  const found = (await sandbox.db()).people.find((row) => row.id === id);
  if (!found) throw new Error(`no person "${id}"`);
  return String(found.email);
}
