/**
 * Where a row stands among its neighbours: a key between their two keys, so that a move writes one row, and two people
 * moving at once never need to agree on numbers. Keys are compared code unit by code unit, ties go by id.
 */
import { generateNKeysBetween } from 'fractional-indexing';

/** @typedef {{id: string, position: string}} Placed */

/** The server takes no longer ones; they need 1,000 inserts into one gap to come near. */
export const LONGEST = 200;
const KEY = /^[A-Za-z][0-9A-Za-z]{1,199}$/;

/**
 * @param {Placed} one
 * @param {Placed} other
 */
export function byPosition(one, other) {
  if (one.position !== other.position) return one.position < other.position ? -1 : 1;
  return one.id < other.id ? -1 : Number(one.id > other.id);
}

/**
 * The key for a row that goes before `list[i]`, and new keys for those neighbours that stood on one and the same key
 * (two people put a step into the same gap): between equal keys there is no room.
 * @param {readonly Placed[]} list the others in order, without the row that moves
 * @param {number} i 0 first, `list.length` last
 * @returns {{position: string, rekey: Array<[id: string, position: string]>}}
 */
export function place(list, i) {
  const before = list[i - 1]?.position ?? null;
  let j = i;
  while (before !== null && j < list.length && /** @type {Placed} */ (list[j]).position <= before) j++;
  const keys = between(before, list[j]?.position ?? null, 1 + j - i);
  if (!keys) return placeAnew(list, i);
  const [position = '', ...rest] = keys;
  return { position, rekey: rest.map((key, n) => [/** @type {Placed} */ (list[i + n]).id, key]) };
}

/**
 * @param {string | null} low
 * @param {string | null} high
 * @param {number} n
 */
function between(low, high, n) {
  try {
    const keys = generateNKeysBetween(low, high, n);
    return keys.every((key) => KEY.test(key)) ? keys : null;
  } catch {
    return null;                       // a neighbour's key is empty or not one of ours
  }
}

/**
 * @param {readonly Placed[]} list
 * @param {number} i
 * @returns {{position: string, rekey: Array<[string, string]>}}
 */
function placeAnew(list, i) {
  const keys = generateNKeysBetween(null, null, list.length + 1);
  const position = /** @type {string} */ (keys.splice(i, 1)[0]);
  return { position, rekey: list.map(({ id }, n) => [id, /** @type {string} */ (keys[n])]) };
}
