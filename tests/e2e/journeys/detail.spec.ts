/** The page of one workspace: lookup, display and editing. */
import type { Page } from "@playwright/test";
import {
  clipboardText,
  copyFromMenu,
  expect,
  expectNothingUnsaved,
    expectRowVisible,
  expectSavedStatus,
  field,
  heading,
  open,
  test,
} from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

const save = (page: Page) => page.getByRole("button", { name: "Save changes" });

/** Saves and waits until it is done. */
async function saveAndWait(page: Page): Promise<void> {
  await save(page).click();
  await expectSavedStatus(page);
}

test("is found by slug and by UUID, and shows its data", async ({ page, sandbox }) => {
  const { id, created_by, created_at } = await sandbox.workspace("compliance");
  for (const address of ["/workspaces/compliance", `/workspaces/${id}`]) {
    await open(page, address, "Compliance & Audit");
    await expect(page).toHaveTitle("Settings · Compliance & Audit · Workspace Console");
    await expect(page.getByRole("main")).not.toContainText(String(id));
    const creator = (await sandbox.db()).people.find((person) => person.id === created_by);
    await expect(page.getByRole("main")).toContainText(`by ${creator?.first_name} ${creator?.last_name}`);
    await expect(page.locator("time").first()).toHaveAttribute("datetime", String(created_at));
    await expect(field(page, "Name")).toHaveValue("Compliance & Audit");
    await expect(field(page, "Slug")).toHaveValue("compliance");
    await expect(field(page, "Description")).toHaveValue(/^Logged, sampled and reviewed/);
    await expect(page.getByRole("combobox", { name: "Default text model" })).toHaveValue("anthropic/claude-sonnet-4.5");
    await expect(page.getByRole("combobox", { name: "Default image model" })).toHaveValue("google/gemini-2.5-flash-image");
    await expect(page.getByRole("combobox", { name: "Provider order" })).toHaveValue("latency");
    await expect(page.getByRole("switch", { name: "Private input and output logging" })).toBeChecked();
    await expect(field(page, "Sampling rate in percent")).toHaveValue("25");
    await expect(page.getByRole("radio", { name: "Only listed API keys" })).toBeChecked();
    for (const token of ["104211", "104377", "118002", "openrouter:web_search", "openrouter:bash"]) {
      await expect(page.getByRole("button", { name: `Remove ${token}` })).toBeVisible();
    }
    await expect(page.getByRole("switch", { name: "Broadcast" })).toBeChecked();
    await expect(page.getByRole("switch", { name: "Data discount logging" })).toBeChecked();
  }
});

test("slug and ID can be copied", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/workspaces/interns", "Interns");
  const { id } = await sandbox.workspace("interns");
  await copyFromMenu(page, "Interns", "Copy ID");
  await expect(page.getByText("Copied")).toBeVisible();
  expect(await clipboardText(page)).toBe(id);
});

test("an unknown workspace shows a message with a way on", async ({ page, expectedFailures }) => {
  expectedFailures.allow(404, /\/workspaces\/nowhere$/, "GET");
  await open(page, "/workspaces/nowhere", "nowhere");
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("Couldn’t load the workspace");
  await expect(alert).toContainText("Workspace \"nowhere\" not found. It may have been deleted");
  await expect(page.getByRole("form")).toHaveCount(0);
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Workspaces" }).click();
  await expect(heading(page, "Workspaces")).toBeVisible();
});

test("a URL cannot reach another path of the API", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(404, /\/workspaces\/[^/]*%2F/, "GET");
  for (const [segment, title] of [
    ["%252e%252e", /^(Page not found|Workspaces)$/],
    ["%2e%2e%2fkeys", /^\.\.\/keys$/],
    ["research%2fbudgets", /^research\/budgets$/],
  ] as const) {
    await page.goto(`/workspaces/${segment}`);
    await expect(page.getByRole("heading", { name: title, level: 1 })).toBeVisible();
  }
  // Every name stayed one path segment below the workspaces.
  await expect(page.getByRole("main").getByRole("alert")).toContainText("not found");
  const paths = (await sandbox.log()).map((it) => it.path.replace("/api/v1", ""));
  expect(paths.filter((path) => !/^\/(key|workspaces|workspaces\/[^/]+)$/.test(path))).toEqual([]);
});

