/** The People page by keyboard, for screen readers, and on narrow screens. */
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, tabTo, takeShots, test } from "../fixtures.ts";
import {
  chooseWorkspaces,
  closeJob,
  dbKeyOwners,
  dbMembers,
  dbUnblockedPeople,
  dbWorkspacesByPerson,
  expectFinished,
  jobDialog,
  openPanel,
  openPeople,
  panel,
  preview,
  rowOf,
  search,
  select,
  selectionBar,
  startButton,
  startJob,
  table,
  waitUntilLoaded,
  workspaceCheckbox,
} from "../support/people.ts";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

async function checkScreen(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  await takeShots(page, name);
}

/** Expects that the focus is within this element. */
async function expectFocusWithin(place: Locator): Promise<void> {
  await expect.poll(() => place.evaluate((it) => it.contains(document.activeElement) && it !== document.activeElement)).toBe(true);
}

/** Expects that the page has no horizontal overflow. */
async function expectNoHorizontalOverflow(page: Page): Promise<void> {
  const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  expect(wide).toBeLessThanOrEqual(shown ?? 0);
}

/** Returns a person whose keys block their removal from production, another member, and a managed one. */
async function mixedPeople(sandbox: Sandbox): Promise<string[]> {
  const [keeper = ""] = await dbKeyOwners(sandbox, "production");
  const [other = ""] = await dbUnblockedPeople(sandbox, (places) => places.includes("Production"));
  return [keeper, other, (await dbMembers(sandbox, "production")).at(-1) ?? ""];
}

test("search, selection, adding and removing work by keyboard alone, and the focus returns", async ({ page, sandbox }) => {
  const [id = ""] = await dbUnblockedPeople(sandbox, (places) => places.length === 0);
  await openPeople(page);
  await tabTo(page, search(page), 90);
  await page.keyboard.type(id);
  await expect(table(page).locator("tbody tr[data-row]")).toHaveCount(1);
  await tabTo(page, rowOf(table(page), id).getByRole("checkbox"), 90);
  await page.keyboard.press("Space");
  const add = selectionBar(page).getByRole("button", { name: "Add to workspaces…" });
  await tabTo(page, add, 90);
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await tabTo(page, panel(page).getByRole("checkbox", { name: "Select Hackathon", exact: true }), 90);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(workspaceCheckbox(page, "Interns")).toBeFocused();
  await page.keyboard.press("Space");
  await tabTo(page, startButton(page), 90);
  await page.keyboard.press("Enter");
  await expectFinished(page, "2 added");
  await expect(jobDialog(page).getByRole("heading", { level: 2 })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(add).toBeFocused();
  await expect(rowOf(table(page), id)).toContainText("2 Hackathon, Interns");

  const remove = selectionBar(page).getByRole("button", { name: "Remove from workspaces…" });
  await page.keyboard.press("Shift+Tab");
  await expect(remove).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(remove).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, startButton(page), 90);
  // The API keys are read again each time.
  await expect(startButton(page)).not.toHaveAttribute("aria-disabled");
  await page.keyboard.press("Enter");
  await expectFinished(page, "2 removed");
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(remove).toBeFocused();
  expect((await dbWorkspacesByPerson(sandbox)).get(id)).toEqual([]);

  await selectionBar(page).getByRole("button", { name: "View selected" }).press("Enter");
  const chosen = page.getByRole("dialog", { name: "1 selected people" });
  await tabTo(page, chosen.getByRole("button", { name: /^Deselect .+$/ }), 90);
  await page.keyboard.press("Enter");
  await expectFocusWithin(page.getByRole("dialog", { name: "0 selected people" }));
  await page.keyboard.press("Escape");
  await expectFocusWithin(page.getByRole("main"));
  await rowOf(table(page), id).getByRole("checkbox").check();

  const clear = selectionBar(page).getByRole("button", { name: "Clear" });
  await clear.focus();
  await page.keyboard.press("Enter");
  await expect(selectionBar(page)).toHaveCount(0);
  await expectFocusWithin(page.getByRole("main"));
});

test("keys can be viewed and cleared by keyboard, and the focus returns to the preview", async ({ page, sandbox }) => {
  const [keeper = ""] = await mixedPeople(sandbox);
  await openPeople(page);
  await select(page, keeper);
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Production");
  const show = preview(page).getByRole("button", { name: /^Show the / });
  await show.focus();
  await page.keyboard.press("Enter");
  const keys = page.getByRole("dialog", { name: /^API keys of / });
  await expect(keys.getByRole("button", { name: "Close", exact: true }).first()).toBeFocused();
  await checkScreen(page, "people-keys");
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);
  await expect(show).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(keys).toBeVisible();
  await page.goBack();
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/\/people$/);
});

test("axe finds no problems in the table, both panels and the outcome", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allowRefusedRemovals();
  const people = await mixedPeople(sandbox);
  await openPeople(page, "?role=admin");
  await checkScreen(page, "people");
  await page.getByRole("radio", { name: "All" }).check();
  await select(page, ...people);
  // Fewer rows behind the panel are checked faster.
  await page.getByRole("radio", { name: "Admins" }).check();
  await openPanel(page, "add");
  await chooseWorkspaces(page, "Interns", "Production");
  await checkScreen(page, "people-add");
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Production");
  await expect(preview(page).getByRole("button", { name: /^Show the / })).toBeVisible();
  await checkScreen(page, "people-remove");
  await startJob(page, "1 workspace");
  await expectFinished(page, "1 removed · 1 refused");
  await checkScreen(page, "people-outcome");
});

