/** Offboarding people: their keys are disabled and they are removed from their workspaces, in one job. */
import { expect, expectAccessible, expectRowVisible, tabTo, test } from "../fixtures.ts";
import { button, card, dbActiveKeys, dbLeavers, expectOffboarded, list, openCards, sheet } from "../support/offboarding.ts";
import { dbMembers, dbUnblockedPeople, dbWorkspacesByPerson, emailOf, openPeople, select, sentWrites } from "../support/people.ts";

test.use({ organization: { auth: "proxy" } });

test("three people are offboarded by keyboard in at most eight actions", async ({ page, sandbox }) => {
  const people = await dbLeavers(sandbox);
  const emails = await Promise.all(people.map((id) => emailOf(sandbox, id)));
  const before = await dbWorkspacesByPerson(sandbox);
  const keysBefore = (await Promise.all(people.map((id) => dbActiveKeys(sandbox, id)))).flat();
  const memberships = people.flatMap((id) => before.get(id) ?? []).length;
  expect(keysBefore.length).toBeGreaterThanOrEqual(2);
  await openPeople(page);

  // One action is one thing that is entered or pressed. Moving the focus to it is part of it.
  let actions = 0;
  const act = async (action: () => Promise<void>) => {
    actions += 1;
    await action();
  };
  await act(async () => {
    await tabTo(page, page.getByRole("button", { name: "Offboard…", exact: true }).first());
    await page.keyboard.press("Enter");
    await expect(sheet(page)).toBeVisible();
  });
  await act(async () => {
    await tabTo(page, list(page));
    await page.keyboard.insertText(emails.join("\n"));
    await expect(sheet(page).getByText("3 to offboard")).toBeVisible();
  });
  // The shortcut does what the button does, so it does nothing while the directory is loading.
  await expect(button(page, "Continue")).not.toHaveAttribute("aria-disabled");
  await act(() => page.keyboard.press("Control+Enter"));
  await expect(page.getByRole("heading", { name: "Offboard 3 people", exact: true })).toBeFocused();
  const all = sheet(page).getByRole("checkbox", { name: `Disable all ${keysBefore.length} API keys` });
  await expect(all).not.toBeChecked();
  await act(async () => {
    await tabTo(page, all, 3);
    await page.keyboard.press("Space");
    await expect(all).toBeChecked();
  });
  await expect(button(page, "Review changes")).not.toHaveAttribute("aria-disabled");
  await act(() => page.keyboard.press("Control+Enter"));
  await expect(page.getByRole("heading", { name: "Offboard 3 people?", exact: true })).toBeFocused();
  // The shortcut only goes on: it starts nothing.
  await page.keyboard.press("Control+Enter");
  expect(await sentWrites(sandbox)).toEqual([]);
  await act(async () => {
    await tabTo(page, button(page, "Offboard 3 people"));
    await page.keyboard.press("Enter");
  });
  await expectOffboarded(page, `${keysBefore.length + memberships} done`);
  await expect(page.getByRole("heading", { name: "3 people offboarded", exact: true })).toBeFocused();
  await act(async () => {
    await tabTo(page, button(page, "Done"));
    await page.keyboard.press("Enter");
  });
  await expect(page.locator("dialog")).toHaveCount(0);
  expect(actions).toBeLessThanOrEqual(8);

  const after = await dbWorkspacesByPerson(sandbox);
  for (const [id, names] of before) expect(after.get(id)).toEqual(people.includes(id) ? [] : names);
  for (const id of people) expect(await dbActiveKeys(sandbox, id)).toEqual([]);
  const disabled = (await sandbox.requests("PATCH")).map((it) => it.path.split("/").at(-1));
  expect(disabled.sort()).toEqual(keysBefore.map((key) => String(key.hash)).sort());
  // Keys come first.
  const writes = (await sandbox.log()).filter((it) => it.method !== "GET" && !it.path.includes("/analytics/"));
  const firstRemoval = writes.findIndex((it) => it.path.endsWith("/members/remove"));
  expect(writes.slice(firstRemoval).every((it) => it.path.endsWith("/members/remove"))).toBe(true);
});

