/**
 * What somebody says to a reminder: I might, later, not today (rule R-4), and that it may stay as it is. The worker
 * writes the same from a notification (service-worker.js). `now` is a parameter; no DOM here.
 */
import { localDay } from './days.js';
import { inQuiet, quietOf } from './manners.js';
import { restOn } from './rests.js';
import { clock, openDay, wall } from './rhythm.js';
import { add, all, me, write } from './rows.js';

/** @typedef {import('./kinds.js').Answer} Answer */
/** @typedef {import('./kinds.js').Reminder} Reminder */
/** @typedef {{when: 'hour' | 'hours' | 'evening' | 'tomorrow', at: number}} Later */

const HOUR = 3_600_000;
const FIVE = HOUR / 12;
const EVENING = 19;

/** What "later" may wait at most, as the account takes it: a phone's clock may be a little off. */
const LONGEST = 24 * HOUR - FIVE;

/** @param {Reminder} one @param {number} now milliseconds UTC */
export const mightNow = (one, now) => write([answer(one, 'might', now)]);

/** @param {Reminder} one @param {number} now @param {number | null} again when it comes once more; null: it waits inside the app */
export const laterThen = (one, now, again) => write([answer(one, 'later', now, again)]);

/** It may stay as it is: what had become rare or silent begins again. @param {Reminder} one @param {number} now */
export const asItIs = (one, now) => write([answer(one, 'as_is', now)]);

/**
 * Not today: the answer, and a day of not doing, which quietens all the others too. One undo takes both back.
 * @param {Reminder | undefined} one nothing where it was put away meanwhile
 * @param {number} now milliseconds UTC
 */
export function notToday(one, now) {
  const day = dayOf(one, now);
  const rest = restOn(day) ? [] : [add('rest', space(), { day, note: '', source: 'reminder', at: now })];
  return write(one ? [answer(one, 'not_today', now), ...rest] : rest);
}

/**
 * Did nobody answer its coming of now yet? What was taken back was said all the same; a "later" asks anew when its moment has come.
 * @param {Reminder} one
 * @param {number} now milliseconds UTC
 */
export function isUnanswered(one, now) {
  const day = dayOf(one, now);
  const said = all('answer', { archived: true }).filter((each) => each.reminder === one.id && each.day === day && each.choice !== 'as_is');
  const last = said.reduce((/** @type {Answer | undefined} */ best, each) => (best && best.at > each.at ? best : each), undefined);
  return !last || (last.choice === 'later' && !last.archived && last.again !== null && last.again <= now);
}

/** @param {Reminder} one @param {Answer['choice']} choice @param {number} now @param {number | null} [again] */
const answer = (one, choice, now, again = null) => add('answer', space(), { reminder: one.id, day: dayOf(one, now), choice, at: now, again });

/** While its window is open, also past midnight, the day it is meant for. @param {Reminder | undefined} one @param {number} now */
const dayOf = (one, now) => (one && openDay(one, now)) ?? localDay(now, one?.zone);

function space() {
  const mine = me()?.space;
  if (!mine) throw new Error('nobody is here yet');
  return mine;
}

/**
 * When "later" could be, on this phone's own clock: the nearest first, none further than a day, none while the person sleeps.
 * @param {number} now milliseconds UTC
 * @param {Pick<import('./kinds.js').Setting, 'quiet_from' | 'quiet_to'>} manners
 * @returns {Later[]}
 */
export function laterChoices(now, manners) {
  const evening = new Date(now).setHours(EVENING, 0, 0, 0);
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  const quiet = quietOf(manners);
  /** @type {Later[]} */
  const all = [
    { when: 'hour', at: Math.ceil((now + HOUR) / FIVE) * FIVE },
    evening - now >= 1.5 * HOUR ? { when: 'evening', at: evening } : { when: 'hours', at: Math.ceil((now + 3 * HOUR) / FIVE) * FIVE },
    { when: 'tomorrow', at: Math.floor(Math.min(tomorrow.getTime(), now + LONGEST) / FIVE) * FIVE },
  ];
  return all.filter(({ at }) => !quiet || !inQuiet(clock(wall(at).minutes), quiet));
}
