/** The page of all budgets: loading, filters, sorting and export. */
import { readFile } from "node:fs/promises";
import { expect, expectRowVisible, heading, limitButton, open, rowWith, test } from "../fixtures.ts";
import { skipAtStartOfMonth } from "../support/budgets.ts";
import { names, openOverview, raiseAllLimits, setLimit, table, waitUntilLoaded } from "../support/overview.ts";

test.use({ organization: { auth: "proxy" } });

const exactName = (name: string) => ({ name, exact: true });

test("the table shows limits and their usage, highest usage first", async ({ page, sandbox }) => {
  await setLimit(sandbox, "hackathon", "lifetime", 0.01);
  await openOverview(page);
  await expectRowVisible(table(page), { Workspace: /Production/, Lifetime: /\$1,500,000/, Daily: /\$2,500/ });
  await expectRowVisible(table(page), { Workspace: /Hackathon/, "Most used": /^Over lifetime/, Lifetime: /\$0\.01/ });
  await expectRowVisible(table(page), { Workspace: /Interns/, "Most used": "No budget", Monthly: "—" });
  const order = await names(page);
  expect(order[0]).toBe("Hackathon");
  expect(order.slice(-2)).toEqual(["Interns", "Mobile Apps"]);

  // The percentage is spend divided by limit, rounded down to a whole percent.
  const { id } = await sandbox.workspace("production");
  const { keys } = await sandbox.db();
  const own = keys.filter((key) => key.workspace_id === id);
  const spent = own.reduce((sum, key) => sum + Number(key.usage) + Number(key.byok_usage), 0);
  const percent = `${Math.floor((spent / 1_500_000) * 100)}%`;
  await expectRowVisible(table(page), { Workspace: /Production/, Lifetime: new RegExp(percent) });
});

test("a name links to the budgets of its workspace", async ({ page }) => {
  await openOverview(page);
  await table(page).getByRole("link", { name: "Interns" }).click();
  await expect(heading(page, "Interns")).toBeVisible();
  await expect(page).toHaveURL(/\/workspaces\/interns\/budgets$/);
  await expect(limitButton(page, "monthly", "Add")).toBeVisible();
});

test("filters are in the URL, and Back undoes them", async ({ page, sandbox }) => {
  await raiseAllLimits(sandbox);
  await setLimit(sandbox, "hackathon", "lifetime", 0.01);
  await openOverview(page);
  await page.getByRole("radio", exactName("Over budget")).check();
  await expect(page).toHaveURL(/\/budgets\?show=over$/);
  await expect(table(page).getByRole("row")).toHaveCount(2);
  expect(await names(page)).toEqual(["Hackathon"]);
  await page.getByRole("radio", exactName("No budget")).check();
  await expect(page).toHaveURL(/show=none/);
  await expect.poll(() => names(page)).toEqual(["Interns", "Mobile Apps"]);
  await page.goBack();
  await expect.poll(() => names(page)).toEqual(["Hackathon"]);
  await expect(page.getByRole("radio", exactName("Over budget"))).toBeChecked();
  await page.reload();
  await expect.poll(() => names(page)).toEqual(["Hackathon"]);
  await page.getByRole("radio", exactName("Over 80%")).check();
  await expect(page).toHaveURL(/show=near/);
  await expect.poll(() => names(page)).toEqual(["Hackathon"]);
});

test("search and sort order are in the URL", async ({ page }) => {
  await openOverview(page);
  await page.getByRole("button", { name: "Workspace", exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole("columnheader", { name: "Workspace" })).toHaveAttribute("aria-sort", "ascending");
  const sorted = await names(page);
  expect(sorted).toEqual([...sorted].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase())));
  await page.getByRole("button", { name: "Weekly", exact: true }).click();
  await expect(page).toHaveURL(/sort=weekly/);
  await expect(page.getByRole("columnheader", { name: "Weekly" })).toHaveAttribute("aria-sort", "descending");
  await page.getByRole("searchbox", { name: "Search workspaces" }).fill("muenchen");
  await expect(page).toHaveURL(/q=muenchen&sort=weekly/);
  await expect.poll(() => names(page)).toEqual(["Marketing München"]);
  await page.reload();
  await expect.poll(() => names(page)).toEqual(["Marketing München"]);
  await page.getByRole("searchbox", { name: "Search workspaces" }).fill("nothing like it");
  await expect(page.getByText("No matching workspaces")).toBeVisible();
});

test("hundreds of workspaces load with at most six concurrent requests, visible rows first", async ({
  page,
  sandbox,
}) => {
  // Without spend the first rows are those of any workspaces, also of those without a budget.
  skipAtStartOfMonth();
  await sandbox.reset({ auth: "proxy", seed: "scale", workspaces: 300, people: 30, members: 10, latency_ms: 20 });
  let open = 0;
  let most = 0;
  const isBudgetRead = (url: string) => /\/budgets$|\/keys\?/.test(url);
  page.on("request", (request) => {
    if (isBudgetRead(request.url())) most = Math.max(most, ++open);
  });
  const ended = (url: string) => {
    if (isBudgetRead(url)) open -= 1;
  };
  page.on("requestfinished", (request) => ended(request.url()));
  page.on("requestfailed", (request) => ended(request.url()));
  await page.goto("/budgets");
  await expect(page.getByRole("status").filter({ hasText: /workspaces, \d+ loaded/ })).toBeVisible();
  await expect(table(page).locator(".use").first()).toBeVisible();
  await waitUntilLoaded(page);
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(6);
});

