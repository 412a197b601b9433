/** The list of a workspace's members: display, search, and parts that could not be read. */
import { expect, test } from "../fixtures.ts";
import {
  changeMembers,
  count,
  dbMembers,
  dbNonMembers,
  directoryEntry,
  headerCheckbox,
  MANY,
  openMembers,
  renderedIds,
  rowCheckbox,
  rowOf,
  SCALE,
  search,
  selectAll,
  selectionBar,
  table,
  waitUntilListed,
} from "../support/members.ts";
import type { Row, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const LIST = "/workspaces/[^/]+/members\\?";
const DIRECTORY = "/organization/members";
const failing = { kind: "status", status: 500, message: "Out of order" } as const;

const nameOf = (it: Row) => [it.first_name, it.last_name].filter(Boolean).join(" ") || String(it.email);

/** Returns the directory entries of a workspace's members. */
async function peopleIn(sandbox: Sandbox, slug: string): Promise<Row[]> {
  const ids = new Set(await dbMembers(sandbox, slug));
  return (await sandbox.db()).people.filter((it) => ids.has(String(it.id)));
}

test("every member is shown with name, email and role", async ({ page, sandbox }) => {
  await openMembers(page, "interns");
  await expect(count(page)).toHaveText("18 members");
  for (const it of await peopleIn(sandbox, "interns")) {
    const row = rowOf(table(page), String(it.id));
    await expect(row).toContainText(nameOf(it));
    await expect(row).toContainText(String(it.email));
    await expect(row.getByRole("cell").nth(3)).toHaveText(String(it.role).replace("org:", ""));
  }
});

test("a member who has left the organization is shown by ID", async ({ page, sandbox }) => {
  const [id, ...rest] = await dbMembers(sandbox, "interns");
  const people = (await sandbox.db()).people.filter((it) => it.id !== id);
  await page.route(`**${DIRECTORY}?*`, (route) => {
    const query = new URL(route.request().url()).searchParams;
    const offset = Number(query.get("offset") ?? 0);
    const limit = Number(query.get("limit") ?? 50);
    return route.fulfill({ json: { data: people.slice(offset, offset + limit), total_count: people.length } });
  });
  await openMembers(page, "interns");
  const unknown = table(page).getByRole("row").filter({ hasText: "not in the directory" });
  await expect(unknown).toHaveCount(1);
  await expect(unknown).toContainText(String(id));
  await search(page).fill(String(id));
  await expect(count(page)).toHaveText("1 of 18 members");
  await expect(page.getByRole("checkbox", { name: `Select ${id}`, exact: true })).toBeVisible();
  expect(rest).toHaveLength(17);
});

test("members are found by name, email and ID, in any case", async ({ page, sandbox }) => {
  const people = await peopleIn(sandbox, "production");
  const one = people.find((it) => /^[A-Za-z]+$/.test(String(it.first_name)) && it.last_name) as Row;
  await openMembers(page, "production");
  for (const words of [nameOf(one), String(one.email).toUpperCase(), String(one.id), `${one.last_name} ${one.first_name}`]) {
    await search(page).fill(words.toLowerCase());
    await expect(rowOf(table(page), String(one.id))).toBeVisible();
    await expect(count(page)).toHaveText(/^\d of 64 members$/);
  }
  await search(page).fill("no such person");
  await expect(page.getByText("Try another search or role.")).toBeVisible();
  await expect(count(page)).toHaveText("0 of 64 members");
});

test("search, role and sort order are in the URL, and a reload and Back keep them", async ({ page, sandbox }) => {
  const people = await peopleIn(sandbox, "production");
  await openMembers(page, "production");
  const admins = people.filter((it) => it.role === "org:admin").length;
  await page.getByRole("radio", { name: "Admins" }).check();
  await expect(count(page)).toHaveText(`${admins} of 64 members`);
  await expect(page).toHaveURL(/\?role=admin$/);
  await page.getByRole("radio", { name: "All" }).check();
  await expect(page).toHaveURL(/\/members$/);

  await table(page).getByRole("button", { name: "Email" }).click();
  await expect(page).toHaveURL(/\?sort=email$/);
  const emails = () => table(page).locator("tbody tr[data-row] td:nth-child(3)").allInnerTexts();
  const sorted = people.map((it) => String(it.email)).sort();
  await expect.poll(async () => (await emails())[0]).toBe(sorted[0]);
  await table(page).getByRole("button", { name: "Email" }).click();
  await expect(page).toHaveURL(/\?sort=email&dir=desc$/);
  await expect.poll(async () => (await emails())[0]).toBe(sorted.at(-1));
  await expect(table(page).getByRole("columnheader", { name: "Email" })).toHaveAttribute("aria-sort", "descending");

  await search(page).fill("meridian");
  await expect(page).toHaveURL(/\?q=meridian&sort=email&dir=desc$/);
  await page.reload();
  await waitUntilListed(page);
  await expect(search(page)).toHaveValue("meridian");
  // The names and addresses come after the members.
  await expect.poll(async () => (await emails())[0]).toBe(sorted.at(-1));
  await page.goBack();
  await expect(page).toHaveURL(/\?sort=email$/);
  await expect(search(page)).toHaveValue("");
  await expect.poll(async () => (await emails())[0]).toBe(sorted[0]);
});

test("active keys are counted beside their owners", async ({ page, sandbox }) => {
  const { id } = await sandbox.workspace("production");
  const keys = (await sandbox.db()).keys.filter((key) => key.workspace_id === id && !key.disabled);
  const owners = new Map<string, number>();
  for (const key of keys) owners.set(String(key.creator_user_id), (owners.get(String(key.creator_user_id)) ?? 0) + 1);
  await openMembers(page, "production");
  for (const [owner, held] of owners) {
    await search(page).fill(owner);
    await expect(rowOf(table(page), owner)).toContainText(held === 1 ? "1 key" : `${held} keys`);
  }
  const [owner] = [...owners].find(([, held]) => held === 2) as [string, number];
  await search(page).fill(owner);
  await rowOf(table(page), owner).getByRole("button", { name: /^2 active keys of/ }).click();
  await expect(page.getByRole("dialog", { name: /^API keys of / }).getByRole("listitem")).toHaveCount(2);
});

test("the first rows of ten thousand are shown before the last, then all of them", async ({ page, sandbox }) => {
  await sandbox.reset({ auth: "proxy", seed: "scale", workspaces: 20, people: 10_000, members: 10_000 });
  const answer = { kind: "pass" } as const;
  await sandbox.fault({ method: "GET", path: LIST, skip: 30, times: 8, delay_ms: 1_500, answer });
  await page.goto(`/workspaces/${MANY}/members`);
  await expect(count(page)).toHaveText(/^[\d,]+ of 10,000 loaded$/);
  await expect(table(page)).toHaveAttribute("aria-busy", "true");
  expect((await renderedIds(page)).length).toBeGreaterThan(5);
  await expect(count(page)).toHaveText("10,000 members", { timeout: 30_000 });
  await expect(table(page)).toHaveAttribute("aria-rowcount", "10001");
});

test("without the directory people are shown by ID, with the reason, until it is read again", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(500, /\/organization\/members/);
  await sandbox.fault({ method: "GET", path: DIRECTORY, times: 99, answer: failing });
  const [id] = (await dbMembers(sandbox, "interns")) as [string];
  await page.goto("/workspaces/interns/members");
  await expect(page.getByText("Couldn’t load names, so people are shown by ID")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("alert").filter({ hasText: "Couldn’t load names" })).toContainText("Out of order");
  await expect(rowCheckbox(page, id)).toHaveAccessibleName(`Select ${id}`);
  await sandbox.clearFaults();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(rowOf(table(page), id)).toContainText(nameOf(await directoryEntry(sandbox, id)));
  await expect(page.getByText("Couldn’t load names")).toHaveCount(0);
});

