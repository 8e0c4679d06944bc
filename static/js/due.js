/** What is due now, shown inside the app for phones that get no push, and for all others too. `now` is a parameter; no DOM here. */
import { attempts } from './attempts.js';
import { localDay } from './days.js';
import { ceilingOf, heldBy, isPaused, quietOf } from './manners.js';
import { isSilent } from './reach.js';
import { reminders } from './reminders.js';
import { restOn } from './rests.js';
import { addDays, comesOn, minutesBetween, minutesOf, wall } from './rhythm.js';
import { all, setting } from './rows.js';

/** @typedef {import('./kinds.js').Reminder} Reminder */
/** @typedef {import('./kinds.js').Answer} Answer */
/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Rest} Rest */
/** @typedef {Pick<import('./kinds.js').Setting, 'quiet_from' | 'quiet_to' | 'ceiling' | 'paused' | 'paused_until'>} Manners */

const MINUTE = 60_000;
const MIDNIGHT = 1440;

/**
 * Those whose hour is now and that are still wanted: not in a pause, not once they were answered, not on a day of not doing,
 * not for what was done today (the same rules as exposure/marks.py `is_wanted` and manners.py). The account tells at most
 * so many a day, and none while the person sleeps; what it holds back waits here until its day is over.
 * @param {number} now milliseconds UTC
 * @param {{list?: Reminder[], rests?: Rest[], done?: Attempt[], answers?: Answer[], manners?: Manners, silent?: (id: string) => boolean}} [given]
 * @returns {Reminder[]}
 */
export function dueNow(now, given = {}) {
  const { list = reminders(), rests = all('rest'), done = attempts(), manners = setting(), silent = isSilent } = given;
  if (isPaused(manners, now)) return [];
  const words = lastWords(given.answers ?? all('answer'));
  const on = list.filter((one) => one.on);
  return on.filter((one) => {
    const day = silent(one.id) ? undefined : cardDay(one, on, words.get(one.id), now, manners);
    if (!day) return false;
    const days = [day, localDay(now, one.zone)];     // a window may reach over midnight
    if (days.some((each) => restOn(each, rests))) return false;
    return !done.some((attempt) => days.includes(localDay(attempt.started, one.zone)) && isAbout(one, attempt));
  });
}

/**
 * The local date whose card stands open now.
 * @param {Reminder} one
 * @param {Reminder[]} list all that are on
 * @param {Answer | undefined} word the last that was said to it
 * @param {number} now
 * @param {Manners} manners
 */
function cardDay(one, list, word, now, manners) {
  const here = wall(now, one.zone);
  const again = word?.choice === 'later' ? word.again : null;
  if (again !== null && again <= now && now < again + one.window * MINUTE) return here.day;
  const at = minutesOf(one.time);
  for (const [day, minutes] of /** @type {const} */ ([[here.day, here.minutes], [addDays(here.day, -1), here.minutes + MIDNIGHT]])) {
    // "Later" without a time waits here all day; every other word was an answer to this day's.
    const waits = word?.day === day && word.choice === 'later' && again === null;
    if (word?.day === day && !waits) continue;
    if (!comesOn(one, day) || minutes < at || minutes >= Math.max(untilOf(one, list, day, manners), waits ? MIDNIGHT : 0)) continue;
    const began = now - (now % MINUTE) - (minutes - at) * MINUTE;
    if (began >= (manners.paused_until ?? 0)) return day;    // what a pause took in is over
  }
  return undefined;
}

/**
 * Until when the card of a day waits, in minutes after its midnight: its window, or the rest of the day when it is held back.
 * @param {Reminder} one
 * @param {Reminder[]} list
 * @param {string} day
 * @param {Manners} manners
 */
function untilOf(one, list, day, manners) {
  const at = minutesOf(one.time);
  const quiet = quietOf(manners);
  if (quiet && heldBy(one, quiet) === 'waits') return midnightAfter(at + minutesBetween(one.time, quiet.to));
  const before = list.filter((other) => comesOn(other, day) && (other.time < one.time || (other.time === one.time && other.id < one.id)));
  return Math.max(at + one.window, before.length >= ceilingOf(manners) ? MIDNIGHT : 0);
}

/** @param {number} minutes */
const midnightAfter = (minutes) => (Math.floor(minutes / MIDNIGHT) + 1) * MIDNIGHT;

/** @param {Reminder} one @param {Attempt} attempt */
function isAbout(one, attempt) {
  if (one.step) return attempt.step === one.step;
  return one.ladder ? attempt.ladder === one.ladder : true;
}

/** The newest word to a coming of each reminder. @param {Answer[]} answers @returns {Map<string, Answer>} */
function lastWords(answers) {
  /** @type {Map<string, Answer>} */
  const last = new Map();
  for (const one of answers) {
    const before = last.get(one.reminder);
    if (one.choice !== 'as_is' && !(before && before.at > one.at)) last.set(one.reminder, one);
  }
  return last;
}
