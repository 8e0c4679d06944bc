/** Ladders: each in a space of its own, in the order the person put them. No DOM here. */
import { byPosition, place } from './order.js';
import { newId } from './outbox.js';
import { add, all, get, write } from './rows.js';

/** @typedef {import('./kinds.js').Ladder} Ladder */

/**
 * In the order by hand, as a new list.
 * @template {{position: string, id: string}} Row
 * @param {readonly Row[]} rows
 * @returns {Row[]}
 */
export const inOrder = (rows) => [...rows].sort(byPosition);

/** @returns {Ladder[]} the ones in use, in order */
export const ladders = () => inOrder(/** @type {Ladder[]} */ (all('ladder')));

/** @param {string} id @returns {Ladder | undefined} also one that is put away */
export const ladderOf = (id) => {
  const row = get(id);
  return row?.kind === 'ladder' ? /** @type {Ladder} */ (row) : undefined;
};

/**
 * A new ladder in a new space; the space comes to be on the server with this very edit.
 * @param {{title: string, wish?: string, wish_unknown?: boolean}} given
 * @returns {Promise<string>} its id
 */
export async function addLadder({ title, wish = '', wish_unknown = false }) {
  const list = ladders();
  const { position } = place(list, list.length);
  const id = newId();
  await write([add('ladder', newId(), { title: title.trim(), wish: wish.trim(), wish_unknown, position }, id)]);
  return id;
}