test("without the keys no member is marked, and the page says so", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, /\/keys\?/);
  await sandbox.fault({ method: "GET", path: "/keys\\?", times: 99, answer: failing });
  await openMembers(page, "production");
  await expect(page.getByText("Couldn’t load API keys, so people who can’t be removed are not marked")).toBeVisible({
    timeout: 20_000,
  });
  const { id } = await sandbox.workspace("production");
  const key = (await sandbox.db()).keys.find((it) => it.workspace_id === id && !it.disabled);
  await search(page).fill(String(key?.creator_user_id));
  const row = rowOf(table(page), String(key?.creator_user_id));
  await expect(row.locator(".col-keys")).toHaveText("—");
  await sandbox.clearFaults();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(row.locator(".col-keys")).toHaveText(/^\d keys?$/);
});

test("if a page of members fails, the loaded rows stay and the rest can be read", async ({ page, sandbox, expectedFailures }) => {
  await sandbox.reset(SCALE);
  expectedFailures.allow(500, /\/workspaces\/[^/]+\/members\?/);
  await sandbox.fault({ method: "GET", path: `${LIST}.*offset=300`, times: 99, answer: failing });
  await page.goto(`/workspaces/${MANY}/members`);
  await expect(page.getByText("The list of members may be incomplete")).toBeVisible({ timeout: 20_000 });
  await expect(count(page)).toHaveText(/^[123]00 members$/);
  expect((await renderedIds(page)).length).toBeGreaterThan(5);
  await sandbox.clearFaults();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(count(page)).toHaveText("400 members");
  await expect(page.getByText("may be incomplete")).toHaveCount(0);
});

