/** Many API keys at once: disabling, enabling, limits, moving, deleting, and undo. */
import { expect, expectAccessible, takeShots, test } from "../fixtures.ts";
import { bar, bulk, count, dbKey, dbKeys, expectFinished, openAllKeys, openKeys, rowOf, rows, search, select } from "../support/keys.ts";

test.use({ organization: { auth: "proxy" } });

const state = (key: Record<string, unknown>) => Boolean(key.disabled);

test("keys are disabled and enabled, with a preview, outcomes and undo", async ({ page, sandbox }) => {
  await openAllKeys(page, sandbox);
  await select(page, "Android", "iOS", "iOS beta");
  await bar(page).getByRole("button", { name: "Disable…" }).click();
  await expect(page).toHaveURL(/\?panel=disable$/);
  await expect(bulk(page)).toHaveAccessibleName("Disable 2 API keys");
  await expect(bulk(page).locator(".change__summary")).toHaveText("2 to change · 1 skipped");
  await expect(bulk(page)).toContainText("Already disabled");
  await expectAccessible(page);
  await takeShots(page, "keys-disable");
  await bulk(page).getByRole("button", { name: "Disable 2 API keys" }).click();
  await expectFinished(page, "2 disabled");
  await takeShots(page, "keys-disabled");
  for (const name of ["Android", "iOS", "iOS beta"]) expect(state(await dbKey(sandbox, name))).toBe(true);
  expect(await sandbox.requests("PATCH")).toHaveLength(2);
  await bulk(page).getByRole("button", { name: "Undo: enable 2 API keys" }).click();
  await expectFinished(page, "2 enabled");
  expect([state(await dbKey(sandbox, "Android")), state(await dbKey(sandbox, "iOS beta"))]).toEqual([false, true]);
  await bulk(page).getByRole("button", { name: "Close", exact: true }).last().click();
  await page.evaluate(() => scrollTo(0, 0));
  await expect(rowOf(page, "Android")).toContainText("Active");
});

test("a limit is set on keys without one, and undo takes only what is as the job left it", async ({ page, sandbox }) => {
  const capped = await dbKey(sandbox, "Smoke tests");
  await sandbox.call("PATCH", `/keys/${capped.hash}`, { limit: 7, limit_reset: null });
  for (const name of ["Load test", "Preview deployments"]) {
    await sandbox.call("PATCH", `/keys/${(await dbKey(sandbox, name)).hash}`, { limit: null, limit_reset: null });
  }
  await openKeys(page, "staging", sandbox);
  await select(page, "Load test", "Preview deployments", "Smoke tests");
  await bar(page).getByRole("button", { name: "Set limit…" }).click();
  const start = bulk(page).getByRole("button", { name: /^Set the limit of/ });
  await expect(start).toHaveAttribute("aria-disabled", "true");
  await bulk(page).getByLabel("Limit in US dollars").fill("40");
  await bulk(page).getByLabel("Reset the limit").selectOption("weekly");
  await expect(bulk(page).locator(".change__summary")).toHaveText("2 to change · 1 skipped");
  await start.click();
  await expectFinished(page, "2 changed");
  const limit = async (name: string) => {
    const key = await dbKey(sandbox, name);
    return [key.limit, key.limit_reset];
  };
  expect([await limit("Load test"), await limit("Smoke tests")]).toEqual([[40, "weekly"], [7, null]]);
  // Someone else changes one of them before the undo.
  await sandbox.call("PATCH", `/keys/${(await dbKey(sandbox, "Preview deployments")).hash}`, { limit: 55 });
  await bulk(page).getByRole("button", { name: "Undo 2 changes" }).click();
  await expectFinished(page, "1 changed · 1 skipped (changed by someone else)");
  expect([await limit("Load test"), await limit("Preview deployments")]).toEqual([[null, null], [55, "weekly"]]);
});

