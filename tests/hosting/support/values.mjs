/**
 * The values that the tests set in the shipped configurations.
 */

/** The value of the cookie of browsers that have used the console. */
export const KNOWN_BROWSER = "0123456789abcdef0123456789abcdef";

/** The cookie of such a browser. */
export const KNOWN_COOKIE = `__Host-console=${KNOWN_BROWSER}`;

/** The file for people who find a vulnerability, as an administrator sets it. */
export const SECURITY_TXT = `Contact: mailto:security@example.com\nExpires: ${new Date(Date.now() + 86_400_000).toISOString()}\n`;

/**
 * Replaces each value. Throws if the configuration does not contain one.
 * @param {string} text
 * @param {Record<string, string>} values
 */
export function setValues(text, values) {
  for (const [value, replacement] of Object.entries(values)) {
    if (!text.includes(value)) throw new Error(`the configuration has no ${value}`);
    text = text.replaceAll(value, replacement);
  }
  return text;
}
