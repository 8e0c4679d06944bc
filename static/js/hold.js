/**
 * What this page holds of the person's rows: the view, the queue of waiting edits, and the disk under both. Whoever changes
 * it comes one at a time (`inTurn`): the hand that writes (phone.js), and the gate that opens and shuts (gate.js).
 */
import { Memory } from './memory.js';
import { liesBeside, View } from './merge.js';
import { report, tell } from './status.js';

/** @typedef {import('./kinds.js').Waiting} Waiting @typedef {ReturnType<typeof import('./store.js').shelfOf>} Shelf */

export const view = new View();
/** @type {Record<string, any>} me, device, cursors, spaces, secret, lastSaved */
export const meta = {};
/** @type {Shelf} */
export let disk = new Memory();
/** What waits. @type {Waiting[]} */
export let outbox = [];
/** Of these, what was written while the disk took nothing: sent from memory, so that it is lost last. @type {Waiting[]} */
export let homeless = [];
/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/** Who wants to know that something was written, or that another tab signed out. */
export const calls = { written() {}, left() {} };

/** @param {Partial<typeof calls>} wanted */
export const call = (wanted) => void Object.assign(calls, wanted);

/** From now on over this disk. @param {Shelf} another */
export const stand = (another) => { disk = another; };

/** @param {Waiting[]} all @param {Waiting[]} alone */
export const wait = (all, alone) => { [outbox, homeless] = [all, alone]; };

/**
 * One at a time: every reading-changing-writing of what this page holds goes through here. The network never does.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function inTurn(work) {
  const mine = turn.then(work);
  turn = mine.catch(() => undefined);
  return mine;
}

/** @param {Waiting} edit one on its way that will lie beside what stands there, as a proposal */
export const onlyProposes = (edit) => liesBeside(edit, meta.spaces?.[edit.space]?.role);

export function empty() {
  wait([], []);
  view.clear();
  for (const name of Object.keys(meta)) delete meta[name];
}

export function show() {
  view.wait(outbox.filter((edit) => !onlyProposes(edit)));
  report({ waiting: outbox.length });
  tell();
}
