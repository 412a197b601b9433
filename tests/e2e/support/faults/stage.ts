/**
 * Where the cases are played: one page that is signed in, whose time can be let pass.
 */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { heading, MANAGEMENT_KEY } from "../actions.ts";
import type { ExpectedFailures } from "../guard.ts";
import type { LoggedRequest, Sandbox } from "../sandbox.ts";
import { FAULTS, type FaultCase } from "./table.ts";

/** Whatever a case is played with. */
export interface Stage {
  page: Page;
  sandbox: Sandbox;
  expectedFailures: ExpectedFailures;
}

/** A call of the client, as far as every fault needs to know it. */
export interface Call {
  /** By the name of the official clients. */
  name: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** What the sandbox finds in the path with its query. */
  path: string;
  /** Faults that cannot be brought about, with the reason. */
  impossible?: Record<string, string>;
}

/** Signs in, with a clock that the cases move, and with the shortest of all random pauses. */
export async function enter(page: Page): Promise<void> {
  await page.clock.install();
  await page.addInitScript(() => {
    Math.random = () => 0;
    // The clock numbers its timers from 10^12, which is more than the program's integers hold: it would clear others.
    const timers = window as unknown as Record<string, (...of: unknown[]) => unknown>;
    for (const [set, clear] of [
      ["requestAnimationFrame", "cancelAnimationFrame"],
      ["setTimeout", "clearTimeout"],
      ["setInterval", "clearInterval"],
    ] as const) {
      const [begin, end, known] = [timers[set], timers[clear], [undefined] as unknown[]];
      timers[set] = (...of) => known.push(begin?.(...of)) - 1;
      timers[clear] = (id) => end?.(known[Number(id)]);
    }
  });
  // Whatever is not there is told by the name of its case, long before the time of the test is over.
  page.setDefaultTimeout(10_000);
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto("/");
  await giveKey(page, page.getByRole("main"));
  await expect(heading(page, "Workspaces")).toBeVisible();
}

/** Gives the key, to be kept for the tab, as a reload is to find it. */
export async function giveKey(page: Page, within: Locator): Promise<void> {
  await within.getByLabel("Management key", { exact: true }).fill(MANAGEMENT_KEY);
  await within.getByRole("checkbox", { name: /Keep the key for this tab/ }).check();
  await within.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(within.getByLabel("Management key", { exact: true })).toHaveCount(0);
  await page.clock.runFor(0);
}

/** Gives it where it is asked for in place. */
export async function giveKeyInPlace(page: Page): Promise<void> {
  await giveKey(page, page.getByRole("dialog", { name: "Sign in again" }));
}

/** The faults that a call can meet. */
export function faultsOf({ impossible = {} }: Call): FaultCase[] {
  return FAULTS.filter(({ name }) => !(name in impossible));
}

/** Plays each of them; whatever goes wrong is told at once, by the names of the cases. */
export async function playAll(call: Call, stage: Stage, play: (fault: FaultCase) => Promise<void>): Promise<void> {
  const { page, sandbox } = stage;
  const wrong: string[] = [];
  for (const fault of faultsOf(call)) {
    // After a few, more are the same again, and each takes its time.
    if (wrong.length === 3) break;
    await test.step(fault.name, async () => {
      try {
        await play(fault);
      } catch (error) {
        wrong.push(`${call.name}, ${fault.name}: ${error}`);
        await page.context().setOffline(false);
        await sandbox.clearFaults();
        await page.goto("/");
      }
    });
  }
  expect(wrong.join("\n\n")).toBe("");
}

/** Brings the fault about for all that comes; `truth` is what the call would be answered. */
export async function bringAbout(call: Call, fault: FaultCase, truth: string, { page, sandbox, expectedFailures }: Stage): Promise<void> {
  if (fault.seen === "network" || (typeof fault.seen === "number" && fault.seen >= 400)) {
    // Without a network, or with a key that was refused and is forgotten, nothing goes through, whatever it is.
    const isForAll = !fault.fault || fault.seen === 401;
    expectedFailures.allow(fault.seen, new RegExp("/api/v1/"), isForAll ? undefined : call.method);
  }
  await sandbox.clearLog();
  if (fault.fault) await sandbox.fault({ method: call.method, path: call.path, times: 99, ...fault.fault(truth) });
  else await page.context().setOffline(true);
}

/** Takes it back. */
export async function takeBack({ page, sandbox }: Stage): Promise<void> {
  await page.context().setOffline(false);
  await sandbox.clearFaults();
}

/** The requests of this call since the fault. */
export async function sent(call: Call, sandbox: Sandbox): Promise<LoggedRequest[]> {
  const isIt = new RegExp(call.path);
  const below = ({ path, query }: LoggedRequest) => path.replace("/api/v1", "") + (query && `?${query}`);
  return (await sandbox.requests(call.method)).filter((it) => isIt.test(below(it)));
}

/** Expects that it was sent just so often. */
export async function expectSent(call: Call, fault: FaultCase, times: number, sandbox: Sandbox): Promise<void> {
  if (!fault.fault) return expect(await sent(call, sandbox), "requests without a network").toEqual([]);
  await expect.poll(async () => (await sent(call, sandbox)).length, { intervals: [20] }).toBeGreaterThanOrEqual(times);
  const { length } = await sent(call, sandbox);
  // The browser itself sends once more what got no answer on a connection that it had kept.
  expect(length, "requests").toBeLessThanOrEqual(fault.nature === "lost" ? 2 * times : times);
}

/** Expects the cause, what can be done, and the details; never the key. */
export async function expectDetails(told: Locator, name: string, fault: Pick<FaultCase, "told" | "detail">): Promise<void> {
  await expect(told).toContainText(fault.told);
  await expect(told).not.toContainText("<html>");
  const details = (await told.locator("pre").textContent()) ?? "";
  expect(details.split("\n")).toContain(`operation: ${name}`);
  expect(details).toMatch(fault.detail);
  expect(await told.textContent()).not.toContain(MANAGEMENT_KEY);
}

/** Lets the page's time pass, second by second, until this is so. */
export async function pass(page: Page, isSo: () => Promise<boolean>): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(1_000);
    expect(await isSo()).toBe(true);
  }).toPass({ intervals: [20] });
}

/** Lets the patience of the page run out, once it has sent something more than so often before. */
export async function runOut(call: Call, patience: number, { page, sandbox }: Stage, before = 0): Promise<void> {
  await expect.poll(async () => (await sent(call, sandbox)).length, { intervals: [20] }).toBe(before + 1);
  await page.clock.fastForward((patience + 1) * 1_000);
}
