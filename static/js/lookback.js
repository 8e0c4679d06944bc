/** The soft look-back: the day after a step, once, and only for who wished it (rule S6). No DOM here. */
import { attempts, isKept } from './attempts.js';
import { localDay } from './days.js';
import { addDays } from './rhythm.js';
import { change, setting, write } from './rows.js';

/** @typedef {import('./kinds.js').Attempt} Attempt */

/**
 * The attempt to look back on: the last one of the day before, when nothing of that day was looked back on yet. The day
 * after that nobody asks any more.
 * @param {Attempt[]} list
 * @param {string} day today, YYYY-MM-DD
 * @param {(one: Attempt) => string} [dayOf]
 * @returns {Attempt | undefined}
 */
export function toLookBackOn(list, day, dayOf = (one) => localDay(one.started)) {
  const yesterday = addDays(day, -1);
  const those = list.filter((one) => isKept(one) && dayOf(one) === yesterday);
  if (those.some((one) => one.looked_back_at !== null)) return undefined;
  return those.sort((a, b) => b.started - a.started || (a.id < b.id ? 1 : -1))[0];
}

/** What home may offer now; nothing for who did not wish it. @param {number} now milliseconds UTC */
export const lookBackNow = (now) => (setting().look_back ? toLookBackOn(attempts(), localDay(now)) : undefined);

/** With words or with none, which is "no thanks": either way it is not asked again. @param {Attempt} one @param {string} text @param {number} now */
export const lookBack = (one, text, now) => write([change(one, { looked_back: text.trim(), looked_back_at: now })]);
