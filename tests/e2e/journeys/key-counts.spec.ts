/**
 * Fifteen tasks of an administrator by keyboard alone, each with the most keys that it may take. A text that is typed or
 * pasted counts as one key.
 */
import type { Page } from "@playwright/test";
import { expect, expectSavedStatus, heading, limitField, open, test } from "../fixtures.ts";
import { Keyboard } from "../support/keyboard.ts";
import { dbKey, expectFinished as expectKeysChanged } from "../support/keys.ts";
import { addDialog, dbMembers, dbNonMembers, expectFinished as expectMembersChanged, removeDialog } from "../support/members.ts";
import { button, dbLeavers, list, sheet } from "../support/offboarding.ts";
import { expectFinished, panel, waitUntilLoaded } from "../support/overview.ts";
import { untilLoaded } from "../support/palette.ts";
import { emailOf } from "../support/people.ts";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

interface Task {
  name: string;
  /** The most keys. */
  most: number;
  run: (keyboard: Keyboard, page: Page, sandbox: Sandbox) => Promise<void>;
}

const heading2 = (page: Page, title: string) => page.getByRole("heading", { name: title, exact: true, level: 2 });
const arrived = (page: Page, title: string) => expect(heading(page, title)).toBeFocused();

async function openWorkspace(keyboard: Keyboard, page: Page): Promise<void> {
  await keyboard.choose("research", /^Research/);
  await arrived(page, "Research");
}

async function renameWorkspace(keyboard: Keyboard, page: Page): Promise<void> {
  await openWorkspace(keyboard, page);
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeVisible();
  await keyboard.press("e", "Control+a");
  await keyboard.enter("Applied research");
  await keyboard.press("Enter");
  await expectSavedStatus(page);
}

/** How many workspaces have this monthly limit. */
async function monthlyLimits(sandbox: Sandbox, amount: number): Promise<number> {
  const { budgets } = await sandbox.db();
  return budgets.filter((row) => row.reset_interval === "monthly" && Number(row.limit_usd) === amount).length;
}

