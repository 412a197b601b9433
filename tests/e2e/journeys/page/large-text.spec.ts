/** Text that is larger or wider apart, 400 % zoom, and the colours and movements that a person has asked for. */
import { chromium, type Page } from "@playwright/test";
import { byokSwitch, expect, heading, open, openBudgets, test, typeLimits } from "../../fixtures.ts";
import { clippedText, spaceText } from "../../support/clipped.ts";
import { jobDialog, openMembers, openRemoveDialog, removeDialog, removeSelected, selectAll, selectionBar, table } from "../../support/members.ts";

test.use({ organization: { auth: "proxy" } });

/** Every screen, by its address and its heading. */
const SCREENS = [
  ["/", "Workspaces"],
  ["/create-workspace", "Create workspace"],
  ["/workspaces/production", "Production"],
  ["/workspaces/production/budgets", "Production"],
  ["/workspaces/interns/members", "Interns"],
  ["/budgets", "Budgets"],
  ["/people", "People"],
  ["/keys", "API keys"],
  ["/workspaces/production/keys", "Production"],
  ["/activity", "Activity"],
  ["/files", "Import and export"],
  ["/elsewhere", "Page not found"],
] as const;

/** Opens a screen and waits until everything is loaded. */
async function openScreen(page: Page, [address, title]: (typeof SCREENS)[number], origin = ""): Promise<void> {
  await page.goto(origin + address);
  await expect(heading(page, title)).toBeVisible();
  await expect(page.locator(".skeleton")).toHaveCount(0);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await expect(page.getByText("…", { exact: true })).toHaveCount(0);
}

/** Expects that no text is cut off. */
async function expectWhole(page: Page, where: string): Promise<void> {
  await expect.poll(() => clippedText(page), where).toEqual([]);
}

/** Scrolls to the end until the last row of so many is in sight. */
async function expectLastRow(page: Page, count: number): Promise<void> {
  const last = page.locator(`tr[data-row='${count - 1}']`);
  await expect(async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expect(last).toBeInViewport({ timeout: 500 });
  }).toPass();
}

for (const width of [1280, 320] as const) {
  test(`W10: with WCAG's text spacing nothing is cut off at ${width} pixels`, async ({ page, expectedFailures }) => {
    expectedFailures.allowRefusedRemovals();
    await page.setViewportSize({ width, height: 900 });
    for (const screen of SCREENS) {
      await openScreen(page, screen);
      await spaceText(page);
      await expect(page.locator("html")).toHaveAttribute("data-text", "wide");
      await expectWhole(page, screen[0]);
    }
    await openMembers(page, "interns");
    await spaceText(page);
    await selectAll(page);
    await openRemoveDialog(page);
    await expectWhole(page, "the removal");
    await removeDialog(page).getByRole("button", { name: /^Remove \d/ }).click();
    await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible();
    await expectWhole(page, "the outcomes");
  });
}

test("W10: without changed text, rows have one height and the root is not marked", async ({ page }) => {
  await openMembers(page, "interns");
  await expect(page.locator("html")).not.toHaveAttribute("data-text");
  const heights = await table(page).locator("tr[data-row]").evaluateAll((rows) => rows.map((row) => Math.round(row.getBoundingClientRect().height)));
  expect(new Set(heights).size).toBe(1);
  await spaceText(page);
  await expect(page.locator("html")).toHaveAttribute("data-text", "wide");
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  await expect(page.locator("html")).not.toHaveAttribute("data-text");
});

