/**
 * Faults of the machine: a browser that lacks something, a storage that refuses, a tab that is frozen, copied or killed, a clock
 * that jumps. Each is a script that runs before the page's own, or an action.
 */
import { createServer, request as send } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "@playwright/test";

/** A tab or all tabs of a test. */
type Tabs = Page | BrowserContext;

/** Takes away what a page has only on https: locks, the clipboard and `randomUUID`. */
export const withoutSecureContext = (tabs: Tabs) =>
  tabs.addInitScript(() => {
    const remove = (owner: object, name: string) => Object.defineProperty(owner, name, { get: () => undefined });
    remove(Navigator.prototype, "locks");
    remove(Navigator.prototype, "clipboard");
    remove(Crypto.prototype, "randomUUID");
  });

/** The browser never answers a request for a lock, or refuses it. */
export const withLocksThat = (tabs: Tabs, how: "hang" | "reject" | "throw") =>
  tabs.addInitScript((how) => {
    const refusal = () => new DOMException("request() is not allowed in this context", "SecurityError");
    if (!isSecureContext) return;
    LockManager.prototype.request = () => {
      if (how === "throw") throw refusal();
      return how === "reject" ? Promise.reject(refusal()) : new Promise(() => undefined);
    };
  }, how);

/** Takes away the channel between tabs. */
export const withoutBroadcastChannel = (tabs: Tabs) =>
  tabs.addInitScript(() => void Reflect.deleteProperty(window, "BroadcastChannel"));

/** Storage has no room for names that contain one of these texts, from this attempt on. The first attempt is 0. */
export const withoutRoomFor = (tabs: Tabs, parts: string[], from = 0) =>
  tabs.addInitScript(
    ({ parts, from }) => {
      let attempts = 0;
      const put = Storage.prototype.setItem;
      Storage.prototype.setItem = function (name: string, text: string) {
        if (parts.some((part) => name.includes(part)) && attempts++ >= from) {
          throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
        }
        return put.call(this, name, text);
      };
    },
    { parts, from },
  );

/** How a browser refuses storage: the property throws, is null, or the methods throw. */
export type Refusal = "throws" | "null" | "methods throw";

/** Blocks both storages, and the locks and the channel with them. */
export const withoutStorage = (tabs: Tabs, how: Refusal = "throws") =>
  tabs.addInitScript((how) => {
    const refuse = (): never => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    if (how === "methods throw") {
      for (const name of ["getItem", "setItem", "removeItem", "key", "clear"]) {
        Object.defineProperty(Storage.prototype, name, { value: refuse });
      }
      Object.defineProperty(Storage.prototype, "length", { get: refuse });
    } else {
      const get = how === "null" ? () => null : refuse;
      for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get });
    }
    // A blank page has no locks anyway.
    if (isSecureContext) LockManager.prototype.request = () => Promise.reject(new DOMException("Not allowed", "SecurityError"));
    Reflect.set(window, "BroadcastChannel", class { constructor() { refuse(); } });
  }, how);

/** Lets {@link setClockAhead} set the clock of this tab alone. */
export const withOwnClock = (page: Page) =>
  page.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + Number(Reflect.get(window, "clockAhead") ?? 0);
  });

/** Sets the tab's time of day ahead of the true one, or behind it. Its monotonic clock goes on, as in a machine that slept. */
export const setClockAhead = (page: Page, minutes: number) =>
  page.evaluate((ahead) => void Reflect.set(window, "clockAhead", ahead), minutes * 60_000);

/** Freezes a tab as the browser does to save power, or wakes it. */
export async function setFrozen(page: Page, isFrozen: boolean): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: isFrozen ? "frozen" : "active" });
  await session.detach();
}

/** Ends the process of a tab. It runs nothing any more, not even what runs when a page is left. */
export async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent("crash");
  const session = await page.context().newCDPSession(page);
  // It is never answered.
  session.send("Page.crash").catch(() => undefined);
  await crashed;
}

/** Opens a copy of a tab, with its storage, as "Duplicate tab" does, or a browser that loads a discarded tab again. */
export async function duplicate(page: Page, url = page.url()): Promise<Page> {
  const storage = await page.evaluate(() => ({ ...sessionStorage }));
  return openWith(page.context(), storage, url);
}

/** Opens a tab that has this session storage at its first load. */
export async function openWith(context: BrowserContext, storage: Record<string, string>, url: string): Promise<Page> {
  const copy = await context.newPage();
  await copy.addInitScript((items) => {
    if (window.name === "copy") return;
    window.name = "copy";
    for (const [name, text] of Object.entries(items)) sessionStorage.setItem(name, text);
  }, storage);
  await copy.goto(url);
  return copy;
}

/** A proxy on plain http, by which a browser finds a server under any host name. */
export interface LanProxy {
  url: string;
  close: () => void;
}

/** Starts such a proxy in front of a sandbox, which itself only knows names of this machine. */
export async function startLanProxy(sandbox: string): Promise<LanProxy> {
  const { host, hostname, port } = new URL(sandbox);
  const server = createServer((incoming, outgoing) => {
    const { pathname, search } = new URL(String(incoming.url));
    const headers = { ...incoming.headers, host };
    if (headers.origin) headers.origin = sandbox;
    const options = { hostname, port, path: pathname + search, method: incoming.method, headers };
    const onward = send(options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: own } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${own}`, close: () => void (server.close(), server.closeAllConnections()) };
}
