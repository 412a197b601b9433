/**
 * Setting the values of a shipped configuration.
 */

/**
 * Replaces each value by what it is here; one that the configuration does not have is a mistake of the test.
 * @param {string} text
 * @param {Record<string, string>} values
 */
export function setValues(text, values) {
  for (const [value, here] of Object.entries(values)) {
    if (!text.includes(value)) throw new Error(`the configuration has no ${value}`);
    text = text.replaceAll(value, here);
  }
  return text;
}
