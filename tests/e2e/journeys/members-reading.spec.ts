/** Lists of members that may be incomplete, and pasted lists with duplicates. */
import { expect, holdFiles, test } from "../fixtures.ts";
import {
  addDialog,
  count,
  dbMembers,
  dbNonMembers,
  directoryEntry,
  expectFinished,
  MANY,
  openAddDialog,
  pasteList,
  SCALE,
} from "../support/members.ts";
import * as people from "../support/people.ts";

test.describe("the pages that were asked for while the program was loading", () => {
  test.use({ organization: SCALE });

  test("they are used once, and not for a later read", async ({ page, sandbox }) => {
    const release = await holdFiles(page, /\/later-.*\.wasm$/);
    await page.goto(`/workspaces/${MANY}/members`);
    const offsets = async () => {
      const requests = (await sandbox.log()).filter(({ path }) => path.endsWith("/members") && !path.includes("organization"));
      return requests.map(({ query }) => Number(new URLSearchParams(query).get("offset"))).sort((left, right) => left - right);
    };
    const all = [0, 100, 200, 300];
    await expect.poll(offsets).toEqual(all);
    release();
    await expect(count(page)).toHaveText("400 members");
    // After a whole page one more is asked for: only an empty or a short one is certainly the last.
    expect((await offsets()).filter((offset) => offset < 400)).toEqual(all);
    const [other = ""] = await dbNonMembers(sandbox, MANY);
    await sandbox.raw("POST", `/workspaces/${MANY}/members/add`, { user_ids: [other] });
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByRole("link", { name: "Members", exact: true }).click();
    await expect(count(page)).toHaveText("401 members");
  });
});

test.describe("a server that does not count its members", () => {
  test.use({ organization: SCALE });

  test("while the program is loading, only the first page is asked for", async ({ page }) => {
    const offsets: string[] = [];
    await page.route(/\/workspaces\/[^/]+\/members\?/, async (route) => {
      offsets.push(new URL(route.request().url()).searchParams.get("offset") ?? "");
      const response = await route.fetch();
      const { total_count: _, ...rest } = (await response.json()) as { total_count: number };
      await route.fulfill({ response, json: rest });
    });
    const release = await holdFiles(page, /\/later-.*\.wasm$/);
    await page.goto(`/workspaces/${MANY}/members`);
    await expect(page.locator(".boot-members tbody tr").first()).toBeVisible();
    // The shell is there, so the first script has long gone on after its rows.
    await expect(page.getByRole("button", { name: "Sign out", exact: true })).toBeAttached();
    expect(offsets).toEqual(["0"]);
    release();
    await expect(count(page)).toHaveText("400 members");
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
