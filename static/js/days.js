/** Days on the person's own calendar, and how they are said. Pure: `now` and zones are parameters. */
import { knownZone } from './device.js';
import { language } from './words.js';

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
export const place = () => globalThis.navigator?.languages?.find((one) => one.split('-')[0] === language()) ?? language();

/** @param {number} at milliseconds UTC @returns {string} "21 November, 22:10" */
export function momentWords(at) {
  return new Intl.DateTimeFormat(place(), { month: 'long', day: 'numeric', weekday: 'short', hour: 'numeric', minute: '2-digit' }).format(at);
}
