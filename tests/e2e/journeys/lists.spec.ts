/** Lists of people: what kind of text it is, what can be corrected, the three places that read lists, files and drafts. */
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, expectRowVisible, test } from "../fixtures.ts";
import {
  addDialog,
  addPasted,
  closeJob,
  dbMembers,
  dbNonMembers,
  jobDialog,
  openAddDialog,
  openMembers,
  pasteList,
  pick,
  selectionBar,
} from "../support/members.ts";
import { openOverview, openPanel, panel, select, setPanelLimit } from "../support/overview.ts";
import type { Row, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const entries = (page: Page) => page.getByRole("dialog").getByRole("table", { name: "Entries of the list" });
const selectDialog = (page: Page) => page.getByRole("dialog", { name: "Select people by list" });
const file = (page: Page) => page.getByLabel(/Or choose or drop a file/);

/** People of the directory who are not members of Interns. */
async function outside(sandbox: Sandbox, count: number): Promise<Row[]> {
  const ids = new Set(await dbNonMembers(sandbox, "interns"));
  return (await sandbox.db()).people.filter((it) => ids.has(String(it.id))).slice(0, count);
}

const email = (person: Row | undefined) => String(person?.email);

test("a table names people in the column of addresses, and another column can be chosen", async ({ page, sandbox }) => {
  const [a, b, manager] = await outside(sandbox, 3);
  await openMembers(page, "interns");
  await openAddDialog(page);
  const rows = [a, b].map((it) => `"Any, One",${email(it)},${email(manager)},"ask ${email(manager)}"`);
  await pasteList(page, ["Name,Email Address,Manager Email,Notes", ...rows].join("\r\n"));
  await expect(addDialog(page).getByText("Table with headings: using column “Email Address”")).toBeVisible();
  await expect(addDialog(page).getByRole("button", { name: "Add 2 members", exact: true })).toBeVisible();
  await addDialog(page).getByLabel("Column with the people").selectOption("Manager Email");
  await expect(addDialog(page).getByRole("button", { name: "Add 1 member", exact: true })).toBeVisible();
  await expect(addDialog(page).getByRole("status").filter({ hasText: "to add" })).toHaveText("1 to add · 1 duplicate");
});

test("no one whom a mail mentions is selected unasked", async ({ page, sandbox }) => {
  const [a, b] = await outside(sandbox, 2);
  await openMembers(page, "interns");
  await openAddDialog(page);
  const mail = ["From: Ops <ops@elsewhere.example>", "To: All", "Subject: starters", "", `Please add ${email(a)}`, `but NOT ${email(b)}.`];
  await pasteList(page, mail.join("\n"));
  await expect(addDialog(page).getByText("Email message: people in it are only mentioned.")).toBeVisible();
  await expect(addDialog(page).getByRole("button", { name: "Add members" })).toHaveAttribute("aria-disabled", "true");
  await addDialog(page).getByRole("button", { name: `Select ${email(a)}`, exact: true }).click();
  await expect(addDialog(page).getByRole("button", { name: "Add 1 member", exact: true })).toBeVisible();
  await expect(addDialog(page).getByText("lines without people")).toBeVisible();
});

test("an entry can be corrected, left out and restored", async ({ page, sandbox }) => {
  const [a, b] = await outside(sandbox, 2);
  await openMembers(page, "interns");
  await openAddDialog(page);
  const misspelt = email(a).replace(/.@/, "@");
  await pasteList(page, `${misspelt}\n${email(b)}`);
  await expectRowVisible(entries(page), { Entry: new RegExp(misspelt), Result: "Not found" });
  await addDialog(page).getByLabel(`Person for ${misspelt}`).selectOption(String(a?.id));
  await expect(addDialog(page).getByRole("button", { name: "Add 2 members", exact: true })).toBeVisible();
  await addDialog(page).getByRole("button", { name: `Exclude ${email(b)}` }).click();
  await expectRowVisible(entries(page), { Entry: new RegExp(email(b)), Result: "Excluded" });
  await expect(addDialog(page).getByRole("button", { name: "Add 1 member", exact: true })).toBeVisible();
  await addDialog(page).getByRole("button", { name: `Restore ${email(b)}` }).click();
  await expect(addDialog(page).getByRole("button", { name: "Add 2 members", exact: true })).toBeVisible();
});

test("people of the organization are selected by a list, and unknown ones are told", async ({ page, sandbox }) => {
  const [a, b] = await outside(sandbox, 2);
  await page.goto("/people");
  await page.getByRole("button", { name: "Select by list…" }).click();
  await selectDialog(page).getByRole("textbox", { name: "People to select" }).fill(`${email(a)}\n${email(b)}\nno.one@elsewhere.example`);
  await expect(selectDialog(page).getByRole("status").filter({ hasText: "to select" })).toHaveText("2 to select · 1 not found");
  await selectDialog(page).getByRole("button", { name: "Select 2 people", exact: true }).click();
  await expect(selectDialog(page)).toHaveCount(0);
  await expect(page.getByRole("group", { name: "Selected people" })).toContainText("2 selected");
  await expect(page.getByText("1 entry of the list matched no one")).toBeVisible();
  await page.getByRole("button", { name: "Select by list…" }).click();
  await expect(selectDialog(page).getByRole("textbox", { name: "People to select" })).toHaveValue("no.one@elsewhere.example");
});

test("U11: entries that match no one are in the outcome and in its export, and stay in the list", async ({ page, sandbox }) => {
  const [a] = await outside(sandbox, 1);
  const typo = `${"very-".repeat(20)}long.address@example.con`;
  await openMembers(page, "interns");
  await openAddDialog(page);
  await pasteList(page, `${email(a)}\n${typo}`);
  // All of it is shown: the typo is at the end.
  const entry = entries(page).getByRole("row").filter({ hasText: typo }).locator(".cell-stack > bdi");
  await expect(entry).toBeVisible();
  expect(await entry.evaluate((it) => it.scrollWidth <= it.clientWidth && it.scrollHeight <= it.clientHeight + 1)).toBe(true);
  await addDialog(page).getByRole("button", { name: "Add 1 member", exact: true }).click();
  await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible();
  await expect(jobDialog(page).getByText("1 entry of the list matched no one")).toBeVisible();
  await expect(jobDialog(page).getByRole("listitem").filter({ hasText: typo })).toBeVisible();
  const coming = page.waitForEvent("download");
  await jobDialog(page).getByRole("button", { name: "Export CSV" }).click();
  expect(await readFile(await (await coming).path(), "utf8")).toContain(`${typo},,,,not matched,Line 2 of the list`);
  await closeJob(page);
  await openAddDialog(page);
  await expect(addDialog(page).getByRole("textbox", { name: "People to add" })).toHaveValue(typo);
});

test("only members are selected in the table of members", async ({ page, sandbox }) => {
  const [member] = await dbMembers(sandbox, "interns");
  const [other] = await outside(sandbox, 1);
  await openMembers(page, "interns");
  await page.getByRole("button", { name: "Select by list…" }).click();
  await selectDialog(page).getByRole("textbox", { name: "People to select" }).fill(`${member}\n${email(other)}`);
  await expectRowVisible(entries(page), { Entry: new RegExp(email(other)), Result: "Not in this table" });
  await selectDialog(page).getByRole("button", { name: "Select 1 person", exact: true }).click();
  await expect(selectionBar(page)).toContainText("1 selected");
});

test("a file is read in its encoding, a workbook is refused, and a file dropped elsewhere does nothing", async ({ page, sandbox }) => {
  const [a] = await outside(sandbox, 1);
  await openMembers(page, "interns");
  await openAddDialog(page);
  await addDialog(page).getByRole("radio", { name: "Paste a list" }).check();
  const text = `\uFEFFName\tE-Mail\r\nAny One\t${email(a)}\r\n`;
  await file(page).setInputFiles({ name: "people.txt", mimeType: "text/plain", buffer: Buffer.from(text, "utf16le") });
  await expect(addDialog(page).getByRole("button", { name: "Add 1 member", exact: true })).toBeVisible();
  await file(page).setInputFiles({ name: "people.xlsx", mimeType: "application/zip", buffer: Buffer.from("PK\u0003\u0004rest") });
  await expect(addDialog(page).getByRole("alert")).toContainText("Save the sheet as CSV");
  await expect(addDialog(page).getByRole("button", { name: "Add 1 member", exact: true })).toBeVisible();
  const isIgnored = await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["x"], "x.csv"));
    const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
  });
  expect(isIgnored).toBe(true);
});

