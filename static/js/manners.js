/**
 * Manners: how somebody wants to be reminded at all. Not while they sleep, so often in a day, not at all for a while
 * (exposure/manners.py keeps to the same). Reading is pure; the verbs at the end write. No DOM here.
 */
import { addDays, clock, comesOn, minutesBetween, minutesOf, nextTime, weekdayOf } from './rhythm.js';
import { changeSetting, write } from './rows.js';

/** @typedef {import('./kinds.js').Setting} Setting */
/** @typedef {import('./rhythm.js').Rhythm} Rhythm */
/** @typedef {import('./rhythm.js').Coming} Coming */
/** @typedef {{from: string, to: string}} Quiet HH:MM, over midnight too */
/** @typedef {Pick<Setting, 'paused' | 'paused_until'>} Pause */

export const CEILINGS = [1, 2, 3, 4];

/** The hours somebody said they sleep. @param {Pick<Setting, 'quiet_from' | 'quiet_to'>} setting @returns {Quiet | null} */
export const quietOf = ({ quiet_from: from, quiet_to: to }) => (from && to && from !== to ? { from, to } : null);

/** At most so many a day; one when nothing was said (rule R-1). @param {Pick<Setting, 'ceiling'>} setting */
export const ceilingOf = ({ ceiling }) => ceiling ?? 1;

/** @param {Pause} setting @param {number} now milliseconds UTC */
export const isPaused = ({ paused, paused_until: until }, now) => paused === 'open' || (paused === 'until' && until !== null && now < until);

/** @param {string} time HH:MM @param {Quiet} quiet */
export const inQuiet = (time, { from, to }) => minutesBetween(from, time) % 1440 < minutesBetween(from, to);

/**
 * What quiet hours make of a reminder: nothing, it comes when they end, or it waits inside the app alone.
 * @param {{time: string, window: number}} one
 * @param {Quiet | null} quiet
 * @returns {'' | 'after' | 'waits'}
 */
export function heldBy(one, quiet) {
  if (!quiet || !one.time || !inQuiet(one.time, quiet)) return '';
  return minutesBetween(one.time, quiet.to) < one.window ? 'after' : 'waits';
}

/**
 * When it comes next, as things stand: after a pause, at the end of quiet hours. Nothing when it does not.
 * @param {Rhythm & {window: number}} one
 * @param {number} now milliseconds UTC
 * @param {Pick<Setting, 'paused' | 'paused_until' | 'quiet_from' | 'quiet_to'>} setting
 * @returns {(Coming & {waits: boolean}) | undefined} waits: inside the app only
 */
export function nextTold(one, now, setting) {
  if (setting.paused === 'open') return undefined;
  const next = nextTime(one, isPaused(setting, now) ? /** @type {number} */ (setting.paused_until) : now);
  const quiet = quietOf(setting);
  if (!next || !quiet) return next && { ...next, waits: false };
  const held = heldBy(one, quiet);
  if (held !== 'after') return { ...next, waits: held === 'waits' };
  const end = minutesOf(one.time) + minutesBetween(one.time, quiet.to);
  return { day: end >= 1440 ? addDays(next.day, 1) : next.day, time: clock(end), waits: false };
}

/**
 * On which weekdays there would be more than the person wants in a day, with this one beside the others that are on.
 * @param {Rhythm} one
 * @param {(Rhythm & {id: string})[]} others
 * @param {number} ceiling
 * @returns {number[]} Monday is 0; of a date, its weekday
 */
export function crowded(one, others, ceiling) {
  const on = others.filter((other) => other.on !== false);
  if (one.date) return on.filter((other) => comesOn(other, one.date)).length >= ceiling ? [weekdayOf(one.date)] : [];
  return [...one.days].sort().filter((day) => on.filter((other) => !other.date && other.days.includes(day)).length >= ceiling);
}

/**
 * The same time tomorrow, or in a week, on this phone's own clock.
 * @param {'day' | 'week'} long
 * @param {number} now milliseconds UTC
 */
export function pauseEnd(long, now) {
  const end = new Date(now);
  end.setDate(end.getDate() + (long === 'day' ? 1 : 7));
  return end.getTime();
}

/**
 * Let all of them rest. Nothing is sent or counted meanwhile, and nothing has piled up afterwards.
 * @param {'day' | 'week' | 'open'} long
 * @param {number} now milliseconds UTC
 * @returns {Promise<() => Promise<unknown>>} undo
 */
export const pauseAll = (long, now) =>
  write(changeSetting(long === 'open' ? { paused: 'open', paused_until: null } : { paused: 'until', paused_until: pauseEnd(long, now) }));

/** They may come again. @returns {Promise<() => Promise<unknown>>} undo */
export const endPause = () => write(changeSetting({ paused: '', paused_until: null }));
