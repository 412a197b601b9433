/** A person who uses the keyboard alone, and counts. */
import type { Locator, Page } from "@playwright/test";
import { tabTo } from "./actions.ts";
import { findInPalette } from "./palette.ts";

/** Presses keys, and counts them. A text that is typed or pasted counts as one. */
export class Keyboard {
  count = 0;

  constructor(private readonly page: Page) {}

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
    this.count += keys.length;
  }

  async enter(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
    this.count += 1;
  }

  /** Finds a command by a few letters and chooses it. */
  async choose(letters: string, option: string | RegExp): Promise<void> {
    await findInPalette(this.page, letters, option);
    await this.page.keyboard.press("Enter");
    this.count += 3;
  }

  /** Moves the focus to an element by Tab, or by Shift+Tab where that is shorter. */
  async tabTo(target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await tabTo(this.page, target, 30, () => this.press(key));
  }
}
