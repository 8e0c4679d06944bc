/** The library: steps others have found useful, in both languages. Searching is pure; only `openLibrary` fetches. */
import { rowsOf } from './entries.js';

export { isBody, stepFrom, titleOf } from './entries.js';

/** @typedef {import('./entries.js').Entry} Entry */

/** The stages in order, from one's own room outwards. */
export const STAGES = /** @type {const} */ (['home_alone', 'threshold_outside', 'online_contact', 'family', 'low_demand_strangers',
  'acquaintances', 'services_counselling', 'work_school']);

/** Closed until the person wishes to see it: nobody is assumed to want work or school (rule G7). */
export const CLOSED = 'work_school';

/** @type {Promise<Entry[]> | null} */
let opening = null;
/** @type {Entry[] | null} */
let entries = null;

/** They lie beside the bundle, where the worker has them at hand. @returns {Promise<Entry[]>} */
async function fetchEntries() {
  const answer = await fetch(new URL('./library.json', import.meta.url));
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return rowsOf(await answer.json());
}

/** Fetch it once (the worker has it at hand offline). @returns {Promise<Entry[]>} */
export function openLibrary() {
  opening ??= fetchEntries().then((all) => (entries = all)).catch((error) => { opening = null; throw error; });
  return opening;
}

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

/** @param {Entry} entry @param {string} language */
export const hintOf = (entry, language) => (language === 'ja' ? entry.hint_ja : entry.hint_en);
