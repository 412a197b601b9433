/** A proxy whose sign-in has ended: it is named, nothing is lost, and the page goes on by itself. */
import type { Page } from "@playwright/test";
import { clipboardText, expectSavedStatus, field, heading, MANAGEMENT_KEY } from "../support/actions.ts";
import { type Call, enter, expect, json, redirect, SIGN_IN_PAGE, type Substitute, test, text, webPage } from "../support/between.ts";
import {
  expectFinished as expectMembersFinished,
  jobDialog,
  openMembers,
  openRemoveDialog,
  removeDialog,
  SCALE,
  selectAll,
} from "../support/members.ts";
import { expectFinished, openOverview, openPanel, panel, select, setPanelLimit } from "../support/overview.ts";

const asked = (page: Page) => page.getByRole("dialog", { name: "Sign in again" });
const link = (page: Page) => asked(page).getByRole("link", { name: "Sign in at the proxy" });
const keyField = (page: Page) => page.getByLabel("Management key", { exact: true });
const save = (page: Page) => page.getByRole("button", { name: "Save changes" });
const isWrite = ({ method, path }: Call) => method !== "GET" && !path.endsWith("/analytics/query");

/** Ends the sign-in with the first write: it and all later calls are answered so. */
function endWithWrite(answer: Substitute): (call: Call) => Substitute | undefined {
  let hasEnded = false;
  return (call) => {
    hasEnded ||= isWrite(call);
    return hasEnded ? answer : undefined;
  };
}

/** All ways in which sign-ins answer calls. */
const SIGN_INS: [name: string, answer: Substitute][] = [
  ...[301, 302, 303, 307, 308].map((status): [string, Substitute] => [`a redirect ${status}`, redirect(status)]),
  ...[200, 401, 403].map((status): [string, Substitute] => [`its page with ${status}`, webPage(status)]),
  ["an error of another service with 200", json(200, { error: "login_required" })],
  ["an error of another service with 401", json(401, { error: "unauthorized" })],
  ["a plain text with 401", text(401, "Unauthorized")],
];

for (const holder of ["proxy", "page"] as const) {
  test.describe(`where the ${holder} holds the key`, () => {
    test.use({ holder });

    test("H02: a save is not made, the draft is kept, and the page goes on after a sign-in in a new tab", async ({
      page,
      between,
      sandbox,
    }) => {
      await enter(page, holder);
      await field(page, "Description").fill("A draft");
      const before = (await sandbox.workspace("interns")).description;
      // A navigation leads to the sign-in, and from there back to the page.
      let isSignedIn = false;
      const toSignIn = endWithWrite(redirect());
      between.behave({
        answer: (call) => (isSignedIn ? undefined : toSignIn(call)),
        page: ({ path }) => {
          if (path.startsWith("/sso/done")) isSignedIn = true;
          if (isSignedIn) return undefined;
          return path.startsWith("/sso") ? webPage(200) : { status: 302, headers: { location: "/sso/" } };
        },
      });
      await save(page).click();
      await expect(asked(page)).toContainText("Your sign-in at the proxy has ended.");
      await expect(asked(page)).toContainText("nothing was changed");
      await expect(link(page)).toHaveAttribute("target", "_blank");
      expect(between.calls.filter(isWrite)).toHaveLength(1);
      const opening = page.context().waitForEvent("page");
      await link(page).click();
      const tab = await opening;
      await expect(tab.getByRole("heading", { name: "Please sign in" })).toBeVisible();
      await expect(asked(page)).toBeVisible();
      await tab.goto("/sso/done");
      await expect(asked(page)).toHaveCount(0);
      if (holder === "page") await expect(keyField(tab)).toBeVisible();

      // Nothing was sent again by itself.
      await expect(field(page, "Description")).toHaveValue("A draft");
      await expect(page.getByRole("alert").filter({ hasText: "Your sign-in at the proxy has ended. Nothing was changed." })).toBeVisible();
      expect((await sandbox.workspace("interns")).description).toBe(before);
      expect(between.calls.filter(isWrite)).toHaveLength(1);
      await save(page).click();
      await expectSavedStatus(page);
      expect((await sandbox.workspace("interns")).description).toBe("A draft");
    });

    test("H02: the page goes on when the sign-in is renewed elsewhere, and a reload keeps the draft", async ({ page, between }) => {
      await enter(page, holder);
      await field(page, "Description").fill("A draft");
      between.behave({ answer: () => redirect() });
      await save(page).click();
      await expect(asked(page)).toBeVisible();
      expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).toContain("A draft");
      // No request until then is a read of the view, and no key is forgotten.
      expect(between.calls.filter(isWrite)).toEqual([]);
      between.behave({});
      await expect(asked(page)).toHaveCount(0);
      await expect(field(page, "Description")).toHaveValue("A draft");
      page.on("dialog", (dialog) => dialog.accept());
      await page.reload();
      if (holder === "page") {
        await keyField(page).fill(MANAGEMENT_KEY);
        await page.getByRole("button", { name: "Sign in", exact: true }).click();
      }
      await expect(field(page, "Description")).toHaveValue("A draft");
    });

    test("H02, H03: every answer of a sign-in is named as the proxy’s, and reads go on by themselves", async ({ page, between }) => {
      test.slow();
      await enter(page, holder);
      const tab = (name: string) => page.getByRole("link", { name, exact: true });
      for (const [index, [name, answer]] of SIGN_INS.entries()) {
        await test.step(name, async () => {
          between.behave({ answer: () => answer });
          await tab("Members").click();
          await expect(asked(page)).toContainText("Your sign-in at the proxy has ended.");
          await expect(page.getByText(/newer than this|management key that has permission|No connection/)).toHaveCount(0);
          await expect(keyField(page)).toHaveCount(0);
          between.behave({});
          // By itself it asks again after some seconds.
          if (index > 0) await asked(page).getByRole("button", { name: "Try again" }).click();
          await expect(asked(page)).toHaveCount(0);
          await expect(page.getByRole("table", { name: "Members", exact: true }).getByRole("row").nth(1)).toBeVisible();
          await tab("Settings").click();
          await expect(field(page, "Description")).toBeVisible();
        });
      }
    });

    test("H03: a sign-in page at the start is named, and the page goes on by itself", async ({ page, between }) => {
      for (const answer of [webPage(200), webPage(403), redirect()]) {
        between.behave({ answer: () => answer });
        await page.goto("/");
        await expect(page.getByText("Your sign-in at the proxy has ended")).toBeVisible();
        await expect(keyField(page)).toHaveCount(0);
        between.behave({});
        await expect(holder === "proxy" ? heading(page, "Workspaces") : keyField(page)).toBeVisible();
      }
    });
  });
}

