/** Shortcuts of single keys: pages, rows of tables, the sheet that lists them, and the switch that turns them off. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, field, heading, open, takeShots, test } from "../fixtures.ts";
import { MANY, openAddDialog, openMembers, SCALE, search, selectionBar, table } from "../support/members.ts";
import { openPalette, palette, pressComposing, untilLoaded } from "../support/palette.ts";

test.use({ organization: { auth: "proxy" } });

const sheet = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });
const choice = (page: Page) => page.getByRole("checkbox", { name: "Single-key shortcuts" });
const focusedRow = (page: Page) => page.locator("tr[data-row]:focus-within");

async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys.split(" ")) await page.keyboard.press(key);
}

test("two keys open a page, and one starts a new workspace", async ({ page }) => {
  await open(page, "/", "Workspaces");
  await untilLoaded(page);
  for (const [keys, title] of [
    ["g b", "Budgets"],
    ["g p", "People"],
    ["g k", "API keys"],
    ["g a", "Activity"],
    ["g w", "Workspaces"],
    ["n", "Create workspace"],
  ] as const) {
    await press(page, keys);
    await expect(heading(page, title)).toBeFocused();
  }
});

test("e leads to the first field of the form, and does nothing where there is none", async ({ page }) => {
  await open(page, "/workspaces/interns", "Interns");
  await untilLoaded(page);
  await press(page, "e");
  await expect(field(page, "Name")).toBeFocused();
  await press(page, "g e");
  await expect(field(page, "Name")).toHaveValue(/ge/);
  await open(page, "/activity", "Activity");
  await untilLoaded(page);
  await press(page, "Tab e");
  await expect(page.locator("form :focus")).toHaveCount(0);
});

test("unsaved changes are asked about", async ({ page }) => {
  await open(page, "/workspaces/interns", "Interns");
  await untilLoaded(page);
  await field(page, "Description").fill("Half a thought");
  await heading(page, "Interns").focus();
  await press(page, "g p");
  await page.getByRole("alertdialog").getByRole("button", { name: "Keep editing" }).click();
  await expect(field(page, "Description")).toHaveValue("Half a thought");
});

test("rows are moved through and selected", async ({ page }) => {
  await openMembers(page, "interns");
  await untilLoaded(page);
  await press(page, "j");
  await expect(focusedRow(page)).toHaveAttribute("data-row", "0");
  await press(page, "j j k x");
  await expect(focusedRow(page)).toHaveAttribute("data-row", "1");
  await expect(focusedRow(page).getByRole("checkbox")).toBeChecked();
  await expect(selectionBar(page)).toContainText("1 selected");
  await press(page, "j x k x");
  await expect(selectionBar(page)).toContainText("1 selected");
  await expect(focusedRow(page).getByRole("checkbox")).not.toBeChecked();
});

test("in the list of workspaces they lead to links", async ({ page }) => {
  await open(page, "/", "Workspaces");
  await untilLoaded(page);
  await press(page, "j j");
  const link = focusedRow(page).getByRole("link");
  await expect(link).toBeFocused();
  const name = (await link.textContent()) as string;
  await press(page, "x Enter");
  await expect(heading(page, name)).toBeFocused();
});

test.describe("in a long table", () => {
  test.use({ organization: SCALE });

  test("the focused row stays in sight, also after the table was scrolled away", async ({ page }) => {
    await openMembers(page, MANY);
    await untilLoaded(page);
    const expectRow = async (row: number) => {
      await expect(focusedRow(page)).toHaveAttribute("data-row", String(row));
      const isSeen = () =>
        focusedRow(page).evaluate((it) => {
          const { left, top, bottom } = it.getBoundingClientRect();
          return it.contains(document.elementFromPoint(left + 300, (top + bottom) / 2));
        });
      await expect.poll(isSeen).toBe(true);
    };
    await press(page, "j x");
    for (let row = 1; row <= 60; row += 1) {
      await press(page, "j");
      await expectRow(row);
    }
    for (let row = 59; row >= 30; row -= 1) {
      await press(page, "k");
      await expectRow(row);
    }
    // The end moves while rows are measured.
    await expect(async () => {
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await expect(table(page).locator("tr[data-row='399']")).toBeVisible({ timeout: 500 });
    }).toPass();
    await press(page, "j");
    await expectRow(31);
  });
});

test("in fields, in dialogs and while an input method composes, keys are text", async ({ page }) => {
  await open(page, "/workspaces/interns", "Interns");
  await untilLoaded(page);
  await field(page, "Description").fill("");
  await page.keyboard.type("g p n j k x ? /");
  await expect(field(page, "Description")).toHaveValue("g p n j k x ? /");
  await field(page, "Description").fill("");
  await page.evaluate(() => {
    const area = document.createElement("div");
    area.contentEditable = "true";
    area.ariaLabel = "Editable";
    document.querySelector("main")?.append(area);
    area.focus();
  });
  await page.keyboard.type("n?");
  await expect(page.getByLabel("Editable")).toHaveText("n?");
  await heading(page, "Interns").focus();
  for (const key of ["n", "?"]) await pressComposing(page, key);
  await expect(heading(page, "Interns")).toBeFocused();
  await openMembers(page, "interns");
  await untilLoaded(page);
  await openAddDialog(page);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).focus();
  await press(page, "n ? g p j");
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await expect(page.getByRole("dialog").getByRole("button", { name: "Cancel" })).toBeFocused();
});

test("a sheet lists them, and its key closes it again", async ({ page }) => {
  await openMembers(page, "interns");
  await untilLoaded(page);
  const box = table(page).locator("tbody").getByRole("checkbox").first();
  await box.focus();
  await press(page, "?");
  await expect(sheet(page)).toBeVisible();
  for (const text of ["Search or jump to a page, a person or an action", "Go to budgets", "Next row"]) {
    await expect(sheet(page).getByText(text)).toBeVisible();
  }
  await expectAccessible(page);
  await takeShots(page, "shortcuts");
  await press(page, "?");
  await expect(sheet(page)).toHaveCount(0);
  await expect(box).toBeFocused();
});

test("one switch turns all of them off, but not the keys of the palette", async ({ page }) => {
  await openMembers(page, "interns");
  await untilLoaded(page);
  await expect(choice(page)).toBeChecked();
  await choice(page).uncheck();
  for (const reloads of [false, true]) {
    if (reloads) {
      await page.reload();
      await untilLoaded(page);
      await expect(table(page)).toBeVisible();
    }
    await heading(page, "Interns").focus();
    await press(page, "/ j n ? g p");
    await expect(search(page)).not.toBeFocused();
    await expect(heading(page, "Interns")).toBeFocused();
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await openPalette(page);
  await expect(palette(page).locator("kbd")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await choice(page).check();
  await heading(page, "Interns").focus();
  await press(page, "/");
  await expect(search(page)).toBeFocused();
});
