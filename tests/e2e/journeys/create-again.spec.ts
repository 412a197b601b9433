/** Creating a workspace after a draft was discarded, or with a slug that turns out to be taken. */
import type { Page } from "@playwright/test";
import { expect, field, open, test } from "../fixtures.ts";

test.use({ organization: { auth: "proxy" } });

const submit = (page: Page) => page.getByRole("button", { name: "Create workspace" });

test("C8: after a restored draft is discarded, the slug follows the name again", async ({ page }) => {
  page.on("dialog", (dialog) => void dialog.accept());
  await open(page, "/create-workspace", "Create workspace");
  await field(page, "Name").fill("Half a thought");
  await field(page, "Slug").fill("my-own");
  await page.reload();
  await page.getByRole("button", { name: "Start over" }).click();
  await field(page, "Name").fill("Night Shift");
  await expect(field(page, "Slug")).toHaveValue("night-shift");
});

test("C1: a taken slug is reported at its field, even if the list loads late", async ({ page, sandbox }) => {
  await sandbox.fault({ method: "GET", path: "^/workspaces\\?", delay_ms: 1_500, answer: { kind: "pass" } });
  await open(page, "/create-workspace", "Create workspace");
  await field(page, "Name").fill("Staging");
  await field(page, "Slug").fill("staging");
  const listed = async () => (await sandbox.requests("GET")).some((it) => it.path === "/api/v1/workspaces" && it.status === 200);
  await expect.poll(listed).toBe(true);
  await submit(page).click();
  await expect(page.getByText("Another workspace uses “staging”")).toBeVisible();
  await expect(field(page, "Slug")).toBeFocused();
  expect(await sandbox.requests("POST")).toEqual([]);
});
