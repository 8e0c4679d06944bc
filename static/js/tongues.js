/** The languages there are, and the one that fits a phone. The worker asks this too. */

/** Each by its own name. */
export const LANGUAGES = /** @type {const} */ ([['ja', '日本語'], ['en', 'English']]);

/** @param {readonly string[]} spoken what the phone prefers, best first */
export function fitting(spoken) {
  const codes = spoken.map((tag) => tag.toLowerCase().split('-')[0]);
  return codes.find((code) => LANGUAGES.some(([known]) => known === code)) ?? 'en';
}
