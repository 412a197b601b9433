/** Creating a workspace when the response is lost, and leaving the form. */
import type { Page } from "@playwright/test";
import { expect, expectNotice, field, heading, open, test } from "../fixtures.ts";
import type { Fault } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const submit = (page: Page) => page.getByRole("button", { name: "Create workspace" });
const main = (page: Page) => page.getByRole("main");

test.beforeEach(async ({ page }) => open(page, "/create-workspace", "Create workspace"));

test.describe("a response that is lost after the workspace was created", () => {
  const lost: Record<string, Fault["answer"]> = {
    "the connection closes": { kind: "close" },
    "the API responds with 500": { kind: "status", status: 500 },
    "the proxy sends an error page": { kind: "status", status: 502, body: "<h1>Bad Gateway</h1>", content_type: "text/html" },
    "the response is truncated": { kind: "truncate" },
  };
  for (const [name, answer] of Object.entries(lost)) {
    test(`is settled by reading back: ${name}`, async ({ page, sandbox, expectedFailures }) => {
      for (const status of ["network", 500, 502] as const) expectedFailures.allow(status, /\/workspaces$/, "POST");
      // The browser may resend the request on a new connection. The API refuses that one.
      expectedFailures.allow(400, /\/workspaces$/, "POST");
      await sandbox.fault({ method: "POST", path: "/workspaces", when: "after", answer });
      await field(page, "Name").fill("Night Shift");
      await field(page, "Description").fill("Owls");
      await submit(page).click();
      await expect(heading(page, "Night Shift")).toBeVisible();
      await expectNotice(page, "Success: “Night Shift” was created");
      await expect(main(page).getByRole("alert")).toHaveCount(0);
      expect(await sandbox.workspaces("night-shift")).toHaveLength(1);
    });
  }
});

test.describe("a request that is lost before the workspace was created", () => {
  const lost: Record<string, Fault["answer"]> = {
    "the connection closes": { kind: "close" },
    "the API responds with 500": { kind: "status", status: 500 },
  };
  for (const [name, answer] of Object.entries(lost)) {
    test(`is recognized as not created, and the form stays: ${name}`, async ({ page, sandbox, expectedFailures }) => {
      for (const status of ["network", 500] as const) expectedFailures.allow(status, /\/workspaces$/, "POST");
      expectedFailures.allow(404, /\/workspaces\/night-shift$/, "GET");
      // As many times as the browser may send it.
      await sandbox.fault({ method: "POST", path: "/workspaces", times: 5, answer });
      await field(page, "Name").fill("Night Shift");
      await field(page, "Description").fill("Owls");
      await submit(page).click();
      const alert = main(page).getByRole("alert");
      await expect(alert).toContainText("Couldn’t create the workspace");
      await expect(alert).toContainText("We checked: nothing was changed.");
      expect(await sandbox.workspaces("night-shift")).toEqual([]);
      await expect(field(page, "Description")).toHaveValue("Owls");

      await sandbox.clearFaults();
      await submit(page).click();
      await expect(heading(page, "Night Shift")).toBeVisible();
      expect(await sandbox.workspaces("night-shift")).toHaveLength(1);
    });
  }
});

test("if reading back fails too, the outcome is reported as unknown", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, /\/workspaces(\/night-shift)?$/);
  await sandbox.fault({ method: "POST", path: "/workspaces", when: "after", answer: { kind: "status", status: 500 } });
  await sandbox.fault({ method: "GET", path: "/workspaces/night-shift", answer: { kind: "status", status: 500 } });
  await field(page, "Name").fill("Night Shift");
  await submit(page).click();
  await expect(main(page).getByRole("alert")).toContainText("We couldn’t check whether the change was made");
  await page.getByRole("link", { name: "Activity" }).click();
  await page.getByRole("button", { name: "Discard changes" }).click();
  await expect(page.getByRole("cell", { name: /^Unclear/ })).toBeVisible();
});

