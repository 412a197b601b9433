/**
 * A file with 1,000 workspaces on the page that imports it: the first difference, the whole plan, and the plan of a changed file.
 */
import { impose, SLOW_CPU, UNTHROTTLED } from "../support/browser.mjs";
import { toNextPaint } from "../support/page.mjs";
import { onThousand } from "../support/thousand.mjs";

const RUNS = 3;
const FIELD = "textarea[name=file]";

export const title = "A file with 1,000 workspaces, medians of 3 (min–max)";

export const units = {
  "file to next paint": "ms",
  "first difference": "ms",
  "all read": "ms",
  "plan after the last response": "ms",
  "plan of a changed file": "ms",
  "longest task": "ms",
};

export const scenarios = [UNTHROTTLED, SLOW_CPU].map((conditions) => ({
  title: conditions.title,
  measure: (browser) => onThousand(RUNS, (url) => visit(browser, url, conditions)),
}));

async function visit(browser, url, conditions) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await page.goto(`${url}/files`, { waitUntil: "commit" });
    await page.waitForSelector(FIELD, { timeout: 180_000 });
    await page.waitForLoadState("networkidle");
    const slugs = await page.evaluate(everySlug);
    await impose(session, conditions);
    await page.evaluate(watch);
    const pasted = await page.evaluate(toNextPaint, { selector: FIELD, text: file(slugs, "First") });
    const { first, whole, response } = await page.evaluate(untilPlanned, "First");
    await page.evaluate(toNextPaint, { selector: FIELD, text: file(slugs, "Second") });
    const changed = await page.evaluate(untilPlanned, "Second");
    return {
      "file to next paint": pasted,
      "first difference": first,
      "all read": response,
      "plan after the last response": whole - response,
      "plan of a changed file": changed.whole,
      "longest task": await page.evaluate(() => window.longestTask),
    };
  } finally {
    await context.close();
  }
}

/** Changes a setting and a limit of each workspace. */
function file(slugs, description) {
  const workspace = (slug, at) =>
    `  - slug: ${slug}\n    description: ${description} ${at}\n    budget:\n      lifetime: ${900_000 + at}\n`;
  return ["version: 1\nworkspaces:\n", ...slugs.map(workspace)].join("");
}

/** The slugs of all workspaces. Runs in the page. */
async function everySlug() {
  const slugs = [];
  for (let offset = 0; ; offset += 100) {
    const answer = await fetch(`/api/v1/workspaces?limit=100&offset=${offset}`);
    const { data } = await answer.json();
    slugs.push(...data.map((workspace) => workspace.slug).filter((slug) => slug !== "default"));
    if (data.length < 100) return slugs;
  }
}

/** Keeps the duration of the longest task and the time of the last response from now on. Runs in the page. */
function watch() {
  window.longestTask = 0;
  window.lastResponse = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.longestTask = Math.max(window.longestTask, task.duration);
  }).observe({ type: "longtask" });
  new PerformanceObserver((list) => {
    for (const it of list.getEntries()) window.lastResponse = Math.max(window.lastResponse, it.responseEnd);
  }).observe({ type: "resource" });
}

/** Resolves to the milliseconds until the first difference, the last response and the whole plan. Runs in the page. */
function untilPlanned(description) {
  const began = performance.now();
  let first = null;
  return new Promise((resolve) => {
    const look = () => {
      const now = performance.now() - began;
      const shown = document.querySelector(".files__changes ins")?.textContent ?? "";
      if (shown.startsWith(description)) first ??= now;
      const status = document.querySelector(".files__plan [role=status]")?.textContent ?? "";
      if (first !== null && /^[\d,]+ to change( · \d+ unchanged)?$/.test(status)) {
        // The observer is told of a response a moment later.
        setTimeout(() => resolve({ first, whole: now, response: Math.max(0, window.lastResponse - began) }), 100);
      } else setTimeout(look, 5);
    };
    look();
  });
}
