/** The library: steps others have found useful, in both languages. Searching and shaping are pure; only `openLibrary` fetches. */

/**
 * @typedef {{id: string, stage: string, en: string, ja: string, hint_en: string, hint_ja: string, low: number, high: number,
 *   tags: string[]}} Entry  `low`-`high`: a guess by others, 0-100; never the person's own number (rule L2)
 */

/** The stages in order, from one's own room outwards. */
export const STAGES = /** @type {const} */ (['home_alone', 'threshold_outside', 'online_contact', 'family', 'low_demand_strangers',
  'acquaintances', 'services_counselling', 'work_school']);

/** Closed until the person wishes to see it: nobody is assumed to want work or school (rule G7). */
export const CLOSED = 'work_school';

/** @type {Promise<Entry[]> | null} */
let opening = null;
/** @type {Entry[] | null} */
let entries = null;

/** Fetch it once (the worker has it at hand offline). @returns {Promise<Entry[]>} */
export function openLibrary() {
  opening ??= fetch(new URL('./library.json', import.meta.url))
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then((columns) => (entries = rowsOf(columns)))
    .catch((error) => { opening = null; throw error; });
  return opening;
}

/** It travels as a list for each column. @param {{[name in keyof Entry]: Entry[name][]}} columns @returns {Entry[]} */
const rowsOf = (columns) => columns.id.map((_, i) => /** @type {Entry} */ (Object.fromEntries(
  Object.entries(columns).map(([name, values]) => [name, values[i]]))));

/** What was fetched, or null while it is on its way. */
export const library = () => entries;

/**
 * Letters as one thinks of them: case, full and half width, hiragana and katakana make no difference.
 * @param {string} text
 */
export function plain(text) {
  return text.normalize('NFKC').toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/**
 * Entries in which every word of the query stands somewhere, in whichever language; all when nothing is asked.
 * @param {readonly Entry[]} list
 * @param {string} query
 */
export function find(list, query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return list.filter((entry) => {
    const text = plain(`${entry.en} ${entry.ja} ${entry.hint_en} ${entry.hint_ja}`);
    return words.every((word) => text.includes(word));
  });
}

/**
 * [stage, its entries] in order, stages without any left out; the closed stage only when it was opened.
 * @param {readonly Entry[]} list
 * @param {boolean} opened
 * @returns {[string, Entry[]][]}
 */
export function byStage(list, opened) {
  return STAGES.filter((stage) => opened || stage !== CLOSED)
    .map((stage) => /** @type {[string, Entry[]]} */ ([stage, list.filter((entry) => entry.stage === stage)]))
    .filter(([, found]) => found.length);
}

/** A step felt in the body; it comes with a health note (rule L8). @param {Entry} entry */
export const isBody = (entry) => entry.tags.includes('health-note') || entry.tags.includes('kind:interoceptive');

/** @param {Entry} entry @param {string} language */
export const titleOf = (entry, language) => (language === 'ja' ? entry.ja : entry.en);

/** @param {Entry} entry @param {string} language */
export const hintOf = (entry, language) => (language === 'ja' ? entry.hint_ja : entry.hint_en);

/**
 * The fields of a new step. The guess by others is left behind on purpose: the number stays empty until touched (rule L2).
 * @param {Entry} entry
 * @param {string} language
 */
export function stepFrom(entry, language) {
  const form = isBody(entry) ? 'body' : entry.tags.includes('kind:imaginal') ? 'imaginal' : 'action';
  return { title: titleOf(entry, language), hint: hintOf(entry, language), from_library: entry.id, form: /** @type {'body' | 'imaginal' | 'action'} */ (form) };
}
