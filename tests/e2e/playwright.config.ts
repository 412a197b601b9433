import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

/** The folder for everything that a run writes. */
const output = fileURLToPath(new URL("../../target/e2e", import.meta.url));

export default defineConfig({
  testDir: "journeys",
  outputDir: `${output}/results`,
  snapshotPathTemplate: "{testDir}/../../pictures/{arg}{ext}",
  fullyParallel: true,
  // One more than the two cores of the usual machine: some journeys wait for answers that come late.
  workers: 3,
  // A journey that passes only when it is run again is named in the summary. More than two of them fail the run.
  retries: 1,
  // A fault in what all journeys share fails them all. A run then ends early, and still says which ones failed.
  maxFailures: 30,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json", { outputFile: `${output}/report.json` }]],
  use: {
    locale: "en-US",
    timezoneId: "America/New_York",
    viewport: { width: 1440, height: 900 },
    // Recording a trace of every journey takes a quarter of the time of a run.
    trace: "on-first-retry",
    launchOptions: {
      // Chromium without its user interface, which would take half of the time of a run.
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
      args: [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
      ],
    },
  },
});
