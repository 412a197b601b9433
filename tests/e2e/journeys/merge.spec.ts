/** Two administrators edit one workspace, and saves with an unclear outcome. */
import type { Page } from "@playwright/test";
import {
  expect,
  expectNothingUnsaved,
  expectRowVisible,
  expectSavedStatus,
  field,
  MANAGEMENT_KEY,
  open,
  rowWith,
  signIn,
  test,
} from "../fixtures.ts";
import type { Fault, Sandbox } from "../support/sandbox.ts";

test.use({ organization: { auth: "proxy" } });

const save = (page: Page) => page.getByRole("button", { name: "Save changes" });
const dialog = (page: Page) => page.getByRole("dialog", { name: "Someone else changed this workspace" });

/** Edits the description while someone else changes name, description and broadcast. Saves nothing. */
async function createConflict(page: Page, sandbox: Sandbox): Promise<void> {
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Description").fill("Mine");
  const theirs = { name: "Their interns", description: "Theirs", is_observability_broadcast_enabled: true };
  await sandbox.call("PATCH", "/workspaces/interns", theirs);
  await sandbox.clearLog();
  await save(page).click();
  await expect(dialog(page)).toBeVisible();
  expect(await sandbox.requests("PATCH")).toEqual([]);
}

test("someone else's change is shown beside yours before anything is sent", async ({ page, sandbox }) => {
  await createConflict(page, sandbox);
  const table = dialog(page).getByRole("table");
  await expect(table.getByRole("row")).toHaveCount(4);
  const row = (Field: string, loaded: string, now: string, mine: string) =>
    expectRowVisible(table, { Field, "When you opened it": loaded, Now: now, Yours: mine });
  await row("Name", "Interns", "Their interns", "not edited");
  await row("Description", "(empty)", "Theirs", "Mine");
  await row("Broadcast", "off", "on", "not edited");

  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(field(page, "Description")).toHaveValue("Mine");
  await expect(field(page, "Name")).toHaveValue("Interns");
  expect(await sandbox.requests("PATCH")).toEqual([]);
});

test("changes to different fields are merged, and no question is asked", async ({ page, sandbox }) => {
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Description").fill("Mine");
  await sandbox.call("PATCH", "/workspaces/interns", { name: "Their interns", is_observability_broadcast_enabled: true });
  await sandbox.clearLog();
  await save(page).click();
  await expectSavedStatus(page);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect((await sandbox.requests("PATCH")).map((it) => it.request_body)).toEqual([{ description: "Mine" }]);
  await expect(field(page, "Name")).toHaveValue("Their interns");
  const merged = { name: "Their interns", description: "Mine", is_observability_broadcast_enabled: true };
  expect(await sandbox.workspace("interns")).toMatchObject(merged);
});

test("the dialog also shows what only you changed", async ({ page, sandbox }) => {
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Description").fill("Mine");
  await page.getByRole("switch", { name: "Private input and output logging" }).check();
  await field(page, "Sampling rate in percent").fill("50");
  await sandbox.call("PATCH", "/workspaces/interns", { description: "Theirs" });
  await save(page).click();
  const table = dialog(page).getByRole("table");
  await expectRowVisible(table, { Field: "Description", Now: "Theirs", Yours: "Mine" });
  await expectRowVisible(table, { Field: "Sampling rate", Now: "not changed", Yours: "50%" });
});

test("a save can be undone, and what someone else has changed since stays", async ({ page, sandbox }) => {
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Description").fill("Mine");
  await save(page).click();
  await expectSavedStatus(page);
  await sandbox.call("PATCH", "/workspaces/interns", { name: "Their interns" });
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await sandbox.workspace("interns")).description).toBeNull();
  expect((await sandbox.workspace("interns")).name).toBe("Their interns");
});

test("your changes can be saved without undoing theirs", async ({ page, sandbox }) => {
  await createConflict(page, sandbox);
  await dialog(page).getByRole("button", { name: "Save my changes" }).click();
  await expectSavedStatus(page);
  await expect(dialog(page)).toHaveCount(0);
  expect((await sandbox.requests("PATCH")).map((it) => it.request_body)).toEqual([{ description: "Mine" }]);
  const merged = { name: "Their interns", description: "Mine", is_observability_broadcast_enabled: true };
  expect(await sandbox.workspace("interns")).toMatchObject(merged);
  await expect(field(page, "Name")).toHaveValue("Their interns");
});

