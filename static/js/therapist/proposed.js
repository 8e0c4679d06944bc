/**
 * What lies beside a wording: proposals that wait for the person's word, those still on this page included. The wording
 * itself stays as the person wrote it until they take another one (rule T2). Pure.
 */
import { byPosition } from '../order.js';

/** @typedef {import('../kinds.js').Proposal} Proposal */
/** @typedef {import('../kinds.js').Step} Step */
/** @typedef {import('../kinds.js').Waiting} Waiting */
/**
 * @typedef {object} Beside one value lying beside a field, or (field '') a whole step beside the ladder
 * @property {string} id of the proposal; of the edit while it is unsent
 * @property {string} target
 * @property {string} field
 * @property {any} value
 * @property {string} by
 * @property {number} at
 * @property {'unsent' | 'open' | 'asked' | 'taken' | 'left'} state
 * @property {boolean} conflict
 */

/**
 * Everything that waits in one space, oldest first. Of several by one hand on one field only the last one counts.
 * @param {string} space
 * @param {readonly Proposal[]} proposals
 * @param {readonly Waiting[]} waiting edits of ours that will lie beside, not yet sent
 * @param {string} mine who we are
 * @returns {Beside[]}
 */
export function besideIn(space, proposals, waiting, mine) {
  const told = proposals.filter((one) => one.space === space && isOpen(one)).map(retold);
  const unsent = waiting.filter((edit) => edit.space === space).flatMap((edit) => laid(edit, mine));
  const all = [...told, ...unsent].sort((a, b) => Number(a.state === 'unsent') - Number(b.state === 'unsent') || a.at - b.at || (a.id < b.id ? -1 : 1));
  return all.filter((one, i) => !all.slice(i + 1).some((later) => later.target === one.target && later.field === one.field && later.by === one.by && one.state !== 'asked'));
}

/** @param {Proposal} one */
const isOpen = ({ state }) => state === 'open' || state === 'asked';

/** @param {Proposal} one @returns {Beside} */
const retold = ({ id, target, field, value, by, at, state, conflict }) => ({ id, target, field, value, by, at, state, conflict });

/** @param {Waiting} edit @param {string} by @returns {Beside[]} */
function laid(edit, by) {
  const { target, at } = edit;
  if (edit.verb === 'add') return [{ id: edit.id, target, field: '', value: edit.fields, by, at, state: 'unsent', conflict: false }];
  return Object.entries(edit.fields).map(([field, value]) => ({ id: `${edit.id}/${field}`, target, field, value, by, at, state: 'unsent', conflict: false }));
}

/** What lies beside this row, a move left out. @param {readonly Beside[]} all @param {{id: string}} row */
export const besideRow = (all, row) => all.filter(({ target, field }) => target === row.id && field !== '' && field !== 'position');

/** Whole steps proposed, the ones already on the ladder left out. @param {readonly Beside[]} all @param {readonly {id: string}[]} steps */
export const wholeSteps = (all, steps) => all.filter((one) => one.field === '' && !steps.some(({ id }) => id === one.target));

/**
 * Where a step would stand if its move were taken, or nothing when none waits.
 * @param {readonly Beside[]} all
 * @param {Step} step
 * @param {readonly Step[]} steps of its ladder, in order
 * @returns {{beside: Beside, above: Step | undefined, below: Step | undefined} | undefined} its neighbours then
 */
export function moveOf(all, step, steps) {
  const beside = all.filter(({ target, field }) => target === step.id && field === 'position').at(-1);
  if (!beside) return undefined;
  const others = steps.filter(({ id }) => id !== step.id);
  const to = others.filter((one) => byPosition(one, { id: step.id, position: String(beside.value) }) < 0).length;
  const from = others.filter((one) => byPosition(one, step) < 0).length;
  return to === from ? undefined : { beside, above: others[to], below: others[to - 1] };
}

/**
 * What the person answered since the last look, newest first: taken and left weigh the same.
 * @param {string} space
 * @param {readonly (Proposal & {revision?: number})[]} proposals
 * @param {string} mine
 * @param {(one: Proposal) => boolean} [isTakenBack] by ourselves, which is no answer
 */
export const answered = (space, proposals, mine, isTakenBack = () => false) => proposals
  .filter((one) => one.space === space && one.by === mine && (one.state === 'taken' || one.state === 'left') && !isTakenBack(one))
  .map(retold).sort((a, b) => b.at - a.at);