test.describe("of 10,000", () => {
  test.use({ organization: { auth: "proxy", seed: "scale", workspaces: 2, people: 10_000, members: 10_000 } });

  for (const width of [1280, 320] as const) {
    test(`W10: with WCAG's text spacing the last row is reached at ${width} pixels`, async ({ page }) => {
      test.slow();
      await page.setViewportSize({ width, height: 700 });
      await page.goto("/workspaces/scale-members/members");
      await expect(page.getByRole("status").filter({ hasText: /^10,000 members$/ })).toBeVisible({ timeout: 90_000 });
      await spaceText(page);
      await expectLastRow(page, 10_000);
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
      await expect.poll(() => table(page).locator("tr[data-row]").count()).toBeGreaterThan(5);
      await page.evaluate(() => scrollTo(0, 0));
      await expect(page.locator("tr[data-row='0']")).toBeVisible();
    });
  }

  test("W10: with a minimum font size of 24 pixels the last row is reached", async ({ page, server, launchOptions }) => {
    test.slow();
    const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), "--blink-settings=minimumFontSize=24"] });
    for (const width of [1280, 320]) {
      const large = await browser.newPage({ viewport: { width, height: 700 } });
      await large.goto(`${server.url}/workspaces/scale-members/members`);
      await expect(large.getByRole("status").filter({ hasText: /^10,000 members$/ })).toBeVisible({ timeout: 90_000 });
      await expectLastRow(large, 10_000);
      await large.close();
    }
    await browser.close();
    await expect(page).toHaveURL("about:blank");
  });
});

test("W10: with a minimum font size of 24 pixels nothing is cut off", async ({ server, launchOptions }) => {
  test.slow();
  const browser = await chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), "--blink-settings=minimumFontSize=24"] });
  for (const width of [1280, 320]) {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    for (const screen of SCREENS) {
      await openScreen(page, screen, server.url);
      await expect(page.locator("html")).toHaveAttribute("data-text", "wide");
      await expectWhole(page, `${screen[0]} at ${width} pixels`);
    }
    await page.close();
  }
  await browser.close();
});

test.describe("at 400 % zoom", () => {
  test.use({ viewport: { width: 320, height: 256 } });

  test("no screen scrolls in two directions, and no bar covers the content", async ({ page }) => {
    for (const screen of SCREENS) {
      await openScreen(page, screen);
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
      const [wide, covered] = await page.evaluate(() => {
        const bars = Array.from(document.querySelectorAll("body *")).filter((it) => {
          const { position } = getComputedStyle(it);
          return /sticky|fixed/.test(position) && it.checkVisibility();
        });
        const height = bars.map((it) => it.getBoundingClientRect()).reduce((sum, { top, bottom }) => sum + Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0)), 0);
        return [document.documentElement.scrollWidth - document.documentElement.clientWidth, height];
      });
      expect(wide, screen[0]).toBeLessThanOrEqual(0);
      expect(covered, `bars over ${screen[0]}`).toBeLessThan(256 / 4);
    }
  });

  test("a dialog can be read to its end, and its buttons pressed", async ({ page }) => {
    await openMembers(page, "interns");
    const box = table(page).locator("tbody").getByRole("checkbox").first();
    await box.check();
    await openRemoveDialog(page);
    const cancel = removeDialog(page).getByRole("button", { name: "Cancel" });
    await cancel.scrollIntoViewIfNeeded();
    await expect(cancel).toBeInViewport();
    await expect(async () => {
      await removeDialog(page).getByRole("row").last().scrollIntoViewIfNeeded();
      await expect(removeDialog(page).getByRole("row").last()).toBeInViewport();
    }).toPass();
    await cancel.click();
    await expect(removeDialog(page)).toHaveCount(0);
    await expect(selectionBar(page)).toContainText("1 selected");
  });
});

