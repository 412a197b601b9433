/**
 * The stage for all fault cases: one signed-in page with a controllable clock.
 */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { heading, MANAGEMENT_KEY } from "../actions.ts";
import type { ExpectedFailures } from "../guard.ts";
import type { LoggedRequest, Sandbox } from "../sandbox.ts";
import { ALIKE, type FaultCase, FAULTS } from "./table.ts";

/** Everything that a case needs. */
export interface Stage {
  page: Page;
  sandbox: Sandbox;
  expectedFailures: ExpectedFailures;
}

/** A call of the client, as far as the faults need to know it. */
export interface Call {
  /** The name in the official clients. */
  name: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A regular expression that the sandbox finds in the path with its query. */
  path: string;
  /** Faults that cannot happen to this call, with the reason. */
  impossible?: Record<string, string>;
}

/** Signs in with a fake clock, and with the shortest random delays. */
export async function signInWithFakeClock(page: Page): Promise<void> {
  await page.clock.install();
  await page.addInitScript(() => {
    addEventListener("TrunkApplicationStarted", () => (document.documentElement.dataset.started = ""));
    Math.random = () => 0;
    // The fake clock numbers its timers from 10^12. That overflows the program's integers, which would clear other timers.
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
  // A missing element should fail with the name of its case, long before the test times out.
  page.setDefaultTimeout(10_000);
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto("/");
  await enterKey(page, page.getByRole("main"));
  await expect(heading(page, "Workspaces")).toBeVisible();
}

/** Enters the key and keeps it for the tab, so that a reload finds it. */
export async function enterKey(page: Page, within: Locator): Promise<void> {
  await within.getByLabel("Management key", { exact: true }).fill(MANAGEMENT_KEY);
  await within.getByRole("checkbox", { name: /Stay signed in in this tab/ }).check();
  await within.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(within.getByLabel("Management key", { exact: true })).toHaveCount(0);
  await page.clock.runFor(0);
}

/** Enters the key in the dialog that asks for it again. */
export async function signInAgain(page: Page): Promise<void> {
  await enterKey(page, page.getByRole("dialog", { name: "Sign in again" }));
}

/** Returns the faults that a call plays: all that can happen to it, and of those that are alike the one whose turn it is. */
export function faultsOf({ name, impossible = {} }: Call): FaultCase[] {
  const turn = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const isPossible = (fault: string) => !(fault in impossible);
  const leftToOthers = ALIKE.flatMap((group) => {
    const alike = group.filter(isPossible);
    return alike.filter((_, place) => place !== turn % alike.length);
  });
  return FAULTS.filter((fault) => isPossible(fault.name) && !leftToOthers.includes(fault.name));
}

/** Plays each fault. Reports all failures together, by the names of the cases. */
export async function playAll(call: Call, stage: Stage, play: (fault: FaultCase) => Promise<void>): Promise<void> {
  const { page, sandbox } = stage;
  const wrong: string[] = [];
  for (const fault of faultsOf(call)) {
    // After a few failures, more of them tell nothing new and take time.
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

/** Activates the fault for all matching requests. `truth` is the true response of the call. */
export async function activateFault(call: Call, fault: FaultCase, truth: string, { page, sandbox, expectedFailures }: Stage): Promise<void> {
  if (fault.seen === "network" || (typeof fault.seen === "number" && fault.seen >= 400)) {
    // Without a network, or after the key was refused, every request fails, whatever its method.
    const isForAll = !fault.fault || fault.seen === 401;
    expectedFailures.allow(fault.seen, new RegExp("/api/v1/"), isForAll ? undefined : call.method);
  }
  await sandbox.clearLog();
  if (fault.fault) await sandbox.fault({ method: call.method, path: call.path, times: 99, ...fault.fault(truth) });
  else await page.context().setOffline(true);
}

/** Deactivates the fault. */
export async function deactivateFault({ page, sandbox }: Stage): Promise<void> {
  await page.context().setOffline(false);
  await sandbox.clearFaults();
}

/** Returns the requests of this call since the fault was activated. */
export async function sentRequests(call: Call, sandbox: Sandbox): Promise<LoggedRequest[]> {
  const isIt = new RegExp(call.path);
  const below = ({ path, query }: LoggedRequest) => path.replace("/api/v1", "") + (query && `?${query}`);
  return (await sandbox.log()).filter((it) => it.method === call.method && isIt.test(below(it)));
}

/** Expects that the call was sent exactly so many times. */
export async function expectSent(call: Call, fault: FaultCase, times: number, sandbox: Sandbox): Promise<void> {
  if (!fault.fault) return expect(await sentRequests(call, sandbox), "requests without a network").toEqual([]);
  await expect.poll(async () => (await sentRequests(call, sandbox)).length, { intervals: [20] }).toBeGreaterThanOrEqual(times);
  const { length } = await sentRequests(call, sandbox);
  // The browser resends a request that got no response on a kept-alive connection.
  expect(length, "requests").toBeLessThanOrEqual(fault.nature === "lost" ? 2 * times : times);
}

/** Expects the cause, the advice and the details, and never the key. */
export async function expectDetails(failure: Locator, name: string, fault: Pick<FaultCase, "message" | "detail">): Promise<void> {
  await expect(failure).toContainText(fault.message);
  await expect(failure).not.toContainText("<html>");
  const details = (await failure.locator("pre").textContent()) ?? "";
  expect(details.split("\n")).toContain(`operation: ${name}`);
  expect(details).toMatch(fault.detail);
  expect(await failure.textContent()).not.toContain(MANAGEMENT_KEY);
}

/** Advances the page's clock second by second until the condition is true. */
export async function advanceUntil(page: Page, condition: () => Promise<boolean>): Promise<void> {
  await expect(async () => {
    await page.clock.runFor(1_000);
    expect(await condition()).toBe(true);
  }).toPass({ intervals: [20] });
}

/** Lets the call time out. Waits until it was sent once more than `before` times. */
export async function letTimeOut(call: Call, patience: number, { page, sandbox }: Stage, before = 0): Promise<void> {
  await expect.poll(async () => (await sentRequests(call, sandbox)).length, { intervals: [20] }).toBe(before + 1);
  await page.clock.fastForward((patience + 1) * 1_000);
}
