/**
 * Checks the current screen in both themes: accessibility with axe, and screenshots for people.
 */
import { mkdir } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import axe, { type Result } from "axe-core";

const THEMES = ["light", "dark"] as const;
const WIDTHS = [1440, 768, 320] as const;

/** The rules of axe that look at colours. All others find the same in both themes. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** Expects no accessibility violations (WCAG 2.2 A and AA, and best practices) in either theme. */
export async function expectAccessible(page: Page): Promise<void> {
  // On a busy machine, axe takes many seconds for a long table.
  test.slow();
  const found: string[] = [];
  for (const theme of THEMES) {
    await switchTheme(page, theme);
    for (const { id, impact, help, nodes } of await findViolations(page, theme === "light" ? undefined : OF_COLOURS)) {
      const places = nodes.map((node) => `    ${node.target.join(" ")}: ${node.failureSummary}`);
      found.push(`${theme}, ${impact} ${id}: ${help}\n${places.join("\n")}`);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  expect(found, found.join("\n\n")).toEqual([]);
}

/** Runs axe in the page, with these rules or with its own. It returns no passed checks, of which a long table has thousands. */
async function findViolations(page: Page, rules?: string[]): Promise<Result[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (runOnly) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    return (await inPage.run(document, { resultTypes: ["violations"], ...(runOnly && { runOnly }) })).violations;
  }, rules);
}

/**
 * Takes screenshots at three widths in both themes, named `<name>-<width>-<theme>.png`. They go into the folder
 * in the environment variable SHOTS. Does nothing if it is not set.
 */
export async function takeShots(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const theme of THEMES) {
      await switchTheme(page, theme);
      await page.screenshot({ path: `${folder}/${name}-${width}-${theme}.png` });
    }
  }
  if (before) await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: null });
}

/** Switches the theme and waits until its transitions have finished. */
async function switchTheme(page: Page, colorScheme: (typeof THEMES)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(() => {
    // An infinite animation, such as a spinner, never finishes. One that keeps its last frame is listed after its end.
    const ends = (animation: Animation) =>
      animation.playState === "running" && animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY;
    return !document.getAnimations().some(ends);
  });
}