test("H02: a list whose second page is redirected is read as a whole afterwards", async ({ page, between, sandbox }) => {
  const { people } = await sandbox.db();
  expect(people.length).toBeGreaterThan(200);
  await page.goto("/");
  await expect(heading(page, "Workspaces")).toBeVisible();
  between.behave({ answer: ({ path }) => (/organization\/members\?offset=[1-9]|\/key$/.test(path) ? redirect() : undefined) });
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People" }).click();
  await expect(asked(page)).toBeVisible();
  between.behave({});
  await expect(asked(page)).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: new RegExp(`^${people.length} people`) })).toBeVisible();
});

test("H02: the details of a save name the method, and who answered", async ({ page, context, between }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await enter(page, "proxy");
  await field(page, "Description").fill("A draft");
  between.behave({ answer: (call) => (isWrite(call) ? redirect() : undefined) });
  await save(page).click();
  // Only the write was redirected, so the page goes on at once.
  const alert = page.getByRole("alert").filter({ hasText: "Nothing was changed." });
  await expect(alert).toBeVisible();
  await expect(asked(page)).toHaveCount(0);
  await alert.getByText("Technical details").click();
  await alert.getByRole("button", { name: /Copy/ }).click();
  const details = await clipboardText(page);
  for (const line of ["method: PATCH", "status: a redirect", "answered by: a proxy’s sign-in"]) expect(details).toContain(line);
});

test("H02: a sign-in in one tab lets every tab go on", async ({ page, context, between }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) await enter(tab, "proxy");
  between.behave({ answer: () => webPage(403, SIGN_IN_PAGE) });
  for (const tab of [page, other]) {
    await tab.getByRole("link", { name: "Members", exact: true }).click();
    await expect(asked(tab)).toBeVisible();
  }
  between.behave({});
  await asked(page).getByRole("button", { name: "Try again" }).click();
  for (const tab of [page, other]) await expect(asked(tab)).toHaveCount(0);
});

test.describe("jobs", () => {
  test.use({ organization: { ...SCALE, people: 300, members: 240 } });

  test("H02: a job waits for the sign-in, goes on by itself, and sends no one twice", async ({ page, between, sandbox }) => {
    await openMembers(page, "scale-members");
    await selectAll(page);
    await openRemoveDialog(page);
    let writes = 0;
    let hasEnded = false;
    between.behave({
      answer: (call) => {
        if (isWrite(call)) writes += 1;
        hasEnded ||= writes > 1;
        return hasEnded ? redirect(303) : undefined;
      },
    });
    await sandbox.clearLog();
    await removeDialog(page).getByRole("button", { name: "Remove 238 members", exact: true }).click();
    await expect(asked(page)).toBeVisible();
    await expect(jobDialog(page).getByText("Waiting for you to sign in")).toBeAttached();
    between.behave({});
    await expectMembersFinished(page, "238 removed", 30_000);
    const named = (await sandbox.requests("POST")).flatMap((it) => (it.request_body as { user_ids: string[] }).user_ids);
    expect([named.length, new Set(named).size]).toEqual([238, 238]);
  });
});

test("H02: a job of budgets waits for the sign-in and goes on by itself", async ({ page, between, sandbox }) => {
  await openOverview(page);
  await select(page, "Interns", "Mobile Apps");
  await openPanel(page);
  await setPanelLimit(page, "Lifetime", null);
  await setPanelLimit(page, "Monthly", "600");
  await setPanelLimit(page, "Weekly", null);
  await setPanelLimit(page, "Daily", null);
  between.behave({ answer: endWithWrite(webPage(401)) });
  await panel(page).getByRole("button", { name: "Change 2 workspaces" }).click();
  await expect(asked(page)).toBeVisible();
  between.behave({});
  await expectFinished(page, "2 changed");
  for (const slug of ["interns", "mobile-apps"]) expect(await sandbox.limits(slug)).toEqual({ monthly: "600" });
});
