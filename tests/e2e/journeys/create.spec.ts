/** Creating a workspace: input, validation, and what reaches the database. */
import type { Page } from "@playwright/test";
import { escape, expect, expectNotice, expectRowVisible, field, heading, open, test } from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

const submit = (page: Page) => page.getByRole("button", { name: "Create workspace" });
const form = (page: Page) => page.getByRole("form", { name: "New workspace" });

/** Returns the text of a field's error. */
const problem = (page: Page, label: string) =>
  form(page)
    .locator(".field")
    .filter({ has: field(page, label) })
    .locator("[id$=-problem]");

test.beforeEach(async ({ page }) => open(page, "/create-workspace", "Create workspace"));

test("a name is enough; the workspace is shown, listed and in the activity", async ({ page, sandbox }) => {
  await field(page, "Name").fill("Night Shift");
  await expect(field(page, "Slug")).toHaveValue("night-shift");
  await submit(page).click();
  await expect(heading(page, "Night Shift")).toBeVisible();
  await expect(page).toHaveURL(/\/workspaces\/night-shift$/);
  await expectNotice(page, "Success: “Night Shift” was created");

  const [sent] = await sandbox.requests("POST");
  expect(sent?.status).toBe(201);
  expect(sent?.request_body).toEqual(expect.objectContaining({ name: "Night Shift", slug: "night-shift" }));
  const made = await sandbox.workspace("night-shift");
  expect(made).toMatchObject({
    name: "Night Shift",
    description: null,
    default_text_model: null,
    default_image_model: null,
    default_provider_sort: null,
    is_observability_io_logging_enabled: false,
    is_observability_broadcast_enabled: false,
    is_data_discount_logging_enabled: false,
    io_logging_sampling_rate: 1,
    io_logging_api_key_ids: null,
    disabled_server_tools: null,
  });

  await page.getByRole("link", { name: "Workspaces", exact: true }).first().click();
  await expectRowVisible(page.getByRole("table", { name: "Workspaces" }), { Name: "Night Shift", Slug: "night-shift" });
  await page.getByRole("link", { name: "Activity" }).click();
  const activity = page.getByRole("table", { name: "Activity" });
  await expectRowVisible(activity, { Action: "Created workspace Night Shift", State: "Done" });
});

test("every field reaches the database", async ({ page, sandbox }) => {
  await field(page, "Name").fill("Everything & More");
  await field(page, "Slug").fill("everything");
  await field(page, "Description").fill("Line one\nLine two");
  await page.getByText("More options").click();
  const textModel = page.getByRole("combobox", { name: "Default text model" });
  await textModel.fill("haiku");
  await expect(page.getByRole("option").first()).toContainText("haiku");
  await textModel.press("ArrowDown");
  const chosen = await page.getByRole("option", { selected: true }).locator("bdi").first().innerText();
  await textModel.press("Enter");
  await expect(textModel).toHaveValue(chosen);
  const imageModel = page.getByRole("combobox", { name: "Default image model" });
  await imageModel.fill("acme/paint-9000");
  await page.getByRole("combobox", { name: "Provider order" }).selectOption("throughput");
  await page.getByRole("switch", { name: "Private input and output logging" }).check();
  await field(page, "Sampling rate in percent").fill("12.5");
  await page.getByRole("radio", { name: "Only listed API keys" }).check();
  const keys = page.getByRole("combobox", { name: "Logged key IDs" });
  await keys.fill("12");
  await keys.press("Enter");
  await keys.pressSequentially("34,");
  await page.getByRole("switch", { name: "Broadcast" }).check();
  await page.getByRole("switch", { name: "Data discount logging" }).check();
  const tools = page.getByRole("combobox", { name: "Disabled server tools" });
  await tools.fill("web_search");
  await tools.press("ArrowDown");
  await tools.press("Enter");
  await tools.fill("acme:crystal_ball");
  await tools.press("Enter");
  await submit(page).click();
  await expect(heading(page, "Everything & More")).toBeVisible();

  const wanted = {
    name: "Everything & More",
    slug: "everything",
    description: "Line one\nLine two",
    default_text_model: chosen,
    default_image_model: "acme/paint-9000",
    default_provider_sort: "throughput",
    is_observability_io_logging_enabled: true,
    is_observability_broadcast_enabled: true,
    is_data_discount_logging_enabled: true,
    io_logging_sampling_rate: 0.125,
    io_logging_api_key_ids: [12, 34],
    disabled_server_tools: ["openrouter:web_search", "acme:crystal_ball"],
  };
  expect(await sandbox.workspace("everything")).toMatchObject(wanted);
  expect((await sandbox.requests("POST"))[0]?.request_body).toEqual(wanted);
});

test("the slug follows the name until it is edited, and again after it is emptied", async ({ page }) => {
  await field(page, "Name").fill("R&D — Zürich");
  await expect(field(page, "Slug")).toHaveValue("r-and-d-zuerich");
  await field(page, "Slug").fill("rnd");
  await field(page, "Name").fill("Research");
  await expect(field(page, "Slug")).toHaveValue("rnd");
  await field(page, "Slug").fill("");
  await field(page, "Name").fill("Research Two");
  await expect(field(page, "Slug")).toHaveValue("research-two");
});