test("a workspace is kept, keys that stay keep their owner, and undo restores all", async ({ page, sandbox }) => {
  const [, owner, free] = await dbLeavers(sandbox);
  const before = await dbWorkspacesByPerson(sandbox);
  const keys = await dbActiveKeys(sandbox, owner);
  const [kept = ""] = before.get(free) ?? [];
  await openPeople(page);
  await openCards(page, [owner, free]);
  const freeCard = await card(page, sandbox, free);
  await freeCard.getByRole("button", { name: new RegExp(`^Keep .* in ${kept}$`) }).click();
  await expect(freeCard.getByRole("listitem").filter({ hasText: kept })).toContainText("Stays");
  const ownerCard = await card(page, sandbox, owner);
  await expect(ownerCard.getByRole("listitem").filter({ hasText: "Production" }).first()).toContainText(/Stays: \d active keys?/);
  await button(page, "Review changes").click();
  await expectRowVisible(sheet(page).getByRole("table", { name: "Changes" }), { Change: /^Blocked \d active keys?$/, Workspace: /^Production/ });
  await button(page, "Back").click();
  await ownerCard.getByRole("checkbox", { name: /^Disable \d keys?$/ }).check();
  await expect(ownerCard.getByText(/^Stays:/)).toHaveCount(0);
  await expectAccessible(page);
  await button(page, "Review changes").click();
  await button(page, "Offboard 2 people").click();
  const changes = keys.length + (before.get(owner) ?? []).length + (before.get(free) ?? []).length - 1;
  await expectOffboarded(page, `${changes} done`);
  expect((await dbWorkspacesByPerson(sandbox)).get(free)).toEqual([kept]);
  expect((await dbWorkspacesByPerson(sandbox)).get(owner)).toEqual([]);
  expect(await dbActiveKeys(sandbox, owner)).toEqual([]);
  await button(page, `Undo ${changes} changes`).click();
  await expectOffboarded(page, `${changes} done`);
  await expect(page.getByRole("heading", { name: "Undone: 2 people restored" })).toBeVisible();
  expect(await dbWorkspacesByPerson(sandbox)).toEqual(before);
  expect((await dbActiveKeys(sandbox, owner)).map((key) => key.hash).sort()).toEqual(keys.map((key) => key.hash).sort());
});

test("someone whose key stays keeps that workspace, the outcome says so, and the key can be cleared there", async ({ page, sandbox }) => {
  const [, owner] = await dbLeavers(sandbox);
  const places = (await dbWorkspacesByPerson(sandbox)).get(owner) ?? [];
  await openPeople(page);
  await openCards(page, [owner]);
  await button(page, "Review changes").click();
  await button(page, "Offboard 1 person").click();
  await expectOffboarded(page, `${places.length - 1} done · 1 refused`);
  const outcomes = sheet(page).getByRole("table", { name: "Outcome for each change" });
  await expectRowVisible(outcomes, { Workspace: /^Production/, Outcome: /^Refused Not sent: 1 active API key stays in this workspace\.$/ });
  expect((await dbWorkspacesByPerson(sandbox)).get(owner)).toEqual(["Production"]);
  expect(await dbActiveKeys(sandbox, owner)).not.toEqual([]);
  // The ways for keys are right there.
  await expect(sheet(page).getByText(/^1 refused person still has \d API keys?$/)).toBeVisible();
  await sheet(page).getByRole("button", { name: /^Disable 1 API key/ }).click();
  await page.getByRole("dialog", { name: "Disable 1 API key" }).getByRole("button", { name: "Disable 1 API key", exact: true }).click();
  await page.getByRole("dialog", { name: "1 API key disabled" }).getByRole("button", { name: "Done" }).click();
  await button(page, "Try 1 again").click();
  await expectOffboarded(page, `${places.length} done`);
  expect((await dbWorkspacesByPerson(sandbox)).get(owner)).toEqual([]);
});

