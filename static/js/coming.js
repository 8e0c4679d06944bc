/**
 * When a reminder comes next, as far as this phone knows: what the account said, where that still holds (it counts what is
 * left out when nobody answers, and a "later"); else reckoned here. No DOM here.
 */
import { isPaused, nextTold } from './manners.js';
import { going } from './reach.js';
import { clock, hasBeen, wall } from './rhythm.js';
import { all, setting, unsent } from './rows.js';

/** @typedef {import('./reminders.js').Wish} Wish */
/** @typedef {Wish & {id?: string, zone?: string}} One of the list, or as it stands in the form */

/**
 * @param {One} one
 * @param {number} now milliseconds UTC
 * @returns {'rests' | 'been' | 'silent' | {day: string, time: string, waits: boolean}} waits: inside the app only
 */
export function comingOf(one, now) {
  const manners = setting();
  if (!one.on) return 'rests';
  const told = one.id && !unsent(manners.id) ? going(one.id) : undefined;
  const at = Math.max(told?.next ?? 0, told || isPaused(manners, now) ? 0 : again(one.id));
  if (at > now) {
    const { day, minutes } = wall(at, one.zone);
    return { day, time: clock(minutes), waits: false };
  }
  if (told?.silent) return 'silent';
  if (hasBeen(one, now)) return 'been';
  const next = nextTold(one, now, manners);
  // Where the account says of this very reminder that it does not come (its zone may be unknown there), the card here does.
  return next ? { ...next, waits: next.waits || (told?.next === null && !isPaused(manners, now)) } : 'rests';
}

/** The "later" that was said last, where nothing was said after it. @param {string} [id] @returns {number} milliseconds UTC */
function again(id) {
  const last = all('answer').filter((one) => one.reminder === id).reduce((best, one) => (best.at > one.at ? best : one), { at: 0, again: /** @type {number | null} */ (null) });
  return last.again ?? 0;
}
