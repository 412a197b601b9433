/** Lists of members that may be incomplete, and pasted lists with duplicates. */
import { expect, test } from "../fixtures.ts";
import {
  addDialog,
  count,
  dbMembers,
  dbNonMembers,
  directoryEntry,
  expectFinished,
  MANY,
  openAddDialog,
  openMembers,
  pasteList,
  SCALE,
} from "../support/members.ts";
import * as people from "../support/people.ts";

test.describe("the response that the page asked for while the program was loading", () => {
  test.use({ organization: { auth: "proxy" } });

  test("it is not used for a later read, where it came too late for the first one", async ({ page, sandbox }) => {
    // The first script learns the UUID of the workspace later than the program does.
    await page.addInitScript(() => {
      const json = Object.getOwnPropertyDescriptor(Response.prototype, "json")?.value as () => Promise<unknown>;
      Response.prototype.json = async function () {
        const value = await json.call(this);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        document.documentElement.dataset.parsed = "";
        return value;
      };
    });
    await openMembers(page, "mobile-apps");
    await expect(page.locator("html[data-parsed]")).toBeAttached();
    const before = (await dbMembers(sandbox, "mobile-apps")).length;
    const [other = ""] = await dbNonMembers(sandbox, "mobile-apps");
    await sandbox.raw("POST", "/workspaces/mobile-apps/members/add", { user_ids: [other] });
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByRole("link", { name: "Members", exact: true }).click();
    await expect(count(page)).toHaveText(`${before + 1} members`);
  });
});

test.describe("a server that repeats its first page", () => {
  test.use({ organization: SCALE });

  test("C11: no members can be added to a workspace whose list may be incomplete", async ({ page, sandbox }) => {
    const [other = ""] = await dbNonMembers(sandbox, MANY);
    await page.route("**/workspaces/*/members?*", (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set("offset", "0");
      return route.continue({ url: url.href });
    });
    await page.goto(`/workspaces/${MANY}/members`);
    await expect(count(page)).toHaveText("100 members");
    await expect(page.getByText("The list of members may be incomplete")).toBeVisible();
    await openAddDialog(page);
    await pasteList(page, other);
    const add = addDialog(page).getByRole("button", { name: "Add 1 member", exact: true });
    await expect(add).toHaveAttribute("aria-disabled", "true");
    await expect(add).toHaveAccessibleDescription("The list may be incomplete, so we don’t know who is already a member");
    await page.keyboard.press("Escape");
    await page.unrouteAll();
    await page.getByRole("button", { name: "Refresh", exact: true }).click();
    await expect(count(page)).toHaveText("400 members");
    await expect(page.getByText("may be incomplete")).toHaveCount(0);
    await openAddDialog(page);
    await add.click();
    await expectFinished(page, "1 added");
  });

  test("C11: a member who is missing in the list is not shown as a non-member on the People page", async ({ page, sandbox }) => {
    const unseen = (await dbMembers(sandbox, MANY)).at(-1) ?? "";
    const { id } = await sandbox.workspace(MANY);
    await page.route(`**/workspaces/${id}/members?*`, (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set("offset", "0");
      return route.continue({ url: url.href });
    });
    await people.openPeople(page);
    await expect(page.getByText("Couldn’t load the members of 1 workspace")).toBeVisible();
    await people.select(page, unseen);
    await people.openPanel(page, "add");
    await people.workspaceCheckbox(page, "Everybody of Scale").check();
    await expect(people.panel(page).getByText("1 skipped (members not loaded)")).toBeVisible();
    await expect(people.startButton(page)).toHaveAttribute("aria-disabled", "true");
  });
});

test.describe("a pasted list", () => {
  test.use({ organization: { auth: "proxy" } });

  test("C14: the same address three times in a line leaves no extra row when typing continues", async ({ page, sandbox }) => {
    const [a = "", b = ""] = await dbNonMembers(sandbox, "interns");
    const email = String((await directoryEntry(sandbox, a)).email);
    await page.goto("/workspaces/interns/members");
    await openAddDialog(page);
    const rows = addDialog(page).getByRole("table", { name: "Entries of the list" }).locator("tbody tr[data-row]");
    const status = addDialog(page).getByRole("status").filter({ hasText: /^\d+ to add/ });
    await pasteList(page, `${email} ${email} ${email}`);
    await expect(status).toHaveText("1 to add · 2 duplicates");
    await expect(rows).toHaveCount(3);
    await pasteList(page, `${email} ${email} ${email} ${b}`);
    await expect(status).toHaveText("2 to add · 2 duplicates");
    await expect(rows).toHaveCount(4);
    const keys = await rows.evaluateAll((rows) => rows.map((row) => row.getAttribute("data-key")));
    expect(new Set(keys).size).toBe(4);
    await pasteList(page, b);
    await expect(status).toHaveText("1 to add");
    await expect(rows).toHaveCount(1);
  });
});
