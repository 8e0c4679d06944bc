/** Attempts as one looks back at them: counted, in order, a surprise or not; and a note while one goes on. No DOM here. */
import { attempts, isKept } from './attempts.js';
import { change, write } from './rows.js';

/** @typedef {import('./kinds.js').Attempt} Attempt */

/** What became of the guess, as stored in `happened`: it did not happen, a little, it did but was bearable, it did. */
export const HAPPENED = /** @type {const} */ (['no', 'part', 'bearable', 'yes']);

/** One page of a history, so that a thousand attempts are no slower to open than ten. */
export const PAGE = 30;

const DURING_LIMIT = 200;   // what the server takes, exposure/edits.py

/**
 * Numbers that cannot shrink unless the person takes an attempt away (rule G4): every kept attempt counts, however it ended;
 * so does every different step, and every attempt where what really happened was written down.
 * @param {Attempt[]} [list]
 */
export function counts(list = attempts()) {
  const kept = list.filter(isKept);
  return {
    tried: kept.length,
    steps: new Set(kept.map((one) => one.step)).size,
    found: kept.filter((one) => one.happened || one.found_out.trim()).length,
  };
}

/**
 * A surprise: what happened differed from what was guessed.
 * @param {Attempt} one
 */
export const isSurprise = (one) => Boolean(one.guess.trim()) && ['no', 'part', 'bearable'].includes(one.happened);

/**
 * A rating while doing it, only for who wished it (rule S4). The oldest are thinned out before the limit is met.
 * @param {Attempt} one
 * @param {number} value 0-100
 * @param {number} now milliseconds UTC
 */
export function note(one, value, now) {
  const during = [...(one.during ?? []), /** @type {[number, number]} */ ([now, value])];
  const kept = during.length > DURING_LIMIT ? during.filter((_, i) => i % 2 || i === during.length - 1) : during;
  return write([change(one, { during: kept })]);
}
