/**
 * Operations 6 to 9 through the npm client: budgets.
 *
 * Run with `npm ci --ignore-scripts && npm test`, after `cargo build -p sandbox`.
 */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { checkErrors } from "./support/errors.js";
import { useSandbox } from "./support/sandbox.js";

const sandbox = useSandbox();
beforeEach(() => sandbox.reset({ seed: "demo" }));

const of = (interval, workspaceRef = "interns") => ({ workspaceRef, interval });
const set = (interval, limitUsd, includeByokInBudgets) =>
  sandbox.api.workspaces.setBudget({
    ...of(interval),
    upsertWorkspaceBudgetRequest: { limitUsd, includeByokInBudgets },
  });

test("budgets can be set, read, listed and deleted", async () => {
  const { workspaces } = sandbox.api;
  const made = await set("monthly", 500, true);
  assert.equal(made.data.limitUsd, 500);
  assert.equal(made.data.resetInterval, "monthly");
  assert.equal(made.includeByokInBudgets, true);
  assert.deepEqual(await workspaces.getBudget(of("monthly")), made);
  assert.equal((await set("lifetime", 10_000.01)).data.resetInterval, null);
  assert.equal((await set("daily", 24.99)).includeByokInBudgets, true);

  const list = await workspaces.listBudgets({ workspaceRef: "interns" });
  assert.deepEqual(
    list.data.map((budget) => [budget.resetInterval, budget.limitUsd]),
    [[null, 10_000.01], ["monthly", 500], ["daily", 24.99]],
  );
  assert.equal(list.includeByokInBudgets, true);
  for (let twice = 0; twice < 2; twice += 1) {
    assert.deepEqual(await workspaces.deleteBudget(of("daily")), { deleted: true });
  }
  await assert.rejects(workspaces.getBudget(of("daily")), { name: "NotFoundResponseError" });
});

test("limits out of order are a bad request that names both intervals", async () => {
  await set("weekly", 100);
  for (const [interval, limit] of [["daily", 100], ["monthly", 99]]) {
    await assert.rejects(set(interval, limit), (error) => {
      assert.equal(error.name, "BadRequestResponseError");
      assert.match(error.message, new RegExp(interval));
      assert.match(error.message, /weekly/);
      return true;
    });
  }
});

test("invalid limits and intervals are bad requests", async () => {
  await assert.rejects(set("daily", 0), { name: "BadRequestResponseError", message: /^limit_usd/ });
  const { workspaces } = sandbox.api;
  const calls = [
    () => set("yearly", 1),
    () => workspaces.getBudget(of("yearly")),
    () => workspaces.deleteBudget(of("yearly")),
  ];
  for (const call of calls) {
    await assert.rejects(async () => call(), { name: "BadRequestResponseError", message: /^interval/ });
  }
});

const calls = {
  GET: (api) => api.workspaces.getBudget(of("daily", "nope")),
  PUT: (api) =>
    api.workspaces.setBudget({ ...of("daily", "nope"), upsertWorkspaceBudgetRequest: { limitUsd: 1 } }),
  DELETE: (api) => api.workspaces.deleteBudget(of("daily", "nope")),
};
for (const [method, run] of Object.entries(calls)) {
  test(`${method} of a budget fails with the typed errors`, () =>
    checkErrors(sandbox, { method, path: "/budgets/daily", run, errors: [401, 404, 500] }));
}
test("the list of budgets fails with the typed errors", () =>
  checkErrors(sandbox, {
    method: "GET",
    path: "/nope/budgets",
    run: (api) => api.workspaces.listBudgets({ workspaceRef: "nope" }),
    errors: [401, 404, 500],
  }));
