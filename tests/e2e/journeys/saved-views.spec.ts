/** Saved views: a name for a page with its search, filters, order and columns, in the side bar of this browser. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNotice, heading, open, takeShots, test } from "../fixtures.ts";
import { expectHarmless, recordScriptRuns } from "../support/hostile.ts";
import { findInPalette } from "../support/palette.ts";
import { openPeople, table as people } from "../support/people.ts";
import { expectColumns, openViewMenu, savedViews, saveView } from "../support/views.ts";

test.use({ organization: { auth: "proxy" } });

const saving = (page: Page) => page.getByRole("dialog", { name: "Save view", exact: true });
const editing = (page: Page) => page.getByRole("dialog", { name: /^Edit the saved view/ });

async function edit(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: `Edit the saved view ${name}`, exact: true }).click();
  await expect(editing(page).getByRole("textbox", { name: "Name" })).toBeVisible();
}

test("a view is saved with everything, opened from the side bar, renamed and deleted", async ({ page }) => {
  await openPeople(page, "?q=a&role=admin&sort=role&then=email");
  const menu = await openViewMenu(page);
  await menu.getByRole("checkbox", { name: "Workspaces" }).uncheck();
  await page.keyboard.press("Escape");
  await saveView(page, "Admins with A");
  await expectNotice(page, "Saved the view “Admins with A”");
  await expect(page.getByRole("button", { name: "View", exact: true })).toBeFocused();
  await expect(savedViews(page)).toHaveText(["Admins with A"]);

  // It has its own columns, also after others were chosen.
  await open(page, "/people", "People");
  await openViewMenu(page);
  await menu.getByRole("button", { name: "Reset to default" }).click();
  await page.keyboard.press("Escape");
  await open(page, "/budgets", "Budgets");
  await savedViews(page).click();
  await expect(heading(page, "People")).toBeVisible();
  await expect(page).toHaveURL(/\/people\?q=a&role=admin&sort=role&then=email&cols=email,role$/);
  await expectColumns(people(page), ["Name", "Email", "Role"]);
  await expect(savedViews(page)).toHaveAttribute("aria-current", "true");

  await edit(page, "Admins with A");
  await editing(page).getByRole("textbox", { name: "Name" }).fill("Admins");
  await page.keyboard.press("Enter");
  await expect(editing(page)).toBeHidden();
  await expect(savedViews(page)).toHaveText(["Admins"]);
  await page.reload();
  await expect(savedViews(page)).toHaveText(["Admins"]);
  await edit(page, "Admins");
  await editing(page).getByRole("button", { name: "Delete view" }).click();
  await expectNotice(page, "Deleted the saved view “Admins”");
  await expect(savedViews(page)).toHaveCount(0);
});

test("a view of a workspace's tab is below Workspaces, and the palette finds it", async ({ page }) => {
  await open(page, "/workspaces/research/members?role=admin", "Research");
  await saveView(page, "Research admins");
  const below = page.getByRole("navigation", { name: "Main" }).getByRole("listitem").filter({ has: page.getByRole("link", { name: "Workspaces", exact: true }) });
  await expect(below.first()).toContainText("Research admins");
  await open(page, "/budgets", "Budgets");
  await findInPalette(page, "research adm", /^Research admins/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/workspaces\/research\/members\?role=admin&density=comfortable$/);
});

test("a name has to be new, visible and short, and there are at most 30 views", async ({ page }) => {
  await open(page, "/workspaces", "Workspaces");
  await saveView(page, "Mine");
  const menu = await openViewMenu(page);
  await menu.getByRole("button", { name: "Save view…" }).click();
  const name = saving(page).getByRole("textbox", { name: "Name" });
  await expect(name).toBeFocused();
  for (const [typed, problem] of [
    ["", "Enter a name"],
    ["   ", "Enter a name"],
    ["\u202e\u200b", "Enter a name"],
    [" MINE ", "Another saved view has this name"],
    ["x".repeat(61), "Use at most 60 characters"],
  ] as const) {
    await name.fill(typed);
    await page.keyboard.press("Enter");
    await expect(saving(page).getByText(problem)).toBeVisible();
    await expect(name).toHaveAttribute("aria-invalid", "true");
  }
  await expectAccessible(page);
  await saving(page).getByRole("button", { name: "Cancel" }).click();
  await page.evaluate(() => {
    const stored = JSON.parse(localStorage.getItem("workspace-console.views") ?? "[]");
    const more = Array.from({ length: 29 }, (_, at) => ({ ...stored[0], name: `View ${at}` }));
    localStorage.setItem("workspace-console.views", JSON.stringify([...stored, ...more]));
  });
  await page.reload();
  await expect(savedViews(page)).toHaveCount(30);
  await openViewMenu(page);
  await menu.getByRole("button", { name: "Save view…" }).click();
  await name.fill("One more");
  await page.keyboard.press("Enter");
  await expect(saving(page).getByText("You can save 30 views. Delete one first")).toBeVisible();
});

test("hostile names are only text, and bad stored views are left out", async ({ page }) => {
  await recordScriptRuns(page);
  await open(page, "/workspaces", "Workspaces");
  const account = await page.evaluate(() => localStorage.getItem("workspace-console.views"));
  expect(account).toBeNull();
  await saveView(page, "<img src=x onerror=hostile()>");
  await saveView(page, "שלום עולם \u202e drawkcab");
  await saveView(page, "W".repeat(60));
  await expect(savedViews(page)).toHaveText(["<img src=x onerror=hostile()>", "שלום עולם drawkcab", "W".repeat(60)]);
  await page.evaluate(() => {
    const stored = JSON.parse(localStorage.getItem("workspace-console.views") ?? "[]");
    const bad = ["javascript:hostile()", "//evil.example/workspaces", "/create-workspace", "/elsewhere"];
    const views = bad.map((view) => ({ ...stored[0], name: view, view }));
    const others = [{ ...stored[0], account: "org_other", name: "Of others" }, { ...stored[0], name: "x".repeat(5000) }];
    localStorage.setItem("workspace-console.views", JSON.stringify([...stored, ...views, ...others]));
  });
  await page.reload();
  await expect(savedViews(page)).toHaveCount(3);
  await expectHarmless(page);
  await edit(page, "W".repeat(60));
  await expectHarmless(page);
  await takeShots(page, "saved-views");
  for (const odd of ["{", "[1,2]", '{"a":1}']) {
    await page.evaluate((text) => localStorage.setItem("workspace-console.views", text), odd);
    await page.reload();
    await expect(heading(page, "Workspaces")).toBeVisible();
    await expect(page.getByRole("button", { name: "View", exact: true })).toBeVisible();
    await expect(savedViews(page)).toHaveCount(0);
  }
});

test("another tab shows a view that was saved in this one", async ({ page, context }) => {
  await open(page, "/workspaces?q=lab", "Workspaces");
  const other = await context.newPage();
  await open(other, "/people", "People");
  await expect(other.getByRole("button", { name: "View", exact: true })).toBeVisible();
  await saveView(page, "Labs");
  await expect(savedViews(other)).toHaveText(["Labs"]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("saved views are in the navigation, and are edited there", async ({ page }) => {
    await open(page, "/workspaces?q=research", "Workspaces");
    await saveView(page, "Labs");
    await page.getByRole("button", { name: "Open navigation" }).click();
    const drawer = page.getByRole("dialog", { name: "Navigation" });
    await drawer.getByRole("button", { name: "Edit the saved view Labs" }).click();
    await editing(page).getByRole("textbox", { name: "Name" }).fill("Research labs");
    await editing(page).getByRole("button", { name: "Save name" }).click();
    await drawer.getByRole("link", { name: "Research labs" }).click();
    await expect(drawer).toBeHidden();
    await expect(page).toHaveURL(/\/workspaces\?q=research&density=comfortable$/);
  });
});