test("unknown people, the same person twice, and no one", async ({ page, sandbox }) => {
  const [id = ""] = await dbUnblockedPeople(sandbox, (places) => places.length === 2);
  const email = await emailOf(sandbox, id);
  await openPeople(page);
  await page.getByRole("button", { name: "Offboard…", exact: true }).first().click();
  await expect(button(page, "Continue")).toHaveAttribute("aria-disabled", "true");
  await expect(button(page, "Continue")).toHaveAccessibleDescription("No people to offboard");
  await list(page).fill("no.one@elsewhere.example");
  await expect(button(page, "Continue")).toHaveAccessibleDescription("No people to offboard");
  await page.keyboard.press("Control+Enter");
  await expect(list(page)).toBeVisible();
  await list(page).fill(`${email}\n${email}\nno.one@elsewhere.example`);
  await expect(sheet(page).getByText("1 to offboard · 1 not found · 1 duplicate")).toBeVisible();
  await button(page, "Continue").click();
  await expect(sheet(page).locator(".person-card")).toHaveCount(1);
  await button(page, "Review changes").click();
  await button(page, "Offboard 1 person").click();
  await expectOffboarded(page, "2 done");
  await expect(sheet(page).getByText("1 entry of the list matched no one")).toBeVisible();
  expect((await dbWorkspacesByPerson(sandbox)).get(id)).toEqual([]);
  await button(page, "Done").click();
  // Someone who has nothing left is told so, and nothing can be started.
  await openCards(page, [email]);
  await expect(sheet(page).getByText("No workspaces and no active API keys.")).toBeVisible();
  await expect(button(page, "Review changes")).toHaveAccessibleDescription("No changes to make");
});

test("selected people are on cards at once", async ({ page, sandbox }) => {
  const people = (await dbUnblockedPeople(sandbox, (places) => places.length === 1)).slice(0, 2);
  await openPeople(page);
  await select(page, ...people);
  await page.getByRole("group", { name: "Selected people" }).getByRole("button", { name: "Offboard…" }).click();
  await expect(sheet(page).locator(".person-card")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog")).toHaveCount(0);
  expect(await sentWrites(sandbox)).toEqual([]);
});

test("someone managed by the identity provider is refused with the reason, and all others are offboarded", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allowRefusedRemovals();
  const members = await dbMembers(sandbox, "interns");
  const managed = members.at(-1) ?? "";
  const [other = ""] = await dbUnblockedPeople(sandbox, (places) => places.includes("Interns"));
  await openPeople(page);
  await openCards(page, [managed, other]);
  const all = sheet(page).getByRole("checkbox", { name: /^Disable (all )?\d+ API keys?$/ });
  if ((await all.count()) !== 0) await all.check();
  await button(page, "Review changes").click();
  await button(page, "Offboard 2 people").click();
  await expectOffboarded(page, /done · \d refused/);
  const outcomes = sheet(page).getByRole("table", { name: "Outcome for each change" });
  await expectRowVisible(outcomes, { Workspace: /^Interns/, Outcome: /^Refused .*managed by the identity provider \(SCIM\)/ });
  expect((await dbWorkspacesByPerson(sandbox)).get(other)).toEqual([]);
  expect(await dbMembers(sandbox, "interns")).toContain(managed);
});

test("the sheet covers a narrow screen, and nothing scrolls sideways", async ({ page, sandbox }) => {
  const people = await dbLeavers(sandbox);
  await page.setViewportSize({ width: 320, height: 640 });
  await openPeople(page);
  await openCards(page, [...people]);
  // All but the gutter of the scroll bar.
  const box = await sheet(page).boundingBox();
  expect(box).toMatchObject({ x: 0, y: 0, height: 640 });
  expect(box?.width).toBeGreaterThanOrEqual(300);
  const isWide = () => sheet(page).evaluate((it) => it.scrollWidth > it.clientWidth || document.documentElement.scrollWidth > innerWidth);
  expect(await isWide()).toBe(false);
  await button(page, "Review changes").click();
  expect(await isWide()).toBe(false);
});
