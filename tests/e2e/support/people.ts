/**
 * The page of everybody in the organization, in its own words. People are named by their ids, for names are not unique.
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

/** Goes to the page and waits until everybody's workspaces are known. */
export async function openPeople(page: Page, query = ""): Promise<void> {
  await open(page, `/people${query}`, "People");
  await allRead(page);
}

/** Waits until everybody and the members of every workspace have been read. */
export async function allRead(page: Page): Promise<void> {
  await expect(count(page)).toHaveText(/^([\d,]+ of )?[\d,]+ (person|people)$/);
  await expect(table(page)).not.toHaveAttribute("aria-busy");
}

/** How many people are shown, in words. */
export function count(page: Page): Locator {
  return page.getByRole("main").getByRole("status").filter({ hasText: /^(Loading…|[\d,]+ .*(person|people))/ });
}

/** The table of everybody. */
export function table(page: Page): Locator {
  return page.getByRole("table", { name: "People of the organization" });
}

/** Somebody's row in a table. */
export function rowOf(within: Locator, id: string): Locator {
  return within.getByRole("row").filter({ hasText: id });
}

/** The ids in the drawn rows, from the top. */
export async function drawn(page: Page): Promise<string[]> {
  const rows = table(page).locator("tbody tr[data-row]");
  return rows.evaluateAll((rows) => rows.map((row) => String(row.getAttribute("data-key"))));
}

/** The field that people are searched by. */
export function search(page: Page): Locator {
  return page.getByRole("searchbox", { name: "Search people" });
}

/** What is said of the selection, with what can be done about it. */
export function bar(page: Page): Locator {
  return page.getByRole("group", { name: "Selected people" });
}

/** Selects these people, each found by the id. */
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

/** The panel in which workspaces are chosen. */
export function panel(page: Page): Locator {
  return page.locator("dialog").filter({ has: page.getByText("The default workspace holds everybody") });
}

/** Opens the panel for adding whoever is selected, or for removing them. */
export async function ask(page: Page, how: "add" | "remove"): Promise<void> {
  const name = how === "add" ? "Add to workspaces…" : "Remove from workspaces…";
  await bar(page).getByRole("button", { name }).click();
  await expect(panel(page)).toBeVisible();
}

/** The workspaces to choose among. */
export function places(page: Page): Locator {
  return panel(page).getByRole("table", { name: "Workspaces to choose" });
}

/** Chooses these workspaces, by name, and no others. */
export async function choose(page: Page, ...names: string[]): Promise<void> {
  await panel(page).getByRole("button", { name: "None", exact: true }).click();
  for (const name of names) await place(page, name).check();
}

/** The box of a workspace. */
export function place(page: Page, name: string): Locator {
  return places(page).getByRole("checkbox", { name: `Select ${name}`, exact: true });
}

/** What would become of each person. */
export function preview(page: Page): Locator {
  return panel(page).getByRole("table", { name: "Preview" });
}

/** The text of a cell that says in which workspace: the name, and the slug beside it. */
export function inWorkspace(name: string): RegExp {
  return new RegExp(`^${name} [a-z0-9-]+$`);
}

/** The button that carries it out. */
export function button(page: Page): Locator {
  return panel(page).getByRole("button", { name: /^(Add to|Remove from) ([\d,]+ )?workspaces?$/ });
}

/** Carries it out, in so many workspaces. */
export async function start(page: Page, workspaces: string): Promise<void> {
  const name = new RegExp(`^(Add to|Remove from) ${workspaces}$`);
  await panel(page).getByRole("button", { name }).click();
}

/** The job that runs or has ended. */
export function job(page: Page): Locator {
  return page.locator("dialog").filter({ has: page.getByRole("table", { name: "Outcome for each person" }) });
}

/** What became of each person in each workspace. */
export function outcome(page: Page): Locator {
  return job(page).getByRole("table", { name: "Outcome for each person" });
}

/** Waits until the job is over, and expects these counts. */
export async function finished(page: Page, summary: string): Promise<void> {
  await expect(job(page).getByText("Finished", { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(job(page).getByRole("status").filter({ hasText: /^\d/ })).toHaveText(summary);
}

/** Closes the job's panel. */
export async function close(page: Page): Promise<void> {
  await job(page).getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(page.locator("dialog")).toHaveCount(0);
}

/** The names of everybody's workspaces in the database but the default one, in the order of the page. */
export async function dbPlaces(sandbox: Sandbox): Promise<Map<string, string[]>> {
  const { workspaces, members, people } = await sandbox.db();
  const names = new Map(workspaces.map((row) => [row.id, String(row.name)]));
  const small = (name: string) => name.toLowerCase();
  const of = (id: unknown) => members.filter((row) => row.user_id === id).map((row) => String(names.get(row.workspace_id)));
  const inOrder = (places: string[]) => places.sort((left, right) => (small(left) < small(right) ? -1 : 1));
  return new Map(people.map((row) => [String(row.id), inOrder(of(row.id))]));
}

/** The ids of a workspace's members in the database. */
export async function dbMembers(sandbox: Sandbox, slug: string): Promise<string[]> {
  const { id } = await sandbox.workspace(slug);
  return (await sandbox.db()).members.filter((row) => row.workspace_id === id).map((row) => String(row.user_id));
}

/** Whoever's active keys keep them in a workspace. */
export async function dbKeepers(sandbox: Sandbox, slug: string): Promise<string[]> {
  const { id } = await sandbox.workspace(slug);
  const isActive = (key: Row) => key.workspace_id === id && !key.disabled && key.expires_at === null;
  return [...new Set((await sandbox.db()).keys.filter(isActive).map((key) => String(key.creator_user_id)))];
}

/** The ids of people who have no active key anywhere and are not managed, in so many workspaces. */
export async function dbFree(sandbox: Sandbox, isIt: (places: string[]) => boolean): Promise<string[]> {
  const { keys } = await sandbox.db();
  const keepers = new Set(keys.map((key) => key.creator_user_id));
  for (const slug of ["production", "interns"]) keepers.add((await dbMembers(sandbox, slug)).at(-1));
  const all = [...(await dbPlaces(sandbox))];
  return all.filter(([id, places]) => !keepers.has(id) && isIt(places)).map(([id]) => id);
}

/** The requests to add or remove people so far, oldest first. */
export async function writes(sandbox: Sandbox): Promise<Write[]> {
  const slugs = new Map((await sandbox.db()).workspaces.map((row) => [String(row.id), String(row.slug)]));
  return (await sandbox.requests("POST")).flatMap(({ path, request_body }) => {
    const [, id = "", how] = /\/workspaces\/([^/]+)\/members\/(add|remove)$/.exec(path) ?? [];
    if (how !== "add" && how !== "remove") return [];
    return [{ how, slug: slugs.get(id) ?? id, people: (request_body as { user_ids: string[] }).user_ids }];
  });
}

/** The address of somebody, as the second line of their cell. */
export async function email(sandbox: Sandbox, id: string): Promise<string> {
  const found = (await sandbox.db()).people.find((row) => row.id === id);
  if (!found) throw new Error(`nobody is "${id}"`);
  return String(found.email);
}
