/** Steps: the rungs of a ladder, from its foot to its top. No DOM here. */
import { inOrder, ladders } from './ladders.js';
import { place } from './order.js';
import { newId } from './outbox.js';
import { add, all, change, get, write } from './rows.js';

/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {import('./kinds.js').Ladder} Ladder */
/** @typedef {Partial<Step> & {title: string}} Given what somebody gives for a new step */

export const TITLE_LIMIT = 500;   // what the server takes, exposure/edits.py

/** @param {string} ladder @param {readonly Step[]} [list] @returns {Step[]} the first is the foot */
export const stepsOf = (ladder, list = /** @type {Step[]} */ (all('step'))) => inOrder(list.filter((one) => one.ladder === ladder));

/** @param {string} id @returns {Step | undefined} also one that is put away */
export const stepOf = (id) => {
  const row = get(id);
  return row?.kind === 'step' ? /** @type {Step} */ (row) : undefined;
};

/** Every step on a ladder in use, in order. @returns {Step[]} */
export const stepsInUse = () => ladders().flatMap((ladder) => stepsOf(ladder.id));

/**
 * New steps, one above the other.
 * @param {Ladder} ladder
 * @param {readonly Given[]} given the lowest first
 * @param {number} [at] how many rungs stay below them; the top when left out
 * @returns {Promise<{ids: string[], undo: () => unknown}>}
 */
export async function addSteps(ladder, given, at) {
  const list = stepsOf(ladder.id);
  const { edits, ids } = added(ladder, list, given, at ?? list.length);
  return { ids, undo: await write(edits) };
}

/**
 * The edits of addSteps. Each new one is laid into the list so that the next finds its neighbour.
 * @param {Ladder} ladder
 * @param {readonly Step[]} list
 * @param {readonly Given[]} given
 * @param {number} at
 */
function added(ladder, list, given, at) {
  const rungs = /** @type {{id: string, position: string}[]} */ (list.map(({ id, position }) => ({ id, position })));
  const edits = [], ids = [];
  for (const [n, fields] of given.entries()) {
    const { position, rekey } = place(rungs, at + n);
    const id = newId();
    edits.push(...rekeyed(list, rekey), add('step', ladder.space, { ...fields, title: fields.title.trim().slice(0, TITLE_LIMIT), ladder: ladder.id, position }, id));
    for (const [other, key] of rekey) rungs[rungs.findIndex((one) => one.id === other)].position = key;
    rungs.splice(at + n, 0, { id, position });
    ids.push(id);
  }
  return { edits, ids };
}

/** @param {readonly Step[]} list @param {readonly [string, string][]} rekey */
export const rekeyed = (list, rekey) => rekey.flatMap(([id, position]) => {
  const one = list.find((step) => step.id === id);
  return one ? [change(one, { position })] : [];
});
