/**
 * The command palette over 10,000 people: open it, and type.
 */
import { impose, SLOW_CPU, UNTHROTTLED } from "../support/browser.mjs";
import { onPeople } from "../support/people.mjs";
import { toNextPaint } from "../support/page.mjs";

const RUNS = 3;
/** Each text is one key more, or fewer, than the one before. */
const TEXTS = ["a", "an", "ann", "anna", "anna ", "anna s", "anna sc", "anna s", "anna ", "anna", "ann", "an"];

export const title = "Command palette with 10,000 people, medians of 3 (min–max)";

export const units = {
  "open to next paint": "ms",
  "first key, all people known": "ms",
  "one key, median": "ms",
  "one key, slowest": "ms",
  "keys over 16 ms": "1",
};

export const scenarios = [UNTHROTTLED, SLOW_CPU].map((conditions) => ({
  title: conditions.title,
  measure: (browser) => onPeople(RUNS, (url) => visit(browser, url, conditions), ["--people", "10000", "--members", "10"]),
}));

const INPUT = "dialog[open] [role=combobox]";

async function visit(browser, url, conditions) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await page.goto(url, { waitUntil: "commit" });
    await page.click(".palette-button", { timeout: 180_000 });
    // Everyone is read once something was typed.
    await page.evaluate(toNextPaint, { selector: INPUT, text: "e" });
    await page.waitForFunction(() => /^50 of [\d,]{5,} results[^L]*$/.test(document.querySelector("dialog[open] [role=status]")?.textContent ?? ""), null, { polling: 100, timeout: 180_000 });
    await page.keyboard.press("Escape");
    await page.waitForSelector(INPUT, { state: "detached" });
    await page.waitForLoadState("networkidle");
    await impose(session, conditions);
    const opened = await page.evaluate(toNextPaint, { selector: ".palette-button", text: null });
    const first = await page.evaluate(toNextPaint, { selector: INPUT, text: "e" });
    const keys = [];
    for (const text of TEXTS) keys.push(await page.evaluate(toNextPaint, { selector: INPUT, text }));
    keys.sort((left, right) => left - right);
    return {
      "open to next paint": opened,
      "first key, all people known": first,
      "one key, median": keys[keys.length / 2],
      "one key, slowest": keys[keys.length - 1],
      "keys over 16 ms": keys.filter((key) => key > 16).length,
    };
  } finally {
    await context.close();
  }
}
