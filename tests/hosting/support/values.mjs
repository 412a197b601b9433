/**
 * Sets values in a shipped configuration.
 */

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