test("E01: an exported file opens right in Excel and is read back as a list", async ({ page, sandbox }) => {
  const people = await outside(sandbox, 2);
  await openMembers(page, "interns");
  await addPasted(page, people.map(email).join("\n"), "2 members");
  await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible();
  const coming = page.waitForEvent("download");
  await jobDialog(page).getByRole("button", { name: "Export CSV" }).click();
  const exported = await readFile(await (await coming).path());
  expect([...exported.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  await closeJob(page);
  await page.getByRole("button", { name: "Select by list…" }).click();
  await file(page).setInputFiles({ name: "members.csv", mimeType: "text/csv", buffer: exported });
  await expect(selectDialog(page).getByText("Table with headings: using column “user_id”")).toBeVisible();
  await selectDialog(page).getByRole("button", { name: "Select 2 people", exact: true }).click();
  await expect(selectionBar(page)).toContainText("2 selected");
});

test("P06: a list and a choice survive a reload", async ({ page, sandbox }) => {
  const [a, b] = await outside(sandbox, 2);
  await openMembers(page, "interns");
  await openAddDialog(page);
  await pasteList(page, `${email(a)}\n${email(b)}`);
  await addDialog(page).getByRole("button", { name: `Exclude ${email(b)}` }).click();
  await page.reload();
  await expect(addDialog(page).getByRole("radio", { name: "Paste a list" })).toBeChecked();
  await expect(addDialog(page).getByRole("textbox", { name: "People to add" })).toHaveValue(`${email(a)}\n${email(b)}`);
  await expectRowVisible(entries(page), { Entry: new RegExp(email(b)), Result: "Excluded" });
  await expect(addDialog(page).getByRole("button", { name: "Add 1 member", exact: true })).toBeVisible();
});

test("P06: picked people survive a reload", async ({ page, sandbox }) => {
  const [a, b] = await outside(sandbox, 2);
  await openMembers(page, "interns");
  await openAddDialog(page);
  await pick(page, String(a?.id));
  await pick(page, String(b?.id));
  await page.reload();
  await expect(addDialog(page).getByRole("button", { name: "Add 2 members", exact: true })).toBeVisible();
});

test("P06: a change typed for many workspaces survives a reload", async ({ page }) => {
  await openOverview(page);
  await select(page, "Interns", "Staging");
  await openPanel(page);
  await setPanelLimit(page, "Monthly", "612.50");
  await page.reload();
  await select(page, "Interns", "Staging");
  await openPanel(page);
  await expect(panel(page).getByRole("textbox", { name: "Monthly amount" })).toHaveValue("612.50");
});

test("a file that is dropped on the field is read", async ({ page, sandbox }) => {
  const [a] = await outside(sandbox, 1);
  await openMembers(page, "interns");
  await openAddDialog(page);
  await pasteList(page, "");
  await addDialog(page)
    .getByRole("textbox", { name: "People to add" })
    .evaluate((field, text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "people.csv", { type: "text/csv" }));
      field.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }, `Name;E-Mail\nAny One;${email(a)}`);
  await expect(addDialog(page).getByText("Table with headings: using column “E-Mail”")).toBeVisible();
  await expect(addDialog(page).getByRole("button", { name: "Add 1 member", exact: true })).toBeVisible();
});

test("P17: a long list is read when typing rests, and nothing is added before", async ({ page, sandbox }) => {
  const [a] = await outside(sandbox, 1);
  await openMembers(page, "interns");
  await openAddDialog(page);
  const unknown = Array.from({ length: 5_000 }, (_, at) => `person${at}@elsewhere.example`);
  await pasteList(page, "");
  // Typing so much by key takes the browser itself minutes.
  const buffer = Buffer.from([email(a), ...unknown].join("\n"));
  await file(page).setInputFiles({ name: "people.txt", mimeType: "text/plain", buffer });
  await expect(addDialog(page).getByRole("status").filter({ hasText: "to add" })).toHaveText("1 to add · 5,000 not found");
  await addDialog(page).getByRole("textbox", { name: "People to add" }).press("Control+End");
  await page.keyboard.type("\nx");
  await expect(addDialog(page).getByRole("status").filter({ hasText: "to add" })).toHaveText("1 to add · 5,001 not found");
  await expect(addDialog(page).getByRole("button", { name: "Add 1 member", exact: true })).toBeVisible();
});
