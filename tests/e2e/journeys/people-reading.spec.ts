/** Loading the members of many workspaces when the key is refused. */
import { expect, MANAGEMENT_KEY, signIn, test } from "../fixtures.ts";
import { count, waitUntilLoaded } from "../support/people.ts";

test.use({ organization: { auth: "key", seed: "scale", workspaces: 150, people: 60, members: 40 } });

test("C2: a refused key stops loading all workspaces, and signing in resumes it", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(401, /\/workspaces\/[^/]+\/members\?/, "GET");
  const refused = async () => (await sandbox.log()).filter((it) => it.status === 401).length;
  await signIn(page);
  const answer = { kind: "status", status: 401 } as const;
  await sandbox.fault({ method: "GET", path: "/workspaces/[^/]+/members\\?", skip: 50, times: 1_000, answer });
  await page.getByRole("link", { name: "People", exact: true }).click();
  const asking = page.getByRole("dialog", { name: "Sign in again" });
  await expect(asking).toBeVisible();
  await expect(count(page)).toHaveText(/workspaces still loading$/);
  // After one second nothing more is requested. Two workspaces load at a time, each with at most four requests.
  await expect
    .poll(async () => {
      const before = await refused();
      await page.evaluate(() => new Promise((done) => setTimeout(done, 1_000)));
      return (await refused()) - before;
    })
    .toBe(0);
  expect(await refused()).toBeLessThanOrEqual(8);
  await sandbox.clearFaults();
  await asking.getByLabel("Management key").fill(MANAGEMENT_KEY);
  await asking.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(asking).toHaveCount(0);
  await waitUntilLoaded(page);
  await expect(page.getByText(/Couldn’t load/)).toHaveCount(0);
});
