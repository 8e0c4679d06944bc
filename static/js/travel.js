/**
 * Away from home: the phone's clock is another than the one a reminder follows. Asked once for each zone; nothing is moved by
 * itself. `now` and zones are parameters; no DOM here.
 */
import { reminders } from './reminders.js';
import { hasBeen, wall } from './rhythm.js';
import { change, changeSetting, write } from './rows.js';

/** @typedef {import('./kinds.js').Reminder} Reminder */

const MONTH = 30.4 * 86_400_000;

/** @type {Map<string, boolean>} */
const compared = new Map();

/**
 * Those that follow a clock which shows something else than this phone's; none where somebody said "leave them" for it.
 * @param {string} zone of this phone, IANA
 * @param {string} kept the zone for which the question was answered, or ''
 * @param {number} now milliseconds UTC
 * @returns {Reminder[]}
 */
export const elsewhere = (zone, kept, now, list = reminders()) =>
  (zone === kept ? [] : list.filter((one) => one.on && !hasBeen(one, now) && !sameClock(one.zone, zone, now)));

/**
 * Tokyo and Seoul are two names for one clock. Looked at in every month of the coming year, for the sake of summer time.
 * @param {string} one @param {string} other @param {number} now milliseconds UTC
 */
export function sameClock(one, other, now) {
  if (one === other) return true;
  const pair = [one, other, Math.floor(now / MONTH)].join(' ');
  let same = compared.get(pair);
  if (same === undefined) {
    same = Array.from({ length: 12 }, (_, month) => now + month * MONTH).every((at) => wall(at, one).minutes === wall(at, other).minutes);
    compared.set(pair, same);
  }
  return same;
}

/** From now on by the clock of this zone. @param {Reminder[]} list @param {string} zone @returns {Promise<() => Promise<unknown>>} undo */
export const moveTo = (list, zone) => write(list.map((one) => change(one, { zone })));

/** They stay with the clock they follow, and nobody asks again in this zone. @param {string} zone */
export const leaveAsTheyAre = (zone) => write(changeSetting({ zone_kept: zone }));
