/**
 * A typed client for the sandbox's control routes: its data, its faults and its request log.
 */

/** Data and behaviour after a reset. Defaults to the demo organization and its key. */
export interface Reset {
  seed?: "demo" | "empty" | "scale" | "hostile";
  workspaces?: number;
  people?: number;
  members?: number;
  keys?: number;
  auth?: "key" | "proxy";
  account?: "organization" | "individual";
  latency_ms?: number;
}

/** What the sandbox does with the matching requests. */
export interface Fault {
  /** Defaults to any method. */
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A part of the path with its query, or a regular expression that matches in it. */
  path: string;
  /** Matching requests to let through first. Defaults to 0. */
  skip?: number;
  /** Matching requests to affect. Defaults to 1. */
  times?: number;
  /** Whether the call is applied before the fault. "after" loses only its response. */
  when?: "before" | "after";
  /** Milliseconds to wait before the response. */
  delay_ms?: number;
  answer: FaultAnswer;
}

/** The response of a fault: a status, none, half of the true one, or the true one. */
export type FaultAnswer = StatusAnswer | { kind: "close" } | { kind: "truncate" } | { kind: "pass" };

/** A response with a status. */
export interface StatusAnswer {
  kind: "status";
  status: number;
  /** The message of the error envelope. */
  message?: string;
  /** Whether the body is the API's error envelope. Defaults to true; otherwise it is `body`. */
  envelope?: boolean;
  /** Seconds. */
  retry_after?: number;
  body?: string;
  content_type?: string;
  /** The metadata of the error envelope. */
  metadata?: Record<string, unknown>;
  /** The request ID header. */
  request_id?: string;
}

/** A request to the API. */
export interface LoggedRequest {
  /** In order of arrival. A reset does not restart it. */
  seq: number;
  method: string;
  /** With `/api/v1`, without the query. */
  path: string;
  /** Without the question mark. */
  query: string;
  /** 0 if the connection was closed. Null while there is no response. */
  status: number | null;
  /** Why the API refused the call, or null. Always null for a fault's response. */
  refusal: string | null;
  /** The body, if it was JSON. */
  request_body: unknown;
  authorized: boolean;
  /** ISO 8601, UTC. */
  at: string;
}

/** The intervals that a budget can have, broadest first. */
export const INTERVALS = ["lifetime", "monthly", "weekly", "daily"] as const;

/** One interval. */
export type Interval = (typeof INTERVALS)[number];

/** The limits of a workspace, as digits. Null means no limit. */
export type Limits = Partial<Record<Interval, string | null>>;

/** A row as the API returns it. */
export type Row = Record<string, unknown>;

/** The whole content of the sandbox. */
export interface Database {
  workspaces: Row[];
  budgets: Row[];
  members: Row[];
  keys: Row[];
  people: Row[];
}

/** One sandbox, as seen by a test. */
export class Sandbox {
  /** The requests in the log before it was cleared. */
  private cleared: LoggedRequest[] = [];

  constructor(
    /** The origin of the console and the API. */
    readonly url: string,
    /** The management key that the sandbox accepts. */
    private readonly key: string,
  ) {}

  /** Returns the sandbox at this URL after a reset. Requests before that do not count. */
  static async fresh(url: string, key: string, options: Reset): Promise<Sandbox> {
    const sandbox = new Sandbox(url, key);
    await sandbox.clearLog();
    sandbox.cleared = [];
    await sandbox.reset(options);
    return sandbox;
  }

  /** Resets the sandbox: fresh data, no faults, an empty log. */
  async reset(options: Reset = {}): Promise<void> {
    this.cleared = await this.everyRequest();
    const usual = { seed: "demo", auth: "key", latency_ms: 0, account: "organization" };
    await this.control("POST", "reset", { ...usual, ...options });
  }

  /** Adds a fault for the next matching requests. */
  async fault(fault: Fault): Promise<void> {
    await this.control("POST", "faults", fault);
  }

  /** Removes all faults. */
  async clearFaults(): Promise<void> {
    await this.control("DELETE", "faults");
  }

  /** Returns the requests since the last reset, oldest first. */
  async log(): Promise<LoggedRequest[]> {
    return (await this.control("GET", "log")) as LoggedRequest[];
  }

  /** Clears the request log. */
  async clearLog(): Promise<void> {
    this.cleared = await this.everyRequest();
    await this.control("DELETE", "log");
  }

  /** Returns all requests of the test, including those that were cleared from the log. */
  async everyRequest(): Promise<LoggedRequest[]> {
    return [...this.cleared, ...(await this.log())];
  }

  /** Returns the requests with this method since the last reset, oldest first. A query of analytics, which only reads, is none. */
  async requests(method: string): Promise<LoggedRequest[]> {
    return (await this.log()).filter((request) => request.method === method && !request.path.endsWith("/analytics/query"));
  }

  /** Returns the content of the database. */
  async db(): Promise<Database> {
    return (await this.control("GET", "db")) as Database;
  }

  /** Returns the limits of a workspace in the stored digits, which JavaScript numbers would lose. */
  async limits(slug: string): Promise<Limits> {
    const { id } = await this.workspace(slug);
    const text = await this.text("GET", "db");
    const { budgets } = JSON.parse(text.replace(/"limit_usd":([^,}]+)/g, '"limit_usd":"$1"')) as Database;
    const rows = budgets.filter((row) => row.workspace_id === id);
    return Object.fromEntries(rows.map((row) => [row.reset_interval ?? "lifetime", row.limit_usd]));
  }

  /** Returns the budget writes that the page sent, such as `PUT weekly 300`. Only the page addresses workspaces by ID. */
  async budgetWrites(): Promise<string[]> {
    return (await this.log()).flatMap(({ method, path, request_body }) => {
      const interval = /\/workspaces\/[0-9a-f-]{36}\/budgets\/(\w+)$/.exec(path)?.[1];
      if (!interval || method === "GET") return [];
      const { limit_usd = "", include_byok_in_budgets: byok } = (request_body ?? {}) as Row;
      const words = [method, interval, limit_usd, byok === undefined ? "" : `byok ${byok ? "on" : "off"}`];
      return [words.filter((it) => it !== "").join(" ")];
    });
  }

  /** Returns the workspaces with this slug: one or none. */
  async workspaces(slug: string): Promise<Row[]> {
    return (await this.db()).workspaces.filter((row) => row.slug === slug);
  }

  /** Returns the workspace with this slug. */
  async workspace(slug: string): Promise<Row> {
    const [found] = await this.workspaces(slug);
    if (!found) throw new Error(`no workspace "${slug}" in the sandbox`);
    return found;
  }

  /** Calls the API without the page, as another administrator would. Returns `data`, or the whole body without it. */
  async call(method: string, path: string, body?: unknown): Promise<Row> {
    const answer = JSON.parse(await this.raw(method, path, body)) as Row;
    return (answer.data ?? answer) as Row;
  }

  /** Calls the API without the page. Returns the response text. */
  async raw(method: string, path: string, body?: unknown): Promise<string> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.key}`, "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text;
  }

  private async control(method: string, route: string, body?: unknown): Promise<unknown> {
    const text = await this.text(method, route, body);
    return text === "" ? undefined : JSON.parse(text);
  }

  private async text(method: string, route: string, body?: unknown): Promise<string> {
    const response = await fetch(`${this.url}/__control/${route}`, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} /__control/${route}: ${response.status} ${text}`);
    }
    return text;
  }
}
