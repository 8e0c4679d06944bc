/** Smaller: first drafts of smaller steps, each with one dial of a step turned down (rule L10). Only drafts; the person changes the words. Pure. */
import { DIALS, fieldsOf, imagined, turns } from './dials.js';

/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {import('./dials.js').Turnable} Turnable */
/** @typedef {Partial<Step> & {title: string, turned: Step['turned']}} Draft */

/** How many are laid out at the first touch. */
export const AT_FIRST = 3;

/** From the smallest: only thinking of it, part of the way, less of it, not alone, with something, at a better hour. */
const ORDER = /** @type {const} */ (['place', 'length', 'people', 'aids', 'time']);

/**
 * All the ways down there are for this step, the smallest first: one for each dial that can be turned.
 * @param {Turnable} step
 * @returns {Draft[]}
 */
export function smaller(step) {
  const kept = Object.fromEntries(DIALS.map((dial) => [dial, step[dial] ?? '']));
  const open = ORDER.filter((dial) => !((dial === 'people' || dial === 'aids') && step[dial]));
  const ways = [...imagined(step), ...open.flatMap((dial) => turns(step, dial).filter((one) => one.way === 'down').slice(0, 1))];
  return ways.map((one) => /** @type {Draft} */ ({ ...kept, hint: '', form: step.form ?? 'action', ...fieldsOf(one) }));
}
