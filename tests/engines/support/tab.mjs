/**
 * One tab of a browser, as a person uses it: elements are found by role and name, and every step waits for its condition.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import { error as errors, Key } from "selenium-webdriver";

/**
 * What names an element: a role with a name, or a CSS selector, inside of another one.
 * @typedef {object} Target
 * @property {string} [role]
 * @property {string | RegExp} [name] the whole accessible name, or a part of it
 * @property {string} [css]
 * @property {string | RegExp} [text] the whole text, or a part of it
 * @property {Target} [within]
 */

/** The time for a condition to hold. */
const PATIENCE = 20_000;

/** Testing Library's queries: they know roles and accessible names, in the same way in each engine. */
const queries = await readFile(createRequire(import.meta.url).resolve("@testing-library/dom/dist/@testing-library/dom.umd.min.js"), "utf8");

/**
 * Adds a function to the document that returns the elements of a chain of targets, or their texts. Notes what the page
 * writes to the console from then on, for engines whose driver does not tell it.
 */
const INSTALL = `
  window.written = [];
  const note = (it) => window.written.push(String(it));
  addEventListener("error", ({ message }) => note(message));
  addEventListener("unhandledrejection", ({ reason }) => note(reason));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => note(violatedDirective + " " + blockedURI));
  for (const kind of ["error", "warn"]) {
    const original = window.console[kind];
    window.console[kind] = (...words) => {
      note(words.join(" "));
      original.apply(window.console, words);
    };
  }
  const exports = {}, module = {};
  ${queries}
  const matcher = (it) => (it && it.source !== undefined ? new RegExp(it.source, it.flags) : it ?? undefined);
  const matches = (text, wanted) => (wanted instanceof RegExp ? wanted.test(text) : text === wanted);
  const words = (it) => it.textContent.replace(/\\s+/g, " ").trim();
  window.findTarget = (chain, isText) => {
    let roots = [document.documentElement];
    for (const { role, name, css, text } of chain) {
      roots = roots.flatMap((root) => {
        if (role) return exports.queryAllByRole(root, role, { name: matcher(name) });
        if (css) return [...root.querySelectorAll(css)];
        return exports.queryAllByText(root, matcher(text)).filter((it) => it.checkVisibility());
      });
      if (text && (role || css)) roots = roots.filter((it) => matches(words(it), matcher(text)));
    }
    const found = [...new Set(roots)];
    return isText ? found.map(words) : found;
  };
`;

/** Calls that function. Returns null if the document does not have it. */
const FIND = "return window.findTarget ? window.findTarget(arguments[0], arguments[1]) : null;";

/** @typedef {import("selenium-webdriver").WebElement} Element */

export class Tab {
  /**
   * @param {import("selenium-webdriver").WebDriver} driver
   * @param {string} origin
   */
  constructor(driver, origin) {
    this.driver = driver;
    this.origin = origin;
  }

  /**
   * Opens a path of the console, and waits for the page's heading.
   * @param {string} path
   * @param {string} title
   */
  async open(path, title) {
    await this.driver.get(`${this.origin}${path}`);
    await this.see(heading(title));
  }

  /**
   * Returns the elements that a target names now.
   * @param {Target} target
   * @returns {Promise<Element[]>}
   */
  all(target) {
    return this.#find(target, false);
  }

  /**
   * Returns their texts.
   * @param {Target} target
   * @returns {Promise<string[]>}
   */
  texts(target) {
    return this.#find(target, true);
  }

