/** The command palette: any workspace, person, page and action by a few letters. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, field, heading, holdFiles, open, takeShots, test } from "../fixtures.ts";
import { addDialog, openAddDialog, openMembers, removeDialog, table } from "../support/members.ts";
import {
  activeOption,
  findInPalette,
  finder,
  found,
  openPalette,
  options,
  palette,
  pressComposing,
  untilLoaded,
} from "../support/palette.ts";

test.use({ organization: { auth: "proxy" } });

const button = (page: Page) => page.getByRole("button", { name: "Search or jump to…" });

async function expectArrived(page: Page, title: string): Promise<void> {
  await expect(palette(page)).toHaveCount(0);
  await expect(heading(page, title)).toBeFocused();
}

test("a workspace is opened by its keys and a few letters", async ({ page }) => {
  await open(page, "/", "Workspaces");
  await findInPalette(page, "hck", "Hackathon hackathon");
  await expect(activeOption(page).locator("mark")).toHaveText(["H", "ck"]);
  await page.keyboard.press("Enter");
  await expectArrived(page, "Hackathon");
  await expect(page).toHaveURL(/\/workspaces\/hackathon$/);
});

test("the list is moved through by keyboard, and the active option is announced", async ({ page }) => {
  await open(page, "/", "Workspaces");
  await openPalette(page);
  const names = await options(page).evaluateAll((rows) => rows.map((row) => row.id));
  const expectActive = async (at: number) => {
    await expect(finder(page)).toHaveAttribute("aria-activedescendant", names.at(at) as string);
    await expect(activeOption(page)).toHaveId(names.at(at) as string);
    await expect(activeOption(page)).toBeInViewport({ ratio: 1 });
  };
  await expectActive(0);
  for (const [key, at] of [
    ["ArrowDown", 1],
    ["ArrowDown", 2],
    ["ArrowUp", 1],
    ["End", -1],
    ["ArrowDown", 0],
    ["ArrowUp", -1],
    ["Home", 0],
    ["PageDown", 8],
    ["PageUp", 0],
  ] as const) {
    await page.keyboard.press(key);
    await expectActive(at);
  }
  await expect(found(page)).toHaveText(`${names.length} results`);
  await page.keyboard.type("research");
  await expect(activeOption(page)).toHaveAccessibleName("Research research");
  await finder(page).fill("qqqq");
  await expect(options(page)).toHaveCount(0);
  await expect(finder(page)).toHaveAttribute("aria-expanded", "false");
  await expect(found(page)).toHaveText("No matches");
  await expect(palette(page).getByText("Try fewer letters")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(finder(page)).toBeFocused();
});

test("it closes by Escape, by its keys and by its button, and the focus returns", async ({ page }) => {
  await openMembers(page, "interns");
  await untilLoaded(page);
  const box = table(page).locator("tbody").getByRole("checkbox").first();
  await box.focus();
  for (const key of ["Escape", "Control+k"]) {
    await openPalette(page);
    await page.keyboard.press(key);
    await expect(palette(page)).toHaveCount(0);
    await expect(box).toBeFocused();
  }
  await button(page).click();
  await expect(finder(page)).toBeFocused();
  await palette(page).getByRole("button", { name: "Close" }).click();
  await expect(button(page)).toBeFocused();
});

test("another workspace is shown on the same tab", async ({ page }) => {
  await openMembers(page, "interns");
  await findInPalette(page, "research", "Research research");
  await page.keyboard.press("Enter");
  await expectArrived(page, "Research");
  await expect(page).toHaveURL(/\/workspaces\/research\/members$/);
  await page.goto("/workspaces/interns/budgets");
  await findInPalette(page, "research", "Research research");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/workspaces\/research\/budgets$/);
});

test("a person is found by name and by address, accents or not", async ({ page, sandbox }) => {
  const [person] = (await sandbox.db()).people.filter((it) => /[éüöåÅŠ]/.test(String(it.first_name)) && it.last_name);
  const { first_name, last_name, email } = person as { first_name: string; last_name: string; email: string };
  const plain = `${first_name} ${last_name}`.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  await open(page, "/", "Workspaces");
  await findInPalette(page, plain, `${first_name} ${last_name} ${email}`);
  await finder(page).fill(email);
  await expect(activeOption(page)).toHaveAccessibleName(`${first_name} ${last_name} ${email}`);
  await page.keyboard.press("Enter");
  await expectArrived(page, "People");
  await expect(page.getByRole("table", { name: "People" }).getByRole("row")).toHaveCount(2);
});

test("unsaved changes are asked about", async ({ page }) => {
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Description").fill("Half a thought");
  await findInPalette(page, "research", "Research research");
  await page.keyboard.press("Enter");
  const question = page.getByRole("alertdialog", { name: "Leave without saving?" });
  await question.getByRole("button", { name: "Keep editing" }).click();
  await expect(field(page, "Description")).toHaveValue("Half a thought");
  await expect(field(page, "Description")).toBeFocused();
  await findInPalette(page, "research", "Research research");
  await page.keyboard.press("Enter");
  await question.getByRole("button", { name: "Discard changes" }).click();
  await expectArrived(page, "Research");
});

test("a link opens in a new tab, an action does not", async ({ page, context }) => {
  await open(page, "/", "Workspaces");
  await findInPalette(page, "hackathon", "Hackathon hackathon");
  const opened = context.waitForEvent("page");
  await page.keyboard.press("Control+Enter");
  const tab = await opened;
  await expect(heading(tab, "Hackathon")).toBeVisible();
  await tab.close();
  await expect(palette(page)).toHaveCount(0);
  await expect(heading(page, "Workspaces")).toBeVisible();
  await openPalette(page);
  const link = palette(page).getByRole("option", { name: "Create workspace" });
  await expect(link).toHaveAttribute("href", "/create-workspace");
  await link.click();
  await expectArrived(page, "Create workspace");
});

test("each view offers its actions while it is shown", async ({ page }) => {
  await openMembers(page, "interns");
  await openPalette(page);
  const actions = palette(page).getByRole("group", { name: "Actions" }).getByRole("option");
  await expect(actions.first()).toHaveText("Edit settings of Interns");
  await expect(actions.filter({ hasText: "selected" })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await table(page).locator("tbody").getByRole("checkbox").first().check();
  await findInPalette(page, "remove", "Remove 1 selected member from Interns…");
  await page.keyboard.press("Enter");
  await expect(removeDialog(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(removeDialog(page)).toHaveCount(0);

  await findInPalette(page, "budgets interns", "Edit budgets of Interns");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/workspaces\/interns\/budgets$/);
  await findInPalette(page, "add members", "Add members to Interns");
  await page.keyboard.press("Enter");
  await expect(addDialog(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(addDialog(page)).toHaveCount(0);

  await page.goto("/budgets");
  await expect(page.getByRole("table", { name: "Budgets of all workspaces" })).not.toHaveAttribute("aria-busy");
  await findInPalette(page, "csv", "Export budgets as CSV");
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await openPalette(page);
  await expect(options(page).filter({ hasText: "Interns" }).filter({ hasText: "Edit" })).toHaveCount(0);
});

test("the export of workspaces as a file is an action of its page", async ({ page }) => {
  await open(page, "/people", "People");
  await findInPalette(page, "import", "Import and export");
  await page.keyboard.press("Enter");
  await expectArrived(page, "Import and export");
  await findInPalette(page, "export file", "Export workspaces as a file");
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await download).suggestedFilename()).toMatch(/^workspaces-.*\.yaml$/);
});

test("the theme, the shortcuts and the sign-out are actions of every view", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, "/people", "People");
  await findInPalette(page, "dark", "Use the dark theme");
  await page.keyboard.press("Enter");
  await expect(page.locator(":root")).toHaveAttribute("data-theme", "dark");
  await findInPalette(page, "shortcuts", "Show keyboard shortcuts");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await findInPalette(page, "sign out", "Sign out");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("navigation", { name: "Main" })).toHaveCount(0);
});

test("what was opened last comes first until a sign-out, and only IDs are kept", async ({ page, sandbox }) => {
  const [person] = (await sandbox.db()).people as [{ id: string; email: string }];
  const { id } = await sandbox.workspace("hackathon");
  const stored = () => page.evaluate(() => localStorage.getItem("workspace-console.recent"));
  await open(page, "/", "Workspaces");
  await findInPalette(page, "hackathon", "Hackathon hackathon");
  await page.keyboard.press("Enter");
  await expectArrived(page, "Hackathon");
  await findInPalette(page, person.email, new RegExp(`${person.email}$`));
  await page.keyboard.press("Enter");
  await expectArrived(page, "People");
  await page.reload();
  await openPalette(page);
  const recent = palette(page).getByRole("group", { name: "Recent" }).getByRole("option");
  await expect(recent).toHaveText([new RegExp(`${person.email}$`), /^Hackathon/]);
  expect(JSON.parse((await stored()) as string)).toEqual([{ person: person.id }, { workspace: id }]);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Sign out" }).first().click();
  await expect.poll(stored).toBeNull();
});

test("the keys of an input method are not those of the palette", async ({ page }) => {
  await open(page, "/", "Workspaces");
  await untilLoaded(page);
  await pressComposing(page, "k", true);
  await expect(palette(page)).toHaveCount(0);
  await openPalette(page);
  await pressComposing(page, "ArrowDown");
  await expect(activeOption(page)).toHaveId(/-0$/);
  for (const key of ["Enter", "Escape"]) await pressComposing(page, key);
  await expect(finder(page)).toBeFocused();
});

test("it does not open over another dialog", async ({ page }) => {
  await openMembers(page, "interns");
  await untilLoaded(page);
  await openAddDialog(page);
  await page.keyboard.press("Control+k");
  await expect(addDialog(page).locator(":focus")).toHaveCount(1);
  await expect(palette(page)).toHaveCount(0);
});

test("keys that are pressed before the program is loaded open it later", async ({ page }) => {
  const release = await holdFiles(page, /_bg\.wasm$/);
  await page.goto("/");
  await expect(page.locator("html[data-frame=shell]")).toHaveCount(1);
  await page.keyboard.press("Control+k");
  release();
  await expect(finder(page)).toBeFocused();
});

test("keys that are pressed before it is loaded open it later", async ({ page }) => {
  const release = await holdFiles(page, /later-[^/]*\.wasm/);
  await open(page, "/", "Workspaces");
  await page.keyboard.press("Control+k");
  await expect(button(page)).toHaveCount(0);
  release();
  await expect(finder(page)).toBeFocused();
});

test("it is accessible, with results and without", async ({ page }) => {
  await open(page, "/workspaces/interns", "Interns");
  await openPalette(page);
  await expectAccessible(page);
  await page.keyboard.type("re");
  await expect(activeOption(page).locator("mark").first()).toBeVisible();
  await expect(found(page)).not.toContainText("Loading");
  await expectAccessible(page);
  await takeShots(page, "palette");
  await finder(page).fill("qqqq");
  await expect(found(page)).toHaveText("No matches");
  await expectAccessible(page);
  await takeShots(page, "palette-empty");
});

test.describe("at 320 pixels", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("an icon opens it, and nothing is wider than the window", async ({ page }) => {
    await open(page, "/workspaces/interns", "Interns");
    await button(page).click();
    await expect(finder(page)).toBeFocused();
    await page.keyboard.type("re");
    await expect(activeOption(page)).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await palette(page).getByRole("button", { name: "Close" }).click();
    await expect(palette(page)).toHaveCount(0);
  });
});

test.describe("with ten thousand people", () => {
  test.use({ organization: { auth: "proxy", seed: "scale", workspaces: 20, people: 10_000, members: 10 } });

  test("the list is bounded and says how many match", async ({ page }) => {
    await open(page, "/", "Workspaces");
    await openPalette(page);
    await page.keyboard.type("e");
    await expect(found(page)).toHaveText(/^50 of [\d,]{5,} results\. Keep typing to see others\.$/);
    await expect(options(page)).toHaveCount(50);
  });
});
