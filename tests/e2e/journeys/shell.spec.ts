/** The shell around every page: navigation by pointer and keyboard, at any width and in either theme. */
import type { Page } from "@playwright/test";
import { escape, expect, expectSavedStatus, field, heading, open, tabTo, test } from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

const nav = (page: Page) => page.getByRole("navigation", { name: "Main" });
const crumbs = (page: Page) => page.getByRole("navigation", { name: "Breadcrumb" });
const switcher = (page: Page) => page.getByRole("button", { name: "Go to workspace" });
const switcherSearch = (page: Page) => page.getByRole("searchbox", { name: "Find a workspace" });
const choice = (page: Page) => page.getByRole("link").and(page.locator("[popover] a"));

/** Expects that the navigation is complete: the title is set and the heading has the focus. */
async function expectArrived(page: Page, title: string): Promise<void> {
  await expect(heading(page, title)).toBeFocused();
  // The title of a workspace begins with the part of it that is shown.
  const escaped = escape(title);
  await expect(page).toHaveTitle(new RegExp(`^(\\w+ · )?${escaped} · Workspace Console$`));
}

test("a page that is opened with a name and a password in its address starts", async ({ page, server }) => {
  const address = new URL("/people", server.url);
  [address.username, address.password] = ["ada", "secret"];
  await page.goto(address.href);
  await expect(heading(page, "People")).toBeVisible();
  expect(await page.evaluate(() => document.baseURI)).toBe(new URL("/people", server.url).href);
});

test("every navigation sets the title and moves the focus to the heading", async ({ page }) => {
  await open(page, "/", "Workspaces");
  await expect(page).toHaveTitle("Workspaces · Workspace Console");
  await nav(page).getByRole("link", { name: "Activity" }).click();
  await expectArrived(page, "Activity");
  await expect(nav(page).getByRole("link", { name: "Activity" })).toHaveAttribute("aria-current", "page");
  await nav(page).getByRole("link", { name: "Workspaces" }).click();
  await expectArrived(page, "Workspaces");
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await expectArrived(page, "Interns");
  await expect(crumbs(page).getByRole("listitem")).toHaveText(["Workspaces", "Interns"]);
  await expect(crumbs(page).getByText("Interns")).toHaveAttribute("aria-current", "page");
  await switcher(page).click();
  await choice(page).filter({ hasText: "Research" }).click();
  await expectArrived(page, "Research");
  await crumbs(page).getByRole("link", { name: "Workspaces" }).click();
  await expectArrived(page, "Workspaces");
  await page.getByRole("main").getByRole("link", { name: "Create workspace" }).click();
  await expectArrived(page, "Create workspace");
  await page.goBack();
  await expectArrived(page, "Workspaces");
  await page.goForward();
  await expectArrived(page, "Create workspace");
});

test("an unknown URL shows a message with a way on", async ({ page }) => {
  await open(page, "/elsewhere", "Page not found");
  await expect(page.getByText("Nothing at this address")).toBeVisible();
  await page.getByRole("link", { name: "All workspaces" }).click();
  await expectArrived(page, "Workspaces");
});

test("the empty activity explains its purpose", async ({ page }) => {
  await open(page, "/activity", "Activity");
  await expect(page.getByText("No activity yet")).toBeVisible();
});

test("the first Tab offers a skip link", async ({ page }) => {
  await open(page, "/", "Workspaces");
  await expect(page.getByRole("link", { name: "Interns", exact: true })).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").locator(":focus")).toHaveText("Create workspace");
  await expect(heading(page, "Workspaces")).toBeVisible();
});

test.describe("the switcher", () => {
  test("opens a workspace with a few letters and the keyboard alone", async ({ page }) => {
    await open(page, "/workspaces/interns", "Interns");
    await switcher(page).focus();
    await page.keyboard.press("Enter");
    await expect(switcherSearch(page)).toBeVisible();
    await expect(switcherSearch(page)).toBeFocused();
    await page.keyboard.type("hack");
    await expect(choice(page)).toHaveCount(1);
    await tabTo(page, choice(page));
    await page.keyboard.press("Enter");
    await expectArrived(page, "Hackathon");
    await expect(switcherSearch(page)).toBeHidden();

    await switcher(page).click();
    await expect(switcherSearch(page)).toHaveValue("");
    await expect(choice(page)).toHaveCount(12);
    await switcherSearch(page).fill("zeppelin");
    await expect(page.getByText("No matching workspaces")).toBeVisible();
    await switcherSearch(page).press("Escape");
    await expect(switcherSearch(page)).toHaveValue("");
    await page.keyboard.press("Escape");
    await expect(switcherSearch(page)).toBeHidden();
  });

  test("closes if the current workspace is chosen", async ({ page }) => {
    await open(page, "/workspaces/interns", "Interns");
    await switcher(page).click();
    await choice(page).filter({ hasText: "Interns" }).click();
    await expect(switcherSearch(page)).toBeHidden();
    await expect(heading(page, "Interns")).toBeVisible();
  });

  test("asks before leaving unsaved changes", async ({ page }) => {
    await open(page, "/workspaces/interns", "Interns");
    await field(page, "Description").fill("Half a thought");
    await switcher(page).click();
    await choice(page).filter({ hasText: "Research" }).click();
    await page.getByRole("button", { name: "Keep editing" }).click();
    await expect(heading(page, "Interns")).toBeVisible();
    await expect(field(page, "Description")).toHaveValue("Half a thought");
  });

  test.describe("with a thousand workspaces", () => {
    test.use({ organization: { auth: "proxy", seed: "scale", workspaces: 1000, people: 30, members: 10 } });

    test("shows some of them and the number of the others", async ({ page }) => {
      await open(page, "/activity", "Activity");
      await switcher(page).click();
      await expect(choice(page)).toHaveCount(50);
      await expect(page.getByText("950 more. Type to narrow the list.")).toBeVisible();
      await switcherSearch(page).fill("everybody");
      await expect(choice(page)).toHaveCount(1);
      await choice(page).click();
      await expectArrived(page, "Everybody of Scale");
    });
  });
});