  /**
   * @param {Target} target
   * @param {boolean} isText
   * @returns {Promise<any[]>}
   */
  async #find(target, isText) {
    const chain = [];
    for (let at = /** @type {Target | undefined} */ (target); at; at = at.within) {
      const { role, css } = at;
      chain.unshift({ role, css, name: asData(at.name), text: asData(at.text) });
    }
    const find = async () => /** @type {any[] | null} */ (await this.driver.executeScript(FIND, chain, isText));
    const found = await find();
    if (found) return found;
    await this.driver.executeScript(INSTALL);
    return (await find()) ?? [];
  }

  /**
   * Waits until a target names one element, and returns what `use` returns for it. Elements that the page has replaced or
   * covered are looked up again.
   * @template T
   * @param {Target} target
   * @param {(element: Element) => Promise<T>} use
   */
  with(target, use) {
    return this.until(`use ${inspect(target)}`, async () => {
      const found = await this.all(target);
      assert.equal(found.length, 1, `${found.length} elements`);
      return use(/** @type {Element} */ (found[0]));
    });
  }

  /**
   * Waits until `attempt` does not throw, and returns its value.
   * @template T
   * @param {string} what
   * @param {() => Promise<T>} attempt
   * @returns {Promise<T>}
   */
  async until(what, attempt, patience = PATIENCE) {
    const deadline = Date.now() + patience;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        const isFatal = error instanceof errors.NoSuchSessionError || error instanceof TypeError;
        if (isFatal || Date.now() > deadline) {
          const shown = isFatal ? "" : await this.#shown().catch(String);
          throw new Error(`cannot ${what}: ${error}${shown && `, while the page shows ${shown}`}`, { cause: error });
        }
      }
      await pause(50);
    }
  }

  /** What a person would tell of the page: its address, what has the focus, and the beginning of the top-most text. */
  async #shown() {
    const text = "const top = document.querySelector('dialog[open]') ?? document.body; return [location.href, document.activeElement?.outerHTML.slice(0, 200), top.innerText.slice(0, 400)]";
    return inspect(await this.driver.executeScript(text), { breakLength: Infinity });
  }

  /** Waits until a target is there. */
  see(/** @type {Target} */ target, patience = PATIENCE) {
    return this.until(`see ${inspect(target)}`, async () => assert.notEqual((await this.all(target)).length, 0), patience);
  }

  /** Waits until a target is gone. */
  missing(/** @type {Target} */ target) {
    return this.until(`miss ${inspect(target)}`, async () => assert.equal((await this.all(target)).length, 0));
  }

  /** Clicks an element. One that a bar at the edge covers is moved to the middle, as a person would. */
  click(/** @type {Target} */ target) {
    return this.with(target, async (element) => {
      try {
        await element.click();
      } catch (error) {
        if (error instanceof errors.ElementClickInterceptedError) await this.run("arguments[0].scrollIntoView({ block: 'center' })", element);
        throw error;
      }
    });
  }

  /** Switches a checkbox or a switch on or off. */
  async check(/** @type {Target} */ target, isOn = true) {
    const isChecked = (/** @type {Element} */ element) => element.isSelected();
    if ((await this.with(target, isChecked)) !== isOn) await this.click(target);
    await this.until(`check ${inspect(target)}`, async () => assert.equal(await this.with(target, isChecked), isOn));
  }

  /**
   * Replaces the text of a field by typing.
   * @param {Target} target
   * @param {string} text
   */
  async type(target, text) {
    // In two steps: in some engines, what follows the end of a chord is lost.
    await this.press(target, Key.chord(Key.CONTROL, "a"));
    await this.press(target, text === "" ? Key.BACK_SPACE : text.replaceAll("\n", Key.ENTER));
    await this.until(`type into ${inspect(target)}`, async () => assert.equal(await this.value(target), text));
  }

  /** Sends keys to an element. */
  press(/** @type {Target} */ target, /** @type {string[]} */ ...keys) {
    return this.with(target, (element) => element.sendKeys(...keys));
  }

  /** Cuts the text of a field. */
  async cut(/** @type {Target} */ from) {
    await this.press(from, Key.chord(Key.CONTROL, "a"));
    await this.press(from, Key.chord(Key.CONTROL, "x"));
  }

  /** Pastes into a field. */
  paste(/** @type {Target} */ to) {
    return this.press(to, Key.chord(Key.CONTROL, "v"));
  }

  /** @returns {Promise<string>} the value of a field */
  value(/** @type {Target} */ target) {
    return this.with(target, async (element) => /** @type {string} */ (await this.driver.executeScript("return arguments[0].value", element)));
  }

  /** Waits until a field has this value. */
  hasValue(/** @type {Target} */ target, /** @type {string} */ value) {
    return this.until(`read ${value}`, async () => assert.equal(await this.value(target), value));
  }

  /** Waits until the elements have these texts. */
  hasTexts(/** @type {Target} */ target, /** @type {string[]} */ texts) {
    return this.until(`read ${inspect(target)}`, async () => assert.deepEqual(await this.texts(target), texts));
  }

  /** Returns the path and the query in the address bar. */
  async path() {
    return (await this.driver.getCurrentUrl()).slice(this.origin.length);
  }

  /** Waits until the address bar has this path and query. */
  isAt(/** @type {string | RegExp} */ path) {
    return this.until(`be at ${path}`, async () => {
      const found = await this.path();
      assert.ok(typeof path === "string" ? found === path : path.test(found), found);
    });
  }

  /** Runs a script in the page. @returns {Promise<any>} */
  run(/** @type {string} */ script, /** @type {unknown[]} */ ...values) {
    return this.driver.executeScript(script, ...values);
  }
}

/** @param {string | RegExp | undefined} text */
function asData(text) {
  return text instanceof RegExp ? { source: text.source, flags: text.flags } : text;
}

/** @typedef {string | RegExp} Name */
/** The heading of the page. */
export const heading = (/** @type {Name} */ name) => ({ css: "h1", text: name });
export const button = (/** @type {Name} */ name, /** @type {Target} */ within) => ({ role: "button", name, within });
export const link = (/** @type {Name} */ name, /** @type {Target} */ within) => ({ role: "link", name, within });
export const field = (/** @type {Name} */ name, /** @type {Target} */ within) => ({ role: "textbox", name, within });
export const search = (/** @type {Name} */ name, /** @type {Target} */ within) => ({ role: "searchbox", name, within });
export const checkbox = (/** @type {Name} */ name, /** @type {Target} */ within) => ({ role: "checkbox", name, within });
export const dialog = (/** @type {Name} */ name) => ({ role: "dialog", name });
export const question = (/** @type {Name} */ name) => ({ role: "alertdialog", name });
export const table = (/** @type {Name} */ name, /** @type {Target} */ within) => ({ role: "table", name, within });
/** A notice in the corner. */
export const notice = (/** @type {string} */ text) => ({ role: "region", name: "Notifications", text: new RegExp(text) });
export const main = { role: "main" };
export const navigation = { role: "navigation", name: "Main" };
