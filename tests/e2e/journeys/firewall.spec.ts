/** Firewalls, gateways and portals between the page and the API: each is named, and no write is said to be what it is not. */
import type { Page } from "@playwright/test";
import { clipboardText, expectSavedStatus, field, heading } from "../support/actions.ts";
import { limitField, openBudgets, saveButton } from "../support/budgets.ts";
import { BLOCK_PAGE, type Call, enter, expect, json, test, text, webPage } from "../support/between.ts";
import { expectFinished, openOverview, openPanel, panel, select, setPanelLimit } from "../support/overview.ts";

const FIREWALL = "A firewall or proxy blocked the request";
const save = (page: Page) => page.getByRole("button", { name: "Save changes" });
const alerts = (page: Page) => page.getByRole("main").getByRole("alert");
const blocked = (status: number) => webPage(status, BLOCK_PAGE);
/** Answers writes so. */
const onWrites = (answer: ReturnType<typeof webPage>) => ({ method }: Call) => (["PUT", "PATCH", "DELETE"].includes(method) ? answer : undefined);

test("H04: a save that a firewall refuses is told, with method and status, and not repeated", async ({ page, context, between, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await enter(page, "proxy");
  const before = await sandbox.workspace("interns");
  between.behave({ answer: onWrites(blocked(405)) });
  await field(page, "Description").fill("A draft");
  await save(page).click();
  const alert = alerts(page);
  await expect(alert).toContainText(`${FIREWALL} (PATCH, status 405, with a web page instead of data). Nothing was changed.`);
  await expect(alert).toContainText("Ask the person who runs this console to allow GET, POST, PUT, PATCH and DELETE requests");
  await alert.getByText("Technical details").click();
  await alert.getByRole("button", { name: /Copy/ }).click();
  const details = await clipboardText(page);
  for (const line of ["method: PATCH", "status: 405", "answered by: a firewall or proxy"]) expect(details).toContain(line);
  expect(between.calls.filter(({ method }) => method === "PATCH")).toHaveLength(1);
  expect(await sandbox.workspace("interns")).toEqual(before);
  await expect(field(page, "Description")).toHaveValue("A draft");
});

test("H04: a deletion and a limit that a firewall refuses are told, and not repeated", async ({ page, between, sandbox }) => {
  await enter(page, "proxy", "Hackathon");
  between.behave({ answer: onWrites(blocked(405)) });
  await page.getByRole("button", { name: "Delete workspace…" }).click();
  const dialog = page.getByRole("alertdialog", { name: /^Delete “/ });
  await dialog.getByRole("textbox").fill("hackathon");
  await dialog.getByRole("button", { name: "Delete workspace", exact: true }).click();
  await expect(dialog).toContainText(`${FIREWALL} (DELETE, status 405`);
  await expect(dialog).toContainText("Nothing was changed.");
  expect(await sandbox.workspaces("hackathon")).toHaveLength(1);

  const before = await sandbox.limits("production");
  await openBudgets(page, "production");
  await limitField(page, "daily").fill("7");
  await saveButton(page).click();
  await expect(alerts(page).filter({ hasText: `${FIREWALL} (PUT, status 405` })).toBeVisible();
  expect(await sandbox.limits("production")).toEqual(before);
  // A query of analytics is a read, which is sent by POST.
  const writes = between.calls.filter(({ method, path }) => method !== "GET" && !path.endsWith("/analytics/query"));
  expect(writes.map(({ method }) => method)).toEqual(["DELETE", "PUT"]);
});

test("H04: a job tells for each workspace that a firewall refused it, and that nothing was changed", async ({ page, between, sandbox }) => {
  const before = await sandbox.limits("interns");
  await openOverview(page);
  await select(page, "Interns", "Mobile Apps");
  await openPanel(page);
  await setPanelLimit(page, "Monthly", "600");
  between.behave({ answer: onWrites(blocked(405)) });
  await panel(page).getByRole("button", { name: "Change 2 workspaces" }).click();
  await expectFinished(page, "2 failed");
  await expect(panel(page).getByText(`${FIREWALL} (PUT, status 405`)).toHaveCount(2);
  expect(await sandbox.limits("interns")).toEqual(before);
  expect(between.calls.filter(({ method }) => method === "PUT")).toHaveLength(2);
});

for (const [name, answer] of [
  ["a web page", blocked(403)],
  ["a plain text", text(403, "Forbidden")],
  ["the JSON of another service", json(403, { message: "Forbidden" })],
] as const) {
  test(`H04: ${name} with 403 may hide that the API has saved: the workspace is read back`, async ({ page, between, sandbox }) => {
    await enter(page, "proxy");
    await field(page, "Description").fill("First");
    between.behave({ answer: onWrites(answer) });
    await save(page).click();
    await expect(alerts(page)).toContainText(/blocked the request \(PATCH, status 403/);
    await expect(alerts(page)).toContainText("We checked: nothing was changed.");
    await expect(alerts(page)).not.toContainText("management key");
    // A firewall that inspects responses: the API has saved already.
    between.behave({ replace: onWrites(answer) });
    await save(page).click();
    await expectSavedStatus(page);
    expect((await sandbox.workspace("interns")).description).toBe("First");
    expect(between.calls.filter(({ method }) => method === "PATCH")).toHaveLength(2);
  });
}

for (const status of [502, 503, 504]) {
  test(`H04: a gateway’s page with ${status} to a save is settled by reading back`, async ({ page, between, sandbox }) => {
    await enter(page, "proxy");
    await field(page, "Description").fill("First");
    between.behave({ answer: onWrites(webPage(status, "<h1>Bad gateway</h1>")) });
    await save(page).click();
    await expect(alerts(page)).toContainText(`The proxy can’t reach the API (status ${status}, with a web page instead of data)`);
    await expect(alerts(page)).toContainText("We checked: nothing was changed.");
    between.behave({ replace: onWrites(webPage(status, "<h1>Bad gateway</h1>")) });
    await save(page).click();
    await expectSavedStatus(page);
    expect((await sandbox.workspace("interns")).description).toBe("First");
  });
}

for (const [name, answer, says] of [
  ["a captive portal", webPage(511, "<h1>Welcome to the hotel</h1>"), "Your network asks you to sign in (status 511"],
  ["a host that does not know the name", text(421), `${FIREWALL} (GET, status 421`],
  ["a web page with 200", webPage(200, "<h1>Welcome</h1>"), "The response didn’t come from the API (status 200"],
  ["a plain text with 200", text(200, "OK"), "The response didn’t come from the API (status 200"],
  ["an empty web page with 200", webPage(200, ""), "The response didn’t come from the API (status 200, with an empty response)"],
  ["a 404 of a proxy", webPage(404, "<h1>404</h1>"), `${FIREWALL} (GET, status 404`],
] as const) {
  test(`H03, H04: ${name} in place of a read is named`, async ({ page, between }) => {
    await page.goto("/");
    await expect(heading(page, "Workspaces")).toBeVisible();
    between.behave({ answer: () => answer });
    await page.getByRole("link", { name: "Interns", exact: true }).click();
    await expect(alerts(page).first()).toContainText(says);
    await expect(page.getByText(/newer than this|belong to another organization|management key that has permission/)).toHaveCount(0);
    between.behave({});
    await alerts(page).first().getByRole("button", { name: "Try again" }).click();
    await expect(field(page, "Name")).toHaveValue("Interns");
  });
}

test("H03: an answer in the API’s form is accepted with any content type", async ({ page, between, sandbox }) => {
  const key = await sandbox.raw("GET", "/key");
  between.behave({ answer: ({ path }) => (path.endsWith("/key") ? webPage(200, key) : undefined) });
  await page.goto("/");
  await expect(heading(page, "Workspaces")).toBeVisible();
});
