/**
 * Samples what a page holds after each round, and finds what grows.
 */
import type { CDPSession, Page } from "@playwright/test";

/** What a page holds after a garbage collection. */
export interface Sample {
  /** Bytes of JavaScript objects. */
  heap: number;
  /** Bytes of WebAssembly memory, which never shrinks. */
  wasm: number;
  /** DOM nodes, including detached ones. */
  nodes: number;
  /** Event listeners. */
  listeners: number;
  /** Documents. */
  documents: number;
}

/** The most that each may grow in a round. Any leaked view, dialog or request exceeds it. */
export const MAX_GROWTH_PER_ROUND: Sample = { heap: 36_000, wasm: 24_000, nodes: 12, listeners: 3, documents: 0.1 };

declare global {
  interface Window {
    wasmMemory?: WebAssembly.Memory;
  }
}

/** Records what a page holds. Call it before the page is opened. */
export async function startSampling(page: Page): Promise<CDPSession> {
  await page.addInitScript(() => {
    addEventListener("TrunkApplicationStarted", (event) => {
      window.wasmMemory = (event as CustomEvent<{ wasm?: { memory?: WebAssembly.Memory } }>).detail?.wasm?.memory;
    });
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return session;
}

/** Takes a sample of an idle page. */
export async function sample(page: Page, session: CDPSession): Promise<Sample> {
  // Objects that an idle task releases are collected only by the next collection.
  for (let times = 0; times < 2; times += 1) {
    await session.send("HeapProfiler.collectGarbage");
    await page.evaluate(() => new Promise<void>((done) => requestIdleCallback(() => done())));
  }
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((it) => it.name === name)?.value ?? Number.NaN;
  const wasm = await page.evaluate(() => window.wasmMemory?.buffer.byteLength ?? Number.NaN);
  return {
    heap: of("JSHeapUsedSize"),
    wasm,
    nodes: of("Nodes"),
    listeners: of("JSEventListeners"),
    documents: of("Documents"),
  };
}

/** Returns the average growth from one value to the next: the slope of the least-squares line. */
export function growth(values: number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [over, under] = values.reduce(
    ([over, under], value, at) => [over + (at - middle) * (value - mean), under + (at - middle) ** 2],
    [0, 0],
  );
  return over / under;
}

/** Describes each value that grows more than it may, or that could not be measured. */
export function findGrowth(samples: Sample[], most: Sample = MAX_GROWTH_PER_ROUND): string[] {
  return (Object.keys(most) as (keyof Sample)[]).flatMap((name) => {
    const values = samples.map((it) => it[name]);
    const each = growth(values);
    // NaN is not less than anything, so unmeasured values are reported too.
    return each <= most[name] ? [] : [`${name} grow by ${Math.round(each)} a round: ${values.join(" ")}`];
  });
}
