/** A key that is refused while many reads wait: they stop immediately, and resume after the sign-in. */
import { expect, MANAGEMENT_KEY, signIn, test, untilQuiet } from "../fixtures.ts";
import { table, waitUntilLoaded } from "../support/overview.ts";
import type { LoggedRequest } from "../support/sandbox.ts";

test.use({
  organization: { auth: "key", seed: "scale", workspaces: 150, people: 30, members: 10, latency_ms: 20 },
});

/** The most requests that the page of all budgets has in flight. */
const IN_FLIGHT = 6;

const isBudgetRead = ({ method, path }: LoggedRequest) =>
  method === "GET" && /\/workspaces\/[0-9a-f-]{36}\/budgets$|\/keys$/.test(path);

test("C2: all budgets stop loading at a refused key, and all load after the sign-in", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(401, /\/budgets$|\/keys\?/, "GET");
  await signIn(page);
  const refusal = { kind: "status", status: 401 } as const;
  await sandbox.fault({ method: "GET", path: "/budgets$|/keys\\?", skip: 49, times: 100_000, answer: refusal });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Budgets" }).click();
  const asked = page.getByRole("dialog", { name: "Sign in again" });
  await expect(asked).toBeVisible();

  await untilQuiet(page);
  const reads = (await sandbox.log()).filter(isBudgetRead);
  const refused = reads.findIndex((request) => request.status === 401);
  expect(refused).toBe(49);
  expect(reads.length - refused).toBeLessThanOrEqual(IN_FLIGHT);

  await sandbox.clearFaults();
  await asked.getByLabel("Management key").fill(MANAGEMENT_KEY);
  await asked.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(asked).toHaveCount(0);
  await waitUntilLoaded(page);
  await expect(table(page).getByText("Not loaded")).toHaveCount(0);
  const { workspaces } = await sandbox.db();
  const answered = (await sandbox.log()).filter((it) => it.path.endsWith("/budgets") && it.status === 200);
  expect(new Set(answered.map((it) => it.path)).size).toBe(workspaces.length);
});
