/** Steps: the rungs of a ladder, from its foot to its top. No DOM here. */
import { inOrder, ladderOf, ladders } from './ladders.js';
import { place } from './order.js';
import { newId } from './outbox.js';
import { add, all, change, get, write } from './rows.js';

/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {import('./kinds.js').Ladder} Ladder */
/** @typedef {Partial<Step> & {title: string}} Given what somebody gives for a new step */

/** What can be turned up or down on a step (rule L6). */
export const DIALS = /** @type {const} */ (['time', 'place', 'people', 'aids', 'length']);
export const TITLE_LIMIT = 500;   // what the server takes, exposure/edits.py
export const DIAL_LIMIT = 120;

/** @param {string} ladder @param {readonly Step[]} [list] @returns {Step[]} the first is the foot */
export const stepsOf = (ladder, list = /** @type {Step[]} */ (all('step'))) => inOrder(list.filter((one) => one.ladder === ladder));

/** @param {string} ladder @returns {Step[]} */
export const stepsAway = (ladder) => stepsOf(ladder, /** @type {Step[]} */ (all('step', { archived: true }))).filter((one) => one.archived);

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
const rekeyed = (list, rekey) => rekey.flatMap(([id, position]) => {
  const one = list.find((step) => step.id === id);
  return one ? [change(one, { position })] : [];
});

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
