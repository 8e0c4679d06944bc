/** What becomes of a ladder that is there: other words, put away, taken out again. No DOM here. */
import { inOrder } from './ladders.js';
import { all, change, write } from './rows.js';

/** @typedef {import('./kinds.js').Ladder} Ladder */

/** @returns {Ladder[]} the ones put away, newest place first */
export const laddersAway = () => inOrder(/** @type {Ladder[]} */ (all('ladder', { archived: true }))).filter((one) => one.archived).reverse();

/** @param {Ladder} ladder @param {Partial<Ladder>} fields */
export const putLadder = (ladder, fields) => write([change(ladder, fields)]);

/** Put away, with everything on it; nothing is deleted. @param {Ladder} ladder */
export const putAway = (ladder) => putLadder(ladder, { archived: true });

/** @param {Ladder} ladder */
export const takeOut = (ladder) => putLadder(ladder, { archived: false });
