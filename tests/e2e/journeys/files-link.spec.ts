/** A file in a link: a colleague opens it, and the plan is made against the present workspaces. */
import { deflateRawSync } from "node:zlib";
import { clipboardText, expect, expectAccessible, heading, MANAGEMENT_KEY, open, test } from "../fixtures.ts";
import { choose, expectPlan, openFiles, paste, plan } from "../support/files.ts";
import type { Page } from "@playwright/test";

const file = (page: Page) => page.getByRole("textbox", { name: "File to import" });
const copyLink = (page: Page) => plan(page).getByRole("button", { name: "Copy link for a review" });
const FILE = "version: 1\nworkspaces:\n  - slug: interns\n    description: “From a link”, ünïcödé\n";

/** A link to a file, as the console makes it. */
const linkTo = (text: string | Buffer) => `/files#file=z${deflateRawSync(text).toString("base64url")}`;

test.describe("behind a proxy", () => {
  test.use({ organization: { auth: "proxy" } });

  test("a colleague sees the plan against the present state, and nothing is applied", async ({ page, context, sandbox }) => {
    await openFiles(page);
    await paste(page, FILE);
    await expectPlan(page, "1 to change");
    await copyLink(page).click();
    await expect(plan(page).getByText("Copied", { exact: true })).toBeVisible();
    const link = await clipboardText(page);
    expect(link).toMatch(/\/files#file=z[\w-]+$/);
    await sandbox.call("PATCH", "/workspaces/interns", { description: "Changed before" });
    const other = await context.newPage();
    await open(other, link, "Import and export");
    await expect(file(other)).toHaveValue(FILE);
    await expect(other.getByText("This file came from a link")).toBeVisible();
    await expectPlan(other, "1 to change");
    await expect(plan(other)).toContainText("Changed before → “From a link”, ünïcödé");
    await expect(other).toHaveURL(/\/files$/);
    await expectAccessible(other);
    const sent = (await sandbox.log()).filter((it) => it.method !== "GET" && !it.path.endsWith("/interns"));
    expect(sent).toEqual([]);
    await other.reload();
    await expect(file(other)).toHaveValue(FILE);
  });

  test("a link in a tab with a file sets that one aside", async ({ page }) => {
    await openFiles(page);
    await paste(page, "name\nMine\n");
    await expectPlan(page, "1 to create");
    await page.evaluate((hash) => (location.hash = hash), linkTo(FILE).replace(/^.*#/, ""));
    await expect(file(page)).toHaveValue(FILE);
    await expect(page).toHaveURL(/\/files$/);
    await page.getByRole("button", { name: "Bring back the earlier file" }).click();
    await expect(file(page)).toHaveValue("name\nMine\n");
    await expect(page.getByText("This file came from a link")).toHaveCount(0);
  });

  for (const [name, fragment, text] of [
    ["is cut off", linkTo(FILE).slice(6, -9), "The link is damaged or was cut off"],
    ["has no file", "#file=", "The link is damaged or was cut off"],
    ["has other characters", "#file=t%00%ff", "The link is damaged or was cut off"],
    ["is of no known kind", "#file=xAAAA", "The link is damaged or was cut off"],
    ["is no text", `#file=t${Buffer.from([0xff, 0xfe, 0xfd]).toString("base64url")}`, "The link is damaged or was cut off"],
    ["unfolds to more than a megabyte", linkTo(Buffer.alloc(5_000_000)).slice(6), "larger than 1 MB"],
    ["is far too long", `#file=t${"A".repeat(40_000)}`, "larger than 1 MB"],
  ] as const) {
    test(`a link that ${name} is refused in place`, async ({ page, sandbox }) => {
      await open(page, `/files${fragment}`, "Import and export");
      const alert = page.getByRole("alert");
      await expect(alert).toContainText("Couldn’t read the link");
      await expect(alert).toContainText(text);
      await expect(alert).toContainText("Nothing was changed.");
      await expect(file(page)).toHaveValue("");
      expect((await sandbox.log()).every((request) => request.method === "GET")).toBe(true);
    });
  }

  test("the problems of a linked file are named like those of any other", async ({ page }) => {
    await open(page, linkTo("version: 1\nworkspaces:\n  - slug: a\n    <img src=x onerror=alert(1)>: 5\n"), "Import and export");
    await expect(page.getByRole("alert")).toContainText("Line 4, column 35: Unknown field “<img src=x onerror=alert(1)>”");
  });

  test("a file that is too long for a link says so, and its plan can be downloaded", async ({ page }) => {
    await openFiles(page);
    const words = Array.from({ length: 3000 }, (_, at) => `Team ${at} ${(at * 2654435761) % 2 ** 32} ${(at * 320746857) % 2 ** 31},${at + 1}`);
    await choose(page, "teams.csv", ["name,monthly", ...words].join("\n"));
    await expectPlan(page, "3,000 to create");
    await expect(plan(page)).toContainText(/This file is too long for a link: [\d,]+ of at most 30,000 characters/);
    await expect(copyLink(page)).toHaveAttribute("aria-disabled", "true");
    const coming = page.waitForEvent("download");
    await plan(page).getByRole("button", { name: "Download plan" }).click();
    expect((await coming).suggestedFilename()).toMatch(/^plan-.*\.txt$/);
  });
});

test("a link waits for the sign-in", async ({ page }) => {
  await page.goto(linkTo(FILE));
  await expect(page.getByLabel("Management key", { exact: true })).toBeVisible();
  await page.reload();
  await page.getByLabel("Management key", { exact: true }).fill(MANAGEMENT_KEY);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(heading(page, "Import and export")).toBeVisible();
  await expect(file(page)).toHaveValue(FILE);
  await expectPlan(page, "1 to change");
});
