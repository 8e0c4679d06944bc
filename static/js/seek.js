/** Looking something up on this phone alone: what is sought never leaves it. Pure. */

/**
 * A text as it is compared: wide and narrow letters, capitals, hiragana and katakana are the same.
 * @param {string} text
 */
export const folded = (text) => text.normalize('NFKC').toLowerCase()
  .replace(/[\u30a1-\u30f6]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));

/**
 * Whether every word that is sought stands somewhere in these texts; with nothing sought, everything is found.
 * @param {string} sought words with spaces between them, in any writing
 * @param {readonly (string | null | undefined)[]} texts
 */
export function finds(sought, texts) {
  const whole = folded(texts.filter(Boolean).join('\n'));
  return folded(sought).split(/\s+/).every((word) => whole.includes(word));
}