test("a failed load can be retried", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, /\/workspaces\/research$/, "GET");
  await sandbox.fault({ method: "GET", path: "/workspaces/research", answer: { kind: "status", status: 500 } });
  await page.goto("/workspaces/research");
  await page.getByRole("alert").getByRole("button", { name: "Try again" }).click();
  await expect(field(page, "Name")).toHaveValue("Research");
});

test("without changes there is no bar", async ({ page, sandbox }) => {
  await open(page, "/workspaces/interns", "Interns");
  await expectNothingUnsaved(page);
  await expect(save(page)).toHaveCount(0);
  await field(page, "Name").press("Enter");
  await field(page, "Description").fill("x");
  await expect(save(page)).not.toHaveAttribute("aria-disabled");
  await field(page, "Description").fill("");
  await expect(save(page)).toHaveCount(0);
  await field(page, "Name").fill("Else");
  await page.getByRole("button", { name: "Discard changes" }).click();
  await expect(field(page, "Name")).toHaveValue("Interns");
  await expect(save(page)).toHaveCount(0);
  await expect(heading(page, "Interns")).toBeFocused();
  expect(await sandbox.requests("PATCH")).toEqual([]);
});

test("only changed fields are sent", async ({ page, sandbox }) => {
  await open(page, "/workspaces/compliance", "Compliance & Audit");
  const before = await sandbox.workspace("compliance");
  await field(page, "Description").fill("Ask legal.");
  await page.getByRole("switch", { name: "Broadcast" }).uncheck();
  await field(page, "Sampling rate in percent").fill("30");
  await page.getByRole("button", { name: "Remove 104377" }).click();
  await saveAndWait(page);
  const changes = {
    description: "Ask legal.",
    is_observability_broadcast_enabled: false,
    io_logging_sampling_rate: 0.3,
    io_logging_api_key_ids: [104211, 118002],
  };
  const sent = await sandbox.requests("PATCH");
  expect(sent.map((it) => it.request_body)).toEqual([changes]);
  const { updated_at, ...after } = await sandbox.workspace("compliance");
  expect({ ...after, updated_at: before.updated_at }).toEqual({ ...before, ...changes });
  expect(String(updated_at) > String(before.updated_at)).toBe(true);
  await expect(save(page)).toHaveAttribute("aria-disabled", "true");
});

test("clearing a field sends null", async ({ page, sandbox }) => {
  await open(page, "/workspaces/compliance", "Compliance & Audit");
  await field(page, "Description").fill("");
  await page.getByRole("combobox", { name: "Default text model" }).fill("");
  await page.getByRole("combobox", { name: "Default image model" }).fill("");
  await page.getByRole("combobox", { name: "Provider order" }).selectOption("");
  await page.getByRole("radio", { name: "All API keys" }).check();
  for (const token of ["openrouter:web_search", "openrouter:bash"]) {
    await page.getByRole("button", { name: `Remove ${token}` }).click();
  }
  await saveAndWait(page);
  const nothing = {
    description: null,
    default_text_model: null,
    default_image_model: null,
    default_provider_sort: null,
    io_logging_api_key_ids: null,
    disabled_server_tools: null,
  };
  expect((await sandbox.requests("PATCH")).map((it) => it.request_body)).toEqual([nothing]);
  expect(await sandbox.workspace("compliance")).toMatchObject(nothing);
});

test("a rate cannot be cleared, and the field says so", async ({ page, sandbox }) => {
  await open(page, "/workspaces/compliance", "Compliance & Audit");
  await field(page, "Sampling rate in percent").fill("");
  await expect(page.getByText("You can’t clear the rate. Change it, or keep 25%")).toBeVisible();
  await save(page).click();
  await expect(field(page, "Sampling rate in percent")).toBeFocused();
  expect(await sandbox.requests("PATCH")).toEqual([]);
});

