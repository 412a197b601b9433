/** Hostile texts on every page: displayed only, within their element, and without side effects. */
import { expect, takeShots, test } from "../fixtures.ts";
import { expectHarmless, HOSTILE, hostileSlug, recordScriptRuns } from "../support/hostile.ts";

test.use({ organization: HOSTILE });
test.beforeEach(async ({ page }) => recordScriptRuns(page));

for (const [name, address] of Object.entries({
  list: "/",
  budgets: "/budgets",
  people: "/people",
  "no match": `/?q=${encodeURIComponent("\u2069\u202e<img src=x onerror=hostile()>" + "y".repeat(2_000))}`,
})) {
  test(`${name}: inert, in order, in place`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole("main").getByRole("status").filter({ hasText: /\d+ (workspaces|people)$/ })).toBeVisible();
    await expectHarmless(page);
    await takeShots(page, `hostile-${name}`);
  });
}

test("the worst workspaces: inert, in order, in place", async ({ page, sandbox, expectedFailures }) => {
  test.setTimeout(240_000);
  // A proxy would answer 404 here.
  expectedFailures.allow(404, /\/workspaces\/%22%3E%3Cimg/, "GET");
  for (const slug of ["hostile-7", "hostile-10", "hostile-12", "hostile-18", "hostile-20", await hostileSlug(sandbox)]) {
    // The area above the tabs is the same on each tab.
    for (const tab of slug === "hostile-12" ? ["", "/budgets", "/members"] : [""]) {
      await page.goto(`/workspaces/${encodeURIComponent(slug)}${tab}`);
      await expect(page.getByRole("main").getByRole("button").last()).toBeVisible();
      await expectHarmless(page);
      await takeShots(page, `hostile-${slug.replace(/\W/g, "")}${tab.replace("/", "-")}`);
    }
  }
});
