/**
 * Shared fixtures of all journeys. Import `test` and `expect` from here.
 *
 * Each worker runs its own sandbox, which is reset before each test.
 * Unexpected console output or requests of the page fail the test.
 */
import { test as base, expect } from "@playwright/test";
import { type SandboxProcess, startSandbox } from "../support/sandbox-process.mjs";
import { MANAGEMENT_KEY, PLAIN_KEY } from "./support/actions.ts";
import { type ExpectedFailures, Guard } from "./support/guard.ts";
import { type LoggedRequest, type Reset, Sandbox } from "./support/sandbox.ts";

interface TestFixtures {
  /** Data and behaviour of the sandbox. Defaults to the demo organization with a key. */
  organization: Reset;
  /** The sandbox behind the page, reset before the test. */
  sandbox: Sandbox;
  /** Failed requests that the test causes on purpose. */
  expectedFailures: ExpectedFailures;
  /** Watches all tabs of the test. */
  guard: Guard;
}

interface WorkerFixtures {
  server: SandboxProcess;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const keys = ["--management-key", MANAGEMENT_KEY, "--plain-key", PLAIN_KEY];
      const server = await startSandbox(["--seed", "demo", "--faults", ...keys]);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  organization: [{}, { option: true }],
  sandbox: [
    async ({ server, organization }, use) => {
      const sandbox = await Sandbox.fresh(server.url, MANAGEMENT_KEY, organization);
      await use(sandbox);
      expectOrderedBudgets(await sandbox.everyRequest());
    },
    { auto: true },
  ],
  guard: [
    async ({ context, server }, use) => {
      const guard = new Guard(context, server.url);
      await use(guard);
      guard.check();
    },
    { auto: true },
  ],
  expectedFailures: async ({ guard }, use) => use(guard.expected),
});

/** Expects that the console never sent limits that the API refuses because of their order. */
function expectOrderedBudgets(requests: LoggedRequest[]): void {
  const refused = requests.filter((it) => it.method === "PUT" && it.refusal?.startsWith("Budget limits must decrease"));
  const lines = refused.map((it) => `${it.path} ${JSON.stringify(it.request_body)}: ${it.refusal}`);
  expect(lines, "budgets that were refused for the order of their limits").toEqual([]);
}

export { expect } from "@playwright/test";
export {
  clipboardText,
  copyFromMenu,
  escape,
  expectNoRow,
  expectNothingUnsaved,
  expectNotice,
  expectRowVisible,
  expectSavedStatus,
  field,
  heading,
  holdFiles,
  MANAGEMENT_KEY,
  notices,
  open,
  pastedText,
  PLAIN_KEY,
  pressTwice,
  rowWith,
  signIn,
  tabTo,
  untilQuiet,
} from "./support/actions.ts";
export {
  byokSwitch,
  expectLimitProblem,
  expectSaved,
  expectShownLimits,
  intervalName,
  limitButton,
  limitField,
  limitGroup,
  openBudgets,
  saveBudgets,
  saveButton,
  savePreview,
  setLimit,
  typeLimits,
} from "./support/budgets.ts";
export { expectAccessible, takeShots } from "./support/screens.ts";
