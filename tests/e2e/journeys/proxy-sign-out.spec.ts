/** Signing out where a proxy holds the key: everything here is forgotten, and the proxy ends its own session. */
import type { Page } from "@playwright/test";
import { expect, field, heading, open, test, untilQuiet } from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

const SIGN_OUT = "/oauth2/sign_out?rd=%2F";
const keyField = (page: Page) => page.getByLabel("Management key", { exact: true });
const signedOut = (page: Page) => page.getByText("You’re signed out");

/** Everything that the console keeps in the browser. */
const kept = (page: Page) => page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));

/** Answers the question before a sign-out. */
const answer = (page: Page) => page.getByRole("alertdialog").getByRole("button", { name: "Sign out" }).click();

/** Signs out in spite of unsaved changes. */
async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await answer(page);
}

/** Leaves a draft in the page, and the record of a job. */
async function leaveData(page: Page, draft: string): Promise<void> {
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Description").fill(draft);
  await page.evaluate(() => {
    const started = String(Math.floor(Date.now() / 1000)).padStart(12, "0");
    localStorage.setItem(`workspace-console.job.${started}-0badcafe.spec`, "user_of_a_job");
  });
  expect(await kept(page)).toContain(draft);
}

/** Serves the page as built with an address for the sign-out. */
async function configureSignOut(page: Page): Promise<void> {
  await page.route(
    (url) => !url.pathname.includes(".") && !url.pathname.startsWith("/api") && !url.pathname.startsWith("/oauth2"),
    async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace('name="sign-out-url" content=""', `name="sign-out-url" content="${SIGN_OUT}"`);
      expect(body).toContain(SIGN_OUT);
      await route.fulfill({ response, body });
    },
  );
  await page.route("**/oauth2/sign_out*", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Goodbye</title><h1>Goodbye</h1>" }),
  );
}

test("without an address for the sign-out, every tab forgets everything and says what is left to do", async ({
  page,
  context,
  sandbox,
}) => {
  const other = await context.newPage();
  await leaveData(page, "A draft of this tab");
  await leaveData(other, "A draft of the other tab");
  for (const tab of [page, other]) await untilQuiet(tab);
  await sandbox.clearLog();
  await signOut(page);
  for (const tab of [page, other]) {
    await expect(signedOut(tab)).toBeVisible();
    await expect(tab.getByText("We removed job records and all loaded data from this browser.")).toBeVisible();
    await expect(tab.getByText("To sign out there, close all browser windows.")).toBeVisible();
    await expect(keyField(tab)).toHaveCount(0);
    await expect(tab.getByText("Interns")).toHaveCount(0);
    expect(await kept(tab)).toMatch(/A draft/);
    expect(await kept(tab)).not.toMatch(/user_of_a_job/);
  }
  // Nothing is shown or requested until the person signs in again.
  await page.reload();
  await expect(signedOut(page)).toBeVisible();
  expect(await sandbox.log()).toEqual([]);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(field(page, "Description")).toHaveValue("A draft of this tab");
  await expect(heading(page, "Interns")).toBeVisible();
});

test("the address for the sign-out is opened after everything is forgotten", async ({ page, context }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) await configureSignOut(tab);
  await leaveData(page, "A draft of this tab");
  await leaveData(other, "A draft of the other tab");
  await signOut(page);
  await expect(page).toHaveURL(SIGN_OUT);
  await expect(page.getByRole("heading", { name: "Goodbye" })).toBeVisible();
  expect(await kept(page)).not.toMatch(/user_of_a_job/);
  // The other tab did not ask the proxy to sign out, and links to it.
  await expect(signedOut(other)).toBeVisible();
  expect(await kept(other)).not.toMatch(/user_of_a_job/);
  await expect(other.getByRole("link", { name: "Sign out of the proxy" })).toHaveAttribute("href", SIGN_OUT);
});

test("a person whose sign-in at the proxy has ended can still forget everything here", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(401, /\/workspaces\/[0-9a-f-]{36}$/, "PATCH");
  expectedFailures.allow(401, /\/api\/v1\/key$/, "GET");
  await leaveData(page, "A draft of this tab");
  const refusal = { kind: "status", status: 401, envelope: false, body: "Unauthorized" } as const;
  await sandbox.fault({ method: "PATCH", path: "/workspaces/", answer: refusal });
  await sandbox.fault({ path: "/key$", times: 10, answer: refusal });
  await page.getByRole("button", { name: "Save changes" }).click();
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  await expect(dialog).toBeVisible();
  await expect(keyField(page)).toHaveCount(0);
  await dialog.getByRole("button", { name: "Sign out" }).click();
  await answer(page);
  await expect(signedOut(page)).toBeVisible();
  expect(await kept(page)).not.toMatch(/user_of_a_job/);
});

test("a sign-in at the proxy that is over at the start does not make the console ask for a key", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(401, /\/api\/v1\/(key|workspaces\?.*)$/, "GET");
  const refusal = { kind: "status", status: 401, envelope: false, body: "Unauthorized" } as const;
  await open(page, "/", "Workspaces");
  await sandbox.fault({ path: "/key$", times: 10, answer: refusal });
  await page.reload();
  await expect(page.getByText("Your sign-in at the proxy has ended")).toBeVisible();
  await expect(keyField(page)).toHaveCount(0);
  // An API that answers for itself has got no key: there is no such proxy any more.
  await sandbox.clearFaults();
  await sandbox.fault({ path: "/key$", times: 10, answer: { kind: "status", status: 401 } });
  await page.reload();
  await expect(keyField(page)).toBeVisible();
});
