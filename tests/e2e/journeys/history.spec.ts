/** The session history in browsers that limit how often a page may write it, such as Safari and Firefox. */
import type { Page } from "@playwright/test";
import { expect, heading, open, test } from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

const column = (page: Page, name: string) => page.getByRole("table", { name: "Workspaces" }).getByRole("columnheader", { name });
const link = (page: Page, name: string) => page.getByRole("link", { name, exact: true });

/** Limits the page to `most` history writes in `within` milliseconds. More writes throw. */
async function limitHistory(page: Page, most: number, within: number): Promise<void> {
  await page.addInitScript(
    ([most, within]) => {
      const times: number[] = [];
      for (const name of ["pushState", "replaceState"] as const) {
        const original = History.prototype[name];
        History.prototype[name] = function (...rest) {
          const now = Date.now();
          while (times.length > 0 && now - times[0]! > within) times.shift();
          if (times.length >= most) throw new DOMException("The operation is insecure.", "SecurityError");
          times.push(now);
          return original.apply(this, rest);
        };
      }
    },
    [most, within] as const,
  );
}

test("W02: after too many steps the view updates, and the URL follows later", async ({ page }) => {
  await limitHistory(page, 5, 6_000);
  await open(page, "/", "Workspaces");
  await expect(link(page, "Interns")).toBeVisible();
  await column(page, "Slug").getByRole("button").focus();
  for (let presses = 0; presses < 11; presses += 1) await page.keyboard.press("Enter");
  await expect(column(page, "Slug")).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByText("The console stopped working")).toHaveCount(0);
  await expect(page).toHaveURL(/\?sort=slug$/, { timeout: 15_000 });
  await page.goBack();
  await expect(page).toHaveURL(/\?sort=slug&dir=desc$/);
  await expect(column(page, "Slug")).toHaveAttribute("aria-sort", "descending");
});

test("W02: Back from a view without a URL goes to a history entry, and both agree", async ({ page }) => {
  await limitHistory(page, 2, 600_000);
  await open(page, "/", "Workspaces");
  await link(page, "Interns").click();
  await expect(heading(page, "Interns")).toBeVisible();
  await link(page, "Activity").click();
  await expect(heading(page, "Activity")).toBeVisible();
  await expect(page).toHaveURL(/\/workspaces\/interns$/);
  await page.goBack();
  await expect(heading(page, "Workspaces")).toBeVisible();
  await expect(page).toHaveURL(/\/$/);
  await page.goForward();
  await expect(heading(page, "Interns")).toBeVisible();
});

test("W02: a panel whose history entry was refused closes to the view below it", async ({ page }) => {
  await limitHistory(page, 2, 600_000);
  await open(page, "/", "Workspaces");
  await link(page, "Interns").click();
  await page.getByRole("button", { name: "Delete workspace…" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Delete “Interns”?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(heading(page, "Interns")).toBeVisible();
  await expect(page).toHaveURL(/\/workspaces\/interns$/);
});

test("a URL with an invalid percent sign is a page that is not found, or a literal search", async ({ page }) => {
  await page.goto("/workspaces?q=50%");
  await expect(page.getByRole("searchbox", { name: "Search workspaces", exact: true })).toHaveValue("50%");
  await page.goto("/elsewhere/50%");
  await expect(heading(page, "Page not found")).toBeVisible();
});
