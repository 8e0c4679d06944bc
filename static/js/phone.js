/**
 * What this page holds of the person's rows: the view, the queue of waiting edits, and the disk under both. The only
 * hand that changes them, one change at a time, and the one that tells the other tabs.
 */
import { draftsWritten, openDrafts } from './drafts.js';
import { Memory } from './memory.js';
import { liesBeside, View } from './merge.js';
import { lessOne, refuse } from './outbox.js';
import { Shut } from './shelf.js';
import { report, status, tell } from './status.js';
import { shelfOf } from './store.js';
import { listenToTabs, tellTabs } from './tabs.js';

/** @typedef {import('./kinds.js').Edit} Edit */
/** @typedef {import('./kinds.js').Waiting} Waiting */
/** @typedef {import('./kinds.js').Refused} Refused */
/** @typedef {import('./kinds.js').Stored} Stored */

export const view = new View();
/** @type {ReturnType<typeof shelfOf>} */
let disk = new Memory();
/** @type {Waiting[]} */
let outbox = [];
/** @type {Waiting[]} written while the disk took nothing: sent from memory, so that they are lost last */
let homeless = [];
/** @type {Record<string, any>} me, device, cursors, spaces, secret, lastSaved */
export const meta = {};
/** @type {Promise<unknown>} */
let turn = Promise.resolve();
/** @type {{written: () => void, left: () => void}} */
const calls = { written() {}, left() {} };

/** @param {Partial<typeof calls>} wanted who wants to know that something was written, or that another tab signed out */
export function call(wanted) {
  Object.assign(calls, wanted);
}

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

/**
 * Open the person's database, or go on from memory where the browser keeps nothing.
 * @param {string} person
 * @returns {Promise<boolean>} false: it is locked
 */
export function open(person) {
  return inTurn(() => {
    disk.close();
    disk = shelfOf(person);
    return lookInside();
  });
}

/** Somebody has shown the key of the shelf that is locked here. @param {import('./boxes.js').Held} [held] */
export function unlock(held) {
  return inTurn(() => {
    disk.take(held);
    return lookInside();
  });
}

/** @returns {Promise<boolean>} */
async function lookInside() {
  let found;
  try {
    found = await disk.load();
  } catch (error) {
    if (error instanceof Shut) return letNothingBeSeen();
    disk = new Memory();
    found = await disk.load();
  }
  empty();
  Object.assign(meta, found.meta);
  ({ outbox } = found);
  view.put(found.rows);
  await openDrafts(disk).catch(() => undefined);
  const lock = Boolean((await disk.seal().catch(() => undefined))?.ways);
  report({ refused: found.refused, memoryOnly: disk instanceof Memory, lastSaved: meta.lastSaved ?? null, locked: false, lock });
  listenToTabs(hear);
  show();
  return true;
}

/** The lock falls shut, here and in the other tabs: no key and no word stays in this page. */
export function shut(everywhere = true) {
  return inTurn(async () => {
    if (everywhere) tellTabs('lock');
    if (!status().lock || status().locked) return;
    await draftsWritten();
    // What the disk did not take lies in this page alone; it stays, behind the cover.
    if (homeless.length) return report({ locked: true });
    disk.take(undefined);
    await letNothingBeSeen();
  });
}

async function letNothingBeSeen() {
  empty();
  await openDrafts(new Memory());
  report({ locked: true, lock: true, refused: [], lastSaved: null });
  listenToTabs(hear);
  show();
  return false;
}

/** The shelf itself, for its lock (lock.js); null where there is none. */
export const shelf = () => (disk instanceof Memory ? null : disk);

/** Words that lie in this page alone are behind the cover: they wait there. */
export const holdsOn = () => homeless.length > 0;

/** Nobody is here any more: wipe what this phone holds of the person. */
export function leave() {
  return inTurn(async () => {
    tellTabs('left');
    await disk.wipe().catch(() => undefined);
    disk = new Memory();
    await openDrafts(disk);
    empty();
    report({ refused: [], signedOut: false, lastSaved: null, locked: false, lock: false });
    show();
  });
}

/**
 * The door is locked with somebody still behind it: what was fetched leaves this page; what they wrote and could not send
 * yet stays in its memory, for them alone.
 */
export function lock() {
  return inTurn(async () => {
    view.clear();
    delete meta.cursors;
    delete meta.spaces;
    show();
  });
}

/**
 * Put edits on disk and lay them over the rows. Call it in turn.
 * @param {Edit[]} edits
 * @param {string[]} [taken] refused edits these are another try of
 */
export async function keep(edits, taken = []) {
  try {
    const kept = await disk.append(edits, taken);
    if (disk instanceof Memory) homeless = [...homeless, ...kept];
    outbox = [...outbox, ...kept];
  } catch {                              // full or broken: hold on to the words in memory and say so
    homeless = [...homeless, ...edits];
    outbox = [...outbox, ...edits];
    report({ memoryOnly: true });
  }
  report({ refused: status().refused.filter(({ id }) => !taken.includes(id)) });
  show();
  tellTabs('queue');
  calls.written();
}