test("keys of several workspaces are moved to one, and back", async ({ page, sandbox }) => {
  const before = await Promise.all(["Android", "Glossing"].map((name) => dbKey(sandbox, name)));
  const { id } = await sandbox.workspace("interns");
  await openAllKeys(page, sandbox);
  await select(page, "Android", "Glossing");
  await bar(page).getByRole("button", { name: "Move…" }).click();
  await bulk(page).getByRole("combobox", { name: "Workspace" }).fill("interns");
  await page.keyboard.press("Escape");
  await expect(bulk(page)).toContainText("Guardrail assignments move along");
  await takeShots(page, "keys-move");
  await bulk(page).getByRole("button", { name: "Move 2 API keys" }).click();
  await expectFinished(page, "2 moved");
  for (const name of ["Android", "Glossing"]) expect((await dbKey(sandbox, name)).workspace_id).toBe(id);
  await bulk(page).getByRole("button", { name: "Undo: move 2 API keys back" }).click();
  await expectFinished(page, "2 moved");
  for (const key of before) expect((await dbKey(sandbox, String(key.name))).workspace_id).toBe(key.workspace_id);
});

test("keys are deleted after a question, and there is no undo", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(404, /\/keys\/\w+$/, "GET");
  const gone = await dbKey(sandbox, "Smoke tests");
  await openKeys(page, "staging", sandbox);
  await select(page, "Load test", "Smoke tests");
  await bar(page).getByRole("button", { name: "Delete…" }).click();
  await expect(page.getByRole("alertdialog", { name: "Delete 2 API keys?" })).toBeVisible();
  await expect(bulk(page).getByRole("button", { name: "Cancel" })).toBeFocused();
  // Someone else is faster with one of them.
  await sandbox.call("DELETE", `/keys/${gone.hash}`);
  await bulk(page).getByRole("button", { name: "Delete 2 API keys" }).click();
  await expectFinished(page, "1 deleted · 1 already deleted");
  await expect(bulk(page).getByRole("button", { name: /Undo/ })).toHaveCount(0);
  expect((await dbKeys(sandbox, "staging")).map((key) => key.name)).toEqual(["Preview deployments"]);
  await bulk(page).getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(count(page)).toHaveText("1 API key");
});

test("a refused change is told for its key, and a lost one is read back", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(403, /\/keys\/\w+$/, "PATCH");
  expectedFailures.allow("network", /\/keys\/\w+$/, "PATCH");
  const [refused, lost] = [await dbKey(sandbox, "Load test"), await dbKey(sandbox, "Smoke tests")];
  await sandbox.fault({ method: "PATCH", path: `/keys/${refused.hash}`, answer: { kind: "status", status: 403, message: "Not this one" } });
  await sandbox.fault({ method: "PATCH", path: `/keys/${lost.hash}`, when: "after", times: 2, answer: { kind: "close" } });
  await openKeys(page, "staging", sandbox);
  await select(page, "Load test", "Preview deployments", "Smoke tests");
  await bar(page).getByRole("button", { name: "Disable…" }).click();
  await bulk(page).getByRole("button", { name: "Disable 3 API keys" }).click();
  await expectFinished(page, "2 disabled · 1 refused");
  await expect(bulk(page)).toContainText("Not this one");
  expect(state(await dbKey(sandbox, "Load test"))).toBe(false);
  await bulk(page).getByRole("button", { name: "Try 1 again" }).click();
  await expectFinished(page, "3 disabled");
  expect(state(await dbKey(sandbox, "Load test"))).toBe(true);
});

test.describe("of 5,000", () => {
  test.use({ organization: { auth: "proxy", seed: "scale", workspaces: 3, people: 30, members: 10, keys: 5_000 } });

  test("the list stays fluid: searching, sorting, selecting all", async ({ page, sandbox }) => {
    test.slow();
    await openAllKeys(page, sandbox);
    expect(await rows(page).count()).toBeLessThan(80);
    const typed = await page.evaluate(async () => {
      const input = document.querySelector<HTMLInputElement>("main input[type=search]");
      if (!input) throw new Error("no search");
      const start = performance.now();
      input.value = "key 1";
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now() - start;
    });
    console.log(`a keystroke in 5,000 keys: ${Math.round(typed)} ms`);
    expect(typed).toBeLessThan(500);
    await search(page).fill("");
    await rows(page).first().getByRole("checkbox").check();
    await bar(page).getByRole("button", { name: /^Select all [\d,]+ matching$/ }).click();
    const { length } = await dbKeys(sandbox);
    await expect(bar(page)).toContainText(`${length.toLocaleString("en-US")} selected`);
  });
});
