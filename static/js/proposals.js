/**
 * Proposals: what somebody else would like to change, and words that met others on the way. They wait beside the words
 * that stand, for as long as the owner likes; taking one is an edit of the owner's that tells whose words they were.
 * No DOM here.
 */
import { commentOn, commentsOn } from './comments.js';
import { add, all, change, get, me, write, writer } from './rows.js';

/** @typedef {import('./kinds.js').Proposal} Proposal */
/** @typedef {import('./kinds.js').Edit} Edit */
/** @typedef {{id: string, space: string}} Row */

const WAITS = ['open', 'asked'];
const SHOWN = 20;          // of the ones that have been decided

/** @returns {Proposal[]} */
const every = () => /** @type {Proposal[]} */ (all('proposal'));

/** Does it wait for a word of the owner? @param {Proposal} one */
export const waits = (one) => WAITS.includes(one.state);

/**
 * What waits in one space, the oldest first; of several wordings one author proposed for one field, the latest.
 * @param {string} space
 * @param {readonly Proposal[]} [list]
 */
export function proposalsIn(space, list = every()) {
  const waiting = list.filter((one) => one.space === space && waits(one)).sort(oldestFirst);
  return waiting.filter((one, i) => !waiting.some((other, j) => j > i && sameWish(one, other)));
}

/**
 * What waits for one row that there is: a ladder or a step.
 * @param {Row} row
 * @param {readonly Proposal[]} [list]
 */
export const proposalsFor = (row, list) => proposalsIn(row.space, list).filter((one) => one.target === row.id && !isWhole(one));

/** Whole steps somebody proposed. @param {Row} ladder @param {readonly Proposal[]} [list] */
export const stepsProposed = (ladder, list) => proposalsIn(ladder.space, list).filter(isWhole);

/** A whole new step, not another wording of one that is there. @param {Proposal} one */
export const isWhole = (one) => one.field === '';

/** What was taken or left before, the latest first; each can be looked at again. What its author took back is none. @param {string} space */
export const decided = (space) => every().filter((one) => one.space === space && !waits(one) && get(one.target) && one.by !== me()?.person && !isTakenBack(one))
  .sort(oldestFirst).reverse().slice(0, SHOWN);

/** Did its author take it back before it was decided? @param {Proposal} one */
export const isTakenBack = (one) => one.state === 'left' && writer(one.id, 'state') === one.by;

/**
 * Take one of our own back while it waits, and the earlier ones it stands for. The way back is to propose it again.
 * @param {Proposal} one
 */
export async function takeBackOwn(one) {
  await write(settling(one, 'left'));
  return () => write(isWhole(one) ? [add('step', one.space, /** @type {Record<string, unknown>} */ (one.value), one.target)]
    : [change(get(one.target), { [one.field]: one.value })]);
}

/** Can it be decided here: is the row it is about on this phone? @param {Proposal} one */
export const isAbout = (one) => isWhole(one) || Boolean(get(one.target));

/**
 * Take these. Where two mean the same field the later one is taken: a field holds one wording.
 * @param {readonly Proposal[]} list
 */
export function take(...list) {
  const last = list.filter((one, i) => !list.some((other, j) => j > i && sameField(one, other)));
  const left = list.filter((one) => !last.includes(one));
  return write([...last.flatMap(taking), ...left.flatMap((one) => settling(one, 'left'))]);
}

/** Leave these; the words that stand stay. @param {readonly Proposal[]} list */
export const leave = (...list) => write(list.flatMap((one) => settling(one, 'left')));

/** Look at it again. @param {Proposal} one */
export const reopen = (one) => write([change(one, { state: 'open' })]);

/**
 * Ask about it: the question stands beside it, and it goes on waiting.
 * @param {Proposal} one
 * @param {string} text
 */
export const askAbout = (one, text) => write([change(one, { state: 'asked' }), commentOn(one, 'proposal', text)]);

/** Has somebody answered since the person asked? @param {Proposal} one */
export function isAnswered(one) {
  const said = commentsOn(one.id);
  return one.state === 'asked' && said.length > 0 && said[said.length - 1]?.by !== me()?.person;
}

/** The edits of taking one: the words, told as whose they were, and the proposal that is no longer open. @param {Proposal} one @returns {Edit[]} */
function taking(one) {
  const row = get(one.target);
  // A step that was taken once and taken off again is there already: adding it sets it, and it comes back.
  const words = isWhole(one) ? add('step', one.space, { .../** @type {Record<string, unknown>} */ (one.value), archived: false }, one.target)
    : change(row, { [one.field]: one.value });
  return [{ ...words, took: one.id }, ...settling(one, 'taken')];
}

/**
 * The word about one, and with it about the earlier ones of its author that it stands for.
 * @param {Proposal} one
 * @param {'taken' | 'left'} state
 */
function settling(one, state) {
  const before = every().filter((other) => other.id !== one.id && waits(other) && sameWish(one, other) && oldestFirst(other, one) < 0);
  return [change(one, { state }), ...before.map((other) => change(other, { state: 'left' }))];
}

/** @param {Proposal} one @param {Proposal} other */
const sameField = (one, other) => one.target === other.target && one.field === other.field;

/** @param {Proposal} one @param {Proposal} other */
const sameWish = (one, other) => sameField(one, other) && one.by === other.by;

/** @param {Proposal} a @param {Proposal} b */
const oldestFirst = (a, b) => a.at - b.at || (a.id < b.id ? -1 : 1);
