/** The People page: search, sorting, counts, parts that could not be read, and Back. */
import type { Page } from "@playwright/test";
import { expect, heading, open, test } from "../fixtures.ts";
import {
  chooseWorkspaces,
  count,
  dbMembers,
  dbUnblockedPeople,
  dbWorkspacesByPerson,
  expectFinished,
  openPanel,
  openPeople,
  panel,
  renderedIds,
  rowOf,
  search,
  select,
  selectionBar,
  startJob,
  table,
  waitUntilLoaded,
} from "../support/people.ts";

test.use({ organization: { auth: "proxy" } });

const refused = { kind: "status", status: 403, message: "Not today" } as const;
const header = (page: Page, name: string) => table(page).getByRole("columnheader", { name, exact: true });

/** Returns the numbers of workspaces in the rendered rows, from the top. */
async function workspaceCounts(page: Page): Promise<number[]> {
  const cells = await table(page).locator("tbody td.col-places").allInnerTexts();
  return cells.map((text) => Number.parseInt(text, 10) || 0);
}

test("everyone is listed, with their workspaces in the database", async ({ page, sandbox }) => {
  await openPeople(page);
  // All rows are rendered on a tall enough screen.
  await page.setViewportSize({ width: 1440, height: 24_000 });
  const wanted = await dbWorkspacesByPerson(sandbox);
  await expect.poll(async () => (await renderedIds(page)).length).toBe(wanted.size);
  const shown = await table(page)
    .locator("tbody tr[data-row]")
    .evaluateAll((rows) =>
      rows.map((row) => [row.getAttribute("data-key"), row.querySelector("td.col-places")?.textContent?.trim()]),
    );
  const cellText = (names: string[]) => (names.length === 0 ? "—" : `${names.length} ${names.join(", ")}`);
  const all = [...wanted].map(([id, names]) => [id, cellText(names)] as const);
  expect(new Map(shown as [string, string][])).toEqual(new Map(all));
  const { people } = await sandbox.db();
  const row = rowOf(table(page), String(people[0]?.id));
  await expect(row).toContainText(String(people[0]?.email));
  await expect(row.locator("td.col-role")).toHaveText("admin");
});

test("the default workspace contains everyone, so it is never shown or counted", async ({ page, sandbox }) => {
  const { id } = await sandbox.workspace("default");
  const nowhere = [...(await dbWorkspacesByPerson(sandbox))].find(([, places]) => places.length === 0)?.[0] ?? "";
  await openPeople(page, `?q=${nowhere}`);
  await expect(rowOf(table(page), nowhere).locator("td.col-places")).toHaveText("—");
  await expect(table(page).getByText("Default Workspace")).toHaveCount(0);
  const paths = (await sandbox.log()).map((it) => it.path);
  expect(paths.filter((path) => path.endsWith("/members"))).not.toContain(`/api/v1/workspaces/${id}/members`);
});

test("actions for owners only are explained, and not offered", async ({ page, sandbox }) => {
  const [id = ""] = await dbMembers(sandbox, "interns");
  await openPeople(page);
  await expect(page.getByText(/^Everyone in your organization\. Add people to workspaces, or remove them\. Only an owner can remove a person from the organization/)).toBeVisible();
  await select(page, id);
  await expect(selectionBar(page).getByRole("button", { name: /organization/ })).toHaveCount(0);
  await expect(selectionBar(page).getByRole("button")).toHaveText([
    /^Select all/,
    "View selected",
    "Invert selection",
    "Clear selection",
    "Offboard…",
    "Remove from workspaces…",
    "Add to workspaces…",
  ]);
});

