/** Places somebody has been to with a step, in their own words; they can only become more (rule G4). No DOM here. */
import { attempts, isKept } from './attempts.js';
import { folded } from './seek.js';

/** @typedef {import('./kinds.js').Attempt} Attempt */

/** An entry that counts. @param {Attempt} one */
export const counted = (one) => isKept(one) && !one.archived;

/** @param {Attempt} a @param {Attempt} b */
export const oldestFirst = (a, b) => (a.started ?? 0) - (b.started ?? 0) || (a.id < b.id ? -1 : 1);

/** The same place, however it was typed. @param {string} where */
export const placeName = (where) => folded(where).replace(/\s+/g, ' ').trim();

/**
 * Places that are known by now, as they were written last; where somebody was last stands last.
 * @param {Attempt[]} [list]
 * @returns {string[]}
 */
export function places(list = attempts()) {
  /** @type {Map<string, string>} */
  const known = new Map();
  for (const one of list.filter((each) => counted(each) && each.where?.trim()).sort(oldestFirst)) {
    const name = placeName(one.where);
    known.delete(name);
    known.set(name, one.where.trim());
  }
  return [...known.values()];
}

/** The places somebody may want to touch instead of writing, the newest first. @param {number} most @param {Attempt[]} [list] */
export const placesToOffer = (most, list) => places(list).slice(-most).reverse();
