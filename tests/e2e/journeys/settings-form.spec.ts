/** The form of a workspace's settings: its sections, the marks of changed fields, logging, and what a new workspace asks for. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectSavedStatus, field, heading, open, tabTo, takeShots, test } from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

const sections = (page: Page) => page.getByRole("navigation", { name: "Sections" });
const link = (page: Page, name: string) => sections(page).getByRole("link", { name, exact: true });
const title = (page: Page, name: string) => page.getByRole("heading", { name, level: 2, exact: true });
const logging = (page: Page) => page.getByRole("switch", { name: "Private input and output logging" });

test.describe("the sections", () => {
  test("are linked beside the form, and the one that the person is at is marked", async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 700 });
    await open(page, "/workspaces/compliance", "Compliance & Audit");
    await expect(sections(page).getByRole("link")).toHaveText(["Identity", "Models", "Logging", "Danger zone"]);
    await expect(link(page, "Identity")).toHaveAttribute("aria-current", "location");
    await link(page, "Logging").click();
    await expect(title(page, "Logging")).toBeFocused();
    await expect(title(page, "Logging")).toBeInViewport();
    await expect(link(page, "Logging")).toHaveAttribute("aria-current", "location");
    await expect(sections(page).locator("[aria-current]")).toHaveCount(1);
    // The address names the view, not the section.
    await expect(page).toHaveURL(/\/workspaces\/compliance$/);
    await page.mouse.wheel(0, -5_000);
    await expect(link(page, "Identity")).toHaveAttribute("aria-current", "location");
    await page.mouse.wheel(0, 5_000);
    await expect(link(page, "Danger zone")).toHaveAttribute("aria-current", "location");
    await expectAccessible(page);
  });

  test("are reached by keyboard, and follow the focus", async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 700 });
    await open(page, "/workspaces/compliance", "Compliance & Audit");
    await tabTo(page, link(page, "Models"));
    await page.keyboard.press("Enter");
    await expect(title(page, "Models")).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("combobox", { name: "Default text model" })).toBeFocused();
    await field(page, "Name").focus();
    await expect(link(page, "Identity")).toHaveAttribute("aria-current", "location");
  });

  test("have no links beside them in a narrow window, and the form is 40rem wide at most", async ({ page }) => {
    await open(page, "/workspaces/compliance", "Compliance & Audit");
    const width = () => page.getByRole("form", { name: "Workspace settings" }).evaluate((form) => form.clientWidth);
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect.poll(width).toBe(640);
    await page.setViewportSize({ width: 800, height: 900 });
    await expect(sections(page)).toHaveCount(0);
    await expect.poll(width).toBe(640);
    await page.setViewportSize({ width: 320, height: 900 });
    // Without the width of a scroll bar.
    await expect.poll(width).toBeLessThanOrEqual(288);
    await takeShots(page, "settings-form");
  });
});

test("a changed field says so, to the eye and as its description, until it is saved", async ({ page }) => {
  await open(page, "/workspaces/compliance", "Compliance & Audit");
  const marks = page.getByRole("form").getByText("Changed", { exact: true });
  await expect(field(page, "Name")).toBeVisible();
  await expect(marks).toHaveCount(0);
  await field(page, "Description").fill("Ask legal.");
  await expect(field(page, "Description")).toHaveAccessibleDescription("Changed");
  await page.getByRole("switch", { name: "Broadcast" }).uncheck();
  await expect(page.getByRole("switch", { name: "Broadcast" })).toHaveAccessibleDescription(/ Changed$/);
  await page.getByRole("radio", { name: "All API keys" }).check();
  await expect(page.getByRole("group", { name: "Logged API keys" })).toHaveAccessibleDescription("Changed");
  await expect(marks).toHaveCount(3);
  await expectAccessible(page);
  await page.getByRole("switch", { name: "Broadcast" }).check();
  await expect(marks).toHaveCount(2);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expectSavedStatus(page);
  await expect(marks).toHaveCount(0);
});

test("what belongs to logging is shown only while it is on, with the rate as a percentage", async ({ page, sandbox }) => {
  await open(page, "/workspaces/compliance", "Compliance & Audit");
  const rate = field(page, "Sampling rate in percent");
  await expect(rate).toHaveValue("25");
  await rate.fill("a lot");
  await logging(page).uncheck();
  await expect(rate).toHaveCount(0);
  await expect(page.getByRole("group", { name: "Logged API keys" })).toHaveCount(0);
  await logging(page).check();
  await expect(rate).toHaveValue("a lot");
  await rate.fill("0.5");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expectSavedStatus(page);
  expect((await sandbox.requests("PATCH")).map((it) => it.request_body)).toEqual([{ io_logging_sampling_rate: 0.005 }]);
  // What is out of sight is left alone.
  await rate.fill("a lot");
  await logging(page).uncheck();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expectSavedStatus(page);
  const last = (await sandbox.requests("PATCH")).at(-1);
  expect(last?.request_body).toEqual({ is_observability_io_logging_enabled: false });
});

test("budgets are a link away", async ({ page }) => {
  await open(page, "/workspaces/interns", "Interns");
  await page.getByRole("region", { name: "Budgets" }).getByRole("link", { name: "Edit budgets" }).click();
  await expect(page).toHaveURL("/workspaces/interns/budgets");
});

test.describe("a new workspace", () => {
  test("asks for a name, a slug, a description and budgets, and for the rest on request", async ({ page }) => {
    await open(page, "/create-workspace", "Create workspace");
    await expect(page.getByRole("textbox")).toHaveCount(3);
    await expect(page.getByRole("button", { name: "Add monthly limit" })).toBeVisible();
    await expect(page.getByRole("combobox")).toHaveCount(0);
    await page.getByText("More options").click();
    await expect(page.getByRole("combobox", { name: "Default text model" })).toBeVisible();
    await expect(logging(page)).toBeVisible();
  });

  test("opens the other options where one of them has a problem", async ({ page }) => {
    await open(page, "/create-workspace", "Create workspace");
    await field(page, "Name").fill("Night Shift");
    const more = page.getByText("More options");
    await more.click();
    await page.getByRole("combobox", { name: "Default text model" }).fill("no such model");
    await more.click();
    await expect(page.getByRole("combobox")).toHaveCount(0);
    await page.getByRole("button", { name: "Create workspace" }).click();
    await expect(page.getByRole("combobox", { name: "Default text model" })).toBeFocused();
  });

  test("proposes a free slug in place of a taken one", async ({ page, sandbox }) => {
    await sandbox.call("POST", "/workspaces", { name: "Production 2", slug: "production-2" });
    await open(page, "/create-workspace", "Create workspace");
    await field(page, "Name").fill("Production");
    await field(page, "Name").press("Tab");
    await expect(page.getByText("Another workspace uses “production”")).toBeVisible();
    const use = page.getByRole("button", { name: "Use production-3" });
    await expect(use).toBeVisible();
    await expectAccessible(page);
    await use.focus();
    await page.keyboard.press("Enter");
    await expect(field(page, "Slug")).toHaveValue("production-3");
    await expect(field(page, "Slug")).toBeFocused();
    await expect(use).toHaveCount(0);
    await page.getByRole("button", { name: "Create workspace" }).click();
    await expect(heading(page, "Production")).toBeVisible();
    expect(await sandbox.workspace("production-3")).toMatchObject({ name: "Production" });
  });

  test("proposes another slug where the server knows that it is taken", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(400, /\/workspaces$/, "POST");
    await open(page, "/create-workspace", "Create workspace");
    await field(page, "Name").fill("Night Shift");
    await sandbox.call("POST", "/workspaces", { name: "Theirs", slug: "night-shift" });
    await page.getByRole("button", { name: "Create workspace" }).click();
    await page.getByRole("button", { name: "Use night-shift-2" }).click();
    await expect(field(page, "Slug")).toHaveValue("night-shift-2");
  });
});
