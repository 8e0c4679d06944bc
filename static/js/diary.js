/** The diary: a line or a page, for nobody else unless an entry is shown by its own hand. No DOM here. */
import { feelingWords } from './feelings.js';
import { newId } from './outbox.js';
import { add, all, change, get, me, write } from './rows.js';
import { finds } from './seek.js';

/** @typedef {import('./kinds.js').Diary} Diary */

export const PAGE_LIMIT = 5000;   // what the server takes

/** Newest first; of one day, the one written last. @param {Diary[]} [list] @returns {Diary[]} */
export const entries = (list = /** @type {Diary[]} */ (all('diary'))) =>
  [...list].sort((a, b) => (a.day === b.day ? (b.at ?? 0) - (a.at ?? 0) || (a.id < b.id ? 1 : -1) : a.day < b.day ? 1 : -1));

/** @param {string} id @returns {Diary | undefined} */
export const entryOf = (id) => {
  const row = get(id);
  return row?.kind === 'diary' && !row.archived ? row : undefined;
};

/**
 * Those in which every sought word stands: in the text, the feeling words, or the day as it is said.
 * @param {readonly Diary[]} list
 * @param {string} sought
 * @param {(day: string) => string} said the day in words
 */
export const foundIn = (list, sought, said) => list.filter((one) => finds(sought, [one.text, one.day, said(one.day), ...feelingWords(one.feelings)]));

/**
 * By month, in the order given.
 * @param {readonly Diary[]} list
 * @returns {[string, Diary[]][]} YYYY-MM and its entries
 */
export function byMonth(list) {
  /** @type {Map<string, Diary[]>} */
  const months = new Map();
  for (const one of list) months.set(one.day.slice(0, 7), [...months.get(one.day.slice(0, 7)) ?? [], one]);
  return [...months];
}

/**
 * @param {{day: string, text: string, feelings: string[]}} given
 * @param {number} now milliseconds UTC
 * @returns {Promise<{id: string, undo: () => unknown}>}
 */
export async function addEntry({ day, text, feelings }, now) {
  const space = me()?.space;
  if (!space) throw new Error('nobody is here yet');
  const id = newId();
  return { id, undo: await write([add('diary', space, { day, text: text.trim(), feelings, at: now, sharing: 'private' }, id)]) };
}

/** @param {Diary} one @param {{day: string, text: string, feelings: string[]}} given */
export const putEntry = (one, { day, text, feelings }) => write([change(one, { day, text: text.trim(), feelings })]);

/** @param {Diary} one */
export const takeEntryAway = (one) => write([change(one, { archived: true })]);
