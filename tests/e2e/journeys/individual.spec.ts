/** An individual account: no organization, so no directory. */
import type { Page } from "@playwright/test";
import { finder, openPalette, options } from "../support/palette.ts";
import { expect, expectAccessible, heading, open, takeShots, test } from "../fixtures.ts";

const links = (page: Page) => page.getByRole("navigation", { name: "Main" }).getByRole("link");

test.describe("individual", () => {
  test.use({ organization: { auth: "proxy", account: "individual" } });

  test("it has no link to people, and the page says why", async ({ page, sandbox }) => {
    await open(page, "/", "Workspaces");
    await expect(links(page)).toHaveText(["Workspaces", "Budgets", "API keys", "Import and export", "Activity"]);
    await openPalette(page);
    await finder(page).fill("people");
    await expect(options(page).filter({ hasText: /^People/ })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await sandbox.clearLog();
    await open(page, "/people", "People");
    await expect(page.getByText("This account has no organization")).toBeVisible();
    await expect(page.getByRole("main")).toContainText("sign in with a management key of an organization");
    expect((await sandbox.log()).filter((it) => it.path.endsWith("/organization/members"))).toEqual([]);
    await expectAccessible(page);
    await takeShots(page, "individual-people");
  });

  test("no page asks for a directory, and those that show people say that there is none", async ({ page, sandbox }) => {
    const views = [
      ["/workspaces/interns/members", true],
      ["/keys", true],
      ["/workspaces/interns/keys", true],
      ["/files", true],
      ["/activity", false],
      ["/budgets", false],
      ["/", false],
    ] as const;
    for (const [address, hasPeople] of views) {
      await page.goto(address);
      await expect(page.getByRole("main").getByRole("heading").first()).toBeVisible();
      await expect(page.getByText("This account has no organization", { exact: true })).toHaveCount(hasPeople ? 1 : 0);
      await expect(page.getByRole("main").locator(".skeleton")).toHaveCount(0);
    }
    await page.goto("/workspaces/interns/members");
    await expect(page.getByRole("button", { name: "Add members" })).toHaveAccessibleDescription(/no organization/);
    await expect(page.getByText("so people are shown by ID")).toBeVisible();
    await expectAccessible(page);
    await takeShots(page, "individual-members");
    expect((await sandbox.log()).filter((it) => it.path.endsWith("/organization/members"))).toEqual([]);
  });

  test("a refused budget names the plan", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(403, /\/budgets$/, "GET");
    await sandbox.fault({ method: "GET", path: "/budgets", times: 5, answer: { kind: "status", status: 403 } });
    await page.goto("/workspaces/interns/budgets");
    await expect(page.getByRole("alert")).toContainText("Enterprise");
  });
});

test.describe("organization", () => {
  test.use({ organization: { auth: "proxy" } });

  test("it has people", async ({ page }) => {
    await open(page, "/", "Workspaces");
    await links(page).filter({ hasText: "People" }).click();
    await expect(heading(page, "People")).toBeVisible();
    await expect(page.getByText("This account has no organization")).toHaveCount(0);
  });
});