test("search and role are in the URL, kept by a reload and undone by Back", async ({ page, sandbox }) => {
  const admins = (await sandbox.db()).people.filter((row) => row.role === "org:admin");
  await openPeople(page);
  await page.getByRole("radio", { name: "Admins" }).check();
  await expect(page).toHaveURL(/\/people\?role=admin$/);
  await expect(count(page)).toHaveText(`${admins.length} of 240 people`);
  const email = String(admins[2]?.email);
  await search(page).fill(email.toUpperCase());
  await expect(count(page)).toHaveText("1 of 240 people");
  await expect(page).toHaveURL(/\/people\?q=.+&role=admin$/);
  await page.reload();
  await waitUntilLoaded(page);
  await expect(search(page)).toHaveValue(email.toUpperCase());
  await expect(page.getByRole("radio", { name: "Admins" })).toBeChecked();
  expect(await renderedIds(page)).toEqual([admins[2]?.id]);
  await page.goBack();
  await expect(page).toHaveURL(/\/people$/);
  await expect(count(page)).toHaveText("240 people");
  await expect(page.getByRole("radio", { name: "All" })).toBeChecked();
  await search(page).fill("nobody at all");
  await expect(page.getByText("No matching people")).toBeVisible();
  await expect(count(page)).toHaveText("0 of 240 people");
});

test("sorting by the number of workspaces is in the URL, and a step in the history", async ({ page, sandbox }) => {
  const most = Math.max(...[...(await dbWorkspacesByPerson(sandbox)).values()].map((it) => it.length));
  await openPeople(page);
  await table(page).getByRole("button", { name: "Workspaces" }).click();
  await expect(page).toHaveURL(/\/people\?sort=workspaces$/);
  await expect(header(page, "Workspaces")).toHaveAttribute("aria-sort", "descending");
  await expect.poll(async () => (await workspaceCounts(page))[0]).toBe(most);
  const down = await workspaceCounts(page);
  expect(down).toEqual([...down].sort((left, right) => right - left));
  await table(page).getByRole("button", { name: "Workspaces" }).click();
  await expect(page).toHaveURL(/\?sort=workspaces&dir=asc$/);
  await expect.poll(async () => (await workspaceCounts(page))[0]).toBe(0);
  await page.reload();
  await waitUntilLoaded(page);
  await expect(header(page, "Workspaces")).toHaveAttribute("aria-sort", "ascending");
  const up = await workspaceCounts(page);
  expect(up).toEqual([...up].sort((left, right) => left - right));
  await page.goBack();
  await expect(header(page, "Workspaces")).toHaveAttribute("aria-sort", "descending");
  expect((await workspaceCounts(page))[0]).toBe(most);
});

test("the sorting updates while workspaces load, and the remaining ones are counted", async ({ page, sandbox }) => {
  const { id } = await sandbox.workspace("production");
  const path = `/workspaces/${id}/members`;
  await sandbox.fault({ method: "GET", path, delay_ms: 3000, answer: { kind: "pass" } });
  await open(page, "/people?sort=workspaces", "People");
  await expect(count(page)).toHaveText("240 people, 1 workspace still loading");
  await expect(table(page)).toHaveAttribute("aria-busy", "true");
  await expect(table(page).getByText("Production")).toHaveCount(0);
  await waitUntilLoaded(page);
  const places = await dbWorkspacesByPerson(sandbox);
  const wanted = [...places.values()].map((it) => it.length).sort((left, right) => right - left);
  const shown = await workspaceCounts(page);
  expect(shown).toEqual(wanted.slice(0, shown.length));
});

test("while the workspaces are unknown, people are not shown as being in none", async ({ page, sandbox }) => {
  await sandbox.fault({ method: "GET", path: "^/workspaces\\?", delay_ms: 2000, answer: { kind: "pass" } });
  await open(page, "/people", "People");
  await expect(table(page)).toBeVisible();
  await expect(count(page)).toHaveText("240 people, workspaces still loading");
  await expect(table(page)).toHaveAttribute("aria-busy", "true");
  await waitUntilLoaded(page);
});

test("if the workspaces cannot be listed, the page says so and offers a retry", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(403, /\/workspaces\?/, "GET");
  await sandbox.fault({ method: "GET", path: "^/workspaces\\?", answer: refused });
  await open(page, "/people", "People");
  const banner = page.getByRole("alert").filter({ hasText: "Couldn’t load the workspaces" });
  await expect(banner).toContainText("Not today");
  await banner.getByRole("button", { name: "Try again" }).click();
  await expect(banner).toHaveCount(0);
  await waitUntilLoaded(page);
  await expect(table(page).getByText("Production").first()).toBeVisible();
});