test("the chosen theme survives a reload", async ({ page }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const theme = (name: string) => page.getByRole("group", { name: "Theme" }).getByRole("radio", { name });
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, "/", "Workspaces");
  await expect(theme("System")).toBeChecked();
  const light = await background();
  await theme("Dark").check();
  await expect.poll(background).not.toBe(light);
  const dark = await background();
  await page.reload();
  await expect(theme("Dark")).toBeChecked();
  expect(await background()).toBe(dark);
  await page.emulateMedia({ colorScheme: "dark" });
  await theme("Light").check();
  await expect.poll(background).toBe(light);
  await theme("System").check();
  await expect.poll(background).toBe(dark);
});

test.describe("at 320 pixels", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("the sidebar is a drawer that takes and returns the focus", async ({ page }) => {
    await open(page, "/", "Workspaces");
    await expect(nav(page)).toBeHidden();
    const button = page.getByRole("button", { name: "Open navigation" });
    await button.click();
    const drawer = page.getByRole("dialog", { name: "Navigation" });
    await expect(drawer.locator(":focus")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(drawer).toHaveCount(0);
    await expect(button).toBeFocused();
    await button.click();
    await drawer.getByRole("button", { name: "Close" }).click();
    await expect(drawer).toHaveCount(0);
    await button.click();
    await drawer.getByRole("link", { name: "Activity" }).click();
    await expect(drawer).toHaveCount(0);
    await expectArrived(page, "Activity");
  });

  test("nothing scrolls horizontally", async ({ page, expectedFailures }) => {
    expectedFailures.allow(404, /\/workspaces\/nowhere$/, "GET");
    for (const [address, title] of [
      ["/", "Workspaces"],
      ["/create-workspace", "Create workspace"],
      ["/workspaces/compliance", "Compliance & Audit"],
      ["/workspaces/production?panel=delete", "Production"],
      ["/workspaces/nowhere", "nowhere"],
      ["/activity", "Activity"],
      ["/files", "Import and export"],
      ["/workspaces/production?panel=clone", "Production"],
      ["/workspaces/production/members", "Production"],
      ["/people", "People"],
      ["/keys", "API keys"],
      ["/workspaces/production/keys", "Production"],
      ["/elsewhere", "Page not found"],
    ] as const) {
      await page.goto(address);
      await expect(page.getByRole("heading", { name: title, level: 1, exact: true, includeHidden: true })).toBeVisible();
      const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await expect.poll(wider, `${address} is wider than the window`).toBeLessThanOrEqual(0);
    }
  });
});

test("a workspace can be created, edited and deleted by keyboard alone", async ({ page, sandbox }) => {
  await open(page, "/", "Workspaces");
  await expect(page.getByRole("link", { name: "Interns", exact: true })).toBeVisible();
  await tabTo(page, page.getByRole("main").getByRole("link", { name: "Create workspace" }));
  await page.keyboard.press("Enter");
  await expectArrived(page, "Create workspace");
  await tabTo(page, field(page, "Name"));
  await page.keyboard.type("Keys only");
  await tabTo(page, field(page, "Description"));
  await page.keyboard.type("No mouse");
  await tabTo(page, page.locator("summary, button").filter({ hasText: "More options" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("switch", { name: "Broadcast" }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("button", { name: "Create workspace" }));
  await page.keyboard.press("Enter");
  await expectArrived(page, "Keys only");

  await tabTo(page, page.getByRole("combobox", { name: "Provider order" }));
  await page.keyboard.press("ArrowDown");
  await tabTo(page, page.getByRole("button", { name: "Save changes" }));
  await page.keyboard.press("Enter");
  await expectSavedStatus(page);
  await expect(page.getByRole("button", { name: "Save changes" })).toBeFocused();
  expect(await sandbox.workspace("keys-only")).toMatchObject({
    description: "No mouse",
    is_observability_broadcast_enabled: true,
    default_provider_sort: "price",
  });

  await tabTo(page, page.getByRole("button", { name: "Delete workspace…" }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("alertdialog", { name: "Delete “Keys only”?" });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await tabTo(page, field(dialog, "Type “keys-only” to confirm"));
  await page.keyboard.type("keys-only");
  await tabTo(page, dialog.getByRole("button", { name: "Delete workspace", exact: true }));
  await page.keyboard.press("Enter");
  await expectArrived(page, "Workspaces");
  expect(await sandbox.workspaces("keys-only")).toEqual([]);
});
