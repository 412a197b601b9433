/**
 * Plays a write that fails in each way: checks the reported effect, the number of requests, and that the input is kept.
 * In the end the page must show what the database holds.
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
import { attempts, type FaultCase, type Repeats } from "./table.ts";

/** A call that changes something. */
export interface Writing extends Call {
  /** How many times it may be sent for one press. */
  repeats: Repeats;
  /** Whether it is sent again after reading back shows that it was not applied. */
  isResent?: true;
  /** Set if 404 means that the goal is already reached. Expects what is shown then. */
  expectDoneIfMissing?: (page: Page) => Promise<void>;
  /** Seconds until the call times out. */
  timeoutSeconds: number;
  /** Returns its true response. Applies the call: the sandbox is reset afterwards. */
  truth: (sandbox: Sandbox) => Promise<string>;
  /** Opens the form and fills it in. */
  arrange: (page: Page) => Promise<void>;
  /** Submits the write. Also used to retry it after a failure. */
  submit: (page: Page) => Promise<void>;
  /** Where a failure is shown. */
  location: (page: Page) => Locator;
  /** The title of the failure. */
  title: string;
  /** Expects that the input is still there. */
  expectInputKept?: (page: Page) => Promise<void>;
  /** Expects what is shown after a success. */
  expectDone: (page: Page) => Promise<void>;
  /** Whether the database has the change. */
  isApplied: (sandbox: Sandbox) => Promise<boolean>;
  /** Expects that the page shows what the database holds. */
  expectData: (page: Page, sandbox: Sandbox) => Promise<void>;
  /** What is shown without a network, if a preceding read fails first. */
  offline?: { title: string; effect: string | RegExp; name: string };
}

/** How a write ends. */
type Ending = "done" | "refused" | "not applied" | "not known";

const EFFECTS: Record<Exclude<Ending, "done">, string> = {
  refused: "Nothing was changed.",
  "not applied": "We checked: nothing was changed.",
  "not known": "We couldn’t check whether the change was made.",
};

/** Returns the expected ending. */
function expectedEnding({ expectDoneIfMissing }: Writing, { nature, seen, isApplied }: FaultCase): Ending {
  if (nature === "offline") return "not known";
  if (seen === 404 && expectDoneIfMissing) return "done";
  if (nature === "refused" || nature === "expired" || nature === "busy") return "refused";
  return isApplied ? "done" : "not applied";
}

/** Plays one case, from an empty form to the correct data on the screen. */
export async function playWrite(writing: Writing, fault: FaultCase, truth: string, stage: Stage): Promise<void> {
  const { page, sandbox } = stage;
  await sandbox.reset();
  await writing.arrange(page);
  await activateFault(writing, fault, truth, stage);
  await writing.submit(page);
  if (fault.nature === "silent") await letEachTimeOut(writing, stage);
  const ending = expectedEnding(writing, fault);
  if (ending === "done") await (fault.isApplied ? writing.expectDone : writing.expectDoneIfMissing)?.(page);
  else await expectFailure(writing, ending, fault, stage);
  const isUnclear = ending === "not applied";
  const times = attempts(writing.repeats, fault) * (isUnclear && writing.isResent ? 2 : 1);
  await expectSent(writing, fault, times, sandbox);
  expect(await writing.isApplied(sandbox), "applied").toBe(fault.isApplied === true);
  await deactivateFault(stage);
  if (ending !== "done") {
    if (fault.nature === "expired") await signInAgain(page);
    await writing.submit(page);
    await writing.expectDone(page);
    expect(await writing.isApplied(sandbox), "applied in the end").toBe(true);
  }
  await writing.expectData(page, sandbox);
}

async function letEachTimeOut(writing: Writing, stage: Stage): Promise<void> {
  for (let times = 0; times < (writing.isResent ? 2 : 1); times += 1) await letTimeOut(writing, writing.timeoutSeconds, stage, times);
}

async function expectFailure(writing: Writing, ending: Exclude<Ending, "done">, fault: FaultCase, { page }: Stage): Promise<void> {
  const { title, effect, name } = (fault.nature === "offline" && writing.offline) || {
    title: writing.title,
    effect: EFFECTS[ending],
    name: writing.name,
  };
  const failure = writing.location(page).filter({ hasText: title });
  if (fault.wait && fault.wait <= 60 && writing.repeats !== "once") await advanceUntil(page, () => failure.isVisible());
  await expect(failure).toHaveCount(1);
  await expect(failure).toContainText(effect);
  await expectDetails(failure, name, fault);
  await writing.expectInputKept?.(page);
}
