/**
 * The sandbox's control routes, typed: its data, its faults, and what it was asked.
 */

/** The data and the behaviour to start over with; by default the demo organization and its key. */
export interface Reset {
  seed?: "demo" | "empty" | "scale" | "hostile";
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
  /** Part of the path with its query, or a regular expression that is found in it. */
  path: string;
  /** Matching requests to let through first; 0 where absent. */
  skip?: number;
  /** Matching requests to hit; 1 where absent. */
  times?: number;
  /** Whether the call is carried out before the fault: "after" loses only its answer. */
  when?: "before" | "after";
  /** Milliseconds to wait before the answer. */
  delay_ms?: number;
  answer: FaultAnswer;
}

/** The answer that a fault gives: a status, none at all, half of the true one, or the true one. */
export type FaultAnswer = StatusAnswer | { kind: "close" } | { kind: "truncate" } | { kind: "pass" };

/** An answer with a status. */
export interface StatusAnswer {
  kind: "status";
  status: number;
  /** The error envelope's message. */
  message?: string;
  /** Whether the body is the API's error envelope, as where absent; otherwise it is `body`. */
  envelope?: boolean;
  /** Seconds. */
  retry_after?: number;
  body?: string;
  content_type?: string;
  /** The envelope's metadata. */
  metadata?: Record<string, unknown>;
  /** The header that names the answer. */
  request_id?: string;
}

/** A request to the API. */
export interface LoggedRequest {
  /** In the order of arrival; goes on over a reset. */
  seq: number;
  method: string;
  /** With `/api/v1`, without the query. */
  path: string;
  /** Without the question mark. */
  query: string;
  /** 0 if the connection was closed, null while there is no answer. */
  status: number | null;
  /** Why the API refused the call, where it did; null for a fault's answer. */
  refusal: string | null;
  /** The body if it was JSON. */
  request_body: unknown;
  authorized: boolean;
  /** ISO 8601, UTC. */
  at: string;
}

/** Which budgets a workspace can have, broadest first. */
export const INTERVALS = ["lifetime", "monthly", "weekly", "daily"] as const;

/** One of them. */
export type Interval = (typeof INTERVALS)[number];

/** The limits of a workspace, in digits; null where there is none. */
export type Limits = Partial<Record<Interval, string | null>>;

/** A row as the API would show it. */
export type Row = Record<string, unknown>;

/** Everything that the sandbox holds. */
export interface Database {
  workspaces: Row[];
  budgets: Row[];
  members: Row[];
  keys: Row[];
  people: Row[];
}

/** One sandbox, as seen from a test. */
export class Sandbox {
  /** What was in the log before it was cleared. */
  private cleared: LoggedRequest[] = [];

  constructor(
    /** The origin of console and API. */
    readonly url: string,
    /** The management key that it accepts. */
    private readonly key: string,
  ) {}

  /** The sandbox behind this address, started over; what it was asked before is none of this test's. */
  static async fresh(url: string, key: string, options: Reset): Promise<Sandbox> {
    const sandbox = new Sandbox(url, key);
    await sandbox.clearLog();
    sandbox.cleared = [];
    await sandbox.reset(options);
    return sandbox;
  }

  /** Starts over: fresh data, no faults, an empty log. */
  async reset(options: Reset = {}): Promise<void> {
    this.cleared = await this.everyRequest();
    const usual = { seed: "demo", auth: "key", latency_ms: 0 };
    await this.control("POST", "reset", { ...usual, ...options });
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
    this.cleared = await this.everyRequest();
    await this.control("DELETE", "log");
  }

  /** The requests of the whole test, also those that were forgotten since. */
  async everyRequest(): Promise<LoggedRequest[]> {
    return [...this.cleared, ...(await this.log())];
  }

  /** The requests with this method so far, oldest first. */
  async requests(method: string): Promise<LoggedRequest[]> {
    return (await this.log()).filter((request) => request.method === method);
  }

  /** The content of the database. */
  async db(): Promise<Database> {
    return (await this.control("GET", "db")) as Database;
  }

  /** The limits of a workspace in the very digits that are stored, which numbers of JavaScript would not keep. */
  async limits(slug: string): Promise<Limits> {
    const { id } = await this.workspace(slug);
    const text = await this.text("GET", "db");
    const { budgets } = JSON.parse(text.replace(/"limit_usd":([^,}]+)/g, '"limit_usd":"$1"')) as Database;
    const rows = budgets.filter((row) => row.workspace_id === id);
    return Object.fromEntries(rows.map((row) => [row.reset_interval ?? "lifetime", row.limit_usd]));
  }

  /** The writes of budgets that the page sent, such as `PUT weekly 300`; it names workspaces by their id. */
  async budgetWrites(): Promise<string[]> {
    return (await this.log()).flatMap(({ method, path, request_body }) => {
      const interval = /\/workspaces\/[0-9a-f-]{36}\/budgets\/(\w+)$/.exec(path)?.[1];
      if (!interval || method === "GET") return [];
      const { limit_usd = "", include_byok_in_budgets: byok } = (request_body ?? {}) as Row;
      const words = [method, interval, limit_usd, byok === undefined ? "" : `byok ${byok ? "on" : "off"}`];
      return [words.filter((it) => it !== "").join(" ")];
    });
  }

  /** The workspaces with this slug: one, or none. */
  async workspaces(slug: string): Promise<Row[]> {
    return (await this.db()).workspaces.filter((row) => row.slug === slug);
  }

  /** The workspace with this slug. */
  async workspace(slug: string): Promise<Row> {
    const [found] = await this.workspaces(slug);
    if (!found) throw new Error(`no workspace "${slug}" in the sandbox`);
    return found;
  }

  /** Calls the API behind the page's back, as somebody else would; answers `data` where there is any. */
  async call(method: string, path: string, body?: unknown): Promise<Row> {
    const answer = JSON.parse(await this.raw(method, path, body)) as Row;
    return (answer.data ?? answer) as Row;
  }

  /** Calls the API likewise; answers the whole text. */
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
