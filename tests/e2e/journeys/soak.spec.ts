/** Long use: repeating the same work leaks nothing. */
import type { Page } from "@playwright/test";
import {
  expect,
  expectSavedStatus,
  field,
  heading,
  open,
  saveBudgets,
  test,
  typeLimits,
} from "../fixtures.ts";
import * as members from "../support/members.ts";
import * as overview from "../support/overview.ts";
import * as people from "../support/people.ts";
import { findGrowth, growth, type Sample, sample, startSampling } from "../support/soak.ts";

/** After the first rounds everything is loaded and all buffers have their final size. */
const WARM_UP = 3;
/** The number of rounds. Set SOAK_ROUNDS for a longer run. */
const ROUNDS = Number(process.env.SOAK_ROUNDS ?? 8);

// A trace keeps objects of the page alive.
test.use({ trace: "off", organization: { auth: "proxy" } });

const dialog = (page: Page) => page.locator("dialog:modal");
const list = (page: Page) => page.getByRole("table", { name: "Workspaces", exact: true });
const search = (page: Page) => page.getByRole("searchbox", { name: "Search workspaces", exact: true });

/** Searches the list, sorts it, opens a workspace and returns. */
async function browseList(page: Page): Promise<void> {
  await search(page).fill("inter");
  await expect(list(page).getByRole("link")).toHaveCount(1);
  await search(page).fill("");
  await expect(list(page).getByRole("link")).toHaveCount(12);
  for (const column of ["Slug", "Updated", "Name"]) await list(page).getByRole("button", { name: column }).click();
  await page.goBack();
  await page.goForward();
  await expect(heading(page, "Workspaces")).toBeVisible();
}

/** Changes a workspace's settings and limits, and opens its deletion without confirming. */
async function edit(page: Page, round: number): Promise<void> {
  await page.getByRole("link", { name: "Interns", exact: true }).click();
  await field(page, "Description").fill(`Round ${round}`);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expectSavedStatus(page);
  await page.getByRole("button", { name: "Delete workspace…" }).click();
  await expect(dialog(page)).toContainText("memberships");
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Budgets" }).last().click();
  await typeLimits(page, { monthly: String(500 + (round % 2)), weekly: "200" });
  await saveBudgets(page);
}

/** Searches the members, removes one, and undoes that. */
async function changeMembers(page: Page, id: string): Promise<void> {
  await page.getByRole("link", { name: "Members", exact: true }).click();
  await members.search(page).fill(id);
  await members.rowCheckbox(page, id).check();
  await members.removeSelected(page, "1 member");
  await members.expectFinished(page, "1 removed");
  await members.jobDialog(page).getByRole("button", { name: "Undo: add 1 back" }).click();
  await members.expectFinished(page, "1 added");
  await members.closeJob(page);
  await members.search(page).fill("");
  await members.openAddDialog(page);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
}

/** Opens the panels for people and budgets, and closes them without changes. */
async function openAllPanels(page: Page): Promise<void> {
  await page.getByRole("link", { name: "People", exact: true }).click();
  await people.waitUntilLoaded(page);
  await members.headerCheckbox(page).first().click();
  await people.openPanel(page, "add");
  await page.goBack();
  await expect(dialog(page)).toHaveCount(0);
  await page.getByRole("link", { name: "Budgets", exact: true }).click();
  await overview.waitUntilLoaded(page);
  await overview.select(page, "Interns", "Production");
  await overview.openPanel(page);
  await overview.changeByPercentage(page, "Increase", "10");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
}

/** Opens another workspace with the switcher, then the activity and the list. */
async function goHome(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Go to workspace" }).click();
  await page.getByRole("searchbox", { name: "Find a workspace" }).fill("staging");
  await page.getByRole("link", { name: "Staging staging" }).click();
  await expect(heading(page, "Staging")).toBeVisible();
  await page.getByRole("link", { name: "Activity", exact: true }).click();
  await expect(page.getByRole("table", { name: "Activity" })).toBeVisible();
  // Activity is kept on purpose, up to a limit.
  await page.getByRole("button", { name: "Clear activity…" }).click();
  await dialog(page).getByRole("button", { name: "Clear activity", exact: true }).click();
  await expect(page.getByText("No activity yet")).toBeVisible();
  await page.getByRole("link", { name: "Workspaces", exact: true }).first().click();
  await expect(list(page).getByRole("link")).toHaveCount(12);
}

test("an hour of work leaks no memory, nodes or listeners", async ({ page, sandbox }) => {
  test.setTimeout((WARM_UP + ROUNDS) * 30_000);
  const keepers = new Set(await people.dbKeyOwners(sandbox, "interns"));
  const id = (await members.dbMembers(sandbox, "interns")).find((it) => !keepers.has(it)) ?? "";
  const session = await startSampling(page);
  await open(page, "/", "Workspaces");
  const samples: Sample[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    await browseList(page);
    await edit(page, round);
    await changeMembers(page, id);
    await openAllPanels(page);
    await goHome(page);
    if (round >= WARM_UP) samples.push(await sample(page, session));
  }
  console.log(`soak: ${samples.map((it) => JSON.stringify(it)).join("\n")}`);
  expect(findGrowth(samples)).toEqual([]);
});

test("slow growth is detected in noisy values", () => {
  const noise = [0, 9, -7, 4, -9, 8, -3, 2];
  const flat = noise.map((by) => ({ heap: 3e6 + by * 1e3, wasm: 9e6, nodes: 900 + by, listeners: 200 + by, documents: 2 }));
  expect(findGrowth(flat)).toEqual([]);
  const leak: Sample = { heap: 40_000, wasm: 65_536, nodes: 20, listeners: 5, documents: 1 };
  for (const name of Object.keys(leak) as (keyof Sample)[]) {
    const leaking = flat.map((it, round) => ({ ...it, [name]: it[name] + leak[name] * round }));
    expect(findGrowth(leaking)).toEqual([expect.stringMatching(`^${name} grow by`)]);
    const unknown = flat.map((it) => ({ ...it, [name]: Number.NaN }));
    expect(findGrowth(unknown)).toHaveLength(1);
  }
  expect(growth([1, 3, 5, 7])).toBeCloseTo(2);
});
