/** 400 % zoom of a 1280×1024 window: 320×256 CSS pixels. Nothing sticks, and nothing covers what has the focus. */
import type { Locator, Page } from "@playwright/test";
import { expect, field, heading, open, test } from "../fixtures.ts";
import { openMembers, selectionBar, table } from "../support/members.ts";

test.use({ organization: { auth: "proxy" }, viewport: { width: 320, height: 256 } });

/** Whether the middle of the focused element is on the screen and not covered. */
function isFocusReachable(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return false;
    const { left, top, width, height } = focused.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return hit !== null && (focused.contains(hit) || hit.contains(focused));
  });
}

const position = (target: Locator) => target.evaluate((it) => getComputedStyle(it).position);

test("no bar sticks", async ({ page }) => {
  await openMembers(page, "interns");
  await table(page).getByRole("checkbox").nth(1).check();
  for (const bar of [page.getByRole("banner"), selectionBar(page)]) expect(await position(bar)).toBe("static");
  await page.goto("/workspaces/interns");
  await field(page, "Description").fill("x");
  expect(await position(page.locator(".save-bar"))).toBe("static");
});

/** Selects a member, and moves down by the keyboard. */
async function expectRowsUncovered(page: Page): Promise<void> {
  await openMembers(page, "production");
  await table(page).getByRole("checkbox").nth(1).focus();
  await page.keyboard.press("Space");
  await expect(selectionBar(page)).toBeVisible();
  for (let rows = 0; rows < 12; rows += 1) {
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => isFocusReachable(page)).toBe(true);
  }
}

test("the bar of the selection never covers a focused row", ({ page }) => expectRowsUncovered(page));

test("each field of a dialog can be reached and seen", async ({ page }) => {
  await open(page, "/workspaces/interns?panel=delete", "Interns");
  const dialog = page.getByRole("alertdialog");
  await expect(field(dialog, "Type “interns” to confirm")).toBeVisible();
  for (let presses = 0; presses < 2; presses += 1) {
    await page.keyboard.press("Tab");
    await expect.poll(() => isFocusReachable(page)).toBe(true);
  }
  await field(dialog, "Type “interns” to confirm").fill("interns");
  await expect(field(dialog, "Type “interns” to confirm")).toBeInViewport();
});

test.describe("a narrow window of usual height", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("the bar of the selection never covers a focused row there either", async ({ page }) => {
    await expectRowsUncovered(page);
    await expect(heading(page, "Production")).toHaveCount(1);
  });
});