test("a workspace whose members cannot be read is reported, and can be read again", async ({ page, sandbox, expectedFailures }) => {
  const { id } = await sandbox.workspace("interns");
  expectedFailures.allow(403, new RegExp(`/workspaces/${id}/members`), "GET");
  await sandbox.fault({ method: "GET", path: `/workspaces/${id}/members`, answer: refused });
  const [member = ""] = await dbMembers(sandbox, "interns");
  await openPeople(page, `?q=${member}`);
  await expect(page.getByText("Couldn’t load the members of 1 workspace")).toBeVisible();
  const row = rowOf(table(page), member);
  await expect(row.getByText("Interns")).toHaveCount(0);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(row.getByText("Interns")).toBeVisible();
  await expect(page.getByText(/Couldn’t load/)).toHaveCount(0);
});

test("a failed page of the directory is reported, the loaded rows stay, and a retry reads all", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(403, /\/organization\/members\?/, "GET");
  await sandbox.fault({ method: "GET", path: "/organization/members\\?.*offset=200", answer: refused });
  await open(page, "/people", "People");
  const banner = page.getByRole("alert").filter({ hasText: "The directory may be incomplete" });
  await expect(banner).toContainText("Not today");
  await expect(table(page)).toBeVisible();
  await banner.getByRole("button", { name: "Try again" }).click();
  await expect(banner).toHaveCount(0);
  await waitUntilLoaded(page);
  await expect(count(page)).toHaveText("240 people");
});

test("a selection survives search, role and sorting, and all matches can be selected", async ({ page, sandbox }) => {
  const [one = ""] = await dbMembers(sandbox, "interns");
  await openPeople(page);
  await select(page, one);
  await page.getByRole("radio", { name: "Admins" }).check();
  await expect(selectionBar(page)).toContainText("1 selected");
  await selectionBar(page).getByRole("button", { name: /^Select all \d+ matching$/ }).click();
  await expect(selectionBar(page)).toContainText(/^(8|9) selected/);
  await page.getByRole("radio", { name: "All" }).check();
  await table(page).getByRole("button", { name: "Email" }).click();
  await search(page).fill(one);
  await expect(rowOf(table(page), one).getByRole("checkbox")).toBeChecked();
  await selectionBar(page).getByRole("button", { name: "Clear" }).click();
  await expect(selectionBar(page)).toHaveCount(0);
  await expect(search(page)).toHaveValue(one);
});

test("Back closes the panel before it leaves the page, even if the panel shows an outcome", async ({ page, sandbox }) => {
  const [id = ""] = await dbUnblockedPeople(sandbox, (places) => places.length === 0);
  await open(page, "/", "Workspaces");
  await page.getByRole("link", { name: "People", exact: true }).click();
  await waitUntilLoaded(page);
  await select(page, id);
  for (const how of ["add", "remove"] as const) {
    await openPanel(page, how);
    await expect(page).toHaveURL(new RegExp(`\\?panel=${how}$`));
    await page.goBack();
    await expect(panel(page)).toHaveCount(0);
    await expect(page).toHaveURL(/\/people$/);
  }
  await openPanel(page, "add");
  await chooseWorkspaces(page, "Interns");
  await startJob(page, "1 workspace");
  await expectFinished(page, "1 added");
  await page.goBack();
  await expect(page.locator("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(/\/people$/);
  await page.goBack();
  await expect(heading(page, "Workspaces")).toBeVisible();
});

test("a reload closes the panel, because the selection is gone", async ({ page, sandbox }) => {
  const [id = ""] = await dbMembers(sandbox, "interns");
  await openPeople(page);
  await select(page, id);
  await openPanel(page, "remove");
  await page.reload();
  await waitUntilLoaded(page);
  await expect(page).toHaveURL(/\/people$/);
  await expect(page.locator("dialog")).toHaveCount(0);
});