test("if nothing can be loaded, no rows are shown", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, /\/workspaces\/[^/]+\/members\?/);
  await sandbox.fault({ method: "GET", path: LIST, times: 99, answer: failing });
  await page.goto("/workspaces/interns/members");
  await expect(page.getByText("The list of members may be incomplete")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("main").locator(".skeleton")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Add members…" })).toBeVisible();
});

test("the default workspace lists everyone, and gives the reason why members cannot be changed", async ({
  page,
  sandbox,
}) => {
  await openMembers(page, "default");
  await expect(count(page)).toHaveText("240 members");
  const add = page.getByRole("button", { name: "Add members…" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await expect(add).toHaveAccessibleDescription("Everyone is already in the default workspace");
  await headerCheckbox(table(page)).click();
  const remove = page.getByRole("button", { name: "Remove…" });
  await expect(remove).toHaveAttribute("aria-disabled", "true");
  await expect(remove).toHaveAccessibleDescription("Members of the default workspace can’t be removed");
  for (const panel of ["add", "remove"]) {
    await page.goto(`/workspaces/default/members?panel=${panel}`);
    await waitUntilListed(page);
    await expect(page.locator("dialog")).toHaveCount(0);
  }
  expect(await sandbox.requests("POST")).toEqual([]);
});

for (const how of ["remove", "add"] as const) {
  test(`members that change during the listing (${how}) appear once, and are correct in the end`, async ({ page, sandbox }) => {
    await sandbox.reset({ ...SCALE, members: 500 });
    const before = await dbMembers(sandbox, MANY);
    const answer = { kind: "pass" } as const;
    await sandbox.fault({ method: "GET", path: `${LIST}.*offset=(200|300|400)`, times: 3, delay_ms: 1_500, answer });
    await page.goto(`/workspaces/${MANY}/members`);
    await expect(count(page)).toHaveText(/^[\d,]+ of 500 loaded$/);
    const changed = how === "remove" ? before.filter((_, at) => at < 100 && at !== 48) : await dbNonMembers(sandbox, MANY);
    await changeMembers(sandbox, MANY, how, changed.slice(0, 90));
    const truth = await dbMembers(sandbox, MANY);
    await expect(count(page)).toHaveText(`${truth.length} members`, { timeout: 20_000 });
    // Each listed person is listed once and exists: selecting all of them removes exactly them.
    await selectAll(page);
    await selectionBar(page).getByRole("button", { name: "View selected", exact: true }).click();
    await expect(page.getByRole("dialog", { name: `${truth.length} selected members` })).toBeVisible();
    await page.keyboard.press("Escape");
    for (const id of [truth[0], truth[150], truth[250], truth.at(-1)]) {
      await search(page).fill(String(id));
      await expect(rowCheckbox(page, String(id))).toBeChecked();
    }
    for (const id of changed.slice(0, 90).filter((_, at) => at % 30 === 0)) {
      await search(page).fill(id);
      await expect(rowCheckbox(page, id)).toHaveCount(how === "remove" ? 0 : 1);
    }
  });
}

test("an empty workspace shows a message", async ({ page, sandbox }) => {
  await sandbox.call("POST", "/workspaces", { name: "Nobody yet", slug: "nobody-yet" });
  const there = await dbMembers(sandbox, "nobody-yet");
  if (there.length > 0) await changeMembers(sandbox, "nobody-yet", "remove", there);
  await page.goto("/workspaces/nobody-yet/members");
  await expect(page.getByText("Add members to give them access.")).toBeVisible();
  await expect(count(page)).toHaveText("0 members");
});
