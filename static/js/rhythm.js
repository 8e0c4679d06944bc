/**
 * Rhythm: on which days, or on which one date, and within which hours a reminder comes, on its own clock. Pure: `now` and
 * zones are parameters (exposure/timetable.py reckons the same in instants).
 */
import { localDay } from './days.js';
import { knownZone } from './device.js';

/** @typedef {import('./kinds.js').Reminder} Reminder */
/** @typedef {Pick<Reminder, 'days' | 'date' | 'time'> & {on?: boolean, zone?: string}} Rhythm a date goes before days */
/** @typedef {{day: string, time: string}} Coming a day as YYYY-MM-DD, a time as HH:MM */

export const WEEK = [0, 1, 2, 3, 4, 5, 6];   // Monday is 0, as on the server
const DAY = 86_400_000;
const MIDNIGHT = 1440;
const SHORTEST = 5;

/** @param {string} time HH:MM */
export const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** @param {number} minutes since midnight, also beyond the next one @returns {string} HH:MM */
export const clock = (minutes) => [minutes / 60 % 24, minutes % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':');

/** How long it is from one time to the next such other one: the same time is a whole day. @param {string} from @param {string} to */
export const minutesBetween = (from, to) => (minutesOf(to) - minutesOf(from) + MIDNIGHT) % MIDNIGHT || MIDNIGHT;

/** The window between two times, as the account takes it. @param {string} from @param {string} to @returns {number} minutes */
export const windowOf = (from, to) => Math.max(SHORTEST, minutesBetween(from, to));

/** @param {{time: string, window: number}} one @returns {string} HH:MM when its window ends */
export const endOf = ({ time, window }) => clock(minutesOf(time) + window);

/** Does its window reach into the next day? @param {{time: string, window: number}} one */
export const overMidnight = ({ time, window }) => minutesOf(time) + window > MIDNIGHT;

/** @param {string} day YYYY-MM-DD @param {number} days ahead, or back */
export const addDays = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** @param {string} day YYYY-MM-DD @returns {number} Monday is 0 */
export const weekdayOf = (day) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** @param {Pick<Rhythm, 'days' | 'date'>} one @param {string} day YYYY-MM-DD */
export const comesOn = ({ days, date }, day) => (date ? date === day : days.includes(weekdayOf(day)));

/**
 * The next day and time it falls due on its own clock; nothing when it is off, has no days, or its date has been.
 * @param {Rhythm} one
 * @param {number} now milliseconds UTC
 * @returns {Coming | undefined}
 */
export function nextTime(one, now) {
  const { date, time, zone, on = true } = one;
  if (!on || !time) return undefined;
  const today = wall(now, zone);
  const days = date ? [date] : [...WEEK, 7].map((ahead) => addDays(today.day, ahead));
  const day = days.find((each) => comesOn(one, each) && (each > today.day || (each === today.day && minutesOf(time) > today.minutes)));
  return day ? { day, time } : undefined;
}

/** Did its one date pass? @param {Rhythm} one @param {number} now milliseconds UTC */
export const hasBeen = (one, now) => Boolean(one.date) && !nextTime({ ...one, on: true }, now);

/**
 * The local date in whose window `now` stands; a window may reach over midnight.
 * @param {Rhythm & {window: number}} one
 * @param {number} now milliseconds UTC
 */
export function openDay(one, now) {
  const at = minutesOf(one.time);
  const here = wall(now, one.zone);
  for (const [day, minutes] of /** @type {const} */ ([[here.day, here.minutes], [addDays(here.day, -1), here.minutes + MIDNIGHT]])) {
    if (comesOn(one, day) && at <= minutes && minutes < at + one.window) return day;
  }
  return undefined;
}

/** What a clock on the wall of a zone shows. @param {number} at milliseconds UTC @param {string} [zone] */
export function wall(at, zone) {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: knownZone(zone), hourCycle: 'h23', hour: '2-digit', minute: '2-digit' }).formatToParts(at);
  const [hour, minute] = ['hour', 'minute'].map((type) => Number(parts.find((part) => part.type === type)?.value));
  return { day: localDay(at, knownZone(zone)), minutes: hour * 60 + minute };
}
