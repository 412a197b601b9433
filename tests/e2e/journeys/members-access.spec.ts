/** The Members tab by keyboard, for screen readers, and as exported files. */
import { readFile } from "node:fs/promises";
import type { Locator } from "@playwright/test";
import { clipboardText, expect, expectAccessible, tabTo, takeShots, test } from "../fixtures.ts";
import {
  addDialog,
  addPasted,
  count,
  dbMembers,
  dbNonMembers,
  expectFinished,
  jobDialog,
  openAddDialog,
  openMembers,
  openRemoveDialog,
  outcomes,
  parseCsv,
  pasteList,
  removeDialog,
  removeSelected,
  rowCheckbox,
  select,
  selectAll,
  selectionBar,
  table,
} from "../support/members.ts";

test.use({ organization: { auth: "proxy" } });

/** Expects that the focus is within this element. */
async function expectFocusWithin(place: Locator): Promise<void> {
  await expect.poll(() => place.evaluate((it) => it.contains(document.activeElement))).toBe(true);
}

test("people can be added and removed by keyboard alone", async ({ page, sandbox }) => {
  const [a, b] = (await dbNonMembers(sandbox, "interns")) as [string, string];
  await openMembers(page, "interns");
  await tabTo(page, page.getByRole("button", { name: "Add members…" }));
  await page.keyboard.press("Enter");
  await expectFocusWithin(addDialog(page));
  await tabTo(page, addDialog(page).getByRole("radio", { name: "From the directory" }));
  await page.keyboard.press("ArrowRight");
  await tabTo(page, addDialog(page).getByRole("textbox", { name: "People to add" }));
  await page.keyboard.type(`${a} ${b}`);
  await tabTo(page, addDialog(page).getByRole("button", { name: "Add 2 members", exact: true }));
  await page.keyboard.press("Enter");
  await expectFinished(page, "2 added");
  await expectFocusWithin(jobDialog(page));
  await tabTo(page, jobDialog(page).getByRole("button", { name: "Done", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Add members…" })).toBeFocused();
  await expect(count(page)).toHaveText("20 members");

  await tabTo(page, rowCheckbox(page, a));
  await page.keyboard.press("Space");
  await tabTo(page, selectionBar(page).getByRole("button", { name: "Remove…" }));
  await page.keyboard.press("Enter");
  await expect(removeDialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(removeDialog(page).getByRole("button", { name: "Remove 1 member", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expectFinished(page, "1 removed");
  await expectFocusWithin(jobDialog(page));
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(count(page)).toHaveText("19 members");
  await expectFocusWithin(page.getByRole("main"));
  expect(await dbMembers(sandbox, "interns")).toContain(b);
  expect(await dbMembers(sandbox, "interns")).not.toContain(a);
});

test("during a job the focus stays in its dialog, and Escape does not close it", async ({ page, sandbox }) => {
  await openMembers(page, "interns");
  const [a] = (await dbMembers(sandbox, "interns")) as [string];
  await select(page, a);
  await sandbox.fault({ method: "POST", path: "/members/remove", delay_ms: 2_000, answer: { kind: "pass" } });
  await openRemoveDialog(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(jobDialog(page).getByRole("progressbar", { name: "Removing" })).toBeVisible();
  await expectFocusWithin(jobDialog(page));
  await page.keyboard.press("Escape");
  await expect(jobDialog(page).getByRole("button", { name: "Stop", exact: true })).toBeVisible();
  await expectFinished(page, "1 removed");
  await expectFocusWithin(jobDialog(page));
});

test("the table and its dialogs are accessible in both themes", async ({ page, sandbox }) => {
  const [a] = (await dbNonMembers(sandbox, "production")) as [string];
  await openMembers(page, "production");
  await expectAccessible(page);
  await takeShots(page, "members");
  await selectAll(page);
  await expectAccessible(page);
  await openRemoveDialog(page);
  await expectAccessible(page);
  await takeShots(page, "members-remove");
  await removeDialog(page).getByRole("button", { name: /^Show the .* active keys? of/ }).first().click();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await removeDialog(page).getByRole("button", { name: "Cancel" }).click();

  await openAddDialog(page);
  await expectAccessible(page);
  await takeShots(page, "members-add");
  await pasteList(page, `${a}\nnobody@elsewhere.example\nNoah Okafor`);
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  await selectionBar(page).getByRole("button", { name: "View selected", exact: true }).click();
  await expectAccessible(page);
});

test("a job is accessible in both themes, while it waits and after it ends", async ({ page, sandbox, expectedFailures }) => {
  for (const status of [400, 403, 429]) expectedFailures.allow(status, /\/members\/remove$/, "POST");
  await openMembers(page, "production");
  await selectAll(page);
  await sandbox.fault({ method: "POST", path: "/members/remove", times: 1, answer: { kind: "status", status: 429, retry_after: 20 } });
  await removeSelected(page, "60 members");
  await expect(jobDialog(page).getByText("The API asks you to wait")).toBeVisible();
  await expectAccessible(page);
  await takeShots(page, "members-waiting");
  await jobDialog(page).getByRole("button", { name: "Stop", exact: true }).click();
  await expectFinished(page, "60 not tried");
  await jobDialog(page).getByRole("button", { name: "Try 60 again" }).click();
  await expectFinished(page, "59 removed · 1 refused");
  await expectAccessible(page);
  await takeShots(page, "members-outcome");
});

test("the table has the semantics of a table", async ({ page, sandbox }) => {
  const people = (await sandbox.db()).people;
  const members = await dbMembers(sandbox, "interns");
  const one = people.find((it) => members.includes(String(it.id)) && /^[A-Z]/.test(String(it.first_name)) && it.last_name);
  await openMembers(page, "interns", `?q=${String(one?.id)}`);
  const name = `${one?.first_name} ${one?.last_name}`;
  await expect(table(page)).toMatchAriaSnapshot(`
    - table "Members":
      - caption: Members
      - rowgroup:
        - row:
          - columnheader "Select visible rows":
            - checkbox "Select visible rows"
          - columnheader "Name":
            - button "Name"
          - columnheader "Email":
            - button "Email"
          - columnheader "Role":
            - button "Role"
          - columnheader "Added":
            - button "Added"
          - columnheader "Active keys"
          - columnheader "More"
      - rowgroup:
        - row:
          - cell "Select ${name} (${one?.email})":
            - checkbox "Select ${name} (${one?.email})"
          - cell "${name}"
          - cell "${String(one?.email)}"
          - cell /^(admin|member)$/
          - cell /ago|now|\\d, \\d{4}/:
            - time
          - cell "—"
          - cell "More about ${name} (${one?.email})":
            - button "More about ${name} (${one?.email})"
  `);
});

test("the removal dialog has a complete accessible text", async ({ page, sandbox }) => {
  const { id } = await sandbox.workspace("mobile-apps");
  const key = (await sandbox.db()).keys.find((it) => it.workspace_id === id && !it.disabled);
  await openMembers(page, "mobile-apps", `?q=${String(key?.creator_user_id)}`);
  await select(page, String(key?.creator_user_id));
  await openRemoveDialog(page);
  await expect(removeDialog(page)).toMatchAriaSnapshot(`
    - alertdialog "Remove 1 member from “Mobile Apps”?":
      - heading "Remove 1 member from “Mobile Apps”?" [level=2]
      - status: 0 ready to remove · 1 blocked by active API keys
      - status:
        - paragraph: "Warning: Members with active API keys can’t be removed"
        - paragraph: /Move their keys to another workspace, disable them, or delete them first/
        - button "Move 1 API key…"
        - button "Disable 1 API key…"
        - button "Delete 1 API key…"
      - paragraph: /They lose access to this workspace/
      - paragraph: /Undo adds removed people back/
      - table "Members to remove":
        - caption: Members to remove
        - rowgroup:
          - row "Member Status":
            - columnheader "Member"
            - columnheader "Status"
        - rowgroup:
          - row:
            - cell
            - cell /Blocked/:
              - text: Blocked
              - button /^Show the 1 active key of /: 1 active key
      - button "Cancel"
      - button /^Remove/ [disabled]
      - text: Active API keys block all of them
      - button "Close"
  `);
});

test("progress and outcome have complete accessible texts, and the end is announced", async ({ page, sandbox }) => {
  const [a] = (await dbNonMembers(sandbox, "interns")) as [string];
  await sandbox.fault({ method: "POST", path: "/members/add", delay_ms: 1_500, answer: { kind: "pass" } });
  await openMembers(page, "interns");
  await addPasted(page, a, "1 member");
  await expect(jobDialog(page)).toMatchAriaSnapshot(`
    - dialog:
      - heading /“Interns”/ [level=2]
      - text: Adding 0 of 1
      - progressbar "Adding"
      - status
      - combobox "Filter outcomes"
      - table "Outcome for each person":
        - rowgroup:
          - row "Person Outcome"
        - rowgroup:
          - row:
            - cell
            - cell "Sending…"
      - button "Pause"
      - button "Stop"
  `);
  await expectFinished(page, "1 added");
  await expect(jobDialog(page)).toMatchAriaSnapshot(`
    - dialog:
      - heading /“Interns”/ [level=2]
      - text: Finished 1 of 1
      - progressbar "Finished"
      - status: 1 added
      - combobox "Filter outcomes":
        - option "All (1)" [selected]
        - option "Added (1)"
      - button "Export CSV"
      - button "Copy outcomes"
      - table "Outcome for each person":
        - rowgroup:
          - row "Person Outcome"
        - rowgroup:
          - row:
            - cell
            - cell "Added"
      - 'button "Undo: remove 1"'
      - button "Done"
      - button "Close"
  `);
});

test("the shown outcomes can be exported and copied", async ({
  page,
  context,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allowRefusedRemovals();
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const members = await dbMembers(sandbox, "interns");
  await openMembers(page, "interns");
  await selectAll(page);
  await removeSelected(page, "18 members");
  await expectFinished(page, "17 removed · 1 refused");

  const coming = page.waitForEvent("download");
  await jobDialog(page).getByRole("button", { name: "Export CSV" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^members-\d{4}-\d\d-\d\d\.csv$/);
  const [head, ...rows] = parseCsv(await readFile(await download.path(), "utf8"));
  expect(head).toEqual(["name", "email_or_id", "user_id", "workspace", "workspace_id", "outcome", "reason"]);
  expect(rows.map((row) => row[2]).sort()).toEqual([...members].sort());
  expect(new Set(rows.map((row) => row[3]))).toEqual(new Set(["Interns"]));
  const refused = rows.find((row) => row[5] === "refused");
  expect(refused?.[6]).toContain("managed by the identity provider (SCIM)");
  expect((await outcomes(page)).filter((it) => it.outcome === "removed")).toHaveLength(17);

  await jobDialog(page).getByRole("combobox", { name: "Filter outcomes" }).selectOption("Refused (1)");
  await jobDialog(page).getByRole("button", { name: "Copy outcomes" }).click();
  await expect(jobDialog(page).getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  const copied = (await clipboardText(page)).split("\n").map((line) => line.split("\t"));
  expect(copied).toHaveLength(2);
  expect(copied[0]).toEqual(head);
  expect(copied[1]?.[2]).toBe(members.at(-1));
});