const TASKS: Task[] = [
  { name: "open a workspace", most: 3, run: openWorkspace },
  {
    name: "create a workspace",
    most: 4,
    run: async (keyboard, page, sandbox) => {
      await keyboard.press("n");
      await arrived(page, "Create workspace");
      await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeVisible();
      await keyboard.press("e");
      await keyboard.enter("Night shift");
      await keyboard.press("Enter");
      await arrived(page, "Night shift");
      expect(await sandbox.workspaces("night-shift")).toHaveLength(1);
    },
  },
  {
    name: "rename a workspace",
    most: 7,
    run: async (keyboard, page, sandbox) => {
      await renameWorkspace(keyboard, page);
      expect(await sandbox.workspace("research")).toMatchObject({ name: "Applied research" });
    },
  },
  {
    name: "set two limits of a workspace",
    most: 14,
    run: async (keyboard, page, sandbox) => {
      await keyboard.press("g", "b");
      await arrived(page, "Budgets");
      // From the budgets of all workspaces it leads to those of one.
      await keyboard.choose("interns", /^Interns/);
      await arrived(page, "Interns");
      await expect(page.getByRole("button", { name: "Add monthly limit" })).toBeVisible();
      await keyboard.press("e");
      for (const [interval, amount] of [["monthly", "250"], ["weekly", "99.5"]] as const) {
        await keyboard.tabTo(page.getByRole("button", { name: `Add ${interval} limit` }));
        await keyboard.press("Enter");
        await keyboard.enter(amount);
      }
      await keyboard.press("Enter");
      await expect.poll(() => sandbox.limits("interns")).toEqual({ monthly: "250", weekly: "99.5" });
      await expect(limitField(page, "weekly")).toBeFocused();
    },
  },
  {
    name: "change the monthly limit of three workspaces",
    most: 24,
    run: async (keyboard, page, sandbox) => {
      // The table begins with the most used limits, which are others at the start of a month. All of them have room.
      for (const slug of ["compliance", "computational-linguistics-low-resource-languages", "hackathon"])
        await sandbox.raw("DELETE", `/workspaces/${slug}/budgets/lifetime`);
      await keyboard.press("g", "b");
      await arrived(page, "Budgets");
      await waitUntilLoaded(page);
      await keyboard.press("j", "x", "j", "x", "j", "x");
      await keyboard.choose("change budgets", /^Change budgets of 3 selected workspaces/);
      await keyboard.press("Tab", "Tab", "ArrowDown", "Tab");
      await keyboard.enter("70000");
      await keyboard.tabTo(panel(page).getByRole("button", { name: "Change 3 workspaces" }), "Shift+Tab");
      await keyboard.press("Enter");
      await expectFinished(page, "3 changed");
      expect(await monthlyLimits(sandbox, 70_000)).toBe(3);
    },
  },
  {
    name: "list the workspaces without a budget",
    most: 8,
    run: async (keyboard, page) => {
      await keyboard.press("g", "b");
      await arrived(page, "Budgets");
      await keyboard.tabTo(page.getByRole("radio", { name: "All", exact: true }));
      await keyboard.press("ArrowLeft");
      await expect(page).toHaveURL(/show=none/);
    },
  },
  {
    name: "export all budgets as CSV",
    most: 5,
    run: async (keyboard, page) => {
      await keyboard.press("g", "b");
      await arrived(page, "Budgets");
      await waitUntilLoaded(page);
      const coming = page.waitForEvent("download");
      await keyboard.choose("export budgets", "Export budgets as CSV");
      expect((await coming).suggestedFilename()).toMatch(/\.csv$/);
    },
  },
  {
    name: "add ten members by their emails",
    most: 14,
    run: async (keyboard, page, sandbox) => {
      const people = (await dbNonMembers(sandbox, "research")).slice(0, 10);
      const emails = await Promise.all(people.map((id) => emailOf(sandbox, id)));
      await openWorkspace(keyboard, page);
      await keyboard.choose("add members", "Add members to Research");
      await keyboard.tabTo(addDialog(page).getByRole("radio", { name: "From the directory" }));
      await keyboard.press("ArrowRight");
      await keyboard.tabTo(addDialog(page).getByRole("textbox", { name: "People to add" }));
      await keyboard.enter(emails.join("\n"));
      await keyboard.tabTo(addDialog(page).getByRole("button", { name: "Add 10 members" }), "Shift+Tab");
      await keyboard.press("Enter");
      await expectMembersChanged(page, "10 added");
      expect(await dbMembers(sandbox, "research")).toEqual(expect.arrayContaining(people));
    },
  },
  {
    name: "remove two members",
    most: 15,
    run: async (keyboard, page, sandbox) => {
      const before = await dbMembers(sandbox, "research");
      await openWorkspace(keyboard, page);
      await keyboard.choose("show members", "Show members of Research");
      await expect(page.locator("tbody tr[data-row]").first()).toBeVisible();
      await keyboard.press("j", "x", "j", "x");
      await keyboard.choose("remove", /^Remove 2 selected members from Research/);
      await keyboard.tabTo(removeDialog(page).getByRole("button", { name: "Remove 2 members", exact: true }));
      await keyboard.press("Enter");
      await expectMembersChanged(page, "2 removed");
      expect(await dbMembers(sandbox, "research")).toHaveLength(before.length - 2);
    },
  },
  {
    name: "offboard three people with their API keys",
    most: 20,
    run: async (keyboard, page, sandbox) => {
      const emails = await Promise.all((await dbLeavers(sandbox)).map((id) => emailOf(sandbox, id)));
      await keyboard.press("g", "p");
      await arrived(page, "People");
      await keyboard.choose("offboard", "Offboard people…");
      await keyboard.tabTo(list(page));
      await keyboard.enter(emails.join("\n"));
      await expect(button(page, "Continue")).not.toHaveAttribute("aria-disabled");
      await keyboard.press("Control+Enter");
      await keyboard.tabTo(sheet(page).getByRole("checkbox", { name: /^Disable all \d+ API keys$/ }));
      await keyboard.press("Space");
      await expect(button(page, "Review changes")).not.toHaveAttribute("aria-disabled");
      await keyboard.press("Control+Enter");
      await keyboard.tabTo(button(page, "Offboard 3 people"), "Shift+Tab");
      await keyboard.press("Enter");
      await expect(heading2(page, "3 people offboarded")).toBeFocused();
    },
  },
  {
    name: "delete a workspace",
    most: 14,
    run: async (keyboard, page, sandbox) => {
      await keyboard.choose("hackathon", /^Hackathon/);
      await arrived(page, "Hackathon");
      await keyboard.choose("delete", "Delete Hackathon…");
      const dialog = page.getByRole("alertdialog", { name: "Delete “Hackathon”?" });
      await keyboard.tabTo(dialog.getByRole("textbox", { name: "Type “hackathon” to confirm" }));
      await keyboard.enter("hackathon");
      await keyboard.tabTo(dialog.getByRole("button", { name: "Delete workspace", exact: true }));
      await keyboard.press("Enter");
      await arrived(page, "Workspaces");
      expect(await sandbox.workspaces("hackathon")).toEqual([]);
    },
  },
  {
    name: "create an API key",
    most: 12,
    run: async (keyboard, page, sandbox) => {
      await openWorkspace(keyboard, page);
      await keyboard.choose("create api key", "Create API key in Research…");
      const dialog = page.getByRole("dialog", { name: /^Create API key/ });
      await keyboard.tabTo(dialog.getByRole("textbox", { name: "Name", exact: true }));
      await keyboard.enter("Night job");
      await keyboard.press("Enter");
      await expect(page.getByRole("dialog", { name: /created/i })).toBeVisible();
      expect((await dbKey(sandbox, "Night job")).disabled).toBeFalsy();
    },
  },
  {
    name: "disable an API key",
    most: 14,
    run: async (keyboard, page, sandbox) => {
      await keyboard.press("g", "k");
      await arrived(page, "API keys");
      await keyboard.press("/");
      await keyboard.enter("load test");
      await expect(page.locator("tbody tr[data-row]")).toHaveCount(1);
      // In a field a key is text.
      await keyboard.press("Tab", "j", "x");
      await keyboard.choose("disable", /^Disable 1 selected API key/);
      await keyboard.tabTo(page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: "Disable 1 API key" }));
      await keyboard.press("Enter");
      await expectKeysChanged(page, "1 disabled");
      expect((await dbKey(sandbox, "Load test")).disabled).toBeTruthy();
    },
  },
  {
    name: "find the workspaces of a person",
    most: 3,
    run: async (keyboard, page, sandbox) => {
      const email = await emailOf(sandbox, (await dbLeavers(sandbox))[1]);
      await keyboard.choose(email, /./);
      await arrived(page, "People");
      await expect(page.locator("tbody tr[data-row]")).toHaveCount(1);
      await expect(page.locator("tbody tr[data-row]")).toContainText(email);
    },
  },
  {
    name: "rename a workspace, and undo it",
    most: 19,
    run: async (keyboard, page, sandbox) => {
      const { name } = await sandbox.workspace("research");
      await renameWorkspace(keyboard, page);
      await keyboard.tabTo(page.getByRole("button", { name: "Undo" }));
      await keyboard.press("Enter");
      await expect.poll(async () => (await sandbox.workspace("research")).name).toBe(name);
    },
  },
];

for (const { name, most, run } of TASKS) {
  test(`${name}: at most ${most} keys`, async ({ page, sandbox }) => {
    await open(page, "/", "Workspaces");
    await untilLoaded(page);
    const keyboard = new Keyboard(page);
    await run(keyboard, page, sandbox);
    test.info().annotations.push({ type: "keys", description: String(keyboard.count) });
    expect(keyboard.count).toBeLessThanOrEqual(most);
  });
}
