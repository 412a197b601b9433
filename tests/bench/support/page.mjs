/**
 * Functions that run and measure in the page. Each one is serialized, so it must not use anything outside itself.
 */

/** Types a text, or clicks if it is null. Resolves to the milliseconds until the next paint. */
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

/** Scrolls down and up for a duration in ms, and counts the late frames. */
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

/** Scrolls down like a fling, which slows down steadily, and counts the late frames. */
export function fling(duration) {
  const SPEED = 8; // initial, in px per ms
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
      // The distance covered by a speed that falls linearly to zero.
      scrollTo(0, SPEED * duration * (at - (at * at) / 2));
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
}

/** Makes the page expose its WebAssembly memory, which is not part of the JS heap. */
export async function watchMemory(page) {
  await page.addInitScript(() => {
    addEventListener("TrunkApplicationStarted", (event) => {
      window.measured = event.detail?.wasm?.memory;
    });
  });
}

/** Returns the memory of the page, in MB. */
export async function memory(page, session) {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const wasm = await page.evaluate(() => window.measured?.buffer.byteLength ?? 0);
  return { heap: usedSize / 1e6, wasm: wasm / 1e6 };
}
