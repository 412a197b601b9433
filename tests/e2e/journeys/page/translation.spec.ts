/** Text stays true while a program changes the page, even one that ignores that the page asks not to be translated. */
import type { Page } from "@playwright/test";
import { expect, heading, limitField, open, openBudgets, test, typeLimits } from "../../fixtures.ts";
import { headerCheckbox, jobDialog, openMembers, removeDialog, rowOf, search, selectionBar, table } from "../../support/members.ts";
import { TRANSLATORS, type Translator, translate } from "../../support/translators.ts";

test.use({ organization: { auth: "proxy" } });

const KINDS = Object.entries(TRANSLATORS) as [Translator, string][];
const stopped = (page: Page) => page.getByText("The console stopped working");
// The program may change the name of the table.
const rows = (page: Page) => page.locator("tbody tr[data-row]");
const boxes = (page: Page) => rows(page).getByRole("checkbox");

/** Expects that a text is shown as it is, and nowhere changed. */
async function expectTrue(page: Page, text: string): Promise<void> {
  await expect(page.getByText(text, { exact: true }).locator("visible=true").first()).toBeVisible();
  await expect(page.getByText(`~${text}`)).toHaveCount(0);
}

test("W01: the page asks not to be translated", async ({ page }) => {
  await open(page, "/", "Workspaces");
  await expect(page.locator("html")).toHaveAttribute("translate", "no");
  await expect(page.locator("html")).toHaveClass(/\bnotranslate\b/);
  await expect(page.locator("meta[name=google]")).toHaveAttribute("content", "notranslate");
});

for (const [kind, how] of KINDS) {
  test(`W01: the count of selected rows is true under a program that ${how}`, async ({ page }) => {
    await openMembers(page, "interns");
    await boxes(page).first().check();
    await expect(selectionBar(page)).toContainText("1 selected");
    await translate(page, kind);
    await boxes(page).nth(1).check();
    await boxes(page).nth(2).check();
    await expectTrue(page, "3 selected");
    await expect(selectionBar(page)).not.toContainText("1 selected");
    for (let pressed = 0; pressed < 6; pressed += 1) await boxes(page).nth(2).setChecked(pressed % 2 === 1);
    await expectTrue(page, "3 selected");
  });

  test(`W01: a removal says whom and how many under a program that ${how}`, async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allowRefusedRemovals();
    await openMembers(page, "interns");
    await translate(page, kind);
    await boxes(page).first().check();
    await boxes(page).nth(1).check();
    await selectionBar(page).getByRole("button", { name: /Remove…/ }).click();
    await expect(removeDialog(page).getByRole("heading", { level: 2 })).toHaveText("Remove 2 members from “Interns”?");
    const confirm = removeDialog(page).getByRole("button", { name: /^Remove \d+ members?$/ });
    const before = (await sandbox.db()).members.length;
    await expect(removeDialog(page).locator(".identity")).toContainText("Interns");
    await expect(removeDialog(page).locator(".identity")).not.toContainText("~");
    await confirm.click();
    await expect(jobDialog(page).getByText("Finished")).toBeVisible();
    await expect(jobDialog(page).locator("tbody tr[data-row]")).not.toHaveCount(0);
    await expect(stopped(page)).toHaveCount(0);
    expect((await sandbox.db()).members.length).toBeLessThanOrEqual(before);
  });

  test(`W01: amounts are true under a program that ${how}`, async ({ page }) => {
    await openBudgets(page, "production");
    await translate(page, kind);
    await typeLimits(page, { weekly: "12500", daily: "1" });
    await limitField(page, "daily").blur();
    const preview = page.locator(".save-bar__text");
    await expect(preview).toContainText(/unsaved changes?: /);
    await expect(preview).toContainText("$12,500.00");
    await typeLimits(page, { weekly: "11,000" });
    await expect(preview).toContainText("$11,000.00");
    await expect(preview).not.toContainText("$12,500.00");
    await expect(preview).not.toContainText("~");
  });

  test(`W01: sorting, searching, steps and notices work under a program that ${how}`, async ({ page }) => {
    await openMembers(page, "interns");
    await translate(page, kind);
    for (let presses = 0; presses < 3; presses += 1) await page.getByRole("columnheader").getByRole("button", { name: /Name/ }).click();
    await search(page).fill("nobody at all");
    await expect(page.getByText(/No matching members/)).toBeVisible();
    await expect(rows(page)).toHaveCount(0);
    await search(page).fill("");
    await expect(rows(page)).not.toHaveCount(0);
    await expect(page.getByText(/No matching members/)).toHaveCount(0);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /Activity/ }).click();
    await expect(heading(page, "Activity")).toBeVisible();
    await expect(heading(page, "Interns")).toHaveCount(0);
    await page.goBack();
    await expect(heading(page, "Interns")).toBeVisible();
    await page.getByRole("link", { name: /Settings/ }).click();
    const description = page.getByRole("textbox", { name: /Description/ });
    await description.fill("Translated");
    await page.getByRole("button", { name: /Save changes/ }).click();
    await expect(page.locator(".save-bar__text")).toHaveText("Saved");
    await expect(stopped(page)).toHaveCount(0);
  });
}

test("W01: what an extension adds to the page is left alone", async ({ page }) => {
  await openMembers(page, "interns");
  await page.evaluate(() => {
    const widget = document.createElement("div");
    widget.id = "extension";
    widget.textContent = "before";
    document.body.append(widget);
  });
  await page.evaluate(() => {
    const widget = document.querySelector("#extension");
    if (widget) widget.textContent = "after";
  });
  await headerCheckbox(table(page)).click();
  await expect(selectionBar(page)).toContainText("selected");
  await expect(page.locator("#extension")).toHaveText("after");
  await expect(rowOf(table(page), "user_").first()).toBeVisible();
});
