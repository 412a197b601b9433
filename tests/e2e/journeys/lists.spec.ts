/** Lists of people: what kind of text it is, what can be corrected, the three places that read lists, files and drafts. */
import type { Page } from "@playwright/test";
import { expect, expectRowVisible, test } from "../fixtures.ts";
import { addDialog, dbMembers, dbNonMembers, openAddDialog, openMembers, pasteList, selectionBar } from "../support/members.ts";
import type { Row, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const entries = (page: Page) => page.getByRole("dialog").getByRole("table", { name: "Entries of the list" });
const selectDialog = (page: Page) => page.getByRole("dialog", { name: "Select people by list" });
const file = (page: Page) => page.getByLabel(/Or choose a file/);

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
  await expect(addDialog(page).getByRole("button", { name: "Add 2 people", exact: true })).toBeVisible();
  await addDialog(page).getByLabel("Column with the people").selectOption("Manager Email");
  await expect(addDialog(page).getByRole("button", { name: "Add 1 person", exact: true })).toBeVisible();
  await expect(addDialog(page).getByRole("status").filter({ hasText: "to add" })).toHaveText("1 to add · 1 duplicate");
});

test("no one whom a mail mentions is selected unasked", async ({ page, sandbox }) => {
  const [a, b] = await outside(sandbox, 2);
  await openMembers(page, "interns");
  await openAddDialog(page);
  const mail = ["From: Ops <ops@elsewhere.example>", "To: All", "Subject: starters", "", `Please add ${email(a)}`, `but NOT ${email(b)}.`];
  await pasteList(page, mail.join("\n"));
  await expect(addDialog(page).getByText("Email message: people in it are only mentioned.")).toBeVisible();
  await expect(addDialog(page).getByRole("button", { name: "Add 0 people" })).toHaveAttribute("aria-disabled", "true");
  await addDialog(page).getByRole("button", { name: `Select ${email(a)}`, exact: true }).click();
  await expect(addDialog(page).getByRole("button", { name: "Add 1 person", exact: true })).toBeVisible();
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
  await expect(addDialog(page).getByRole("button", { name: "Add 2 people", exact: true })).toBeVisible();
  await addDialog(page).getByRole("button", { name: `Leave out ${email(b)}` }).click();
  await expectRowVisible(entries(page), { Entry: new RegExp(email(b)), Result: "Left out" });
  await expect(addDialog(page).getByRole("button", { name: "Add 1 person", exact: true })).toBeVisible();
  await addDialog(page).getByRole("button", { name: `Restore ${email(b)}` }).click();
  await expect(addDialog(page).getByRole("button", { name: "Add 2 people", exact: true })).toBeVisible();
});

test("people of the organization are selected by a list, and unknown ones are told", async ({ page, sandbox }) => {
  const [a, b] = await outside(sandbox, 2);
  await page.goto("/people");
  await page.getByRole("button", { name: "Select by list…" }).click();
  await selectDialog(page).getByRole("textbox", { name: "People to select" }).fill(`${email(a)}\n${email(b)}\nno.one@elsewhere.example`);
  await expect(selectDialog(page).getByRole("status").filter({ hasText: "to select" })).toHaveText("2 to select · 1 not found");
  await selectDialog(page).getByRole("button", { name: "Select 2 people", exact: true }).click();
  await expect(selectDialog(page)).toHaveCount(0);
  await expect(selectionBar(page)).toContainText("2 selected");
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
  await expect(addDialog(page).getByRole("button", { name: "Add 1 person", exact: true })).toBeVisible();
  await file(page).setInputFiles({ name: "people.xlsx", mimeType: "application/zip", buffer: Buffer.from("PK\u0003\u0004rest") });
  await expect(addDialog(page).getByRole("alert")).toContainText("Save the sheet as CSV");
  await expect(addDialog(page).getByRole("button", { name: "Add 1 person", exact: true })).toBeVisible();
  const isIgnored = await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["x"], "x.csv"));
    const event = new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
  });
  expect(isIgnored).toBe(true);
});

test("P06: a list and a choice survive a reload", async ({ page, sandbox }) => {
  const [a, b] = await outside(sandbox, 2);
  await openMembers(page, "interns");
  await openAddDialog(page);
  await pasteList(page, `${email(a)}\n${email(b)}`);
  await addDialog(page).getByRole("button", { name: `Leave out ${email(b)}` }).click();
  await page.reload();
  await addDialog(page).getByRole("radio", { name: "Paste a list" }).check();
  await expect(addDialog(page).getByRole("textbox", { name: "People to add" })).toHaveValue(`${email(a)}\n${email(b)}`);
  await expectRowVisible(entries(page), { Entry: new RegExp(email(b)), Result: "Left out" });
  await expect(addDialog(page).getByRole("button", { name: "Add 1 person", exact: true })).toBeVisible();
});
