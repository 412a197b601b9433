/** Finds text that is cut off or outside of its box. */
import type { Page } from "@playwright/test";

/** What WCAG 1.4.12 lets people set. */
export const TEXT_SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }`;

/** Applies text spacing as an extension does, which the page's policy does not stop. */
export async function spaceText(page: Page): Promise<void> {
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, TEXT_SPACING);
}

/** Returns the text that is cut off, or that is wider than the page. */
export async function clippedText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const shown = (it: Element) =>
      it.checkVisibility() && !it.closest(".visually-hidden, .skip-link") && getComputedStyle(it).clipPath === "none";
    const within = document.querySelector("dialog:modal") ?? document.body;
    for (const it of Array.from(within.querySelectorAll("*"))) {
      const { overflowX, overflowY } = getComputedStyle(it);
      const cuts = (overflow: string) => overflow === "hidden" || overflow === "clip";
      if (it.matches("input, textarea, select, progress, .table__gap *") || !shown(it)) continue;
      const isCut = (cuts(overflowX) && it.scrollWidth > it.clientWidth + 1) || (cuts(overflowY) && it.scrollHeight > it.clientHeight + 1);
      const isSideways = /auto|scroll/.test(overflowX) && it.scrollWidth > it.clientWidth + 1;
      if (isCut || isSideways) found.add(`${it.tagName.toLowerCase()}.${it.className}: ${it.textContent?.slice(0, 50)}`);
    }
    for (const it of Array.from(within.querySelectorAll("button, .badge, td, th, label"))) {
      const box = it.getBoundingClientRect();
      if (!shown(it) || box.width < 2 || !it.textContent?.trim()) continue;
      for (const text of Array.from(it.querySelectorAll("span, bdi, a")).filter((part) => part.childElementCount === 0 && shown(part))) {
        const range = document.createRange();
        range.selectNodeContents(text);
        const part = range.getBoundingClientRect();
        const isOut = part.right > box.right + 2 || part.left < box.left - 2 || part.bottom > box.bottom + 4 || part.top < box.top - 4;
        if (part.width > 0 && getComputedStyle(text).position !== "absolute" && isOut) {
          found.add(`outside of ${it.tagName.toLowerCase()}.${it.className}: ${text.textContent?.slice(0, 50)}`);
        }
      }
    }
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.add(`the page is ${scrollWidth} px wide, of ${clientWidth}`);
    return [...found];
  });
}
