/** Rows of tables: they open as a whole, namesakes are told apart, and names are found and sorted as people read them. */
import type { Page } from "@playwright/test";
import { expect, heading, open, openBudgets, test } from "../fixtures.ts";
import { openOverview } from "../support/overview.ts";
import { count, openPeople, search, table } from "../support/people.ts";

test.use({ organization: { auth: "proxy" } });

const row = (page: Page, name: string) => page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

test("a press anywhere in a row opens it", async ({ page, context }) => {
  await open(page, "/workspaces", "Workspaces");
  await row(page, "Interns").getByRole("cell").nth(1).click();
  await expect(heading(page, "Interns")).toBeVisible();
  await page.goBack();
  // A modifier and selected text are left alone, and the link stays a link.
  await row(page, "Interns").getByRole("cell").nth(1).click({ modifiers: ["ControlOrMeta"] });
  await row(page, "Interns").getByRole("cell").nth(1).dblclick();
  await page.goto("/workspaces");
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Interns", exact: true }).click({ modifiers: ["ControlOrMeta"] });
  await expect(heading(await opened, "Interns")).toBeVisible();
  await expect(heading(page, "Workspaces")).toBeVisible();
});

test("selecting text in a row opens nothing", async ({ page }) => {
  await open(page, "/workspaces", "Workspaces");
  const slug = row(page, "Interns").getByRole("cell").nth(1).locator("bdi");
  const { x, y, width, height } = (await slug.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + 1, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width - 1, y + height / 2, { steps: 5 });
  await page.mouse.up();
  expect(await page.evaluate(() => String(getSelection()))).toContain("ntern");
  await expect(heading(page, "Workspaces")).toBeVisible();
});

test("the checkbox of a row does not open it", async ({ page }) => {
  await openOverview(page);
  await row(page, "Interns").getByRole("checkbox").check();
  await expect(heading(page, "Budgets")).toBeVisible();
  await row(page, "Interns").getByRole("cell").last().click();
  await expect(page).toHaveURL("/workspaces/interns/budgets");
});

test("namesakes have different checkboxes", async ({ page }) => {
  await openPeople(page);
  const names = await table(page).getByRole("checkbox").evaluateAll((all) => all.map((it) => it.getAttribute("aria-label")));
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => /^Select .+ \(.+@.+\)$/.test(name ?? "")).length).toBeGreaterThan(10);
});

test("a search needs no accents", async ({ page, sandbox }) => {
  const { people } = await sandbox.db();
  const plain = (text: unknown) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const person = people.find((it) => /ü/.test(String(it.last_name)));
  await openPeople(page);
  await search(page).fill(plain(person?.last_name));
  await expect(count(page)).toHaveText(/^[1-9]\d* of /);
  await expect(table(page)).toContainText(String(person?.last_name));
});

test("names are in the order of the person's language", async ({ page }) => {
  await openPeople(page, "?q=a");
  const shown = (await table(page).locator(".col-name bdi:first-child").allInnerTexts()).map((name) => name.toLowerCase());
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.findIndex((name) => name.startsWith("å"))).toBeLessThan(shown.findIndex((name) => name.startsWith("c")));
  expect(shown).toEqual([...shown].sort(new Intl.Collator("en-US").compare));
});

test("the meter and the selected segment can be told from what is around them", async ({ page }) => {
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await openBudgets(page, "production");
    const ratios = await page.evaluate(() => {
      const luminance = (color: string) => {
        const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(Number).map((value) => {
          const part = value / 255;
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ratio = (one: string, other: string) => {
        const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
        return (high + 0.05) / (low + 0.05);
      };
      const probe = document.body.appendChild(document.createElement("i"));
      const color = (name: string) => {
        probe.style.color = `var(--${name})`;
        return getComputedStyle(probe).color;
      };
      const segmented = getComputedStyle(document.querySelector(".segmented") ?? probe).backgroundColor;
      const selected = getComputedStyle(document.querySelector(".segment:has(:checked)") ?? probe).backgroundColor;
      return {
        fine: ratio(color("meter"), color("meter-track")),
        near: ratio(color("meter-warning"), color("meter-track")),
        over: ratio(color("meter-danger"), color("meter-track")),
        track: ratio(color("segment-edge"), segmented),
        segment: ratio(color("segment-edge"), selected),
      };
    });
    for (const [what, ratio] of Object.entries(ratios)) expect(ratio, `${what} (${theme})`).toBeGreaterThanOrEqual(3);
  }
});
