/** What waits in the desk's own queue: it lies in this page alone, may still be taken back, and is handed back where it cannot go. */
import { disk, homeless, inTurn, onlyProposes, outbox, show, wait } from '../hold.js';
import { Memory } from '../memory.js';
import { status } from '../status.js';

/** @typedef {import('../kinds.js').Waiting} Waiting */

/** Edits on their way that will lie beside what stands there, as proposals. */
export const besides = () => outbox.filter(onlyProposes);

/**
 * Take an unsent edit back, or one field of it. Only where nothing lies on a disk that the worker, too, sends from, and
 * not while a request is under way: it may have been heard already.
 * @param {string} id
 * @param {string} [field]
 * @returns {Promise<boolean>}
 */
export function unwrite(id, field) {
  return inTurn(async () => {
    if (!(disk instanceof Memory) || status().syncing || !outbox.some((edit) => edit.id === id)) return false;
    const without = (/** @type {Waiting[]} */ edits) => edits.flatMap((edit) => (edit.id === id ? lessOne(edit, field) : [edit]));
    wait(without(outbox), without(homeless));
    show();
    return true;
  });
}

/** What is left of an unsent edit without one field, or without any. @param {Waiting} edit @param {string} [field] @returns {Waiting[]} */
function lessOne(edit, field) {
  const fields = Object.fromEntries(Object.entries(edit.fields).filter(([name]) => field && name !== field));
  return Object.keys(fields).length ? [{ ...edit, fields }] : [];
}

/** Fields that hold no words: ids, keys and codes. */
const CODES = ['position', 'zone', 'form', 'ladder', 'step', 'split_from', 'varied_from', 'turned', 'from_library', 'target', 'target_kind', 'about', 'by', 'state', 'sharing', 'outcome'];

/**
 * The person's own words in an edit, one line a field, to copy them elsewhere.
 * @param {import('../kinds.js').Edit} edit
 */
export function wordsOf(edit) {
  return Object.entries(edit.fields)
    .filter(([name, value]) => typeof value === 'string' && value && !CODES.includes(name))
    .map(([, value]) => value).join('\n');
}
