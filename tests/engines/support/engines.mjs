/**
 * The three engines, each with its WebDriver server. `cargo xtask test engines` sets the variables that name the programs, and
 * those with which WebKit runs on a machine without a screen.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Builder, Capabilities } from "selenium-webdriver";
import { freePort, isListening } from "../../hosting/support/processes.mjs";

/**
 * @typedef {"Chromium" | "Firefox" | "WebKit"} Engine
 *
 * @typedef {object} Place
 * @property {number} port of the WebDriver server
 * @property {string} downloads the folder for downloads
 * @property {string} settings an empty folder for the browser's settings
 *
 * @typedef {object} Driver
 * @property {string} program the WebDriver server
 * @property {string[]} options
 * @property {Record<string, string>} [env]
 * @property {Record<string, unknown>} capabilities
 */

const { env } = process;

/** @type {Record<Engine, (place: Place) => Driver>} */
const DRIVERS = {
  Chromium: ({ port, downloads }) => ({
    program: env.CHROMEDRIVER ?? "chromedriver",
    options: [`--port=${port}`],
    capabilities: {
      browserName: "chrome",
      "goog:loggingPrefs": { browser: "ALL" },
      "goog:chromeOptions": {
        binary: env.CHROMIUM ?? "/usr/bin/chromium",
        args: [
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-background-networking",
          "--disable-component-update",
          "--no-first-run",
        ],
        prefs: { "download.default_directory": downloads },
      },
    },
  }),
  Firefox: ({ port, downloads }) => ({
    program: env.GECKODRIVER ?? "geckodriver",
    options: ["--port", String(port), "--websocket-port", "0"],
    capabilities: {
      browserName: "firefox",
      "moz:firefoxOptions": {
        binary: env.FIREFOX ?? "/usr/bin/firefox-esr",
        args: ["-headless"],
        prefs: {
          // The driver's output then has what pages write to the console.
          "devtools.console.stdout.content": true,
          // As for everyone else. The driver sets no limit.
          "dom.navigation.navigationRateLimit.count": 200,
          "browser.download.folderList": 2,
          "browser.download.dir": downloads,
        },
      },
    },
  }),
  WebKit: ({ port, settings }) => ({
    program: env.WEBKITDRIVER ?? "WebKitWebDriver",
    options: [`--port=${port}`],
    // The folder for downloads is in a file of the settings.
    env: { XDG_CONFIG_HOME: settings },
    capabilities: {
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": {
        binary: env.MINIBROWSER ?? "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        args: ["--automation"],
      },
    },
  }),
};

/**
 * A browser that a driver controls.
 * @typedef {object} Browser
 * @property {Engine} engine
 * @property {import("selenium-webdriver").WebDriver} driver
 * @property {string} downloads the folder for downloads
 * @property {() => string} output what the driver and the browser have written to their terminal
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a browser of this engine.
 * @param {Engine} engine
 * @returns {Promise<Browser>}
 */
export async function startBrowser(engine) {
  const folder = await mkdtemp(join(tmpdir(), "console-engines-"));
  const [downloads, settings] = [join(folder, "downloads"), join(folder, "settings")];
  for (const path of [downloads, settings]) await mkdir(path);
  await writeFile(join(settings, "user-dirs.dirs"), `XDG_DOWNLOAD_DIR="${downloads}"\n`);

  const port = await freePort();
  const driver = DRIVERS[engine]({ port, downloads, settings });
  const child = spawn(driver.program, driver.options, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...env, ...driver.env },
    // The browser and its processes are in the group of the driver.
    detached: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const exited = once(child, "exit");
  exited.catch(() => {});
  const kill = () => {
    try {
      process.kill(-(child.pid ?? 0), "SIGKILL");
    } catch {
      // All of them have ended.
    }
  };
  process.once("exit", kill);
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`${driver.program} ended before it listened:\n${output}`);
    await pause(20);
  }
  const session = await new Builder()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities(new Capabilities({ acceptInsecureCerts: true, ...driver.capabilities }))
    .build();
  await session.manage().setTimeouts({ script: 30_000, pageLoad: 30_000 });
  await session.manage().window().setRect({ x: 0, y: 0, width: 1440, height: 900 });
  return {
    engine,
    driver: session,
    downloads,
    output: () => output,
    async stop() {
      await session.quit();
      child.kill("SIGTERM");
      await exited;
      kill();
      process.off("exit", kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
