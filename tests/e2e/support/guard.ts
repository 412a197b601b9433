/**
 * Watches the console output and the requests of all tabs of a journey. A journey passes only if the
 * console stayed silent, no policy was violated, and only its own origin was contacted, with calls
 * that the shipped proxies allow.
 */
import type { BrowserContext, ConsoleMessage, Request, Response } from "@playwright/test";
import { isAllowedByProxy } from "./calls.ts";

/** A failure that a journey causes on purpose. */
interface Allowed {
  status: number | "network";
  url: RegExp;
  method?: string;
}

/** The failed requests that a journey expects. */
export class ExpectedFailures {
  // Sign-in starts with a request without a key, so this refusal is expected. The list of workspaces
  // is requested at the same time, which saves a round trip if a proxy holds the key.
  private readonly allowed: Allowed[] = [
    { status: 401, url: /\/api\/v1\/key$/, method: "GET" },
    { status: 401, url: /\/api\/v1\/workspaces\?[^/]*$/, method: "GET" },
  ];

  /**
   * Allows responses with `status`, or requests without a response (`"network"`), from URLs that
   * match `url`. If `method` is given, only for that method.
   */
  allow(status: number | "network", url: RegExp, method?: string): void {
    this.allowed.push({ status, url, method });
  }

  /** Allows refused removals of members: 400 for those with active keys, 403 for those managed by the identity provider. */
  allowRefusedRemovals(): void {
    for (const status of [400, 403]) this.allow(status, /\/members\/remove$/, "POST");
  }

  /** Whether this failure is expected. */
  covers(status: number | "network", request: Request): boolean {
    return this.allowed.some(
      (one) =>
        one.status === status &&
        one.url.test(request.url()) &&
        (one.method === undefined || one.method === request.method()),
    );
  }
}

/** Collects problems in a browser context. */
export class Guard {
  readonly expected = new ExpectedFailures();
  private readonly problems: string[] = [];

  constructor(
    context: BrowserContext,
    private readonly origin: string,
  ) {
    context.on("console", (message) => this.onConsole(message));
    context.on("weberror", (error) => this.problem("uncaught error", String(error.error())));
    context.on("request", (request) => this.onRequest(request));
    context.on("response", (response) => this.onResponse(response));
    context.on("requestfailed", (request) => this.onRequestFailed(request));
  }

  /** Throws an error that lists all problems, if there are any. */
  check(): void {
    if (this.problems.length > 0) {
      throw new Error(`The page was not clean:\n- ${this.problems.join("\n- ")}`);
    }
  }

  private problem(kind: string, text: string): void {
    this.problems.push(`${kind}: ${text}`);
  }

  private onConsole(message: ConsoleMessage): void {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const { url } = message.location();
    // Chromium writes this line for each failed request, and it cannot be disabled. `onResponse` has
    // already checked the request.
    if (message.text().startsWith("Failed to load resource: ") && this.isApi(url)) return;
    this.problem(`console ${message.type()}`, `${message.text()} (${url})`);
  }

  private onRequest(request: Request): void {
    const { origin, protocol, pathname, search } = new URL(request.url());
    if (protocol === "data:" || protocol === "blob:" || protocol === "about:") return;
    if (origin !== this.origin) this.problem("request to another origin", describe(request));
    if (!pathname.startsWith("/api/") || isAllowedByProxy(request.method(), `${pathname}${search}`)) return;
    // A proxy answers 404 here, like the API itself would.
    if (!this.expected.covers(404, request)) this.problem("call that a proxy would refuse", describe(request));
  }

  private onResponse(response: Response): void {
    const request = response.request();
    if (response.status() >= 400 && !this.expected.covers(response.status(), request)) {
      this.problem("unexpected answer", `${response.status()} to ${describe(request)}`);
    }
  }

  private onRequestFailed(request: Request): void {
    const reason = request.failure()?.errorText ?? "unknown";
    // A view that is closed aborts its requests, which is correct.
    if (reason === "net::ERR_ABORTED" || this.expected.covers("network", request)) return;
    this.problem("failed request", `${reason} for ${describe(request)}`);
  }

  private isApi(url: string): boolean {
    return url.startsWith(`${this.origin}/api/`);
  }
}

function describe(request: Request): string {
  return `${request.method()} ${request.url()}`;
}
