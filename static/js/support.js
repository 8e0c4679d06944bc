/** Who and what is a support: kept for the person alone, never shown. And where each stands on the map. No DOM here. */
import { inOrder } from './ladders.js';
import { place } from './order.js';
import { newId } from './outbox.js';
import { add, all, change, get, me, write } from './rows.js';

/** @typedef {import('./kinds.js').Support} Support */
/** @typedef {Pick<Support, 'name' | 'sort' | 'near' | 'note' | 'liked' | 'tiny'>} Given */
/** @typedef {{one: Support, x: number, y: number}} Standing */

export const SORTS = /** @type {const} */ (['person', 'place', 'animal', 'thing', 'doing', 'other']);

/** What is asked of a new one: nothing is chosen beforehand. @type {Omit<Given, 'sort'> & {sort: Given['sort'] | ''}} */
export const BLANK_SUPPORT = { name: '', sort: '', near: 1, note: '', liked: false, tiny: '' };

/** @param {Support[]} [list] @returns {Support[]} in the order they were put there */
export const supports = (list = /** @type {Support[]} */ (all('support'))) => inOrder(list);

/** @param {string} id @returns {Support | undefined} */
export const supportOf = (id) => {
  const row = get(id);
  return row?.kind === 'support' && !row.archived ? row : undefined;
};

/** What was once liked and may be met again. */
export const onceLiked = () => supports().filter((one) => one.liked);

/** @param {Given} given @returns {Promise<() => unknown>} undo */
export function addSupport(given) {
  const space = me()?.space;
  if (!space) throw new Error('nobody is here yet');
  const list = supports();
  const { position } = place(list, list.length);
  return write([add('support', space, { ...tidy(given), position }, newId())]);
}

/** @param {Support} one @param {Partial<Given>} given */
export const putSupport = (one, given) => write([change(one, tidy(given))]);

/** @param {Support} one */
export const takeSupportAway = (one) => write([change(one, { archived: true })]);

/** @template {Partial<Given>} T @param {T} given @returns {T} */
const tidy = (given) => /** @type {T} */ (Object.fromEntries(Object.entries(given).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value])));

// ---- the map -------------------------------------------------------------------------------------------------------

export const WIDTH = 360, MIDDLE = /** @type {const} */ ([180, 270]);

/** Around the rings, and under a mark down to the end of its name. */
const ROOM = 34, NAME = 50;

/** Half axes of the three rings, and where on each of them there is room for a name underneath, in degrees. */
export const RINGS = /** @type {const} */ ([
  { rx: 86, ry: 86, at: [-90, 30, 150] },
  { rx: 128, ry: 165, at: [-38, 132, -142, 48, 90, -90] },
  { rx: 140, ry: 240, at: [-55, 55, -125, 125, -90, 90] },
]);

/**
 * Where each stands. A ring that is full takes no more: those are in the list under the map.
 * @param {readonly Support[]} list in order
 * @returns {Standing[]}
 */
export function standing(list) {
  return RINGS.flatMap(({ rx, ry, at }, ring) => list.filter((one) => (one.near ?? 2) === ring).slice(0, at.length).map((one, i) => {
    const angle = at[i] * Math.PI / 180;
    return { one, x: Math.round(MIDDLE[0] + rx * Math.cos(angle)), y: Math.round(MIDDLE[1] + ry * Math.sin(angle)) };
  }));
}

/**
 * From where to where the drawing reaches: no farther than what stands on it, nor less than its middle ring.
 * @param {readonly Standing[]} places
 * @returns {{top: number, height: number, rings: number}} and how many rings are drawn
 */
export function frame(places) {
  const rings = Math.max(2, ...places.map(({ one }) => (one.near ?? 2) + 1));
  const { ry } = RINGS[rings - 1];
  const top = MIDDLE[1] - ry - ROOM;
  return { top, height: Math.max(MIDDLE[1] + ry + ROOM, ...places.map(({ y }) => y + NAME)) - top, rings };
}

/** A name as it fits under its mark: wide letters count double. @param {string} name @param {number} [room] in narrow letters */
export function short(name, room = 12) {
  let used = 0;
  const letters = [...name];
  const at = letters.findIndex((letter) => (used += (letter.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1) > room);
  return at < 0 ? name : `${letters.slice(0, Math.max(1, at - 1)).join('')}…`;
}
