/** Workspaces as a file: exports in every format, problems in a file, and the plan of an import. */
import { readFile } from "node:fs/promises";
import { expect, expectAccessible, open, takeShots, test } from "../fixtures.ts";
import { choose, expectPlan, exportAs, openFiles, paste, plan, teams } from "../support/files.ts";
import { parseCsv } from "../support/members.ts";

test.use({ organization: { auth: "proxy" } });

test("what was exported changes nothing when it is imported", async ({ page, sandbox }) => {
  await openFiles(page);
  const { workspaces } = await sandbox.db();
  for (const format of ["yaml", "json"]) {
    const { name, text } = await exportAs(page, format);
    expect(name).toMatch(new RegExp(`^workspaces-.*\\.${format}$`));
    expect(text).not.toContain("sk-or-");
    await choose(page, name, text);
    await expectPlan(page, `${workspaces.length} unchanged`);
    await expect(plan(page).getByText("No changes", { exact: true })).toBeVisible();
  }
  const { text } = await exportAs(page, "workspaces");
  expect(parseCsv(text)).toHaveLength(workspaces.length + 1);
  await choose(page, "workspaces.csv", text);
  await expectPlan(page, `${workspaces.length} unchanged`);
});

test("memberships are rows, and HCL has resources with imports", async ({ page, sandbox }) => {
  await openFiles(page);
  const { text } = await exportAs(page, "memberships");
  const { members, workspaces } = await sandbox.db();
  const standard = workspaces.find((row) => row.slug === "default");
  const explicit = members.filter((row) => row.workspace_id !== standard?.id);
  expect(parseCsv(text)).toHaveLength(explicit.length + 1);
  const hcl = await exportAs(page, "hcl");
  expect(hcl.name).toMatch(/\.tf$/);
  const { id } = await sandbox.workspace("interns");
  expect(hcl.text).toContain('resource "openrouter_workspace" "interns" {');
  expect(hcl.text).toContain(`import {\n  to = openrouter_workspace.interns\n  id = "${id}"\n}`);
  expect(hcl.text.match(/resource "openrouter_workspace_member"/g)).toHaveLength(explicit.length);
});

test("only selected workspaces are exported, and API keys without their secrets if asked for", async ({ page, sandbox }) => {
  await openFiles(page);
  await page.getByText("All workspaces", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Select Interns", exact: true }).check();
  await page.getByRole("checkbox", { name: /^Names of API keys/ }).check();
  const { text } = await exportAs(page, "json");
  const file = JSON.parse(text) as { version: number; workspaces: { slug: string; keys: { hash: string }[] }[] };
  expect([file.version, file.workspaces.map((it) => it.slug)]).toEqual([1, ["interns"]]);
  const { id } = await sandbox.workspace("interns");
  const keys = (await sandbox.db()).keys.filter((row) => row.workspace_id === id);
  expect(file.workspaces[0]?.keys.map((key) => key.hash).sort()).toEqual(keys.map((row) => String(row.hash)).sort());
  expect(text).not.toMatch(/sk-or-|label/);
});

test("a problem names its line, its column and what is expected", async ({ page, sandbox }) => {
  await openFiles(page);
  await paste(page, "version: 1\nworkspaces:\n  - slug: interns\n    budget:\n      daily: many\n");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("1 problem in the file");
  await expect(alert).toContainText("Line 5, column 14: Expected an amount above 0 such as 500 or 29.99, or null for no limit. Found text");
  await expect(plan(page)).toHaveCount(0);
  await paste(page, "Name,Monthly\nTeam,1\nOther,x\n");
  await expect(alert).toContainText("Line 3, column 2: Expected an amount such as 500");
  expect((await sandbox.log()).every((request) => request.method === "GET")).toBe(true);
});

test("a template is a file to start from, and gives way to what is typed", async ({ page, sandbox }) => {
  await openFiles(page);
  const templates = page.getByRole("group", { name: "Templates" });
  await templates.getByRole("button", { name: "Start from the template Interns" }).click();
  await expectPlan(page, "1 to create");
  await expect(plan(page)).toContainText("Create the workspace “New interns”");
  await expect(templates).toHaveCount(0);
  await paste(page, "");
  await expect(templates).toBeVisible();
  expect((await sandbox.log()).every((request) => request.method === "GET")).toBe(true);
});

test("a chosen file is read, and the plan can be downloaded", async ({ page }) => {
  await openFiles(page);
  await choose(page, "teams.csv", teams(3));
  await expect(page.getByText("CSV with 3 workspaces", { exact: true })).toBeVisible();
  await expectPlan(page, "3 to create");
  const coming = page.waitForEvent("download");
  await plan(page).getByRole("button", { name: "Download plan" }).click();
  const text = await readFile(await (await coming).path(), "utf8");
  expect(text).toContain("+ Team 2 (team-2)\n    Create the workspace “Team 2”\n");
  expect(text).toContain("    Limits: add monthly $200.00, then add daily $20.00\n");
});

test("conflicts are found before anything is sent, and a part can be left out", async ({ page, sandbox }) => {
  await sandbox.call("PUT", "/workspaces/hackathon/budgets/monthly", { limit_usd: 500 });
  await openFiles(page);
  const file = {
    version: 1,
    workspaces: [
      { slug: "interns", description: "New", members: ["ghost@example.com"] },
      { slug: "hackathon", budget: { lifetime: null, monthly: 900, weekly: null, daily: 1000 } },
      { slug: "Not a slug", name: "Other" },
    ],
    delete: ["default"],
  };
  await paste(page, JSON.stringify(file, null, 2));
  await expectPlan(page, "1 to change · 2 blocked");
  const row = (name: string) => plan(page).getByRole("listitem").filter({ has: page.getByRole("heading", { name }) });
  await expect(row("Interns")).toContainText("ghost@example.com is not in the organization (line 8)");
  await expect(row("Hackathon")).toContainText("The monthly limit ($900.00) must be above the daily limit ($1,000.00)");
  await expect(row("Other")).toContainText("Slug: Use only lowercase letters");
  await expect(plan(page)).toContainText("The default workspace can’t be deleted by a file");
  await expect(row("Interns")).toContainText("Description: ");
  await row("Interns").getByRole("checkbox").uncheck();
  const apply = plan(page).getByRole("button", { name: "Apply changes…" });
  await expect(apply).toHaveAttribute("aria-disabled", "true");
});

test.describe("screens", () => {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`the plan is accessible in the ${colorScheme} theme`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await openFiles(page);
      await expectAccessible(page);
      await paste(page, `${teams(2)}\nInterns,,5`);
      await expect(plan(page).getByText("New", { exact: true })).toHaveCount(2);
      await expectAccessible(page);
      await takeShots(page, `files-${colorScheme}`);
      await page.getByRole("button", { name: /^Apply \d+ changes…$/ }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page);
      await takeShots(page, `files-apply-${colorScheme}`);
    });
  }

  test("nothing is wider than a narrow window", async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await openFiles(page);
    await paste(page, `slug,name,description,monthly\n${"long-".repeat(9)}slug,${"Name".repeat(24)},${"word".repeat(90)},5`);
    await expectPlan(page, "1 to create");
    const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await expect.poll(wider).toBeLessThanOrEqual(0);
  });
});

test("the side bar links to the page", async ({ page }) => {
  await open(page, "/", "Workspaces");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Import and export" }).click();
  await expect(page.getByRole("heading", { name: "Import and export", level: 1 })).toBeFocused();
});
