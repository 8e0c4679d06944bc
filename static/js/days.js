/** Days on the person's own calendar, and how they are said. Pure: `now` and zones are parameters. */
import { knownZone } from './device.js';
import { language, t } from './words.js';

/**
 * @param {number} now milliseconds UTC
 * @param {string} [zone] IANA name; the device's own when left out or unknown here
 * @returns {string} YYYY-MM-DD
 */
export function localDay(now, zone) {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone ? knownZone(zone) : undefined, year: 'numeric', month: '2-digit', day: '2-digit' });
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${part.year.padStart(4, '0')}-${part.month}-${part.day}`;
}

/** The language of the interface in the person's own country: 21 November there, November 21 here. */
const place = () => globalThis.navigator?.languages?.find((one) => one.split('-')[0] === language()) ?? language();

/** @param {number} at milliseconds UTC @returns {string} "21 November, 22:10" */
export function momentWords(at) {
  return new Intl.DateTimeFormat(place(), { month: 'long', day: 'numeric', weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(at);
}

/** @param {number} at milliseconds UTC @returns {string} "22:10" */
export function timeWords(at) {
  return new Intl.DateTimeFormat(place(), { hour: 'numeric', minute: '2-digit' }).format(at);
}

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
