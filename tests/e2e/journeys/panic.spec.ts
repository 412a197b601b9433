/** Panics of the console: each is reported, and no draft is lost. */
import { expect, type Page } from "@playwright/test";
import { field, open } from "../support/actions.ts";
import { test } from "../support/altered.ts";

const panicked = (page: Page) => page.getByRole("alertdialog", { name: "The console stopped working" });
const stopped = (page: Page) => page.getByRole("heading", { name: "The console stopped working" });

/** Makes the browser reject one kind of element from now on. The code that creates the next one panics. */
const rejectElement = (page: Page, tag: string) =>
  page.evaluate((refused) => {
    const create = Document.prototype.createElement;
    Object.defineProperty(Document.prototype, "createElement", {
      value(this: Document, ...wanted: Parameters<typeof create>) {
        if (wanted[0] === refused) throw new Error(`no ${refused}`);
        return create.apply(this, wanted);
      },
    });
  }, tag);

/** Types a draft on a page that is about to panic. */
async function typeDraft(page: Page, url: string): Promise<void> {
  page.on("dialog", (dialog) => expect(dialog.message(), "no question is due").toBe(""));
  await open(page, `${url}/workspaces/interns`, "Interns");
  await field(page, "Description").fill("A draft");
}

async function expectDraftAfterReload(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Reload" }).click();
  await expect(field(page, "Description")).toHaveValue("A draft");
}

test("while handling a press", async ({ page, serveAltered }) => {
  await typeDraft(page, await serveAltered());
  await rejectElement(page, "dialog");
  await page.getByRole("button", { name: /^Delete/ }).first().click();
  await expect(panicked(page)).toBeVisible();
  await expect(page.getByRole("link", { name: "Reload" })).toBeFocused();
  await panicked(page).getByText("Technical details").click();
  await expect(panicked(page).getByText("no dialog")).toBeVisible();
  await expectDraftAfterReload(page);
});

test("while rendering a response of the API", async ({ page, serveAltered }) => {
  await typeDraft(page, await serveAltered());
  await rejectElement(page, "time");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(panicked(page)).toBeVisible();
  await expectDraftAfterReload(page);
});

test("in a timer", async ({ page, serveAltered }) => {
  await page.clock.install();
  await typeDraft(page, await serveAltered());
  await expect(page.locator('link[href*="/later-"]')).toHaveCount(1);
  await page.waitForLoadState("networkidle");
  await rejectElement(page, "dialog");
  await page.clock.runFor(29.5 * 60_000);
  await expect(panicked(page)).toBeVisible();
  await expectDraftAfterReload(page);
});

for (const [name, breakIt] of [
  ["a memory error", () => void setTimeout(() => { throw new WebAssembly.RuntimeError("memory access out of bounds"); })],
  ["a stack overflow", () => void setTimeout(function again() { again(); })],
  ["a memory error in a promise", () => void Promise.reject(new WebAssembly.RuntimeError("unreachable"))],
] as const) {
  test(`without a panic message, caused by ${name}`, async ({ page, serveAltered }) => {
    await typeDraft(page, await serveAltered());
    await page.evaluate(breakIt);
    await expect(stopped(page)).toBeVisible();
    await expect(field(page, "Description")).toHaveCount(0);
    await expectDraftAfterReload(page);
  });
}
