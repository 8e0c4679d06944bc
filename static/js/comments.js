/**
 * Comments: what people say about a ladder, a step or a proposal, in the order it was said. Each belongs to who said it:
 * only they reword it; they or the ladder's owner take it away. No DOM here.
 */
import { draft, saveDraft } from './drafts.js';
import { add, all, change, me, write } from './rows.js';

/** @typedef {import('./kinds.js').Comment} Comment */
/** @typedef {'ladder' | 'step' | 'proposal'} About */

export const COMMENT_LIMIT = 1000;   // what the server takes, exposure/kinds.py

/**
 * What was said about one row, the first word first.
 * @param {string} target
 * @param {readonly Comment[]} [list]
 */
export const commentsOn = (target, list = /** @type {Comment[]} */ (all('comment'))) =>
  list.filter((one) => one.target === target).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

/**
 * The edit of saying something.
 * @param {{id: string, space: string}} row
 * @param {About} about
 * @param {string} text
 */
export const commentOn = (row, about, text) => add('comment', row.space, {
  target: row.id, target_kind: about, text: text.trim().slice(0, COMMENT_LIMIT), by: me()?.person, at: Date.now(),
});

/** @param {{id: string, space: string}} row @param {About} about @param {string} text */
export const say = (row, about, text) => write([commentOn(row, about, text)]);

/** @param {Comment} one @param {string} text */
export const reword = (one, text) => write([change(one, { text: text.trim().slice(0, COMMENT_LIMIT) })]);

/** @param {Comment} one */
export const takeBack = (one) => write([change(one, { archived: true })]);

/** @param {Comment} one */
export const isOwn = (one) => one.by === me()?.person;

/** Until when what was said here has been seen on this phone. @param {string} target */
const shelf = (target) => `heard/${target}`;

let long = 0;

/** On a page that keeps nothing: what is older than this was seen before. @param {number} at milliseconds UTC */
export const heardBefore = (at) => { long = at; };

/** What others said since this was last looked at, on this phone. @param {string} target */
export function unheard(target) {
  const heard = draft(shelf(target)) ?? long;
  return commentsOn(target).filter((one) => !isOwn(one) && one.at > heard);
}

/** It has been looked at. @param {string} target */
export async function hear(target) {
  const last = commentsOn(target).at(-1)?.at ?? 0;
  if (last > (draft(shelf(target)) ?? 0)) await saveDraft(shelf(target), last);
}
