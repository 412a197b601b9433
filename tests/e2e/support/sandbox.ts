/**
 * The sandbox's control routes, typed: its data, its faults, and what it was asked.
 */

/** How the sandbox's database is filled; what is left out takes the sandbox's own default. */
export interface Reset {
  seed?: "demo" | "empty" | "scale";
  workspaces?: number;
  people?: number;
  members?: number;
  auth?: "key" | "proxy";
  latency_ms?: number;
}

/** What the sandbox does instead of, or after, answering the requests that match. */
export interface Fault {
  /** Any method where absent. */
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The path below `/api/v1`, in the sandbox's pattern language. */
  path: string;
  /** Matching requests to let through first; 0 where absent. */
  skip?: number;
  /** Matching requests to hit; 1 where absent. */
  times?: number;
  /** Before or after a write has been applied; before where absent. */
  when?: "before" | "after";
  /** Milliseconds to wait first. */
  delay_ms?: number;
  answer: FaultAnswer;
}

/** The answer that a fault gives. */
export interface FaultAnswer {
  /** A status, a closed connection, a body cut in half, or the true answer (late). */
  kind: "status" | "close" | "truncate" | "pass";
  status?: number;
  message?: string;
  /** Whether the body is the API's error envelope. */
  envelope?: boolean;
  /** Seconds. */
  retry_after?: number | string;
  body?: string;
  content_type?: string;
}

/** A request that the sandbox has received. */
export interface LoggedRequest {
  method: string;
  path: string;
  status: number;
  [field: string]: unknown;
}

/** One sandbox, as seen from a test. */
export class Sandbox {
  constructor(
    /** The origin of console and API. */
    readonly url: string,
  ) {}

  /** Starts over: fresh data, no faults, an empty log. */
  async reset(options: Reset = {}): Promise<void> {
    await this.control("POST", "reset", { seed: "demo", ...options });
    await this.control("DELETE", "faults");
    await this.control("DELETE", "log");
  }

  /** Makes the next matching requests fail as told. */
  async fault(fault: Fault): Promise<void> {
    await this.control("POST", "faults", fault);
  }

  /** Takes all faults back. */
  async clearFaults(): Promise<void> {
    await this.control("DELETE", "faults");
  }

  /** The requests since the last reset, oldest first. */
  async log(): Promise<LoggedRequest[]> {
    return (await this.control("GET", "log")) as LoggedRequest[];
  }

  /** Forgets the requests so far. */
  async clearLog(): Promise<void> {
    await this.control("DELETE", "log");
  }

  /** The content of the database, by table. */
  async db<Content = Record<string, Record<string, unknown>[]>>(): Promise<Content> {
    return (await this.control("GET", "db")) as Content;
  }

  private async control(method: string, route: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}/__control/${route}`, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} /__control/${route}: ${response.status} ${text}`);
    }
    return text === "" ? undefined : JSON.parse(text);
  }
}
