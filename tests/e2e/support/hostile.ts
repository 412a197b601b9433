/**
 * Checks that hold for every screen with any text: texts are only displayed, stay within their element, and break
 * nothing around them.
 */
import { expect, type Page, test } from "@playwright/test";
import type { Sandbox } from "./sandbox.ts";

/** The organization with hostile texts. */
export const HOSTILE = { auth: "proxy", seed: "hostile" } as const;

const WIDTHS = [1440, 768, 320] as const;

declare global {
  interface Window {
    /** The hostile texts call this if they are ever executed. */
    hostile(what?: unknown): void;
    wasRun: unknown[];
    /** The number of scripts in the original page. */
    scriptsAtStart: number;
  }
}

/** Records whether the hostile texts of a page are executed. Call it before the page is opened. */
export async function recordScriptRuns(page: Page): Promise<void> {
  // Laying out the longest texts at each width takes many seconds on a busy machine.
  test.slow();
  await page.addInitScript(() => {
    window.wasRun = [];
    window.hostile = (what) => window.wasRun.push(what);
    document.addEventListener("DOMContentLoaded", () => (window.scriptsAtStart = document.scripts.length));
  });
  page.on("dialog", (dialog) => {
    throw new Error(`a dialog of the browser: ${dialog.message()}`);
  });
}

/** Returns the slug that no client could have created. */
export async function hostileSlug(sandbox: Sandbox): Promise<string> {
  return String((await sandbox.db()).workspaces.at(-1)?.slug);
}

/** Checks the screen at three widths. `again` reopens what closes when the window is resized. */
export async function expectHarmless(page: Page, reopen?: () => Promise<void>): Promise<void> {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    // Resize handlers run before the next frame.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await reopen?.();
    const found = [...(await findExecuted(page)), ...(await page.evaluate(findTextOutOfOrder)), ...(await page.evaluate(findLayoutProblems))];
    expect.soft(found, `${page.url().slice(0, 120)} at ${width} px`).toEqual([]);
  }
  if (before) await page.setViewportSize(before);
}

/** Returns elements, handlers and links that were created from texts, and texts that were executed. */
async function findExecuted(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = window.wasRun.map((what) => `it ran: ${what}`);
    if (/[\u202a-\u202e\u2066\u2067]/.test(document.title) || document.title.length > 145) found.push("the title is no sentence");
    for (const made of Array.from(document.querySelectorAll("img, iframe, object, embed, base, body style, form[action], svg :is(style, script)"))) {
      found.push(`an element was made: ${made.outerHTML.slice(0, 80)}`);
    }
    if (document.scripts.length > window.scriptsAtStart) found.push("a script was made");
    for (const element of Array.from(document.querySelectorAll("*"))) {
      for (const { name, value } of Array.from(element.attributes)) {
        if (name.startsWith("on")) found.push(`a handler was made: ${element.tagName} ${name}`);
        const isAddress = ["href", "src", "action", "formaction"].includes(name) && !element.closest("head, svg");
        const isWords = ["aria-label", "title", "placeholder", "alt"].includes(name) && !element.matches(".chip__remove");
        if (isWords && (/[\u202a-\u202e\u2066\u2067]/.test(value) || value.length > 3_000)) {
          found.push(`it is no sentence: ${name}=${value.slice(0, 80)}`);
        }
        if (isAddress && !/^(\/(?!\/)|#)/.test(value)) found.push(`it leads elsewhere: ${name}=${value.slice(0, 80)}`);
      }
    }
    return found;
  });
}

/** Returns console texts that read out of order, and texts without bidi isolation. Runs in the page. */
function findTextOutOfOrder(): string[] {
  const STRANGE = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue ?? "";
    const parent = node.parentElement;
    if (!parent?.checkVisibility() || text.trim() === "" || parent.closest("script, style, textarea")) continue;
    const isOurs = outsideIsolates(text);
    if (text.split("").some((letter, at) => isOurs[at] && STRANGE.test(letter)) && !isIsolated(node)) {
      found.push(`nothing keeps it in: ${parent.outerHTML.slice(0, 200)}`);
    }
    // Longer texts are not ours, and checking each letter would take too long.
    if (text.length > 1_000 || STRANGE.test(text.split("").filter((_, at) => isOurs[at]).join(""))) continue;
    const places = [...text].length === text.length ? text.split("").map((_, at) => (isOurs[at] ? place(node!, at) : null)) : [];
    places.reduce((before, now) => {
      const isSameLine = before && now && Math.abs(before.top - now.top) < 2;
      if (isSameLine && now.left < before.left - 1) found.push(`it reads out of order: ${text.slice(0, 120)}`);
      return now ?? before;
    }, null);
  }
  return [...new Set(found)];

  /** Whether each letter is outside a bidi isolate. */
  function outsideIsolates(text: string): boolean[] {
    let depth = 0;
    return text.split("").map((letter) => {
      if (letter === "\u2068") depth += 1;
      const isOwn = depth === 0;
      if (letter === "\u2069" && depth > 0) depth -= 1;
      return isOwn;
    });
  }

  function place(node: Node, at: number): DOMRect | null {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    const box = range.getBoundingClientRect();
    return box.width > 0 ? box : null;
  }

  /** Whether the text is alone in an element that isolates its direction. */
  function isIsolated(node: Node): boolean {
    for (let around = node.parentElement; around; around = around.parentElement) {
      const { display, unicodeBidi } = getComputedStyle(around);
      const isOwn = unicodeBidi.startsWith("isolate") || unicodeBidi === "plaintext" || !/^(inline|contents)$/.test(display);
      if (around.textContent?.trim() !== node.nodeValue?.trim()) return false;
      if (isOwn) return true;
    }
    return false;
  }
}

