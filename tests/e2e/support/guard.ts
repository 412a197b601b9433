/**
 * Watches everything that a journey's tabs say and ask for. A journey passes only if its console
 * stayed silent, no policy was violated, and nothing but its own origin was contacted, with no call
 * but those that the shipped proxies let through.
 */
import type { BrowserContext, ConsoleMessage, Request, Response } from "@playwright/test";
import { isListed } from "./calls.ts";

/** A failure that a journey brings about on purpose. */
interface Allowed {
  status: number | "network";
  url: RegExp;
  method?: string;
}

/** The failed requests that a journey expects. */
export class ExpectedFailures {
  // Whether a key is needed is asked without one, so this refusal is how sign-in begins. The list is
  // asked for at the same time, which saves a round trip where a proxy holds the key.
  private readonly allowed: Allowed[] = [
    { status: 401, url: /\/api\/v1\/key$/, method: "GET" },
    { status: 401, url: /\/api\/v1\/workspaces\?[^/]*$/, method: "GET" },
  ];

  /**
   * Allows answers with `status`, or requests without an answer (`"network"`), from addresses that
   * `url` matches; of one method only if `method` is given.
   */
  allow(status: number | "network", url: RegExp, method?: string): void {
    this.allowed.push({ status, url, method });
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

/** Collects what goes wrong in a browser context. */
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

  /** Fails, naming each problem, if there was one. */
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
    // Chromium itself writes this line for each failed request, and cannot be told not to. The
    // request has been judged by its answer already.
    if (message.text().startsWith("Failed to load resource: ") && this.isApi(url)) return;
    this.problem(`console ${message.type()}`, `${message.text()} (${url})`);
  }

  private onRequest(request: Request): void {
    const { origin, protocol, pathname, search } = new URL(request.url());
    if (protocol === "data:" || protocol === "blob:" || protocol === "about:") return;
    if (origin !== this.origin) this.problem("request to another origin", describe(request));
    if (!pathname.startsWith("/api/") || isListed(request.method(), `${pathname}${search}`)) return;
    // A proxy answers as the API does where there is no such thing anyway.
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
    // A view that is gone aborts its requests: that is right, and silent.
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
