/**
 * Lines of help, by country. They come from one data file that is checked by people (rule X2) and come with
 * the words of the language, so that the help card is there with no network and with nobody signed in (rule X1).
 */
import { beside } from './language.js';

/**
 * @typedef {{id: string, country: string, kind: string, number: string, url: string, name: string, hours: string, limits: string,
 *   languages: string[], source?: string, checked_on: string, certainty: string}} Line
 * @typedef {{countries: Record<string, string>, certainty: Record<string, string>, lines: Line[]}} Lines
 */

/** The lines where somebody lives who is nowhere on the list. */
export const ELSEWHERE = '*';

/** They came with the words. @returns {Lines} */
export const lines = () => beside().lines;

/** Zones of the countries on the list whose language does not tell them apart. */
const BY_ZONE = /** @type {[RegExp, string][]} */ ([
  [/^(Asia\/Tokyo|Japan)$/, 'JP'], [/^Asia\/Seoul$/, 'KR'], [/^Europe\/London$/, 'GB'], [/^Europe\/Dublin$/, 'IE'],
  [/^Australia\//, 'AU'],
  [/^(US\/|America\/(New_York|Chicago|Denver|Los_Angeles|Phoenix|Anchorage|Detroit|Boise|Indiana\/|Kentucky\/|North_Dakota\/))|^Pacific\/Honolulu$/, 'US'],
]);

/**
 * Where the person most likely is: their own word, else the phone's zone, else its language. Always changeable (rule X3).
 * @param {string} own the country of the settings, '' when not said
 * @param {string} zone IANA name
 * @param {string} locale for example ja or en-GB
 * @returns {string}
 */
export function countryOf(own, zone, locale) {
  if (own) return own;
  const byZone = BY_ZONE.find(([pattern]) => pattern.test(zone))?.[1];
  if (byZone) return byZone;
  if (/^ja\b/i.test(locale)) return 'JP';
  return ELSEWHERE;
}

/** How near a kind of line is to what may be needed at once. */
const FIRST = ['emergency', 'talk', 'child'];

/**
 * @param {Lines} all
 * @param {string} country
 * @returns {Line[]} those of the country; what is known everywhere when it has none
 */
export function linesFor(all, country) {
  const own = all.lines.filter((line) => line.country === country);
  const list = own.length ? own : all.lines.filter((line) => line.country === ELSEWHERE);
  const rank = (/** @type {Line} */ line) => (FIRST.includes(line.kind) ? FIRST.indexOf(line.kind) : FIRST.length);
  return [...list].sort((a, b) => rank(a) - rank(b));
}

/** A number as a phone dials it. @param {string} number */
export const dialled = (number) => number.replace(/[^\d+#*]/g, '');
