/**
 * Programs that change the text of a page while it runs: translators and reading aids. All of them ignore `translate="no"`.
 * They change the present text and all later text, and put `~` before it.
 */
import type { Page } from "@playwright/test";

/** How such a program changes a text node. */
export const TRANSLATORS = {
  font: "puts two font elements in its place",
  steps: "inserts a font element, and removes the text after that",
  text: "puts another text node in its place",
  value: "changes its value",
  words: "wraps each of its words",
} as const;

/** A kind of program. */
export type Translator = keyof typeof TRANSLATORS;

/** Starts a program. Like a browser's own, it marks the root element. */
export async function translate(page: Page, kind: Translator): Promise<void> {
  await page.evaluate((kind) => {
    document.documentElement.lang = "de";
    document.documentElement.classList.add("translated-ltr");
    const own = new WeakSet<Node>();
    const text = (value: string) => {
      const node = document.createTextNode(value);
      own.add(node);
      return node;
    };
    const wrapped = (name: string, value: string) => {
      const element = document.createElement(name);
      element.append(text(value));
      return element;
    };
    const turn = (node: Text) => {
      const value = node.data;
      const isDone = kind === "value" ? value.startsWith("~") : own.has(node);
      if (isDone || !value.trim() || !node.parentNode || node.parentElement?.closest("script, style")) return;
      if (kind === "value") {
        node.data = `~${value}`;
      } else if (kind === "text") {
        node.replaceWith(text(`~${value}`));
      } else if (kind === "words") {
        node.replaceWith(...value.split(" ").flatMap((word) => [wrapped("span", `~${word}`), text(" ")]));
      } else {
        const font = document.createElement("font");
        font.append(wrapped("font", `~${value}`));
        if (kind === "font") node.replaceWith(font);
        else {
          node.parentNode.insertBefore(font, node);
          node.remove();
        }
      }
    };
    const walk = (root: Node) => {
      const found: Text[] = root instanceof Text ? [root] : [];
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) found.push(walker.currentNode as Text);
      found.forEach(turn);
    };
    walk(document.body);
    const observer = new MutationObserver((records) => {
      for (const { type, target, addedNodes } of records) (type === "characterData" ? [target] : addedNodes).forEach(walk);
    });
    observer.observe(document.body, { childList: true, characterData: kind === "value", subtree: true });
  }, kind);
}