test("at 320 pixels the page and its panels do not scroll horizontally", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allowRefusedRemovals();
  const people = await mixedPeople(sandbox);
  await page.setViewportSize({ width: 320, height: 700 });
  await openPeople(page);
  await expectNoHorizontalOverflow(page);
  await select(page, ...people);
  await expectNoHorizontalOverflow(page);
  for (const how of ["add", "remove"] as const) {
    await openPanel(page, how);
    await chooseWorkspaces(page, "Production");
    await expectNoHorizontalOverflow(page);
    const sideways = await panel(page).evaluate((it) => {
      const parts = [it, ...Array.from(it.querySelectorAll("*"))];
      const canScroll = (part: Element) => /auto|scroll/.test(getComputedStyle(part).overflowX);
      return parts.filter((part) => canScroll(part) && part.scrollWidth > part.clientWidth).map((part) => part.className);
    });
    expect(sideways).toEqual([]);
    if (how === "add") await panel(page).getByRole("button", { name: "Cancel" }).click();
  }
  await startJob(page, "1 workspace");
  await expectFinished(page, "1 removed · 1 refused");
  await expectNoHorizontalOverflow(page);
});

test("resuming a job keeps the focus on the page", async ({ page, sandbox }) => {
  page.on("dialog", (dialog) => dialog.accept());
  const [id = ""] = await dbUnblockedPeople(sandbox, (places) => places.length === 0);
  await openPeople(page);
  await select(page, id);
  await openPanel(page, "add");
  await chooseWorkspaces(page, "Interns");
  await sandbox.fault({ method: "POST", path: "/members/add", delay_ms: 30_000, answer: { kind: "close" } });
  await startJob(page, "1 workspace");
  await expect(jobDialog(page)).toBeVisible();
  await page.reload();
  await waitUntilLoaded(page);
  const go = page.getByRole("main").getByRole("button", { name: "Resume", exact: true });
  await go.focus();
  await page.keyboard.press("Enter");
  await expectFinished(page, "1 added");
  await expectFocusWithin(jobDialog(page));
  await closeJob(page);
  await expectFocusWithin(page.getByRole("main"));
});

test("the table and the panel have complete accessible texts", async ({ page, sandbox }) => {
  const people = await mixedPeople(sandbox);
  await openPeople(page, `?q=${people[0]}`);
  await expect(table(page)).toMatchAriaSnapshot(`
    - table "People in the organization":
      - caption: People in the organization
      - rowgroup:
        - row "Select visible rows Name Email Role Workspaces More":
          - columnheader "Select visible rows":
            - checkbox "Select visible rows"
          - columnheader "Name":
            - button "Name"
          - columnheader "Email":
            - button "Email"
          - columnheader "Role":
            - button "Role"
          - columnheader "Workspaces":
            - button "Workspaces"
          - columnheader "More"
      - rowgroup:
        - row "Select 思雨 (siyu.ouyang@meridian-labs.example) 思雨 siyu.ouyang@meridian-labs.example member 3 Production, Research, Staging More about 思雨 (siyu.ouyang@meridian-labs.example)":
          - cell "Select 思雨 (siyu.ouyang@meridian-labs.example)":
            - checkbox "Select 思雨 (siyu.ouyang@meridian-labs.example)"
          - cell "思雨"
          - cell "siyu.ouyang@meridian-labs.example"
          - cell "member"
          - cell "3 Production, Research, Staging":
            - strong: "3"
          - cell "More about 思雨 (siyu.ouyang@meridian-labs.example)":
            - button "More about 思雨 (siyu.ouyang@meridian-labs.example)"
  `);
  await rowOf(table(page), people[0] ?? "").getByRole("checkbox").check();
  await openPanel(page, "remove");
  await chooseWorkspaces(page, "Production");
  await expect(panel(page)).toMatchAriaSnapshot(`
    - alertdialog "Remove 1 person from workspaces?":
      - heading "Remove 1 person from workspaces?" [level=2]
      - status: 1 of 3 workspaces selected
      - button "Select all"
      - button "Select none"
      - paragraph: Workspaces they belong to, except the default workspace. Only an owner can remove a person from the organization, in its settings.
      - table "Workspaces to select":
        - caption: Workspaces to select
        - rowgroup:
          - row "Select visible rows Workspace Members":
            - columnheader "Select visible rows":
              - checkbox "Select visible rows" [checked=mixed]
            - columnheader "Workspace"
            - columnheader "Members"
        - rowgroup:
          - row "Select Production Production production 1":
            - cell "Select Production":
              - checkbox "Select Production" [checked]
            - cell "Production production"
            - cell "1"
          - row "Select Research Research research 1":
            - cell "Select Research":
              - checkbox "Select Research"
            - cell "Research research"
            - cell "1"
          - row "Select Staging Staging staging 1":
            - cell "Select Staging":
              - checkbox "Select Staging"
            - cell "Staging staging"
            - cell "1"
      - status: 1 blocked by active API keys
      - status:
        - paragraph: "Warning: 1 active API key blocks removals"
        - paragraph: /Move these keys to another workspace, disable them, or delete them first/
        - button "Move 1 API key…"
        - button "Disable 1 API key…"
        - button "Delete 1 API key…"
      - paragraph: /Undo adds removed people back/
      - table "Preview":
        - caption: Preview
        - rowgroup:
          - row "Person Workspace Result":
            - columnheader "Person"
            - columnheader "Workspace"
            - columnheader "Result"
        - rowgroup:
          - row "思雨 siyu.ouyang@meridian-labs.example Production production Blocked Show the 1 active key of 思雨 in Production":
            - cell "思雨 siyu.ouyang@meridian-labs.example"
            - cell "Production production"
            - cell "Blocked Show the 1 active key of 思雨 in Production":
              - button "Show the 1 active key of 思雨 in Production"
      - button "Cancel"
      - button "Remove from workspaces" [disabled]
      - text: No changes to make
      - button "Close"
  `);
});
