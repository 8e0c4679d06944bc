/** Another one for today: to choose from, smaller, or drawn gently. Pure but for the verb at the end; no DOM here. */
import { changeSetting, write } from './rows.js';
import { AT_MOST, candidates } from './today.js';

/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Step} Step */

const LOW = 2;   // the rungs a hand reaches from the ground

/**
 * The three to choose from, today's own among them.
 * @param {Step} now today's
 * @param {Step[]} steps in order
 * @param {Attempt[]} attempts
 */
export function choices(now, steps, attempts) {
  const list = candidates(steps, attempts);   // its order stays while one chooses
  return list.includes(now) ? list : [now, ...list].slice(0, AT_MOST);
}

/**
 * A smaller one than today's: by the person's own numbers the next one down; without numbers the rung below.
 * @param {Step} now
 * @param {Step[]} steps in order
 * @returns {Step | undefined} nothing when it is already the smallest
 */
export function smaller(now, steps) {
  const same = steps.filter((step) => step.ladder === now.ladder);
  if (now.predicted === null) return same[same.findIndex((step) => step.id === now.id) - 1];
  const below = same.filter((step) => step.predicted !== null && step.predicted < /** @type {number} */ (now.predicted));
  return below.sort((a, b) => /** @type {number} */ (b.predicted) - /** @type {number} */ (a.predicted))[0];
}

/**
 * The ones a gentle surprise is drawn from: none seems bigger than today's, or it lies on one of the two lowest rungs. Today's
 * own and the one drawn before are left out, as long as others remain.
 * @param {Step} now
 * @param {Step[]} steps in order
 * @param {string} [before] the one that was on top before this one
 * @returns {Step[]}
 */
export function gentle(now, steps, before) {
  const height = (/** @type {Step} */ one) => steps.filter(({ ladder }) => ladder === one.ladder).indexOf(one);
  const pool = steps.filter((one) => one !== now && (height(one) < LOW || (one.predicted !== null && now.predicted !== null
    ? one.predicted <= now.predicted : height(one) <= height(now))));
  const fresh = pool.filter(({ id }) => id !== before);
  return fresh.length ? fresh : pool;
}

/**
 * Choose the one for today.
 * @param {string} step
 * @param {string} day YYYY-MM-DD
 */
export const choose = (step, day) => write(changeSetting({ today_step: step, today_day: day }));
