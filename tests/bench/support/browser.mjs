/**
 * The browser, and the network and CPU conditions of a measurement.
 */
import { chromium } from "playwright-core";

/** Starts the Chromium that the environment variable CHROMIUM names. */
export function launch() {
  return chromium.launch(launchOptions());
}

export function launchOptions() {
  return {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
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
  };
}

/**
 * Emulated network and CPU. Throughputs are in bits per second, the latency is in ms.
 * @typedef {object} Conditions
 * @property {string} title
 * @property {{download: number, upload: number, latency: number}} [network]
 * @property {number} [slowdown] the factor by which the CPU is slowed down
 */

/** No emulation. */
export const UNTHROTTLED = { title: "unthrottled" };

/** Chrome DevTools' "Fast 4G" with its correction factors, on a CPU like a phone's. */
export const FAST_4G = {
  title: "Fast 4G, CPU 4× slower",
  network: { download: 9e6 * 0.9, upload: 1.5e6 * 0.9, latency: 60 * 2.75 },
  slowdown: 4,
};

/** A CPU like a phone's, without a slow network. */
export const SLOW_CPU = { title: "CPU 4× slower", slowdown: 4 };

/**
 * Applies conditions to a page.
 * @param {import("playwright-core").CDPSession} session
 * @param {Conditions} conditions
 */
export async function impose(session, { network, slowdown }) {
  await session.send("Network.enable");
  if (network) {
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: network.latency,
      downloadThroughput: network.download / 8,
      uploadThroughput: network.upload / 8,
    });
  }
  if (slowdown) await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
}

/**
 * Counts requests and the bytes transferred for them, including headers.
 * @param {import("playwright-core").CDPSession} session
 */
export function countTraffic(session) {
  const traffic = { requests: 0, pageBytes: 0, apiBytes: 0 };
  /** @type {Map<string, string>} */
  const paths = new Map();
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    traffic.requests += 1;
    paths.set(requestId, new URL(request.url).pathname);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const isApi = paths.get(requestId)?.startsWith("/api/");
    traffic[isApi ? "apiBytes" : "pageBytes"] += encodedDataLength;
  });
  return traffic;
}

/**
 * Records when the first element that matches `selector` was painted, as `window.firstPainted` in the page: in
 * milliseconds since navigation start.
 * @param {import("playwright-core").Page} page
 * @param {string} selector
 */
export async function watchFirstPaintOf(page, selector) {
  await page.addInitScript((wanted) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector(wanted)) return;
      observer.disconnect();
      // The first frame callback runs before the paint that shows the element, the second after.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          window.firstPainted = performance.now();
        }),
      );
    });
    observer.observe(document, { childList: true, subtree: true });
  }, selector);
}

/**
 * Adds up, as `window.blocked` in the page, by how much long tasks exceed 50 ms, in ms, and how far the layout shifts.
 * @param {import("playwright-core").Page} page
 */
export async function watchBlocking(page) {
  await page.addInitScript(() => {
    const blocked = { time: 0, shift: 0 };
    window.blocked = blocked;
    const watch = (type, add) =>
      new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type, buffered: true });
    watch("longtask", ({ duration }) => {
      blocked.time += Math.max(0, duration - 50);
    });
    watch("layout-shift", ({ value }) => {
      blocked.shift += value;
    });
  });
}