/** Returns elements that are too wide, outside the window, or covered. Runs in the page. */
function findLayoutProblems(): string[] {
  const found: string[] = [];
  const width = document.documentElement.clientWidth;
  const name = (it: Element) => `${it.tagName.toLowerCase()}.${it.className} ${(it.getAttribute("aria-label") ?? it.textContent ?? "").trim().slice(0, 60)}`;
  const scroller = document.scrollingElement;
  if (scroller && scroller.scrollWidth > innerWidth) found.push(`the page is ${scroller.scrollWidth} px wide`);
  const modal = Array.from(document.querySelectorAll("dialog:modal")).at(-1);
  const within = modal ?? document.body;
  for (const control of Array.from(within.querySelectorAll("a, button, input, select, textarea, summary, [role=tab], [role=menuitem]"))) {
    if (!control.checkVisibility() || control.matches(":has(+ .skip), .skip-link") || control.closest(".visually-hidden")) continue;
    // What a line of filters or columns has no room for is scrolled into view.
    if (control.closest(".segmented, thead tr, .overview__tiles")) control.scrollIntoView({ block: "nearest", inline: "nearest" });
    const box = control.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) found.push(`it has no size: ${name(control)}`);
    if (box.left < -1 || box.right > width + 1) found.push(`it is out of the window: ${name(control)}`);
    const isInSight = box.top >= 0 && box.bottom <= innerHeight;
    if (box.height > innerHeight / 2 && !control.matches("textarea")) found.push(`it is ${box.height} px high: ${name(control)}`);
    if (!isInSight || control.closest(".toasts")) continue;
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    // Scrolled content may pass under sticky content.
    const layer = (it: Element | null) => it?.closest("header, thead, .bulk-bar, .form__actions, .toasts, .dialog__footer, .dialog__body, .table-scroll, [popover]");
    const isBehind = layer(top) !== layer(control);
    if (top && !control.contains(top) && !top.contains(control) && !isBehind) {
      found.push(`it is covered: ${name(control)} by ${name(top)}`);
    }
  }
  for (const box of Array.from(document.querySelectorAll("dialog:modal, [popover]:popover-open, .toast"))) {
    const { left, right, top, bottom } = box.getBoundingClientRect();
    if (left < 0 || right > innerWidth || top < 0 || bottom > innerHeight) found.push(`it is out of the window: ${name(box)}`);
  }
  for (const button of Array.from(document.querySelectorAll("dialog:modal :is(.dialog__footer .button, .dialog__close)"))) {
    const { left, right, top, bottom, width } = button.getBoundingClientRect();
    const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (width > 0 && button.closest("dialog") === modal && !button.contains(over)) found.push(`it cannot be pressed: ${name(button)}`);
  }
  for (const table of Array.from(document.querySelectorAll("table:has(tr[data-row]):not(.table--activity)"))) {
    const heights = Array.from(table.querySelectorAll("tr[data-row]")).map((row) => Math.round(row.getBoundingClientRect().height));
    // A preview shows everything, so its rows differ. None of them fills the window.
    const most = table.matches(".table--job") ? innerHeight / 2 : Math.min(...heights) + 1;
    if (Math.max(...heights) > most) found.push(`rows of different heights: ${heights.join(" ")} in ${name(table)}`);
  }
  for (const heading of Array.from(document.querySelectorAll("h1, h2, .banner:not(:has(details[open])), nav.breadcrumb, .page__header, .facts, .summary-line"))) {
    if (heading.checkVisibility() && heading.getBoundingClientRect().height > innerHeight / 2) found.push(`it is as high as the window: ${name(heading)}`);
  }
  return [...new Set(found)];
}