/** What waits, as far as this page knows; `reloadQueue` asks the disk. @returns {readonly Waiting[]} */
export const queued = () => outbox;

/** @param {Waiting} edit */
const onlyProposes = (edit) => liesBeside(edit, meta.spaces?.[edit.space]?.role);

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
    outbox = without(outbox);
    homeless = without(homeless);
    show();
    return true;
  });
}

/** @param {string} id a refused edit the person lets go */
export function dropRefused(id) {
  return inTurn(async () => {
    await disk.dropRefused(id);
    report({ refused: status().refused.filter((edit) => edit.id !== id) });
    tellTabs('queue');
  });
}

/** @param {Record<string, unknown>} news of who is here: me, secret, device */
export function keepMeta(news) {
  return inTurn(async () => {
    await disk.settle({ meta: news }).catch(() => undefined);
    Object.assign(meta, news);
    tellTabs('meta');
    tell();
  });
}

/**
 * One answer of the server: screen, then disk, in one transaction. Not the other way round, as with the person's own
 * words: were it lost on the way to the disk, cursor and queue would be those of before, and the answer come again.
 * @param {{rows: Stored[], done: Waiting[], refused: Refused[], gone: string[], rewound: string[],
 *   meta: Record<string, unknown>}} change
 */
export function settle({ rows, done, refused, gone, rewound, meta: news }) {
  return inTurn(async () => {
    rewound.forEach((space) => view.distrust(space));
    // Words meant for a space that is no longer ours are handed back to the person, not thrown away with it.
    const orphans = outbox.filter((edit) => gone.includes(edit.space) && !done.some(({ id }) => id === edit.id));
    const away = [...done, ...orphans];
    const handedBack = [...refused, ...orphans.map((edit) => refuse(edit, 'gone', ''))];
    const fresh = rows.filter((row) => view.isNews(row));
    const ids = new Set(away.map(({ id }) => id));
    outbox = outbox.filter(({ id }) => !ids.has(id));
    homeless = homeless.filter(({ id }) => !ids.has(id));
    gone.forEach((space) => view.forget(space));
    view.put(fresh);
    Object.assign(meta, news);
    report({ refused: [...status().refused.filter(({ id }) => !handedBack.some((r) => r.id === id)), ...handedBack] });
    show();
    try {
      await disk.settle({ rows: fresh, done: away, refused: handedBack, gone, meta: news });
    } catch {
      report({ memoryOnly: true });
    }
    if (fresh.length + away.length + gone.length) {
      tellTabs({ rows: fresh, gone, meta: news });
    }
  });
}

/** What other tabs and the service worker put into the queue, or took out of it. */
export function reloadQueue() {
  return inTurn(async () => {
    const found = await disk.queue().catch(() => null);
    if (!found || disk instanceof Memory) return outbox;
    outbox = [...found.outbox, ...homeless];
    // A tab that slept may not have heard what another one fetched.
    if (JSON.stringify(found.cursors) !== JSON.stringify(meta.cursors)) await reloadRows();
    if (JSON.stringify(found.refused) !== JSON.stringify(status().refused)) report({ refused: found.refused });
    show();
    return outbox;
  });
}

/** @param {any} data what another tab told, or the service worker */
function hear(data) {
  if (data === 'left') return void calls.left();
  if (data === 'lock') return void shut(false);
  if (status().locked) return undefined;
  if (data?.held) return void inTurn(async () => { disk.take(data.held); report({ lock: data.lock }); });
  if (data === 'queue' || data === 'meta' || data?.rows) return ownWords(data);
  return void reloadQueue().then(() => calls.written());       // the service worker wrote
}

async function reloadRows() {
  const found = await disk.load();
  Object.keys(meta.cursors ?? {}).filter((space) => !(space in (found.meta.cursors ?? {}))).forEach((s) => view.forget(s));
  view.put(found.rows);
  Object.assign(meta, found.meta);
}

/** @param {any} data what another tab of ours tells */
function ownWords(data) {
  void inTurn(async () => {
    if (!data.rows) return void Object.assign(meta, await disk.meta(), { cursors: meta.cursors });
    data.gone.forEach((/** @type {string} */ space) => view.forget(space));
    view.put(data.rows);
    return void Object.assign(meta, data.meta);
  });
  void reloadQueue();
}

function empty() {
  outbox = [];
  homeless = [];
  view.clear();
  for (const name of Object.keys(meta)) delete meta[name];
}

function show() {
  view.wait(outbox.filter((edit) => !onlyProposes(edit)));
  report({ waiting: outbox.length });
  tell();
}
