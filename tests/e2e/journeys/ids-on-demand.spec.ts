/** IDs are in a menu or a tooltip. What people read in rows and under titles are names, slugs and emails. */
import { clipboardText, copyFromMenu, expect, expectAccessible, heading, open, tabTo, test } from "../fixtures.ts";
import { openMembers, table as membersTable } from "../support/members.ts";
import { emailOf, openPeople, table as peopleTable } from "../support/people.ts";

test.use({ organization: { auth: "proxy" } });

test("one line under the name says slug, creation and change, and the menu copies ID, slug and link", async ({ page, sandbox }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id, created_by } = await sandbox.workspace("research");
  const creator = (await sandbox.db()).people.find((person) => person.id === created_by);
  await open(page, "/workspaces/research", "Research");
  const line = page.locator(".summary-line");
  await expect(line).toContainText(/^research\s*Created [A-Z][a-z]{2} \d{1,2}, \d{4}/);
  if (creator) await expect(line).toContainText(`by ${creator.first_name} ${creator.last_name}`);
  await expect(page.getByRole("main")).not.toContainText(String(id));
  for (const [entry, text] of [["Copy ID", String(id)], ["Copy slug", "research"], ["Copy link", new URL("/workspaces/research", page.url()).href]] as const) {
    await copyFromMenu(page, "Research", entry);
    expect(await clipboardText(page)).toBe(text);
    await page.reload();
    await expect(heading(page, "Research")).toBeVisible();
  }
});

test("the menu works by keyboard, and the focus returns to its button", async ({ page }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/workspaces/research", "Research");
  const button = page.getByRole("button", { name: "More about Research", exact: true });
  const item = (name: string) => page.getByRole("menuitem", { name, exact: true });
  await tabTo(page, button);
  await page.keyboard.press("Enter");
  await expect(item("Copy ID")).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("ArrowUp");
  await expect(item("Copy link")).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await expect(item("Copy slug")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(item("Copy ID")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Copied", { exact: true })).toBeVisible();
  await expect(button).toBeFocused();
  expect(await clipboardText(page)).toBe("research");
});

test("rows of people and members show the email, and the menu at their end copies the ID", async ({ page, sandbox }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await openPeople(page);
  const rows = peopleTable(page).locator("tbody tr[data-row]");
  const id = String(await rows.first().getAttribute("data-key"));
  await expect(rows.first()).toContainText(await emailOf(sandbox, id));
  await expect(peopleTable(page)).not.toContainText(/user_/);
  await rows.first().getByRole("button", { name: /^More about / }).click();
  await page.getByRole("menuitem", { name: "Copy ID" }).click();
  expect(await clipboardText(page)).toBe(id);
  await openMembers(page, "interns");
  await expect(membersTable(page).getByRole("button", { name: /^More about / }).first()).toBeVisible();
  await expect(membersTable(page)).not.toContainText(/user_/);
});

test("U12: the focus does not land on the menu when the opener has gone, and a deletion names slug and ID", async ({ page, sandbox }) => {
  const { id } = await sandbox.workspace("hackathon");
  await page.goto("/workspaces/hackathon?panel=delete");
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("hackathon");
  await expect(dialog).toContainText(String(id));
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
  // The dialog was opened by the address, so there is no opener.
  const isElsewhere = () => document.activeElement !== document.body && document.activeElement?.closest(".copy") === null;
  await expect.poll(() => page.evaluate(isElsewhere)).toBe(true);
});