test("budgets that cannot be loaded show an error and a retry", async ({ page, sandbox, expectedFailures }) => {
  const { id } = await sandbox.workspace("production");
  expectedFailures.allow(500, new RegExp(`/workspaces/${id}/budgets$`), "GET");
  await sandbox.fault({ method: "GET", path: `/workspaces/${id}/budgets`, answer: { kind: "status", status: 500 } });
  await openOverview(page);
  await expectRowVisible(table(page), { Workspace: /Production/, "Most used": "Not loaded" });
  await expect(page.getByText("Couldn’t load the budgets of 1 workspace")).toBeVisible();
  await page.getByRole("button", { name: "Refresh" }).last().click();
  await expectRowVisible(table(page), { Workspace: /Production/, Monthly: /\$42,000/ });
  await expect(page.getByText("Couldn’t load")).toHaveCount(0);
});

test("the limits stay on the page if the spend cannot be loaded", async ({ page, sandbox, expectedFailures }) => {
  const { id } = await sandbox.workspace("production");
  expectedFailures.allow(403, /\/keys\?/, "GET");
  await sandbox.fault({ method: "GET", path: `/keys?workspace_id=${id}`, answer: { kind: "status", status: 403 } });
  await openOverview(page);
  await expectRowVisible(table(page), {
    Workspace: /Production/,
    "Most used": "Spend unknown",
    Monthly: "$42,000",
  });
});

test("the shown rows can be exported as CSV, without formulas", async ({ page, sandbox }) => {
  await sandbox.call("PATCH", "/workspaces/interns", { name: '=HYPERLINK("http://x","y"), Inc.' });
  await setLimit(sandbox, "interns", "monthly", 10.5);
  await openOverview(page, "/budgets?sort=name");
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/^budgets-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await file.path(), "utf8")).split("\r\n");
  expect(lines).toHaveLength(14);
  expect(lines.at(-1)).toBe("");
  const columns = (interval: string) =>
    ["limit_usd", "spent_usd", "spent_by", "spent_by_keys_usd"].map((it) => `${interval}_${it}`).join(",");
  // Excel reads UTF-8 only after a byte order mark.
  expect(lines[0]).toBe(
    `\uFEFFworkspace,slug,id,byok_counts,${columns("lifetime")},${columns("monthly")},${columns("weekly")},${columns("daily")},` +
      "spent_as_of,forecast,note",
  );
  const { id } = await sandbox.workspace("interns");
  expect(lines[1]).toMatch(new RegExp(`^"'=HYPERLINK\\(""http://x"",""y""\\), Inc\\.",interns,${id},no,,[^,]*,[^,]*,[^,]*,10\\.5,`));
  expect(lines.find((line) => line.startsWith("Production,"))).toMatch(/,2500\.50,[\d.]+,API records,[\d.]+,[^,]+,[^,]*,$/);
  expect(lines.find((line) => line.startsWith("Mobile Apps,"))).toMatch(/,no budget$/);

  await page.getByRole("checkbox", { name: "Select Production", exact: true }).check();
  const again = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  expect((await readFile(await (await again).path(), "utf8")).split("\r\n")).toHaveLength(3);
});

test("an early export waits until all its rows are loaded", async ({ page, sandbox }) => {
  await sandbox.reset({ auth: "proxy", seed: "scale", workspaces: 120, people: 30, members: 10, latency_ms: 40 });
  await page.goto("/budgets");
  await expect(table(page).locator(".use").first()).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: /workspaces, \d+ loaded/ })).toBeVisible();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const lines = (await readFile(await (await saving).path(), "utf8")).split("\r\n");
  const { workspaces } = await sandbox.db();
  expect(lines).toHaveLength(workspaces.length + 2);
  expect(lines.filter((line) => line.endsWith(",not loaded yet"))).toEqual([]);
});

test("a refresh shows another administrator's budgets", async ({ page, sandbox }) => {
  await openOverview(page);
  await setLimit(sandbox, "interns", "daily", 7.25);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expectRowVisible(table(page), { Workspace: /Interns/, Daily: /\$7\.25/ });
});

test("the sidebar links to this page, and the title names it", async ({ page }) => {
  await open(page, "/", "Workspaces");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Budgets" }).click();
  await expect(heading(page, "Budgets")).toBeFocused();
  await expect(page).toHaveTitle("Budgets · Workspace Console");
  await expect(await rowWith(table(page), { Workspace: /Production/ })).toBeVisible();
});
