/**
 * What is done in a page and timed there. Each function is sent into the page as it stands.
 */

/** Types a text, or presses where there is none, and tells how long until the next picture. */
export function toNextPaint({ selector, text }) {
  const control = document.querySelector(selector);
  return new Promise((resolve) => {
    const began = performance.now();
    if (text === null) {
      control.click();
    } else {
      control.value = text;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now() - began);
      channel.port2.postMessage(null);
    });
  });
}

/** Scrolls down and up for so long, and counts the frames that came late. */
export function scrollFor(duration) {
  return new Promise((resolve) => {
    const began = performance.now();
    let last = began;
    let late = 0;
    const step = (now) => {
      if (now - last > 16.7 * 1.5) late += Math.round((now - last) / 16.7) - 1;
      last = now;
      const at = (now - began) / duration;
      if (at >= 1) {
        resolve(late);
        return;
      }
      scrollTo(0, document.documentElement.scrollHeight * Math.abs(Math.sin(at * Math.PI)));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}

/** Scrolls down as a fling does, fast at first and then ever slower, and counts the frames that came late. */
export function fling(duration) {
  const SPEED = 8; // px for each millisecond at first
  return new Promise((resolve) => {
    const began = performance.now();
    let last = began;
    let late = 0;
    scrollTo(0, 0);
    const step = (now) => {
      if (now - last > 16.7 * 1.5) late += Math.round((now - last) / 16.7) - 1;
      last = now;
      const at = (now - began) / duration;
      if (at >= 1) {
        resolve(late);
        return;
      }
      // The way of a speed that falls evenly to nothing.
      scrollTo(0, SPEED * duration * (at - (at * at) / 2));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}

/** Lets the page tell its WebAssembly memory, which is no part of the JS heap. */
export async function watchMemory(page) {
  await page.addInitScript(() => {
    addEventListener("TrunkApplicationStarted", (event) => {
      window.measured = event.detail?.wasm?.memory;
    });
  });
}

/** What the page holds, in MB. */
export async function memory(page, session) {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const wasm = await page.evaluate(() => window.measured?.buffer.byteLength ?? 0);
  return { heap: usedSize / 1e6, wasm: wasm / 1e6 };
}
