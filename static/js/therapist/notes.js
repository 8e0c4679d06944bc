/** Private notes about one link: a therapist's own, in their own space. They never reach the person, nor paper, nor the clipboard. */
import { add, all, change, me, write } from '../rows.js';

/** @typedef {import('../kinds.js').Note} Note */

export const NOTE_LIMIT = 5000;      // what the server takes

/** @param {string} consent @returns {Note[]} newest first */
export const notesAbout = (consent) => /** @type {Note[]} */ (all('note')).filter((one) => one.about === consent)
  .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));

/** Links one has written about. @returns {string[]} */
export const writtenAbout = () => [...new Set(/** @type {Note[]} */ (all('note')).map(({ about }) => about))];

/** @param {string} consent @param {string} text @param {number} now milliseconds UTC */
export function addNote(consent, text, now) {
  const space = me()?.space;
  if (!space) throw new Error('nobody is here yet');
  return write([add('note', space, { about: consent, text: text.trim(), at: now })]);
}

/** @param {Note} one @param {string} text */
export const reword = (one, text) => write([change(one, { text: text.trim() })]);

/** @param {Note} one */
export const putNoteAway = (one) => write([change(one, { archived: true })]);