test("someone else's workspace with the same slug is not mistaken for your own", async ({
  page,
  sandbox,
  expectedFailures,
}) => {
  expectedFailures.allow(500, /\/workspaces$/, "POST");
  // The list must be loaded before. Otherwise it would contain their workspace, and nothing would be sent.
  const hasList = async () => (await sandbox.requests("GET")).some((it) => /workspaces$/.test(it.path) && it.status === 200);
  await expect.poll(hasList).toBe(true);
  await sandbox.call("POST", "/workspaces", { name: "Theirs", slug: "night-shift" });
  await sandbox.fault({ method: "POST", path: "/workspaces", answer: { kind: "status", status: 500 } });
  await field(page, "Name").fill("Night Shift");
  await submit(page).click();
  const alert = main(page).getByRole("alert");
  await expect(alert).toContainText("The saved value differs from what you sent");
  await expect(heading(page, "Create workspace")).toBeVisible();
});

test("a draft survives a reload, and can be discarded", async ({ page }) => {
  page.on("dialog", (dialog) => void dialog.accept());
  await field(page, "Name").fill("Half a thought");
  await field(page, "Description").fill("and then");
  await page.getByText("More options").click();
  await page.getByRole("switch", { name: "Broadcast" }).check();
  await page.reload();
  await expect(page.getByText("We restored your unsaved changes")).toBeVisible();
  await expect(field(page, "Name")).toHaveValue("Half a thought");
  await expect(field(page, "Slug")).toHaveValue("half-a-thought");
  await expect(field(page, "Description")).toHaveValue("and then");
  await expect(page.getByRole("switch", { name: "Broadcast" })).toBeChecked();
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(field(page, "Name")).toHaveValue("");
  await expect(page.getByText("We restored your unsaved changes")).toHaveCount(0);
  await page.reload();
  await expect(heading(page, "Create workspace")).toBeVisible();
  await expect(page.getByText("We restored your unsaved changes")).toHaveCount(0);
});

test.describe("leaving a form with input", () => {
  const question = (page: Page) => page.getByRole("alertdialog", { name: "Leave without saving?" });

  test("a link asks first", async ({ page }) => {
    await field(page, "Name").fill("Half a thought");
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect(question(page).getByRole("button", { name: "Keep editing" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(question(page)).toHaveCount(0);
    await expect(field(page, "Name")).toHaveValue("Half a thought");
    await expect(page).toHaveURL(/\/create-workspace$/);

    await page.getByRole("link", { name: "Activity" }).click();
    await page.keyboard.press("Escape");
    await expect(question(page)).toHaveCount(0);
    await expect(page).toHaveURL(/\/create-workspace$/);

    await page.getByRole("link", { name: "Activity" }).click();
    await question(page).getByRole("button", { name: "Discard changes" }).click();
    await expect(heading(page, "Activity")).toBeVisible();
    await page.goBack();
    await expect(field(page, "Name")).toHaveValue("");
  });

  test("Back asks first", async ({ page }) => {
    await page.getByRole("link", { name: "Activity" }).click();
    await expect(heading(page, "Activity")).toBeVisible();
    await page.getByRole("link", { name: "Workspaces", exact: true }).first().click();
    await page.getByRole("main").getByRole("link", { name: "Create workspace" }).click();
    await field(page, "Name").fill("Half a thought");
    await page.evaluate(() => history.back());
    await question(page).getByRole("button", { name: "Keep editing" }).click();
    await expect(page).toHaveURL(/\/create-workspace$/);
    await expect(field(page, "Name")).toHaveValue("Half a thought");

    await page.evaluate(() => history.back());
    await question(page).getByRole("button", { name: "Discard changes" }).click();
    await expect(heading(page, "Workspaces")).toBeVisible();
    await page.goBack();
    await expect(heading(page, "Activity")).toBeVisible();
  });

  test("a reload asks first", async ({ page }) => {
    await field(page, "Name").fill("Half a thought");
    const asked = page.waitForEvent("dialog");
    // The page stays, so do not wait for the reload.
    await page.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await expect(field(page, "Name")).toHaveValue("Half a thought");
  });

  test("an empty form does not ask", async ({ page }) => {
    await field(page, "Name").fill("Half a thought");
    await field(page, "Name").fill("");
    await page.getByRole("link", { name: "Cancel" }).click();
    await expect(heading(page, "Workspaces")).toBeVisible();
    await expect(question(page)).toHaveCount(0);
  });
});