test.describe("at 320 pixels", () => {
  test.use({ viewport: { width: 320, height: 700 } });

  test("the badges of outcomes and of removals are whole, and labels are beside them", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(502, /\/members\/remove$/, "POST");
    await openMembers(page, "interns");
    await table(page).locator("tbody").getByRole("checkbox").first().check();
    await openRemoveDialog(page);
    const cell = removeDialog(page).locator("td[data-label='Status']").first();
    const [label, value] = await cell.evaluate((it) => {
      const [first = ""] = getComputedStyle(it).gridTemplateColumns.split(" ");
      const text = document.createElement("span");
      text.textContent = "Status";
      text.className = "cell-note";
      it.append(text);
      const width = text.getBoundingClientRect().width;
      text.remove();
      return [width, Number.parseFloat(first)];
    });
    expect((value ?? 0) + 0.01).toBeGreaterThanOrEqual(label ?? 0);
    await removeDialog(page).getByRole("button", { name: "Cancel" }).click();
    await selectionBar(page).getByRole("button", { name: "Clear" }).click();
    // The answers get lost after the removal, and someone else may have removed them.
    await sandbox.fault({ method: "POST", path: "/members/remove$", when: "after", times: 9, answer: { kind: "status", status: 502 } });
    await table(page).locator("tbody").getByRole("checkbox").nth(1).check();
    await removeSelected(page, "1 member");
    await expect(jobDialog(page).getByText("Finished", { exact: true })).toBeVisible({ timeout: 30_000 });
    const badges = jobDialog(page).locator("tbody .badge");
    await expect(badges.first()).toBeVisible();
    await badges.evaluateAll((all) => {
      for (const badge of all) badge.textContent = "Changed, maybe by someone else";
    });
    const isCut = await badges.evaluateAll((all) =>
      all.some((badge) => {
        const [box, cell] = [badge.getBoundingClientRect(), badge.closest("td")?.getBoundingClientRect()];
        return badge.scrollWidth > badge.clientWidth + 1 || box.right > (cell?.right ?? 0) + 1;
      }),
    );
    expect(isCut).toBe(false);
  });

  test("the words of a form's buttons stay on one line", async ({ page }) => {
    await openBudgets(page, "production");
    await byokSwitch(page).click();
    await typeLimits(page, { daily: "1" });
    for (const name of ["Discard changes", "Save budgets"]) {
      const words = page.getByRole("button", { name, exact: true }).locator(".button__text");
      expect(await words.evaluate((it) => it.getClientRects().length), name).toBe(1);
      expect(await words.evaluate((it) => it.getBoundingClientRect().height), name).toBeLessThan(28);
    }
  });
});

test.describe("with forced colours", () => {
  test.use({ forcedColors: "active" });

  test("focus, selection, the current page and the end of a bar are seen without the page's colours", async ({ page }) => {
    await openMembers(page, "interns");
    const box = table(page).locator("tbody").getByRole("checkbox").first();
    await box.check();
    await expect(box).toHaveCSS("appearance", "auto");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").evaluate((it) => [it, it.closest(".input")].some((part) => part && getComputedStyle(part).outlineStyle !== "none"))).toBe(true);
    const current = page.getByRole("navigation", { name: "Main" }).locator("[aria-current=page]");
    await expect(current).toHaveCSS("outline-style", "solid");
    await open(page, "/workspaces/interns", "Interns");
    const on = page.locator("[role=switch]").first();
    const off = await on.evaluate((it) => getComputedStyle(it, "::before").backgroundColor + getComputedStyle(it).backgroundColor + getComputedStyle(it, "::before").translate);
    await on.click();
    expect(await on.evaluate((it) => getComputedStyle(it, "::before").backgroundColor + getComputedStyle(it).backgroundColor + getComputedStyle(it, "::before").translate)).not.toBe(off);
  });
});

test("with more contrast, no text is muted", async ({ page }) => {
  await page.emulateMedia({ contrast: "more" });
  await open(page, "/", "Workspaces");
  const note = page.locator(".toolbar__status").first();
  await expect(note).toHaveCSS("color", await page.evaluate(() => getComputedStyle(document.body).color));
});

test("with reduced motion, nothing moves", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page, "/workspaces/interns?panel=delete", "Interns");
  await expect(page.getByRole("alertdialog")).toBeVisible();
  const moving = await page.evaluate(() => document.getAnimations().filter((it) => it.playState === "running").map((it) => (it as CSSAnimation).animationName));
  expect(moving.filter((name) => name !== "show")).toEqual([]);
});
