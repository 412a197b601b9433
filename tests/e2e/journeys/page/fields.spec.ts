/** Fields under password managers and input methods, and copying without a clipboard. */
import type { Locator, Page } from "@playwright/test";
import { clipboardText, copyFromMenu, expect, field, heading, MANAGEMENT_KEY, open, pastedText, signIn, test } from "../../fixtures.ts";
import { expectFigures } from "../../support/home.ts";
import { addDialog, openAddDialog, openMembers, search, searchDirectory } from "../../support/members.ts";

const keyField = (page: Page) => page.getByLabel("Management key", { exact: true });

/** Does as password managers do: fills the text field before each password, and the password. Returns what was filled. */
function fillAsManager(page: Page, password: string): Promise<(string | null)[]> {
  return page.evaluate((password) => {
    const enter = (input: HTMLInputElement | undefined, text: string) => {
      if (!input) return;
      input.focus();
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, text);
      for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
    };
    const inputs = Array.from(document.querySelectorAll("input")).filter((it) => it.checkVisibility());
    return inputs.flatMap((input, at) => {
      if (input.type !== "password") return [];
      const before = inputs.slice(0, at).filter((it) => ["text", "search", "email", "tel", "url"].includes(it.type));
      const user = before.at(-1);
      enter(user, "jane@example.com");
      enter(input, password);
      return [user?.autocomplete ?? null];
    });
  }, password);
}

/** Ends a composition as Safari does: with an Enter that comes after it. Returns whether something has handled the key. */
function endComposition(target: Locator): Promise<boolean> {
  return target.evaluate((it) => {
    it.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "字" }));
    const options = { key: "Enter", code: "Enter", keyCode: 229, which: 229, bubbles: true, cancelable: true };
    const event = new KeyboardEvent("keydown", options);
    it.dispatchEvent(event);
    return event.defaultPrevented;
  });
}

test.describe("with a key", () => {
  test("W04: a password manager fills the key and its own field for a user name", async ({ page }) => {
    await page.goto("/");
    await expect(keyField(page)).toBeVisible();
    await expect(keyField(page)).toHaveAttribute("autocomplete", "current-password");
    expect(await fillAsManager(page, MANAGEMENT_KEY)).toEqual(["username"]);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(heading(page, "Workspaces")).toBeVisible();
    await expect(page.getByRole("link", { name: "Interns", exact: true })).toBeVisible();
    await expect(page.getByRole("searchbox", { name: "Search workspaces", exact: true })).toHaveValue("");
  });

  test("W04: over a page with a search, a password manager leaves the search empty", async ({ page, sandbox, expectedFailures }) => {
    expectedFailures.allow(401, /\/budgets$|\/keys\?/, "GET");
    await signIn(page);
    await expectFigures(page);
    await sandbox.fault({ method: "GET", path: "/budgets$|/keys\\?", times: 1000, answer: { kind: "status", status: 401 } });
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Budgets" }).click();
    const asked = page.getByRole("dialog", { name: "Sign in again" });
    await expect(asked).toBeVisible();
    await sandbox.clearFaults();
    expect(await fillAsManager(page, MANAGEMENT_KEY)).toEqual(["username"]);
    await asked.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(asked).toHaveCount(0);
    await expect(page.getByRole("searchbox", { name: "Search workspaces", exact: true })).toHaveValue("");
    await expect(page).toHaveURL(/\/budgets$/);
  });
});

