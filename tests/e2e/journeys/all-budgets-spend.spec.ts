/** What the spend on the page of all budgets adds up: the API's records, or the API keys where there are none. */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, takeShots, test } from "../fixtures.ts";
import { isAnalytics, recordedSince } from "../support/home.ts";
import { openOverview, table } from "../support/overview.ts";
import type { Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const basis = (page: Page): Locator => page.locator(".budgets__basis");
const rowOf = (page: Page, name: string): Locator =>
  table(page).getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
const monthly = (page: Page, name: string): Locator => rowOf(page, name).getByRole("cell").nth(5).locator(".use");
const source = (page: Page, name: string): Locator => rowOf(page, name).locator(".col-worst .cell-note");
const KEYS_ONLY = /^Couldn’t load the API’s records, so only API keys are counted\./;

/** An amount as a title has it: truncated to cents. */
const dollars = (amount: number): string => `$${(Math.floor(Math.round(amount * 10_000) / 100) / 100).toLocaleString("en-US", { minimumFractionDigits: 2 })}`;

/** This month's spend of a workspace: what is recorded, each part asked for by its ID, and what its keys add up to. */
async function spentThisMonth(sandbox: Sandbox, slug: string): Promise<{ recorded: string; byKeys: string }> {
  const { id, include_byok_in_budgets: countsByok } = await sandbox.workspace(slug);
  const keys = (await sandbox.db()).keys.filter((key) => key.workspace_id === id);
  const month = `${new Date().toISOString().slice(0, 7)}-01`;
  const names = countsByok ? ["usage_monthly", "byok_usage_monthly"] : ["usage_monthly"];
  const byKeys = keys.flatMap((key) => names.map((name) => Number(key[name]))).reduce((sum, part) => sum + part, 0);
  return { recorded: dollars(await recordedSince(sandbox, id, month, countsByok === true)), byKeys: dollars(byKeys) };
}

/** The calls of the page for records. */
async function recordCalls(sandbox: Sandbox): Promise<{ meta: number; activity: number; queries: number }> {
  const log = await sandbox.log();
  const count = (path: string) => log.filter((it) => it.path === `/api/v1${path}`).length;
  return { meta: count("/analytics/meta"), activity: count("/activity"), queries: log.filter(isAnalytics).length };
}

test("spend is what the API has recorded, and a difference to the keys is shown in the row", async ({ page, sandbox }) => {
  await openOverview(page);
  await expect(basis(page)).toHaveText(
    /^Spend as of \d{4}-.* UTC, by the API’s records, with spend outside of API keys\. Lifetime spend is a lower bound: it includes only API keys\. Deleted keys are not included in it\./,
  );
  expect(await recordCalls(sandbox)).toEqual({ meta: 1, activity: 1, queries: 1 });

  // People of the default workspace use the chat, whose spend no key has.
  const chat = await spentThisMonth(sandbox, "default");
  expect(chat.recorded).not.toBe(chat.byKeys);
  const { name } = await sandbox.workspace("default");
  await expect(source(page, String(name))).toHaveText("API’s records");
  await expect(monthly(page, String(name))).toHaveAttribute("title", new RegExp(
    `^\\${chat.recorded} of \\$.* spent, by the API’s records as of .* UTC\\. The API keys add up to \\${chat.byKeys}\\.$`,
  ));
  await expect(monthly(page, String(name)).locator(".use__keys")).toHaveText(/^keys (<1|\d+)%$/);
  await expect(source(page, String(name))).toHaveAttribute("title", new RegExp(`Monthly: .* The API keys add up to \\${chat.byKeys}\\.`));

  const production = await spentThisMonth(sandbox, "production");
  await expect(source(page, "Production")).toHaveText("API’s records");
  await expect(monthly(page, "Production")).toHaveAttribute("title", new RegExp(`^\\${production.recorded} of .* by the API’s records`));
  // A difference of up to 5% is not said. In the first hours of a month it may be larger.
  const [recorded, byKeys] = [production.recorded, production.byKeys].map((text) => Number(text.replace(/[$,]/g, ""))) as [number, number];
  const isClose = Math.abs(recorded - byKeys) <= 0.05 * Math.max(recorded, byKeys);
  await expect(monthly(page, "Production").locator(".use__keys")).toHaveCount(isClose ? 0 : 1);
  const lifetime = rowOf(page, "Production").getByRole("cell").nth(4).locator(".use");
  await expect(lifetime).toHaveAttribute("title", /^At least \$.* spent, by API keys only as of /);
  await expectAccessible(page);
  await takeShots(page, "all-budgets-spend");
});

const refusals = [
  { name: "refused", answer: { kind: "status", status: 403, message: "Not for this account" }, says: /Not for this account/ },
  { name: "rationed", answer: { kind: "status", status: 429, headers: { "Retry-After": "0" } }, says: /429|Too many|busy/i },
  { name: "too slow", answer: { kind: "status", status: 408, message: "The query took too long" }, says: /took too long/ },
] as const;
for (const { name, answer, says } of refusals) {
  test(`where a query is ${name}, the keys are counted, and a refresh asks again`, async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(answer.status, /\/analytics\/query$/, "POST");
    await sandbox.fault({ method: "POST", path: "/analytics/query$", times: 20, answer });
    await openOverview(page);
    await expect(basis(page)).toHaveText(KEYS_ONLY, { timeout: 20_000 });
    await expect(basis(page)).toHaveText(says);
    await expect(basis(page)).toContainText("Deleted keys are not included.");
    await sandbox.clearFaults();
    const { byKeys, recorded } = await spentThisMonth(sandbox, "default");
    const own = String((await sandbox.workspace("default")).name);
    await expect(source(page, own)).toHaveText("API keys only");
    await expect(monthly(page, own)).toHaveAttribute("title", new RegExp(`^\\${byKeys} of .* by API keys only as of `));
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(monthly(page, own)).toHaveAttribute("title", new RegExp(`^\\${recorded} of .* by the API’s records`));
  });
}

