/**
 * What a page holds, sampled round by round, and whether that grows.
 */
import type { CDPSession, Page } from "@playwright/test";

/** What a page holds after garbage was collected. */
export interface Sample {
  /** Bytes of objects of JavaScript. */
  heap: number;
  /** Bytes of WebAssembly memory, which never shrinks. */
  wasm: number;
  /** Nodes of documents, those that are kept outside of them too. */
  nodes: number;
  /** Listeners for events. */
  listeners: number;
  /** Documents. */
  documents: number;
}

/** By how much each may grow in a round: less than anything that a view, a dialog or a request leaves behind. */
export const MOST_A_ROUND: Sample = { heap: 30_000, wasm: 24_000, nodes: 12, listeners: 3, documents: 0.1 };

declare global {
  interface Window {
    wasmMemory?: WebAssembly.Memory;
  }
}

/** Watches what a page holds; to be called before it is opened. */
export async function watchHoldings(page: Page): Promise<CDPSession> {
  await page.addInitScript(() => {
    addEventListener("TrunkApplicationStarted", (event) => {
      window.wasmMemory = (event as CustomEvent<{ wasm?: { memory?: WebAssembly.Memory } }>).detail?.wasm?.memory;
    });
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return session;
}

/** Takes a sample of a page that is at rest. */
export async function sample(page: Page, session: CDPSession): Promise<Sample> {
  // What an idle task lets go is garbage only for the next collection.
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

/** By how much values grow from one to the next: the slope of the line with the least squares. */
export function growth(values: number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const [over, under] = values.reduce(
    ([over, under], value, at) => [over + (at - middle) * (value - mean), under + (at - middle) ** 2],
    [0, 0],
  );
  return over / under;
}

/** What grows by more than it may, in words; also what could not be measured. */
export function whatGrows(samples: Sample[], most: Sample = MOST_A_ROUND): string[] {
  return (Object.keys(most) as (keyof Sample)[]).flatMap((name) => {
    const values = samples.map((it) => it[name]);
    const each = growth(values);
    // Where something is no number, nothing is less than it.
    return each <= most[name] ? [] : [`${name} grow by ${Math.round(each)} a round: ${values.join(" ")}`];
  });
}
