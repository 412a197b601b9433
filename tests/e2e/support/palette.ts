/**
 * Actions and locators for the command palette.
 */
import { expect, type Locator, type Page } from "@playwright/test";

/** Returns the dialog. */
export function palette(page: Page): Locator {
  return page.getByRole("dialog", { name: "Search or jump to" });
}

/** Returns the field in which people type. */
export function finder(page: Page): Locator {
  return palette(page).getByRole("combobox", { name: "Search or jump to" });
}

/** Returns the listed options. */
export function options(page: Page): Locator {
  return palette(page).getByRole("option");
}

/** Returns the active option. */
export function activeOption(page: Page): Locator {
  return palette(page).getByRole("option", { selected: true });
}

/** Returns the status that is announced. */
export function found(page: Page): Locator {
  return palette(page).getByRole("status");
}

/** Waits until the palette can be opened. */
export async function untilLoaded(page: Page): Promise<void> {
  await expect(page.getByRole("button", { name: "Search or jump to…" })).toBeVisible();
}

/** Opens the palette by its keys. */
export async function openPalette(page: Page): Promise<void> {
  await untilLoaded(page);
  await page.keyboard.press("Control+k");
  await expect(finder(page)).toBeFocused();
}

/** Opens the palette, types, and waits until this option is the active one. */
export async function findInPalette(page: Page, text: string, option: string | RegExp): Promise<void> {
  await openPalette(page);
  await page.keyboard.type(text);
  await expect(activeOption(page)).toHaveAccessibleName(option);
}

/** Sends a key to the focused element as an input method does. */
export async function pressComposing(page: Page, key: string, ctrlKey = false): Promise<void> {
  await page.evaluate(
    ([key, ctrlKey]) => {
      const init = { key, ctrlKey, bubbles: true, cancelable: true, isComposing: true, keyCode: 229 };
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", init));
    },
    [key, ctrlKey] as const,
  );
}
