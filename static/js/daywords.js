/** Days and hours as they are said. Pure. */
import { place } from './days.js';
import { language, t } from './words.js';

/** @param {number} at milliseconds UTC @returns {string} "22:10" */
export function timeWords(at) {
  return new Intl.DateTimeFormat(place(), { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** @param {string} time HH:MM on whatever clock it belongs to @returns {string} the same as it is said here: "22:10", "10:10 PM" */
export const clockWords = (time) => timeWords(Date.parse(`2024-01-01T${time}`));    // no clock anywhere was set on that day

/** @param {number} at milliseconds UTC @returns {string} the shortest way to say a day */
export function shortDay(at) {
  return new Intl.DateTimeFormat(place(), { month: 'numeric', day: 'numeric' }).format(at);
}

/** @param {string} day YYYY-MM-DD @returns {string} the day in words, in no zone but its own */
export function dayWords(day) {
  return new Intl.DateTimeFormat(place(), { timeZone: 'UTC', month: 'long', day: 'numeric', weekday: 'short' }).format(Date.parse(`${day}T00:00:00Z`));
}

/** @param {string} day YYYY-MM-DD @returns {string} "Nov 2026" */
export const monthWords = (day) => new Intl.DateTimeFormat(language(), { timeZone: 'UTC', month: 'short', year: 'numeric' }).format(Date.parse(`${day.slice(0, 7)}-01T00:00:00Z`));

/** @param {number} day Monday is 0 @param {'short' | 'long' | 'narrow'} length */
export const dayName = (day, length) => new Intl.DateTimeFormat(language(), { weekday: length, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day));

/** @param {number[]} days Monday is 0 @returns {string} "Mon, Wed, Fri", "every day" */
export function daysWords(days) {
  if (days.length === 7) return t('Every day');
  return new Intl.ListFormat(language(), { style: 'narrow', type: 'conjunction' }).format([...days].sort().map((day) => dayName(day, 'short')));
}
