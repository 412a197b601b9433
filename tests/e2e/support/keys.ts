/** What the journeys of API keys share. */
import { expect, type Locator, type Page } from "@playwright/test";
import { heading } from "./actions.ts";
import type { Row, Sandbox } from "./sandbox.ts";

/** The table of a workspace's keys, or of all. */
export const table = (page: Page): Locator => page.getByRole("table", { name: /^API keys( of all workspaces)?$/ });
export const rows = (page: Page): Locator => table(page).locator("tbody tr[data-row]");
export const search = (page: Page): Locator => page.getByRole("searchbox", { name: "Search API keys" });
export const filter = (page: Page): Locator => page.getByRole("combobox", { name: "Show" });
export const count = (page: Page): Locator => page.getByRole("main").locator(".toolbar__status");
export const bar = (page: Page): Locator => page.getByRole("group", { name: "Selected API keys" });
export const creation = (page: Page): Locator => page.getByRole("dialog", { name: /^(Create API key|Rotate “)/ });
export const handover = (page: Page): Locator => page.getByRole("dialog", { name: /” was created$/ });

/** The secrets of the new keys of a rotation. */
export const successors = (page: Page): Locator => page.getByRole("dialog", { name: /new API keys? (was|were) created$/ });

export const rowOf = (page: Page, name: string): Locator =>
  rows(page).filter({ has: page.getByRole("button", { name, exact: true }) });

/** The keys of the database, of one workspace or of all. */
export async function dbKeys(sandbox: Sandbox, slug?: string): Promise<Row[]> {
  const { keys } = await sandbox.db();
  if (slug === undefined) return keys;
  const { id } = await sandbox.workspace(slug);
  return keys.filter((key) => key.workspace_id === id);
}

export async function dbKey(sandbox: Sandbox, name: string): Promise<Row> {
  const [key, ...more] = (await dbKeys(sandbox)).filter((it) => it.name === name);
  if (!key || more.length !== 0) throw new Error(`there is not one key ${name}`);
  return key;
}

/** Opens the tab of a workspace, and waits for its keys. */
export async function openKeys(page: Page, slug: string, sandbox: Sandbox, query = ""): Promise<void> {
  await page.goto(`/workspaces/${slug}/keys${query}`);
  const { length } = await dbKeys(sandbox, slug);
  await expect(count(page)).toHaveText(new RegExp(`^(\\d+ of )?${length} API keys?$`));
}

/** Opens the page of all keys, and waits for all of them. */
export async function openAllKeys(page: Page, sandbox: Sandbox, query = ""): Promise<void> {
  await page.goto(`/keys${query}`);
  await expect(heading(page, "API keys")).toBeVisible();
  const { length } = await dbKeys(sandbox);
  await expect(count(page)).toHaveText(new RegExp(`^(\\d+ of )?${length.toLocaleString("en-US")} API keys$`), { timeout: 30_000 });
}

export async function select(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) await rowOf(page, name).getByRole("checkbox").check();
}

/** The dialog of a bulk change, before and while its job runs. */
export const bulk = (page: Page): Locator => page.locator("dialog[open]").last();

/** Expects that a job has ended with these counts. */
export async function expectFinished(page: Page, summary: string): Promise<void> {
  await expect(bulk(page).getByText("Finished", { exact: true })).toBeVisible();
  await expect(bulk(page).locator(".change__summary")).toHaveText(summary);
}
