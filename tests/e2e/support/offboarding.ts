/** Locators and facts for the sheet that offboards people. */
import { expect, type Locator, type Page } from "@playwright/test";
import { dbMembers, dbWorkspacesByPerson, emailOf } from "./people.ts";
import type { Row, Sandbox } from "./sandbox.ts";

/** Returns the sheet, before the job and while it runs. */
export function sheet(page: Page): Locator {
  return page.locator("dialog.dialog--sheet");
}

/** Returns the field for the list of people. */
export function list(page: Page): Locator {
  return sheet(page).getByRole("textbox", { name: "People to offboard" });
}

/** Returns a button of the sheet. */
export function button(page: Page, name: string | RegExp): Locator {
  return sheet(page).getByRole("button", { name, exact: true });
}

/** Opens the sheet, reads these lines, and goes on to the cards. */
export async function openCards(page: Page, lines: string[]): Promise<void> {
  await page.getByRole("main").getByRole("button", { name: "Offboard…", exact: true }).first().click();
  await list(page).fill(lines.join("\n"));
  await button(page, "Continue").click();
  await expect(sheet(page).locator(".person-card").first()).toBeVisible();
}

/** Returns the card of a person, by their email. */
export async function card(page: Page, sandbox: Sandbox, id: string): Promise<Locator> {
  return sheet(page).locator(".person-card").filter({ hasText: await emailOf(sandbox, id) });
}

/** Waits until the job has ended and expects these counts. */
export async function expectOffboarded(page: Page, summary: string | RegExp): Promise<void> {
  await expect(sheet(page).getByText("Finished", { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(sheet(page).getByRole("status").filter({ hasText: /^\d/ })).toHaveText(summary);
}

/** Returns a person's active API keys in the database, of all workspaces. */
export async function dbActiveKeys(sandbox: Sandbox, id: string): Promise<Row[]> {
  const { keys } = await sandbox.db();
  return keys.filter((key) => key.creator_user_id === id && !key.disabled && key.expires_at === null);
}

/** Returns people who are not managed: an owner of a key in the default workspace, an owner of one in Production, one without. */
export async function dbLeavers(sandbox: Sandbox): Promise<[string, string, string]> {
  const { keys } = await sandbox.db();
  const managed = new Set<string | undefined>();
  for (const slug of ["production", "interns"]) managed.add((await dbMembers(sandbox, slug)).at(-1));
  const places = await dbWorkspacesByPerson(sandbox);
  const [usual, production] = [await sandbox.workspace("default"), await sandbox.workspace("production")];
  const active = keys.filter((key) => !key.disabled && key.expires_at === null);
  const ownerIn = (workspace: Row, not: string[]) => {
    const own = active.filter((key) => key.workspace_id === workspace.id).map((key) => String(key.creator_user_id));
    return own.find((id) => !managed.has(id) && !not.includes(id) && (places.get(id)?.length ?? 0) > 0) ?? "";
  };
  const first = ownerIn(usual, []);
  const second = ownerIn(production, [first]);
  const owners = new Set(keys.map((key) => key.creator_user_id));
  const third = [...places].find(([id, names]) => !owners.has(id) && !managed.has(id) && names.length >= 2)?.[0] ?? "";
  return [first, second, third];
}