test("your changes can be reviewed in the form, on top of theirs", async ({ page, sandbox }) => {
  await createConflict(page, sandbox);
  await dialog(page).getByRole("button", { name: "Keep editing" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(field(page, "Name")).toHaveValue("Their interns");
  await expect(page.getByRole("switch", { name: "Broadcast" })).toBeChecked();
  await expect(field(page, "Description")).toHaveValue("Mine");
  expect(await sandbox.requests("PATCH")).toEqual([]);
  await field(page, "Description").fill("Mine, reviewed");
  await save(page).click();
  await expectSavedStatus(page);
  expect((await sandbox.requests("PATCH")).map((it) => it.request_body)).toEqual([{ description: "Mine, reviewed" }]);
});

test("your changes can be discarded", async ({ page, sandbox }) => {
  await createConflict(page, sandbox);
  await dialog(page).getByRole("button", { name: "Discard my changes" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(field(page, "Description")).toHaveValue("Theirs");
  await expect(field(page, "Name")).toHaveValue("Their interns");
  await expectNothingUnsaved(page);
  expect(await sandbox.requests("PATCH")).toEqual([]);
});

test("a second change while the dialog is open is shown too", async ({ page, sandbox }) => {
  await createConflict(page, sandbox);
  await sandbox.call("PATCH", "/workspaces/interns", { description: "Theirs again" });
  await sandbox.clearLog();
  await dialog(page).getByRole("button", { name: "Save my changes" }).click();
  await expect(await rowWith(dialog(page).getByRole("table"), { Now: "Theirs again", Yours: "Mine" })).toBeVisible();
  expect(await sandbox.requests("PATCH")).toEqual([]);
});

test("if the workspace cannot be read first, nothing is sent", async ({ page, sandbox, expectedFailures }) => {
  expectedFailures.allow(500, /\/workspaces\/[0-9a-f-]{36}$/, "GET");
  await open(page, "/workspaces/interns", "Interns");
  await field(page, "Description").fill("Mine");
  await sandbox.fault({ method: "GET", path: "/workspaces/[0-9a-f-]{36}$", answer: { kind: "status", status: 500 } });
  await save(page).click();
  const alert = page.getByRole("form").getByRole("alert");
  await expect(alert).toContainText("We couldn’t load the current workspace, so nothing was sent.");
  expect(await sandbox.requests("PATCH")).toEqual([]);
  await expect(field(page, "Description")).toHaveValue("Mine");
  await save(page).click();
  await expectSavedStatus(page);
  await expect(alert).toHaveCount(0);
});

test.describe("a response that is lost after the change was made", () => {
  const lost: Record<string, Fault["answer"]> = {
    "the connection closes": { kind: "close" },
    "the API responds with 500": { kind: "status", status: 500 },
    "the response is truncated": { kind: "truncate" },
  };
  for (const [name, answer] of Object.entries(lost)) {
    test(`is settled by reading back: ${name}`, async ({ page, sandbox, expectedFailures }) => {
      for (const status of ["network", 500] as const) expectedFailures.allow(status, /\/workspaces\//, "PATCH");
      await open(page, "/workspaces/interns", "Interns");
      await field(page, "Description").fill("Mine");
      await sandbox.fault({ method: "PATCH", path: "/workspaces/", when: "after", answer });
      await save(page).click();
      await expectSavedStatus(page);
      await expect(page.getByRole("form").getByRole("alert")).toHaveCount(0);
      await expect(save(page)).toHaveAttribute("aria-disabled", "true");
      expect((await sandbox.workspace("interns")).description).toBe("Mine");
    });
  }
});

test.describe("a change that was not made", () => {
  const lost: Record<string, [Fault["answer"], string]> = {
    "the connection closes": [{ kind: "close" }, "We checked: nothing was changed."],
    "the API responds with 500": [{ kind: "status", status: 500 }, "We checked: nothing was changed."],
    "the API refuses it": [{ kind: "status", status: 403, message: "Ask an owner" }, "Ask an owner. Nothing was changed."],
    "429 is answered": [{ kind: "status", status: 429, retry_after: 90 }, "Nothing was changed."],
  };
  for (const [name, [answer, said]] of Object.entries(lost)) {
    test(`is reported, and the form stays: ${name}`, async ({ page, sandbox, expectedFailures }) => {
      for (const status of ["network", 403, 429, 500] as const) expectedFailures.allow(status, /\/workspaces\//, "PATCH");
      await open(page, "/workspaces/interns", "Interns");
      await field(page, "Description").fill("Mine");
      await sandbox.fault({ method: "PATCH", path: "/workspaces/", times: 5, answer });
      await save(page).click();
      const alert = page.getByRole("form").getByRole("alert");
      await expect(alert).toContainText("Couldn’t save your changes");
      await expect(alert).toContainText(said);
      expect((await sandbox.workspace("interns")).description).toBeNull();
      await expect(field(page, "Description")).toHaveValue("Mine");
      await sandbox.clearFaults();
      await save(page).click();
      await expectSavedStatus(page);
      await expect(alert).toHaveCount(0);
      expect((await sandbox.workspace("interns")).description).toBe("Mine");
    });
  }
});

test.describe("a background refresh", () => {
  test.use({ organization: { auth: "key" } });

  /** Lets the key expire on a save and enters it again, so the console reads everything again. */
  async function refresh(page: Page): Promise<void> {
    const asked = page.getByRole("dialog", { name: "Sign in again" });
    await asked.getByLabel("Management key").fill(MANAGEMENT_KEY);
    await asked.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(asked).toHaveCount(0);
  }

  test("keeps the edits, and reports what someone else changed", async ({
    page,
    sandbox,
    expectedFailures,
  }) => {
    expectedFailures.allow(401, /\/workspaces\/[0-9a-f-]{36}$/);
    await signIn(page);
    await page.getByRole("link", { name: "Interns", exact: true }).click();
    await field(page, "Description").fill("Mine");
    await sandbox.fault({ method: "GET", path: "/workspaces/[0-9a-f-]{36}$", answer: { kind: "status", status: 401 } });
    await save(page).click();
    await sandbox.call("PATCH", "/workspaces/interns", { name: "Their interns", description: "Theirs" });
    await refresh(page);
    const banner = page.getByRole("status").filter({ hasText: "Someone else changed this workspace after you opened this page" });
    await expect(banner).toBeVisible();
    await expect(field(page, "Description")).toHaveValue("Mine");
    await expect(field(page, "Name")).toHaveValue("Interns");
    await banner.getByRole("button", { name: "Compare" }).click();
    await expectRowVisible(dialog(page).getByRole("table"), { Field: "Description", Now: "Theirs", Yours: "Mine" });
    await dialog(page).getByRole("button", { name: "Save my changes" }).click();
    await expectSavedStatus(page);
    await expect(banner).toHaveCount(0);
  });
});