test("a new slug changes the URL, and the old one no longer exists", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(404, /\/workspaces\/interns$/, "GET");
  await page.goto("/");
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await expect(heading(page, "Interns")).toBeVisible();
  await field(page, "Name").fill("Trainees");
  await field(page, "Slug").fill("trainees");
  await saveAndWait(page);
  await expect(page).toHaveURL(/\/workspaces\/trainees$/);
  await expect(heading(page, "Trainees")).toBeVisible();
  await expect(page).toHaveTitle("Settings · Trainees · Workspace Console");
  expect((await sandbox.requests("PATCH"))[0]?.request_body).toEqual({ name: "Trainees", slug: "trainees" });
  await page.reload();
  await expect(heading(page, "Trainees")).toBeVisible();
  await page.goBack();
  await expectRowVisible(page.getByRole("table", { name: "Workspaces" }), { Name: "Trainees", Slug: "trainees" });
  await page.goto("/workspaces/interns");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("not found");
});

test("the default workspace keeps its slug", async ({ page, sandbox }) => {
  await open(page, "/workspaces/default", "Default Workspace");
  await field(page, "Slug").fill("renamed");
  await expect(page.getByText("You can’t change the slug of the default workspace")).toBeVisible();
  await field(page, "Slug").fill("default");
  await field(page, "Name").fill("Everybody");
  await saveAndWait(page);
  expect(await sandbox.workspace("default")).toMatchObject({ name: "Everybody" });
});

test("a slug of another workspace is refused at its field", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(400, /\/workspaces\/[0-9a-f-]{36}$/, "PATCH");
  await open(page, "/workspaces/interns", "Interns");
  await page.getByRole("link", { name: "Workspaces", exact: true }).first().click();
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await field(page, "Slug").fill("staging");
  await expect(page.getByText("Another workspace uses “staging”")).toBeVisible();
  await sandbox.call("POST", "/workspaces", { name: "Theirs", slug: "trainees" });
  await field(page, "Slug").fill("trainees");
  await save(page).click();
  await expect(page.getByText("A workspace with slug \"trainees\" already exists")).toBeVisible();
  await expect(field(page, "Slug")).toBeFocused();
  expect((await sandbox.requests("PATCH")).map((it) => it.status)).toEqual([400]);
});

test("leaving with unsaved changes asks first, and a reload keeps them", async ({ page }) => {
  page.on("dialog", (dialog) => void dialog.accept());
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Description").fill("Half a thought");
  await page.getByRole("link", { name: "Activity" }).click();
  await page.getByRole("button", { name: "Keep editing" }).click();
  await expect(field(page, "Description")).toHaveValue("Half a thought");
  await page.reload();
  await expect(page.getByText("We restored your unsaved changes")).toBeVisible();
  await expect(field(page, "Description")).toHaveValue("Half a thought");
  await page.getByRole("button", { name: "Discard restored changes" }).click();
  await expect(field(page, "Description")).toHaveValue("");
  await page.getByRole("link", { name: "Activity" }).click();
  await expect(heading(page, "Activity")).toBeVisible();
});

test("edits during a save are kept", async ({ page, sandbox }) => {
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Description").fill("First");
  await sandbox.fault({ method: "PATCH", path: "/workspaces/", delay_ms: 500, answer: { kind: "pass" } });
  await save(page).click();
  await field(page, "Name").fill("Interns 2");
  await expect(page.getByRole("status").filter({ hasText: "1 unsaved change" })).toBeVisible();
  await expect(field(page, "Name")).toHaveValue("Interns 2");
  await saveAndWait(page);
  const sent = (await sandbox.requests("PATCH")).map((it) => it.request_body);
  expect(sent).toEqual([{ description: "First" }, { name: "Interns 2" }]);
});
