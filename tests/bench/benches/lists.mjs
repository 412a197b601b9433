/**
 * Lists of 5,000 and 20,000 lines, pasted into "Add members" of an organization of 20,000 people: reading and typing.
 */
import { impose, SLOW_CPU, UNTHROTTLED } from "../support/browser.mjs";
import { onPeople } from "../support/people.mjs";
import { toNextPaint } from "../support/page.mjs";

const RUNS = 3;
const KEYS = 8;

export const title = "Pasted lists, medians of 3 (min–max)";

export const units = {
  "paste to next paint": "ms",
  "paste to whole preview": "ms",
  "longest task of a reading": "ms",
  "one key at the end, median": "ms",
  "one key at the end, slowest": "ms",
};

export const scenarios = [5_000, 20_000].flatMap((lines) =>
  [UNTHROTTLED, SLOW_CPU].map((conditions) => ({
    title: `${lines.toLocaleString("en")} lines, ${conditions.title}`,
    measure: (browser) => onPeople(RUNS, (url) => visit(browser, url, lines, conditions)),
  })),
);

const FIELD = "dialog[open] textarea";

async function visit(browser, url, lines, conditions) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await page.goto(`${url}/workspaces/scale-members/members`, { waitUntil: "commit" });
    await page.getByRole("button", { name: "Add members…" }).click({ timeout: 180_000 });
    await page.waitForLoadState("networkidle");
    const emails = await page.evaluate(everyone);
    await page.getByRole("radio", { name: "Paste a list" }).check();
    await impose(session, conditions);
    await page.evaluate(watchTasks);
    const text = list(emails, lines);
    const pasted = await page.evaluate(toNextPaint, { selector: FIELD, text });
    const read = await page.evaluate(untilRead);
    const longest = await page.evaluate(() => window.longestTask);
    const keys = [];
    for (let key = 1; key <= KEYS; key += 1) {
      keys.push(await page.evaluate(toNextPaint, { selector: FIELD, text: `${text}\n${"j".repeat(key)}` }));
    }
    keys.sort((left, right) => left - right);
    return {
      "paste to next paint": pasted,
      "paste to whole preview": pasted + read,
      "longest task of a reading": longest,
      "one key at the end, median": keys[KEYS / 2],
      "one key at the end, slowest": keys[KEYS - 1],
    };
  } finally {
    await context.close();
  }
}

/** A table with headings. Every second person is known. */
function list(emails, lines) {
  const row = (at) => {
    const email = at % 2 === 0 ? emails[(at / 2) % emails.length] : `person${at}@elsewhere.example`;
    return `"Person ${at}, Test",${email},Research`;
  };
  return ["name,email,team", ...Array.from({ length: lines }, (_, at) => row(at))].join("\n");
}

/** The addresses of the organization. Runs in the page. */
async function everyone() {
  const emails = [];
  for (let offset = 0; ; offset += 100) {
    const answer = await fetch(`/api/v1/organization/members?limit=100&offset=${offset}`);
    const { data } = await answer.json();
    emails.push(...data.map((person) => person.email));
    if (data.length < 100) return emails;
  }
}

/** Keeps the duration of the longest task from now on. Runs in the page. */
function watchTasks() {
  window.longestTask = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.longestTask = Math.max(window.longestTask, task.duration);
  }).observe({ type: "longtask" });
}

/** Resolves to the milliseconds until the counts are shown. Runs in the page. */
function untilRead() {
  const began = performance.now();
  return new Promise((resolve) => {
    const look = () => {
      const texts = [...document.querySelectorAll("dialog[open] [role=status]")].map((it) => it.textContent ?? "");
      if (texts.some((text) => /\d to add/.test(text))) resolve(performance.now() - began);
      else setTimeout(look, 5);
    };
    look();
  });
}
