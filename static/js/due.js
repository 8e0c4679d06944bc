/** What is due now, shown inside the app for phones that get no push, and for all others too. `now` is a parameter; no DOM here. */
import { attempts } from './attempts.js';
import { localDay } from './days.js';
import { reminders } from './reminders.js';
import { restOn } from './rests.js';
import { openDay } from './rhythm.js';
import { all } from './rows.js';

/** @typedef {import('./kinds.js').Reminder} Reminder */
/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Rest} Rest */

/**
 * Those whose hour is now and that are still wanted: not on a day of not doing, not for what was done today
 * (the same rule as exposure/reminders.py `is_wanted`).
 * @param {number} now milliseconds UTC
 * @param {{list?: Reminder[], rests?: Rest[], done?: Attempt[]}} [given]
 * @returns {Reminder[]}
 */
export function dueNow(now, { list = reminders(), rests = all('rest'), done = attempts() } = {}) {
  return list.filter((one) => {
    const day = one.on ? openDay(one, now) : undefined;
    if (!day || restOn(day, rests)) return false;
    return !done.some((attempt) => localDay(attempt.started, one.zone) === day && isAbout(one, attempt));
  });
}

/** @param {Reminder} one @param {Attempt} attempt */
function isAbout(one, attempt) {
  if (one.step) return attempt.step === one.step;
  return one.ladder ? attempt.ladder === one.ladder : true;
}
