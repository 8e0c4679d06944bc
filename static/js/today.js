/** Today: one thing, chosen from at most three (rule G3). Pure but for the verb at the end; no DOM here. */
import { changeSetting, write } from './rows.js';

/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {import('./kinds.js').Setting} Setting */

const AT_MOST = 3;
const LOW = 2;   // the rungs a hand reaches from the ground

/**
 * At most three steps that could be today's, the likeliest first: the one tried last, its neighbours, then the ladder from its
 * foot. No step is locked and none is moved up for anybody (rule U1); this is only what lies on top.
 * @param {Step[]} steps in the person's own order, as stepsInUse() gives them
 * @param {Attempt[]} attempts
 * @returns {Step[]}
 */
export function candidates(steps, attempts) {
  const last = attempts.filter((one) => steps.some((step) => step.id === one.step))
    .reduce((/** @type {Attempt | null} */ latest, one) => (latest && latest.started >= one.started ? latest : one), null);
  const at = last ? steps.findIndex((step) => step.id === last.step) : -1;
  const near = at < 0 ? [] : [steps[at], steps[at + 1], steps[at - 1]].filter((step) => step && step.ladder === steps[at].ladder);
  return [...new Set([...near, ...steps])].slice(0, AT_MOST);
}

/**
 * The one for today: the person's own choice of this day, else the first candidate.
 * @param {Pick<Setting, 'today_step' | 'today_day'>} setting
 * @param {Step[]} steps in order
 * @param {Attempt[]} attempts
 * @param {string} day YYYY-MM-DD
 * @returns {Step | undefined}
 */
export function forToday(setting, steps, attempts, day) {
  const own = setting.today_day === day ? steps.find((step) => step.id === setting.today_step) : undefined;
  return own ?? candidates(steps, attempts)[0];
}

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
 * The same words for everybody after any time away (rule G5): only the hour decides, never how long it has been.
 * @param {Date} now local
 * @returns {'morning' | 'day' | 'night'}
 */
export function partOfDay(now) {
  const hour = now.getHours();
  if (hour >= 4 && hour < 11) return 'morning';
  return hour >= 11 && hour < 18 ? 'day' : 'night';
}

/**
 * Choose the one for today.
 * @param {string} step
 * @param {string} day YYYY-MM-DD
 */
export const choose = (step, day) => write(changeSetting({ today_step: step, today_day: day }));