test.describe("behind a proxy", () => {
  test.use({ organization: { auth: "proxy" } });

  test("W04: searches and lists of suggestions say that they are no user names", async ({ page }) => {
    await openMembers(page, "interns");
    await openAddDialog(page);
    const expectIgnored = async (input: Locator) => {
      await expect(input).toHaveAttribute("autocomplete", "off");
      for (const name of ["data-1p-ignore", "data-bwignore", "data-lpignore"]) await expect(input).toHaveAttribute(name, "true");
      await expect(input).toHaveAttribute("data-form-type", "other");
    };
    for (const input of [search(page), searchDirectory(page)]) {
      await expectIgnored(input);
      await expect(input).toHaveAttribute("type", "search");
    }
    await open(page, "/create-workspace", "Create workspace");
    for (const input of await page.getByRole("combobox").and(page.locator("input")).all()) await expectIgnored(input);
  });

  test("W05: the Enter that ends a composition adds nothing and sends nothing", async ({ page, sandbox }) => {
    await open(page, "/create-workspace", "Create workspace");
    await page.locator("summary").filter({ hasText: "More options" }).click();
    const tools = page.getByRole("combobox", { name: "Disabled server tools" });
    await tools.fill("検索");
    expect(await endComposition(tools)).toBe(false);
    await expect(tools).toHaveValue("検索");
    await expect(page.getByRole("button", { name: "Remove 検索" })).toHaveCount(0);
    await tools.fill("");

    const model = page.getByRole("combobox", { name: "Default text model" });
    await model.fill("gpt");
    await model.press("ArrowDown");
    const suggestions = page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
    await expect(suggestions.first()).toHaveAttribute("aria-selected", "true");
    expect(await endComposition(model)).toBe(false);
    await expect(model).toHaveValue("gpt");
    await expect(suggestions.first()).toBeVisible();
    await model.press("Escape");

    for (const name of ["Name", "Slug", "Description"]) expect(await endComposition(field(page, name))).toBe(false);
    await expect(heading(page, "Create workspace")).toBeVisible();
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
    expect(await sandbox.requests("POST")).toEqual([]);
  });

  test("W05: the Enter of an input method does not submit a form, and the next Enter does", async ({ page, context }) => {
    await open(page, "/create-workspace", "Create workspace");
    await field(page, "Slug").fill("No Slug");
    await field(page, "Slug").focus();
    const devtools = await context.newCDPSession(page);
    const key = { key: "Enter", code: "Enter", text: "\r", unmodifiedText: "\r" };
    await devtools.send("Input.dispatchKeyEvent", { type: "keyDown", windowsVirtualKeyCode: 229, ...key });
    await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", windowsVirtualKeyCode: 229, ...key });
    await expect(field(page, "Name")).not.toHaveAttribute("aria-invalid");
    await expect(field(page, "Slug")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(field(page, "Name")).toHaveAttribute("aria-invalid", "true");
  });

  test("W05: Escape of an input method closes no dialog and clears no search", async ({ page }) => {
    await openMembers(page, "interns");
    await openAddDialog(page);
    await searchDirectory(page).fill("字");
    await searchDirectory(page).evaluate((it) => {
      it.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", keyCode: 229, bubbles: true, cancelable: true }));
      it.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", isComposing: true, bubbles: true, cancelable: true }));
    });
    await expect(addDialog(page)).toBeVisible();
    await expect(searchDirectory(page)).toHaveValue("字");
  });

  test("W06: on plain http the older way of copying is used", async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined }));
    await open(page, "/workspaces/interns", "Interns");
    const copy = await copyFromMenu(page, "Interns", "Copy slug");
    await expect(page.getByText("Copied", { exact: true })).toBeVisible();
    await expect(copy).toBeFocused();
    expect(await clipboardText(page)).toBe("interns");
    await openMembers(page, "interns");
    await expect(page.locator("textarea")).toHaveCount(0);
  });

  for (const way of ["missing", "refused"] as const) {
    test(`W06: where the clipboard is ${way} and the command fails, the text is selected for Ctrl+C`, async ({ page }) => {
      await page.addInitScript((way) => {
        document.execCommand = () => false;
        const clipboard = { writeText: () => Promise.reject(new DOMException("Refused", "NotAllowedError")) };
        Object.defineProperty(Navigator.prototype, "clipboard", { get: () => (way === "refused" ? clipboard : undefined) });
      }, way);
      await open(page, "/workspaces/interns", "Interns");
      const copy = await copyFromMenu(page, "Interns", "Copy slug");
      await expect(page.getByText(/Press Ctrl\+C/)).toBeVisible();
      const text = field(page, "Text to copy");
      await expect(text).toBeFocused();
      expect(await text.evaluate((it: HTMLTextAreaElement) => it.value.slice(it.selectionStart, it.selectionEnd))).toBe("interns");
      await page.keyboard.press("ControlOrMeta+C");
      await page.keyboard.press("Escape");
      await expect(text).toHaveCount(0);
      await expect(copy).toBeFocused();
      expect(await pastedText(page)).toBe("interns");
    });
  }

  test("W06: in a dialog too, where nothing outside of it can be selected", async ({ page, expectedFailures, sandbox }) => {
    expectedFailures.allow(500, /\/workspaces\//, "DELETE");
    await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "clipboard", { get: () => undefined }));
    await open(page, "/workspaces/interns?panel=delete", "Interns");
    await sandbox.fault({ method: "DELETE", path: "/workspaces/", answer: { kind: "status", status: 500 } });
    const dialog = page.getByRole("alertdialog");
    await field(dialog, "Type “interns” to confirm").fill("interns");
    await dialog.getByRole("button", { name: "Delete workspace", exact: true }).click();
    await dialog.getByRole("alert").getByText("Technical details").click();
    await dialog.getByRole("button", { name: "Copy details" }).click();
    await expect(dialog.getByText("Copied", { exact: true })).toBeVisible();
    expect(await clipboardText(page)).toContain("workspaces.delete");
  });
});
