/** Printing, and finding text in lists of which only the rows in sight are drawn. */
import { inflateSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, field, heading, open, openBudgets, test } from "../../fixtures.ts";
import { openAddDialog, openMembers, openRemoveDialog, removeDialog, SCALE, search, selectAll, table } from "../../support/members.ts";
import { openPeople, table as peopleTable } from "../../support/people.ts";

const rows = (page: Page) => table(page).locator("tbody tr[data-row]");
const announce = (page: Page, event: "beforeprint" | "afterprint") => page.evaluate((event) => dispatchEvent(new Event(event)), event);

/** Returns the number of pages of a PDF. */
function pagesOf(pdf: Buffer): number {
  const streams = Array.from(pdf.toString("latin1").matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g), ([, data = ""]) => {
    try {
      return inflateSync(Buffer.from(data, "latin1")).toString("latin1");
    } catch {
      return "";
    }
  });
  return [pdf.toString("latin1"), ...streams].join("\n").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

test.describe("of 400 members", () => {
  test.use({ organization: SCALE });

  test("W09: printing draws every row, and only those in sight afterwards", async ({ page }) => {
    await openMembers(page, "scale-members");
    const few = await rows(page).count();
    expect(few).toBeLessThan(100);
    await announce(page, "beforeprint");
    expect(await rows(page).count()).toBe(400);
    await expect(rows(page).last()).toHaveAttribute("data-row", "399");
    await announce(page, "afterprint");
    await expect(rows(page)).toHaveCount(few);
    await expect(page.locator(".table__rest")).toHaveCount(0);
  });

  test("W09: a browser that only changes the medium prints every row too, from any place", async ({ page }) => {
    await openMembers(page, "scale-members");
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expect(page.locator("[data-row='399']")).toBeVisible();
    await page.emulateMedia({ media: "print" });
    await expect(rows(page)).toHaveCount(400);
    await page.emulateMedia({ media: null });
    await expect.poll(() => rows(page).count()).toBeLessThan(100);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expect(page.locator("[data-row='399']")).toBeVisible();
  });

  test("W09: the printed file has a page for each forty rows or so", async ({ page }) => {
    await openMembers(page, "scale-members");
    const pages = pagesOf(await page.pdf({ format: "A4" }));
    expect(pages).toBeGreaterThanOrEqual(8);
    expect(pages).toBeLessThanOrEqual(40);
    await expect.poll(() => rows(page).count()).toBeLessThan(100);
  });

  test("W09: a confirmation is printed with everyone it names", async ({ page }) => {
    await openMembers(page, "scale-members");
    await selectAll(page);
    await openRemoveDialog(page);
    await announce(page, "beforeprint");
    await page.emulateMedia({ media: "print" });
    await expect(removeDialog(page).locator("tbody tr[data-row]")).toHaveCount(400);
    await expect(rows(page).first()).toBeHidden();
    await expect(removeDialog(page).getByRole("button", { name: "Cancel" })).toBeHidden();
    const { height, inner } = await removeDialog(page).evaluate((it) => ({
      height: it.getBoundingClientRect().height,
      inner: it.querySelector("table")?.getBoundingClientRect().height ?? 0,
    }));
    expect(height).toBeGreaterThan(inner);
  });
});

test.describe("of 1,200 people", () => {
  test.use({ organization: { auth: "proxy", seed: "scale", workspaces: 2, people: 1200, members: 10 } });

  test("W09: a thousand rows are printed, and it is said that there are more", async ({ page }) => {
    await openPeople(page);
    await announce(page, "beforeprint");
    await page.emulateMedia({ media: "print" });
    await expect(peopleTable(page).locator("tbody tr[data-row]")).toHaveCount(1000);
    await expect(page.getByText("These are the first 1,000 of 1,200 rows. The others are not printed.")).toBeVisible();
  });
});

test.describe("in the demo", () => {
  test.use({ organization: { auth: "proxy" } });

  test("W09: every screen is printed without side bar and buttons, black on white, with whole cells", async ({ page }) => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    for (const [address, title] of [
      ["/", "Workspaces"],
      ["/create-workspace", "Create workspace"],
      ["/workspaces/production", "Production"],
      ["/workspaces/production/budgets", "Production"],
      ["/workspaces/production/members", "Production"],
      ["/budgets", "Budgets"],
      ["/people", "People"],
      ["/keys", "API keys"],
      ["/workspaces/production/keys", "Production"],
      ["/activity", "Activity"],
      ["/files", "Import and export"],
    ] as const) {
      await page.goto(address);
      await expect(heading(page, title)).toBeVisible();
      await expect(page.locator(".skeleton")).toHaveCount(0);
      for (const hidden of [".shell__sidebar", ".shell__topbar"]) await expect(page.locator(hidden)).toBeHidden();
      const found = await page.evaluate(() => {
        const found: string[] = [];
        for (const it of Array.from(document.querySelectorAll<HTMLElement>("main *"))) {
          if (!it.checkVisibility() || it.closest(".visually-hidden, svg")) continue;
          const style = getComputedStyle(it);
          const name = `${it.tagName.toLowerCase()}.${it.className} ${it.textContent?.slice(0, 40)}`;
          if (it.matches("button:not(.sort, .link-button, .cell-link)") && !it.closest("[role=switch]")) found.push(`a button: ${name}`);
          const hasText = Array.from(it.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
          if (!hasText) continue;
          const [red = 0, green = 0, blue = 0] = (style.color.match(/[\d.]+/g) ?? []).map(Number);
          if (Math.max(red, green, blue) > 110) found.push(`too light, ${style.color}: ${name}`);
          const isCut = it.closest("td") && style.overflowX !== "visible" && it.scrollWidth > it.clientWidth + 1;
          if (isCut) found.push(`cut off: ${name}`);
        }
        return found;
      });
      expect(found, address).toEqual([]);
      expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    }
  });

  test("W09: / moves the focus to the search, but is text in a field", async ({ page }) => {
    await openMembers(page, "interns");
    await page.keyboard.press("/");
    await expect(search(page)).toBeFocused();
    await expect(search(page)).toHaveValue("");
    await page.keyboard.type("a/b");
    await expect(search(page)).toHaveValue("a/b");
    await page.keyboard.press("Escape");
    await table(page).locator("tbody").getByRole("checkbox").first().focus();
    await page.keyboard.press("/");
    await expect(search(page)).toBeFocused();
    await openAddDialog(page);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).focus();
    await page.keyboard.press("/");
    await expect(page.getByRole("dialog").getByRole("searchbox")).toBeFocused();
    await openBudgets(page, "interns");
    await page.keyboard.press("/");
    await expect(page.locator("input:focus")).toHaveCount(0);
    await open(page, "/workspaces/interns", "Interns");
    await field(page, "Description").fill("");
    await page.keyboard.type("and/or");
    await expect(field(page, "Description")).toHaveValue("and/or");
  });

  test("W09: the key / can be turned off, and stays so", async ({ page }) => {
    const choice = page.getByRole("checkbox", { name: "Single-key shortcuts" });
    await openMembers(page, "interns");
    await expect(choice).toBeChecked();
    await choice.uncheck();
    await page.keyboard.press("/");
    await expect(search(page)).not.toBeFocused();
    await page.reload();
    await expect(choice).not.toBeChecked();
    await expect(table(page)).toBeVisible();
    await page.keyboard.press("/");
    await expect(search(page)).not.toBeFocused();
    await choice.check();
    await page.keyboard.press("/");
    await expect(search(page)).toBeFocused();
  });
});
