/**
 * The ground that every journey stands on: import `test` and `expect` from here.
 *
 * Each worker has a sandbox of its own, which each test finds freshly filled, and whatever the page
 * says or asks for that it should not fails the test.
 */
import { test as base } from "@playwright/test";
import { type SandboxProcess, startSandbox } from "../support/sandbox-process.mjs";
import { MANAGEMENT_KEY } from "./support/actions.ts";
import { type ExpectedFailures, Guard } from "./support/guard.ts";
import { Sandbox } from "./support/sandbox.ts";

interface TestFixtures {
  /** The sandbox behind the page, reset to the demo organization. */
  sandbox: Sandbox;
  /** Failed requests that the test brings about. */
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
      const server = await startSandbox(["--seed", "demo", "--faults", "--management-key", MANAGEMENT_KEY]);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  sandbox: [
    async ({ server }, use) => {
      const sandbox = new Sandbox(server.url);
      await sandbox.reset();
      await use(sandbox);
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

export { expect } from "@playwright/test";
export {
  expectNoRow,
  expectRowVisible,
  MANAGEMENT_KEY,
  rowWith,
  signIn,
} from "./support/actions.ts";
export { expectAccessible, takeShots } from "./support/screens.ts";