test("where the account has no analytics, or not the metric, no query is sent and the keys are counted", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(403, /\/analytics\/meta$/);
  await sandbox.fault({ method: "GET", path: "/analytics/meta$", answer: { kind: "status", status: 403, message: "Not for this account" } });
  await openOverview(page);
  await expect(basis(page)).toHaveText(KEYS_ONLY);
  expect(await recordCalls(sandbox)).toEqual({ meta: 1, activity: 0, queries: 0 });

  const body = (await sandbox.raw("GET", "/analytics/meta")).replaceAll("byok_usage", "byok_spend");
  await sandbox.fault({ method: "GET", path: "/analytics/meta$", answer: { kind: "status", status: 200, body } });
  await sandbox.clearLog();
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(basis(page)).toContainText("Analytics of this account has no “byok_usage”.");
  expect(await recordCalls(sandbox)).toEqual({ meta: 1, activity: 0, queries: 0 });
});

test("a truncated answer is no sum", async ({ page, sandbox }) => {
  const query = { metrics: ["credits_usage", "byok_usage"], dimensions: ["workspace"], limit: 1 };
  const cut = await sandbox.raw("POST", "/analytics/query", query);
  expect(cut).toContain('"truncated":true');
  await sandbox.fault({ method: "POST", path: "/analytics/query$", answer: { kind: "status", status: 200, body: cut } });
  await openOverview(page);
  await expect(basis(page)).toHaveText(KEYS_ONLY);
  await expect(source(page, "Production")).toHaveText("API keys only");
});

test("workspaces of the same name do not get each other’s spend", async ({ page, sandbox }) => {
  await sandbox.call("PATCH", "/workspaces/staging", { name: "Production" });
  const [production, staging] = [await spentThisMonth(sandbox, "production"), await spentThisMonth(sandbox, "staging")];
  await openOverview(page);
  await expect(basis(page)).toContainText("Only API keys are counted for 2 workspaces with the same name as another.");
  for (const [slug, { byKeys }] of [["production", production], ["staging", staging]] as const) {
    const row = table(page).getByRole("row").filter({ has: page.getByText(slug, { exact: true }) });
    await expect(row.locator(".col-worst .cell-note")).toHaveText("API keys only");
    await expect(row.getByRole("cell").nth(5).locator(".use")).toHaveAttribute("title", new RegExp(`^\\${byKeys} of .* by API keys only`));
  }
});

test("the file says what each amount adds up", async ({ page, sandbox }) => {
  await openOverview(page);
  await expect(basis(page)).toHaveText(/by the API’s records/);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const lines = (await readFile(await (await saving).path(), "utf8")).split("\r\n").map((line) => line.split(","));
  const { id } = await sandbox.workspace("default");
  const row = lines.find((line) => line.includes(String(id))) ?? [];
  const value = (column: string) => row[lines[0]?.indexOf(column) ?? -1];
  const { recorded, byKeys } = await spentThisMonth(sandbox, "default");
  expect(dollars(Number(value("monthly_spent_usd")))).toBe(recorded);
  expect(dollars(Number(value("monthly_spent_by_keys_usd")))).toBe(byKeys);
  expect([value("monthly_spent_by"), value("lifetime_spent_by")]).toEqual(["API records", "API keys"]);
  expect(value("spent_as_of")).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test("a thousand workspaces take one call and one query for their records", async ({ page, sandbox }) => {
  await sandbox.reset({ auth: "proxy", seed: "scale", workspaces: 1000, people: 30, members: 10 });
  await page.goto("/budgets");
  await expect(basis(page)).toHaveText(/by the API’s records/);
  await expect(table(page).locator(".use").first()).toBeVisible();
  expect(await recordCalls(sandbox)).toEqual({ meta: 1, activity: 1, queries: 1 });
});
