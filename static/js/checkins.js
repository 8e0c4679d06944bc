/**
 * Check-ins: once a month, and skippable, whether this app has made anything harder (rule X8), and two questions of our own
 * about the days (M3: our own, not validated). An answer is nobody else's unless it is shown by hand. No DOM here.
 */
import { localDay } from './days.js';
import { addDays } from './rhythm.js';
import { add, all, change, changeSetting, get, me, write } from './rows.js';

/** @typedef {import('./kinds.js').Checkin} Checkin */
/** @typedef {Checkin['about']} About */
/** @typedef {{harder?: Checkin['harder'], ease?: number | null, direction?: number | null, note?: string}} Told */

const MONTH = 30;   // days
const APART = 7;

/**
 * Which question may be offered now. Nothing in the first month; the two never in the same week.
 * @param {{asked_harder: string, asked_days: string}} setting the days on which they were last offered, '' never
 * @param {string | undefined} first the day of the first thing that was kept
 * @param {string} today YYYY-MM-DD
 * @returns {About | undefined}
 */
export function mayAsk({ asked_harder: harder, asked_days: days }, first, today) {
  const rested = (/** @type {string} */ day, /** @type {number} */ long) => !day || addDays(day, long) <= today;
  if (!first || addDays(first, MONTH) > today) return undefined;
  if (rested(harder, MONTH) && rested(days, APART)) return 'harder';
  return rested(days, MONTH) && rested(harder, APART) ? 'days' : undefined;
}

/**
 * The day of the first thing that was kept, tried or rested.
 * @param {readonly {started: number, zone: string, outcome: unknown}[]} tried
 * @param {readonly {day: string}[]} rests
 * @returns {string | undefined} YYYY-MM-DD
 */
export const firstDay = (tried, rests) => [...tried.filter(({ outcome }) => outcome).map(({ started, zone }) => localDay(started, zone)),
  ...rests.map(({ day }) => day)].sort()[0];

/** Every answer, the newest first; one with nothing in it stands nowhere. @returns {Checkin[]} */
export const checkins = () => /** @type {Checkin[]} */ (all('checkin')).filter((one) => one.note || [one.harder, one.ease, one.direction].some((said) => said !== null))
  .sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || (a.id < b.id ? 1 : -1));

/** @param {string} id @returns {Checkin | undefined} */
export const checkinOf = (id) => {
  const row = get(id);
  return row?.kind === 'checkin' && !row.archived ? row : undefined;
};

/**
 * @param {About} about
 * @param {Told} told
 * @param {number} now milliseconds UTC
 * @returns {Promise<() => Promise<unknown>>} undo
 */
export function checkIn(about, told, now) {
  const space = me()?.space;
  if (!space) throw new Error('nobody is here yet');
  const day = localDay(now);
  const said = about === 'harder' ? { harder: told.harder ?? null } : { ease: told.ease ?? null, direction: told.direction ?? null };
  return write([add('checkin', space, { day, about, ...said, note: (told.note ?? '').trim(), sharing: 'private', at: now }), asked(about, day)]);
}

/** Not this month. @param {About} about @param {number} now @returns {Promise<() => Promise<unknown>>} undo */
export const skip = (about, now) => write([asked(about, localDay(now))]);

/** @param {Checkin} one @returns {Promise<() => Promise<unknown>>} undo */
export const takeCheckinAway = (one) => write([change(one, { archived: true })]);

/** @param {About} about @param {string} day */
const asked = (about, day) => changeSetting(about === 'harder' ? { asked_harder: day } : { asked_days: day });
