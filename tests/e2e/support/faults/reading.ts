/**
 * Plays a read that fails in each way: checks the message, its place, the number of requests, and that a retry works.
 */
import { expect, type Locator, type Page } from "@playwright/test";
import type { Sandbox } from "../sandbox.ts";
import {
  activateFault,
  advanceUntil,
  type Call,
  deactivateFault,
  expectDetails,
  expectSent,
  letTimeOut,
  signInAgain,
  type Stage,
} from "./stage.ts";
import { attempts, type FaultCase } from "./table.ts";

/** How a read is triggered and where its failure is shown. */
export interface ReadTrigger {
  /** Opens the page where the read starts. */
  arrange: (page: Page) => Promise<void>;
  /** Triggers the read. */
  trigger: (page: Page) => Promise<void>;
  /** Where the failure is shown. */
  location: (page: Page) => Locator;
  /** The title of the failure. */
  title: string | RegExp;
  /** Retries as a person would. Defaults to the button beside the failure. */
  retry?: (page: Page) => Promise<void>;
}

/** A call that only reads. */
export interface Reading extends Call, ReadTrigger {
  /** Returns its true response. */
  truth: (sandbox: Sandbox) => Promise<string>;
  /** Whether the failure shows its cause and details. False for a few reads. */
  hasDetails?: false;
  /** Expects that the page shows the content of the database. */
  expectData: (page: Page, sandbox: Sandbox) => Promise<void>;
  /** Where unreadable rows are reported instead of a failure. */
  unreadableRows?: (page: Page) => Locator;
  /** Other triggers, by the name of the fault that needs them. */
  triggers?: Record<string, ReadTrigger>;
  /** Other expectations, by the name of the fault that means something else to this call. */
  overrides?: Record<string, (stage: Stage) => Promise<void>>;
}

/** Seconds until a read without a response times out. */
const TIMEOUT_SECONDS = 15;

/** Plays one case, from the page before the read to the correct data on the screen. */
export async function playRead(reading: Reading, fault: FaultCase, truth: string, stage: Stage): Promise<void> {
  const { page, sandbox } = stage;
  const flow = reading.triggers?.[fault.name] ?? reading;
  const failure = flow.location(page).filter({ hasText: flow.title });
  await flow.arrange(page);
  await activateFault(reading, fault, truth, stage);
  await flow.trigger(page);
  if (fault.nature === "silent") await letTimeOut(reading, TIMEOUT_SECONDS, stage);
  const hasUnreadableRows = fault.name === "wrong types" && reading.unreadableRows !== undefined;
  const override = reading.overrides?.[fault.name];
  if (override) await override(stage);
  else if (fault.nature === "tolerated") await reading.expectData(page, sandbox);
  else if (hasUnreadableRows) await expect(reading.unreadableRows?.(page) ?? flow.location(page)).toBeVisible();
  else if (fault.nature === "expired") await expectWaitsForKey(reading, failure, fault, stage);
  else if (isSaidOnce(reading, fault)) await expectOfflineBanner(page, failure);
  else await expectFailure(reading, failure, fault, stage);
  await deactivateFault(stage);
  if (override || fault.nature === "tolerated") return;
  if (fault.nature === "expired") await signInAgain(page);
  else if (isReadAgain(reading, fault)) await expect(offlineBanner(page)).toHaveCount(0);
  else if (hasUnreadableRows) await page.reload();
  else if (flow.retry) await flow.retry(page);
  else await pressRetry(page, failure, fault);
  await reading.expectData(page, sandbox);
  await expect(failure).toHaveCount(0);
}

/** Whether the page reads again by itself. The check of a key, without which there is no page, does not. */
function isReadAgain(reading: Reading, fault: FaultCase): boolean {
  return fault.nature === "offline" && reading.name !== "keys.get_current";
}

/** Whether one banner says it for all reads. A dialog, which covers the banner, says it itself, and so does a field. */
function isSaidOnce(reading: Reading, fault: FaultCase): boolean {
  return isReadAgain(reading, fault) && !["keys.list", "keys.get", "models.list"].includes(reading.name);
}

const offlineBanner = (page: Page) => page.getByRole("status").filter({ hasText: "You’re offline" });

/** Expects that the page says once that it is offline. */
async function expectOfflineBanner(page: Page, failure: Locator): Promise<void> {
  await expect(offlineBanner(page)).toBeVisible();
  await expect(failure).toHaveCount(0);
}

/** Expects one failure in its place, after the expected number of requests. */
async function expectFailure(reading: Reading, failure: Locator, fault: FaultCase, { page, sandbox }: Stage): Promise<void> {
  if (fault.wait && fault.wait <= 60) await advanceUntil(page, () => failure.isVisible());
  await expect(failure).toHaveCount(1);
  if (reading.hasDetails !== false) await expectDetails(failure, reading.name, fault);
  await expectSent(reading, fault, attempts("reads", fault), sandbox);
}

/** Expects that the read waits for another key, without a failure of its own and without another request. */
async function expectWaitsForKey(reading: Reading, failure: Locator, fault: FaultCase, { page, sandbox }: Stage): Promise<void> {
  await expect(page.getByRole("dialog", { name: "Sign in again" })).toBeVisible();
  await expect(failure).toHaveCount(0);
  await expectSent(reading, fault, attempts("reads", fault), sandbox);
}

/** Presses the retry button after the time that the server asked for. */
async function pressRetry(page: Page, failure: Locator, fault: FaultCase): Promise<void> {
  const button = failure.getByRole("button", { name: "Try again" });
  if (fault.wait) {
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await page.clock.runFor(fault.wait * 1_000);
    await expect(button).not.toHaveAttribute("aria-disabled");
  }
  await button.click();
}
