/** Entries of the library: how they travel, what they are called, what step comes of one. The few for a first step are here at once. */
import { beside } from './language.js';

/**
 * @typedef {{id: string, stage: string, en: string, ja: string, hint_en: string, hint_ja: string, low: number, high: number,
 *   tags: string[]}} Entry  `low`-`high`: a guess by others, 0-100; never the person's own number (rule L2)
 */

/** Ideas for somebody who has no step yet come with the words of their language; the library is on the second shelf. */
export const firstIdeas = () => rowsOf(beside().ideas);

/** They travel as a list for each column. @param {{[name in keyof Entry]: Entry[name][]}} columns @returns {Entry[]} */
export const rowsOf = (columns) => columns.id.map((_, i) => /** @type {Entry} */ (Object.fromEntries(
  Object.entries(columns).map(([name, values]) => [name, values[i]]))));

/** A step felt in the body; it comes with a health note (rule L8). @param {Entry} entry */
export const isBody = (entry) => entry.tags.includes('health-note') || entry.tags.includes('kind:interoceptive');

/** @param {Entry} entry @param {string} language */
export const titleOf = (entry, language) => (language === 'ja' ? entry.ja : entry.en);

/**
 * The fields of a new step. The guess by others is left behind on purpose: the number stays empty until touched (rule L2).
 * @param {Entry} entry
 * @param {string} language
 */
export function stepFrom(entry, language) {
  const form = isBody(entry) ? 'body' : entry.tags.includes('kind:imaginal') ? 'imaginal' : 'action';
  return { title: titleOf(entry, language), hint: language === 'ja' ? entry.hint_ja : entry.hint_en, from_library: entry.id, form: /** @type {'body' | 'imaginal' | 'action'} */ (form) };
}
