/**
 * All ways in which a response can fail, as one table: the sandbox's fault and what it means to the caller.
 */
import type { Fault } from "../sandbox.ts";
import { type Alteration, altered } from "./altered.ts";

/** What a fault means to the caller. */
export type Nature =
  /** The server refuses: nothing was changed. */
  | "refused"
  /** The key is not accepted: nothing was changed, and the key is asked for in place. */
  | "expired"
  /** The server asks to retry later: nothing was changed. */
  | "busy"
  /** The server failed: a write may or may not be applied. */
  | "failed"
  /** A success status with an unusable body. */
  | "unreadable"
  /** A success of another API version, which is accepted. */
  | "tolerated"
  /** No response, or half of one. */
  | "lost"
  /** A response that does not arrive in time. */
  | "silent"
  /** No network at all. */
  | "offline";

/** One way to fail. */
export interface FaultCase {
  name: string;
  nature: Nature;
  /** What the browser sees of it. */
  seen: number | "network" | "nothing";
  /** Whether a write is applied despite the fault. */
  isApplied?: boolean;
  /** Seconds that the server asks to wait. */
  wait?: number;
  /** The cause that the page shows. */
  message: RegExp;
  /** A line of the technical details. */
  detail: RegExp;
  /** Returns the sandbox's fault, given the true response. Absent if the network is offline. */
  fault?: (truth: string) => Pick<Fault, "answer" | "when" | "delay_ms">;
}

/** Milliseconds that are longer than any timeout. */
const FOREVER = 90_000;

function status(code: number, nature: Nature, more: { wait?: number } = {}): FaultCase {
  const text = `The sandbox was told to say ${code}`;
  return {
    name: `${code}${more.wait === undefined ? "" : ` that asks for ${more.wait} s`}`,
    nature,
    seen: code,
    message: new RegExp(text),
    detail: new RegExp(`^status: ${code}$`, "m"),
    fault: () => ({ answer: { kind: "status", status: code, message: text, retry_after: more.wait } }),
    ...more,
  };
}

/** A success status with another body. A write is applied before it. */
function success(name: string, nature: "unreadable" | "tolerated", body: (truth: string) => string): FaultCase {
  return {
    name,
    nature,
    seen: 200,
    isApplied: true,
    message: /Couldn’t read the API’s response/,
    detail: /^unreadable at: /m,
    fault: (truth) => ({
      when: "after",
      answer: { kind: "status", status: 200, envelope: false, body: body(truth), content_type: "application/json" },
    }),
  };
}

function alteredSuccess(name: string, nature: "unreadable" | "tolerated", alteration: Alteration): FaultCase {
  return success(name, nature, (truth) => altered(truth, alteration));
}

const noConnection = { message: /No connection to the API/, detail: /^network: /m } as const;

/** All faults. */
export const FAULTS: FaultCase[] = [
  status(400, "refused"),
  status(401, "expired"),
  status(403, "refused"),
  status(404, "refused"),
  status(409, "refused"),
  status(422, "refused"),
  status(429, "busy"),
  status(429, "busy", { wait: 2 }),
  // Longer than the automatic wait, and shorter than the idle limit.
  status(429, "busy", { wait: 900 }),
  status(500, "failed"),
  {
    name: "502 with a web page",
    nature: "failed",
    seen: 502,
    message: /The proxy can’t reach the API \(status 502, with a web page instead of data\)/,
    detail: /^status: 502$/m,
    fault: () => ({
      answer: {
        kind: "status",
        status: 502,
        envelope: false,
        body: "<html><title>502 Bad Gateway</title><h1>Bad Gateway</h1></html>",
        content_type: "text/html",
      },
    }),
  },
  status(503, "failed"),
  status(504, "failed"),
  // A captive portal answers like this: the request never reached the API.
  {
    ...success("a web page as a success", "unreadable", () => ""),
    isApplied: false,
    message: /The response didn’t come from the API \(status 200, with a web page instead of data\)/,
    detail: /^answered by: unknown$/m,
    fault: () => ({
      answer: { kind: "status", status: 200, envelope: false, body: "<html><h1>Welcome</h1></html>", content_type: "text/html" },
    }),
  },
  success("an empty response", "unreadable", () => ""),
  success("half of the JSON", "unreadable", (truth) => truth.slice(0, truth.length / 2)),
  alteredSuccess("wrong types", "unreadable", "wrong types"),
  alteredSuccess("another shape", "unreadable", "another shape"),
  alteredSuccess("unknown words and fields", "tolerated", "unknown words and fields"),
  alteredSuccess("no optional fields", "tolerated", "no optional fields"),
  { name: "closed before it is applied", nature: "lost", seen: "network", ...noConnection, fault: () => ({ answer: { kind: "close" } }) },
  {
    name: "closed after it is applied",
    nature: "lost",
    seen: "network",
    isApplied: true,
    ...noConnection,
    fault: () => ({ when: "after", answer: { kind: "close" } }),
  },
  {
    name: "a truncated response",
    nature: "lost",
    seen: "network",
    isApplied: true,
    ...noConnection,
    fault: () => ({ when: "after", answer: { kind: "truncate" } }),
  },
  {
    name: "no response",
    nature: "silent",
    seen: "nothing",
    message: /The API didn’t respond within \d+ seconds/,
    detail: /^timeout: \d+ s$/m,
    fault: () => ({ delay_ms: FOREVER, answer: { kind: "close" } }),
  },
  { name: "offline", nature: "offline", seen: "network", ...noConnection },
];

/** Faults that mean the same to every call, and are reported alike but for their words. Each call plays one of each group. */
export const ALIKE = [
  ["400", "409", "422"],
  ["429", "429 that asks for 2 s"],
  ["502 with a web page", "504"],
  ["an empty response", "half of the JSON"],
  ["closed after it is applied", "a truncated response"],
];

/** How many times a call may be sent for one press. */
export type Repeats =
  /** Reads change nothing: retried twice after a lost response, 429 and 502 to 504. */
  | "reads"
  /** Idempotent: retried twice after 429 and 503, which promise that nothing was started. */
  | "settles"
  /** Never sent again without reading back. */
  | "once";

/** How many times the call is sent before the failure is shown. */
export function attempts(repeats: Repeats, { seen, nature, wait = 0 }: FaultCase): number {
  if (repeats === "once" || wait > 60) return 1;
  const isBusy = seen === 429 || seen === 503;
  const isPassing = isBusy || seen === 502 || seen === 504 || nature === "lost" || nature === "offline";
  return (repeats === "reads" ? isPassing : isBusy) ? 3 : 1;
}
