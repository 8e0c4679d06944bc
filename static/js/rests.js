/** Rests: a day of not doing is a full entry, one tap, never a gap (rule G2). No DOM here. */
import { localDay } from './days.js';
import { add, all, change, me, write } from './rows.js';

/** @typedef {import('./kinds.js').Rest} Rest */

/**
 * The rest of a day; two phones may each have written one, the first of them stands for both.
 * @param {string} day YYYY-MM-DD
 * @param {Rest[]} [list]
 * @returns {Rest | undefined}
 */
export function restOn(day, list = /** @type {Rest[]} */ (all('rest'))) {
  return list.filter((one) => one.day === day).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))[0];
}

/**
 * Today is a day of not doing.
 * @param {number} now milliseconds UTC
 * @param {'home' | 'notification' | 'reminder'} [source]
 * @returns {Promise<() => unknown>} undo
 */
export async function rest(now, source = 'home') {
  const space = me()?.space;
  if (!space) throw new Error('nobody is here yet');
  const day = localDay(now);
  if (restOn(day)) return async () => {};
  return write([add('rest', space, { day, note: '', source, at: now })]);
}

/**
 * @param {Rest} one
 * @param {string} text
 */
export const noteRest = (one, text) => write([change(one, { note: text })]);

/**
 * A change of mind is always free: every rest of that day is taken back.
 * @param {string} day YYYY-MM-DD
 */
export function unrest(day) {
  const ofDay = /** @type {Rest[]} */ (all('rest')).filter((one) => one.day === day);
  return write(ofDay.map((one) => change(one, { archived: true })));
}