test("field limits are shown while typing", async ({ page, sandbox }) => {
  const cases = [
    ["Name", "n".repeat(101), "Use at most 100 characters. This has 101", "n".repeat(100)],
    ["Slug", "Data_Lake", "Use only lowercase letters a–z, digits and hyphens", "data-lake"],
    ["Slug", "data--lake", "Use single hyphens, between letters or digits", "data-lake"],
    ["Slug", "d".repeat(51), "Use at most 50 characters", "d".repeat(50)],
    ["Description", "d".repeat(501), "Use at most 500 characters. This has 501", "d".repeat(500)],
    ["Sampling rate in percent", "150", "Use a rate from 0.01% to 100%. A rate of 100% logs every request", "50%"],
    ["Sampling rate in percent", "half", "Enter a percentage from 0.01 to 100, such as 25", "100"],
  ] as const;
  await page.getByText("More options").click();
  await page.getByRole("switch", { name: "Private input and output logging" }).check();
  for (const [label, bad, said, good] of cases) {
    await field(page, label).fill(bad);
    await expect(problem(page, label)).toHaveText(said);
    await expect(field(page, label)).toHaveAttribute("aria-invalid", "true");
    await expect(field(page, label)).toHaveAccessibleDescription(new RegExp(escape(said)));
    await field(page, label).fill(good);
    await expect(problem(page, label)).toHaveText("");
    await expect(field(page, label)).not.toHaveAttribute("aria-invalid");
  }
  await expect(page.getByText("100 / 100")).toBeVisible();
  await expect(page.getByText("500 / 500")).toBeVisible();
  expect(await sandbox.requests("POST")).toEqual([]);
});

test("an incomplete form sends nothing and moves the focus to its first error", async ({ page, sandbox }) => {
  await submit(page).click();
  await expect(problem(page, "Name")).toHaveText("Enter a name");
  await expect(problem(page, "Slug")).toHaveText("Enter a slug");
  await expect(field(page, "Name")).toBeFocused();
  await field(page, "Name").fill("研究");
  await submit(page).click();
  await expect(field(page, "Slug")).toBeFocused();
  await page.getByText("More options").click();
  await page.getByRole("switch", { name: "Private input and output logging" }).check();
  await page.getByRole("radio", { name: "Only listed API keys" }).check();
  await field(page, "Slug").fill("kenkyu");
  await submit(page).click();
  await expect(page.getByText("Add at least one key ID, or log all API keys")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Logged key IDs" })).toBeFocused();
  expect(await sandbox.requests("POST")).toEqual([]);
});

test("a taken slug is found in the list before anything is sent", async ({ page, sandbox }) => {
  await field(page, "Name").fill("Staging");
  await expect(problem(page, "Slug")).toHaveText("");
  await submit(page).click();
  await expect(problem(page, "Slug")).toHaveText("Another workspace uses “staging”");
  await expect(field(page, "Slug")).toBeFocused();
  expect(await sandbox.requests("POST")).toEqual([]);
});

test("a slug that someone else takes first is reported at its field, and the input is kept", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(400, /\/api\/v1\/workspaces$/, "POST");
  // The list must be loaded before someone else takes the slug. Otherwise it would contain the slug.
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
  await expect.poll(async () => (await sandbox.requests("GET")).some((it) => it.path === "/api/v1/workspaces" && it.status === 200)).toBe(true);
  await sandbox.call("POST", "/workspaces", { name: "Theirs", slug: "night-shift", description: "First" });
  await field(page, "Name").fill("Night Shift");
  await field(page, "Description").fill("Mine");
  await submit(page).click();
  await expect(problem(page, "Slug")).toContainText("already exists");
  await expect(field(page, "Slug")).toBeFocused();
  await expect(field(page, "Description")).toHaveValue("Mine");
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);

  await field(page, "Slug").fill("night-shift-2");
  await expect(problem(page, "Slug")).toHaveText("");
  await submit(page).click();
  await expect(heading(page, "Night Shift")).toBeVisible();
  expect(await sandbox.workspace("night-shift")).toMatchObject({ name: "Theirs", description: "First" });
  expect(await sandbox.workspace("night-shift-2")).toMatchObject({ name: "Night Shift", description: "Mine" });
});

test("pressing several times quickly sends one request", async ({ page, sandbox }) => {
  await sandbox.fault({ method: "POST", path: "/workspaces", delay_ms: 400, answer: { kind: "pass" } });
  await field(page, "Name").fill("Once");
  await field(page, "Name").press("Enter");
  await submit(page).dblclick();
  await field(page, "Name").press("Enter");
  await expect(heading(page, "Once")).toBeVisible();
  expect(await sandbox.requests("POST")).toHaveLength(1);
});

test("if the models cannot be listed, a model can still be typed", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, /\/models/, "GET");
  await sandbox.fault({ method: "GET", path: "/models", times: 2, answer: { kind: "status", status: 500 } });
  await page.reload();
  await page.getByText("More options").click();
  await expect(page.getByText("Couldn’t load the list of models").first()).toBeVisible();
  await field(page, "Name").fill("Without list");
  await page.getByRole("combobox", { name: "Default text model" }).fill("acme/one");
  await submit(page).click();
  await expect(heading(page, "Without list")).toBeVisible();
  expect((await sandbox.workspace("without-list")).default_text_model).toBe("acme/one");
});

test("a refusal keeps the form and says that nothing was changed", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(403, /\/workspaces$/, "POST");
  await sandbox.fault({
    method: "POST",
    path: "/workspaces",
    answer: { kind: "status", status: 403, message: "Your plan allows 12 workspaces" },
  });
  await field(page, "Name").fill("Thirteenth");
  await submit(page).click();
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("Couldn’t create the workspace");
  await expect(alert).toContainText("Your plan allows 12 workspaces. Nothing was changed.");
  await expect(field(page, "Name")).toHaveValue("Thirteenth");
  await submit(page).click();
  await expect(heading(page, "Thirteenth")).toBeVisible();
});
