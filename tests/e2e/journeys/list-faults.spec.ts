/** The list of workspaces when it is almost empty, or when the API fails. */
import type { Page } from "@playwright/test";
import { expect, heading, open, test } from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

const table = (page: Page) => page.getByRole("table", { name: "Workspaces" });
const names = (page: Page) => table(page).getByRole("link");
const listing = /\/api\/v1\/workspaces\?/;

test("an organization with only its default workspace", async ({ page, sandbox }) => {
  await sandbox.reset({ auth: "proxy", seed: "empty" });
  await open(page, "/", "Workspaces");
  await expect(names(page)).toHaveText(["Default Workspace"]);
  await expect(page.getByRole("main").getByRole("status").first()).toHaveText("1 workspace");
});

test("an organization without workspaces shows how to begin", async ({ page, sandbox }) => {
  const body = JSON.stringify({ data: [], total_count: 0 });
  const answer = { kind: "status", status: 200, body, content_type: "application/json" } as const;
  await sandbox.fault({ method: "GET", path: "/workspaces?", answer });
  await open(page, "/", "Workspaces");
  await expect(page.getByText("No workspaces yet")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Create workspace" }).last().click();
  await expect(heading(page, "Create workspace")).toBeVisible();
});

test("a first page that keeps failing is reported, and a retry shows the list", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(503, listing, "GET");
  await sandbox.fault({
    method: "GET",
    path: "/workspaces?",
    times: 3,
    answer: { kind: "status", status: 503, message: "Upstream is down" },
  });
  await open(page, "/", "Workspaces");
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("Couldn’t load the workspaces");
  await expect(alert).toContainText("Upstream is down");
  await alert.getByText("Technical details").click();
  await expect(alert).toContainText("operation: workspaces.list");
  expect(await sandbox.requests("GET").then((all) => all.filter((it) => it.status === 503))).toHaveLength(3);
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(names(page)).toHaveCount(12);
  await expect(alert).toHaveCount(0);
});

test("500 is not retried automatically", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, listing, "GET");
  await sandbox.fault({ method: "GET", path: "/workspaces?", times: 3, answer: { kind: "status", status: 500 } });
  await open(page, "/", "Workspaces");
  const again = page.getByRole("alert").getByRole("button", { name: "Try again" });
  for (let failures = 1; failures <= 3; failures += 1) {
    await expect(again).toBeVisible();
    await expect.poll(async () => (await sandbox.requests("GET")).filter((it) => it.status === 500).length).toBe(failures);
    await again.click();
  }
  await expect(names(page)).toHaveCount(12);
});

test("a proxy's error page is recognized as such", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(502, listing, "GET");
  const body = "<html><title>502 Bad Gateway</title><h1>Bad Gateway</h1></html>";
  const answer = { kind: "status", status: 502, body, content_type: "text/html" } as const;
  await sandbox.fault({ method: "GET", path: "/workspaces?", times: 3, answer });
  await open(page, "/", "Workspaces");
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("502");
  await expect(alert).not.toContainText("<html>");
});

test("a truncated response is requested again", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow("network", listing, "GET");
  await sandbox.fault({ method: "GET", path: "/workspaces?", answer: { kind: "truncate" } });
  await open(page, "/", "Workspaces");
  await expect(names(page)).toHaveCount(12);
});

test("a failed later page keeps the loaded rows", async ({ page, sandbox, expectedFailures }) => {
  await sandbox.reset({ auth: "proxy", seed: "scale", workspaces: 250, people: 30, members: 10 });
  expectedFailures.allow(503, /offset=200/, "GET");
  await sandbox.fault({ method: "GET", path: "offset=200", times: 3, answer: { kind: "status", status: 503 } });
  await open(page, "/", "Workspaces");
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("The list may be incomplete or out of date");
  await expect(table(page)).toHaveAttribute("aria-rowcount", "201");
  await expect(names(page).first()).toBeVisible();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(table(page)).toHaveAttribute("aria-rowcount", "251");
  await expect(alert).toHaveCount(0);
});

test("an unreadable row is reported, and the other rows are shown", async ({ page, sandbox }) => {
  const { workspaces } = await sandbox.db();
  const broken = workspaces.map((row) => (row.slug === "staging" ? { ...row, slug: 42 } : row));
  const odd = broken.map((row) => (row.slug === "interns" ? { ...row, default_provider_sort: "karma", mood: {} } : row));
  const body = JSON.stringify({ data: odd, total_count: odd.length });
  const answer = { kind: "status", status: 200, body, content_type: "application/json" } as const;
  await sandbox.fault({ method: "GET", path: "/workspaces?", answer });
  await open(page, "/", "Workspaces");
  await expect(names(page)).toHaveCount(11);
  await expect(page.getByRole("link", { name: "Interns", exact: true })).toBeVisible();
  const banner = page.getByRole("status").filter({ hasText: "Couldn’t load 1 workspace" });
  await banner.getByText("Technical details").click();
  await expect(banner).toContainText(String(workspaces.find((row) => row.slug === "staging")?.id));
});

test("a list without optional fields is accepted", async ({ page, sandbox }) => {
  const { workspaces } = await sandbox.db();
  const bare = workspaces.map(({ id, name, slug }) => ({ id, name, slug }));
  const body = JSON.stringify({ data: bare, total_count: bare.length });
  const answer = { kind: "status", status: 200, body, content_type: "application/json" } as const;
  await sandbox.fault({ method: "GET", path: "/workspaces?", answer });
  await open(page, "/", "Workspaces");
  await expect(names(page)).toHaveCount(12);
});

test("429 with a short wait recovers automatically", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(429, listing, "GET");
  await sandbox.fault({
    method: "GET",
    path: "/workspaces?",
    answer: { kind: "status", status: 429, retry_after: 1 },
  });
  await open(page, "/", "Workspaces");
  await expect(names(page)).toHaveCount(12);
  const listRequests = (await sandbox.requests("GET")).filter((it) => it.path === "/api/v1/workspaces");
  expect(listRequests.map((it) => it.status)).toEqual([429, 200]);
  const [first, second] = listRequests.map((it) => Date.parse(it.at));
  expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(990);
});

test("429 with a long wait counts down before it can be retried", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(429, listing, "GET");
  await sandbox.fault({
    method: "GET",
    path: "/workspaces?",
    answer: { kind: "status", status: 429, retry_after: 120 },
  });
  await open(page, "/", "Workspaces");
  const alert = page.getByRole("main").getByRole("alert");
  const again = alert.getByRole("button", { name: "Try again" });
  await expect(alert).toContainText(/The API asks you to wait: (2 min 0 s|1 min 5\d s) left/);
  await expect(alert).toContainText("1 min 58 s left");
  await expect(again).toHaveAttribute("aria-disabled", "true");
  // No waiting for the button to be enabled: it is disabled on purpose, and a press must do nothing.
  await again.click({ force: true });
  expect((await sandbox.requests("GET")).filter((it) => it.path === "/api/v1/workspaces")).toHaveLength(1);
});
