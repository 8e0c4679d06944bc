/** What is done with a step that is there: changed, moved, put away, copied, split, varied. No DOM here. */
import { ladderOf } from './ladders.js';
import { place } from './order.js';
import { all, change, write } from './rows.js';
import { addSteps, rekeyed, stepsOf } from './steps.js';

/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {import('./steps.js').Given} Given */

/** What can be turned up or down on a step (rule L6). */
export const DIALS = /** @type {const} */ (['time', 'place', 'people', 'aids', 'length']);
export const DIAL_LIMIT = 120;

/** @param {string} ladder @returns {Step[]} */
export const stepsAway = (ladder) => stepsOf(ladder, /** @type {Step[]} */ (all('step', { archived: true }))).filter((one) => one.archived);

/**
 * Move a rung; the order by hand stays whatever the numbers say (rule L4).
 * @param {Step} step
 * @param {number} to how many rungs are to be below it
 */
export function moveStep(step, to) {
  const others = stepsOf(step.ladder).filter((one) => one.id !== step.id);
  const { position, rekey } = place(others, Math.max(0, Math.min(to, others.length)));
  return write([change(step, { position }), ...rekeyed(others, rekey)]);
}

/** @param {Step} step @param {Partial<Step>} fields */
export const putStep = (step, fields) => write([change(step, fields)]);

/** Off the ladder, never deleted: what was tried on it stays. @param {Step} step */
export const putStepAway = (step) => putStep(step, { archived: true });

/** @param {Step} step */
export const takeStepOut = (step) => putStep(step, { archived: false });

/**
 * The same step again just above, to be changed a little. The person's own number is not copied: it is another step.
 * @param {Step} step
 * @param {string} title
 */
export async function copyStep(step, title) {
  const { hint, time, place: where, people, aids, length, form, from_library } = step;
  return beside(step, [{ title, hint, time, place: where, people, aids, length, form, from_library }], 1);
}

/**
 * Smaller ones, laid just below the step they come from (rule L10).
 * @param {Step} step
 * @param {readonly Given[]} smaller the smallest first
 */
export const splitStep = (step, smaller) => beside(step, smaller.map((one) => ({ ...one, split_from: step.id })), 0);

/**
 * The same step in all but what is given (rule L6), below it when it is smaller, else just above. Its number stays empty: it is another step.
 * @param {Step} step
 * @param {Given} turned
 * @param {boolean} smaller
 */
export function varyStep(step, turned, smaller) {
  const { hint, time, place: where, people, aids, length, form, from_library } = step;
  const same = { hint, time, place: where, people, aids, length, form, from_library, varied_from: step.id };
  return beside(step, [{ ...same, ...turned }], smaller ? 0 : 1);
}

/** @param {Step} step @param {readonly Given[]} given @param {number} above 0: below the step, 1: above it */
function beside(step, given, above) {
  const ladder = ladderOf(step.ladder);
  if (!ladder) throw new Error('a step without its ladder');
  const at = stepsOf(step.ladder).findIndex((one) => one.id === step.id);
  return addSteps(ladder, given, at < 0 ? undefined : at + above);
}
