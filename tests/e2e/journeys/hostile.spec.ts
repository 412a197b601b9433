/** Hostile texts on every page: displayed only, within their element, and without side effects. */
import { expect, takeShots, test } from "../fixtures.ts";
import { choose, openFiles, plan } from "../support/files.ts";
import { expectHarmless, HOSTILE, hostileSlug, recordScriptRuns } from "../support/hostile.ts";

test.use({ organization: HOSTILE });
test.beforeEach(async ({ page }) => recordScriptRuns(page));

for (const [name, address] of Object.entries({
  list: "/",
  budgets: "/budgets",
  people: "/people",
  "API keys": "/keys",
  "no match": `/?q=${encodeURIComponent("\u2069\u202e<img src=x onerror=hostile()>" + "y".repeat(2_000))}`,
})) {
  test(`${name}: inert, in order, in place`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole("main").getByRole("status").filter({ hasText: /\d+ (workspaces|people|API keys)$/ })).toBeVisible();
    await expectHarmless(page);
    await takeShots(page, `hostile-${name}`);
  });
}

test("a file and its plan: inert, in order, in place", async ({ page }) => {
  await openFiles(page);
  const name = "\u2069\u202e<img src=x onerror=hostile()>";
  const file = {
    version: 1,
    workspaces: [
      { slug: "hostile-7", name, description: `${"W".repeat(400)}\n${name}`, members: [name, `${"x".repeat(300)}@example.com`] },
      { slug: "new-one", name: "y".repeat(100) },
    ],
    delete: ["hostile-10"],
  };
  await choose(page, "hostile.json", JSON.stringify(file));
  await expect(plan(page).getByRole("checkbox").first()).toBeVisible();
  await expectHarmless(page);
  await choose(page, "hostile.json", JSON.stringify({ version: 1, [name.repeat(20)]: [], workspaces: "y".repeat(2_000) }));
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await expectHarmless(page);
});

test("a baseline and a clone: inert, in order, in place", async ({ page }) => {
  await openFiles(page);
  const name = "\u2069\u202e<img src=x onerror=hostile()>";
  const workspaces = [{ slug: "hostile-7", name, description: `${"W".repeat(400)}\n${name}` }, { slug: "gone", name: name.repeat(3) }];
  await choose(page, "hostile.json", JSON.stringify({ version: 1, workspaces }));
  await page.getByRole("button", { name: "Keep the imported file as the baseline" }).click();
  await expect(page.getByRole("list", { name: "Workspaces that differ from the baseline" })).toContainText("It no longer exists");
  await expectHarmless(page);
  await page.goto("/workspaces/hostile-7?panel=clone");
  await expect(page.getByRole("dialog", { name: /^Clone/ })).toBeVisible();
  await expectHarmless(page);
});

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
