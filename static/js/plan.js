/** The plan for hard weeks, in the person's own words: five questions, each may stay empty. The newest is the one. No DOM here. */
import { add, all, change, me, write } from './rows.js';
import { t } from './words.js';

/** @typedef {import('./kinds.js').Plan} Plan */
/** @typedef {typeof PARTS[number]} Part */
/** @typedef {Record<Part, string>} Given */

export const PARTS = /** @type {const} */ (['signs', 'helps', 'who', 'smaller', 'words']);
export const PART_LIMIT = 5000;   // what the server takes

/** @type {Given} */
export const BLANK_PLAN = { signs: '', helps: '', who: '', smaller: '', words: '' };

/** @param {Plan[]} [list] @returns {Plan | undefined} */
export const thePlan = (list = /** @type {Plan[]} */ (all('plan'))) =>
  [...list].sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || (a.id < b.id ? 1 : -1))[0];

/**
 * @param {Given} given
 * @param {number} now milliseconds UTC
 * @returns {Promise<() => unknown>} undo
 */
export function keepPlan(given, now) {
  const space = me()?.space;
  if (!space) throw new Error('nobody is here yet');
  const old = thePlan();
  const trimmed = Object.fromEntries(PARTS.map((part) => [part, given[part].trim()]));
  return write([old ? change(old, trimmed) : add('plan', space, { ...trimmed, at: now, sharing: 'private' })]);
}

/** @param {Plan} plan */
export const takePlanAway = (plan) => write([change(plan, { archived: true })]);

/** A plan with nothing in it is none. @param {Given} given */
export const isBare = (given) => PARTS.every((part) => !given[part].trim());

/**
 * A ready line put in, or taken out again; what else was written stays as it is.
 * @param {string} text
 * @param {string} line
 */
export function withLine(text, line) {
  const lines = text.split('\n').filter((one) => one.trim());
  return (lines.includes(line) ? lines.filter((one) => one !== line) : [...lines, line]).join('\n');
}

/** @param {string} text @param {string} line */
export const hasLine = (text, line) => text.split('\n').includes(line);

/** @returns {Record<Part, {asks: string, says: string, ready: string[]}>} the question, how it is called when read, ready lines */
export const planWords = () => ({
  signs: {
    asks: t('How do you notice that a hard week is coming?'), says: t('How I notice it'),
    ready: [t('I sleep at other hours'), t('I do not answer anybody'), t('Everything feels heavy'), t('I stay in the dark room'), t('I eat less, or more')],
  },
  helps: {
    asks: t('What has been good for you on such days?'), says: t('What is good for me then'),
    ready: [t('something warm to drink'), t('music'), t('a bath or a shower'), t('a quiet place'), t('an animal near me'), t('breathing slowly')],
  },
  who: {
    asks: t('Who may know about it? How?'), says: t('Who may know'),
    ready: [t('nobody, for now'), t('somebody in my family, by a note'), t('the person I talk with'), t('a line that listens')],
  },
  smaller: {
    asks: t('What may be smaller in such a week?'), says: t('What may be smaller'),
    ready: [t('every day is a day of not doing'), t('only the smallest step of my ladder'), t('only the one fixed point of the day'), t('reminders are silent')],
  },
  words: {
    asks: t('What would you like to hear from yourself then?'), says: t('From me, for me'),
    ready: [t('Hard weeks belong to the way.'), t('Going slowly is also going.'), t('One small thing is enough. None is enough, too.'), t('The ladder stays where it is.')],
  },
});
