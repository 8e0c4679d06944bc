/**
 * Attempts: one try of one step, from the rating before to what was found out. No DOM here.
 *
 * An attempt is added to the disk when it begins and set as it goes on, so that a killed browser loses nothing:
 * open (no `ended`) → ended (no `outcome` yet) → kept (an `outcome`). Three outcomes of equal worth (rule S7).
 */
import { ownZone } from './device.js';
import { newId } from './outbox.js';
import { add, all, change, get, me, write } from './rows.js';

/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {'did' | 'part' | 'turned_back'} Outcome */

export const OUTCOMES = /** @type {const} */ (['did', 'part', 'turned_back']);

/** @param {string} id @returns {Attempt | undefined} */
export const attempt = (id) => /** @type {Attempt | undefined} */ (get(id));

/** Every attempt of this person. @returns {Attempt[]} */
export const attempts = () => /** @type {Attempt[]} */ (all('attempt'));

/** @param {Attempt} one */
export const isKept = (one) => Boolean(one.outcome);

/**
 * Kept attempts of a step, newest first; without limit (rule L5).
 * @param {string} step
 * @param {Attempt[]} [list]
 */
export function attemptsOf(step, list = attempts()) {
  return list.filter((one) => one.step === step && isKept(one)).sort(newestFirst);
}

/**
 * The attempt that waits to be gone on with, the newest when there are several.
 * @param {string} [step] only of this step
 * @param {Attempt[]} [list]
 */
export function openAttempt(step, list = attempts()) {
  return list.filter((one) => !isKept(one) && (!step || one.step === step)).sort(newestFirst)[0];
}

/**
 * Whether some rating in a history (oldest first) is higher than the one before it, so that the page can say that this is
 * expected (rule U4).
 * @param {Attempt[]} oldestFirst
 */
export function hasRise(oldestFirst) {
  const before = oldestFirst.map((one) => one.before ?? one.peak ?? one.after).filter((n) => n !== null && n !== undefined);
  return before.some((n, i) => i > 0 && n > before[i - 1]) || oldestFirst.some((one) => (one.after ?? 0) > (one.before ?? 100));
}

/**
 * Begin: the attempt is on the disk from here on.
 * @param {Step} step
 * @param {{before: number | null, guess: string, likelihood: number | null, timer: number | null}} given
 *   ratings 0-100, timer in seconds
 * @param {number} now milliseconds UTC
 * @returns {Promise<string>} the attempt's id
 */
export async function begin(step, given, now) {
  const space = me()?.space;
  if (!space) throw new Error('nobody is here yet');
  const id = newId();
  await write([add('attempt', space, {
    step: step.id, ladder: step.ladder, title: step.title, guess: given.guess.trim(), likelihood: given.likelihood,
    before: given.before, timer: given.timer, started: now, ended: null, outcome: null, zone: ownZone(),
  }, id)]);
  return id;
}

/**
 * The doing is over; the saving screen comes next, the same one whether it was done or turned back (rule S9).
 * @param {Attempt} one
 * @param {number} now milliseconds UTC
 */
export const end = (one, now) => write([change(one, { ended: now })]);

/**
 * Go back into the doing, when "it is over" was touched by chance.
 * @param {Attempt} one
 */
export const goOn = (one) => write([change(one, { ended: null })]);

/**
 * Keep the attempt with whatever was given; only the outcome is needed. Returns the way back (undo).
 * @param {Attempt} one
 * @param {Partial<Attempt> & {outcome: Outcome}} given
 * @param {number} now milliseconds UTC
 */
export const keep = (one, given, now) => write([change(one, { ...given, ended: one.ended ?? now })]);

/**
 * Put something right afterwards.
 * @param {Attempt} one
 * @param {Partial<Attempt>} given
 */
export const put = (one, given) => write([change(one, given)]);

/**
 * Taken away by the person's own hand; the only thing that lets a count fall.
 * @param {Attempt} one
 */
export const takeAway = (one) => write([change(one, { archived: true })]);

/** @param {Attempt} a @param {Attempt} b */
export const newestFirst = (a, b) => (b.started ?? 0) - (a.started ?? 0) || (a.id < b.id ? 1 : -1);
