/** Ladders: each in a space of its own, in the order the person put them. No DOM here. */
import { byPosition, place } from './order.js';
import { newId } from './outbox.js';
import { add, all, change, get, write } from './rows.js';

/** @typedef {import('./kinds.js').Ladder} Ladder */
/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {import('./kinds.js').Proposal} Proposal */

/**
 * In the order by hand, as a new list.
 * @template {{position: string, id: string}} Row
 * @param {readonly Row[]} rows
 * @returns {Row[]}
 */
export const inOrder = (rows) => [...rows].sort(byPosition);

/** @returns {Ladder[]} the ones in use, in order */
export const ladders = () => inOrder(/** @type {Ladder[]} */ (all('ladder')));

/** @returns {Ladder[]} the ones put away, newest place first */
export const laddersAway = () => inOrder(/** @type {Ladder[]} */ (all('ladder', { archived: true }))).filter((one) => one.archived).reverse();

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

/** @param {Ladder} ladder @param {Partial<Ladder>} fields */
export const putLadder = (ladder, fields) => write([change(ladder, fields)]);

/** Put away, with everything on it; nothing is deleted. @param {Ladder} ladder */
export const putAway = (ladder) => putLadder(ladder, { archived: true });

/** @param {Ladder} ladder */
export const takeOut = (ladder) => putLadder(ladder, { archived: false });

/**
 * What waits for the owner's word about one row: another wording, or (for a ladder) a whole new step.
 * @param {{id: string, space: string}} row
 * @param {readonly Proposal[]} [list]
 */
export function proposalsFor(row, list = /** @type {Proposal[]} */ (all('proposal'))) {
  return list.filter((one) => one.state === 'open' && one.target === row.id && one.field !== 'position')
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/**
 * Whole steps somebody proposed for this ladder.
 * @param {Ladder} ladder
 * @param {readonly Proposal[]} [list]
 */
export function stepsProposed(ladder, list = /** @type {Proposal[]} */ (all('proposal'))) {
  return list.filter((one) => one.state === 'open' && one.field === '' && one.space === ladder.space);
}

/**
 * Take the other wording. The one that stood here stays in the history of wordings.
 * @param {Proposal} proposal
 * @param {{id: string, space: string, kind: string}} row
 */
export const take = (proposal, row) =>
  write([change(row, { [proposal.field]: proposal.value }), change(proposal, { state: 'taken' })]);

/** Leave it; the words here stay as they are. @param {Proposal} proposal */
export const leave = (proposal) => write([change(proposal, { state: 'left' })]);

/** Take a whole step: it comes to stand where its proposer put it. @param {Proposal} proposal */
export const takeStep = (proposal) => write([
  add('step', proposal.space, /** @type {Record<string, unknown>} */ (proposal.value), proposal.target),
  change(proposal, { state: 'taken' }),
]);
