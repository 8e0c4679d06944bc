/**
 * Coming and going on this phone: a person's shelf is opened, falls shut, is locked by the house or wiped; and what other tabs
 * and the service worker tell of it.
 */
import { draftsWritten, openDrafts } from './drafts.js';
import { calls, disk, empty, homeless, inTurn, meta, show, stand, view, wait } from './hold.js';
import { Memory } from './memory.js';
import { reloadQueue } from './phone.js';
import { Shut } from './shelf.js';
import { report, status } from './status.js';
import { shelfOf } from './store.js';
import { listenToTabs, tellTabs } from './tabs.js';

/**
 * Open the person's database, or go on from memory where the browser keeps nothing.
 * @param {string} person
 * @returns {Promise<boolean>} false: it is locked
 */
export function open(person) {
  return inTurn(() => {
    disk.close();
    stand(shelfOf(person));
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
    stand(new Memory());
    found = await disk.load();
  }
  empty();
  await openDrafts(disk).catch(() => undefined);
  const lock = Boolean((await disk.seal().catch(() => undefined))?.ways);
  // All in one breath: a page drawn between would show rows without what waits to be laid over them.
  Object.assign(meta, found.meta);
  wait(found.outbox, []);
  view.put(found.rows);
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
    stand(new Memory());
    await openDrafts(disk);
    empty();
    report({ refused: [], signedOut: false, lastSaved: null, locked: false, lock: false, parted: '' });
    show();
  });
}

/** @param {any} data what another tab told, or the service worker */
function hear(data) {
  if (data === 'left') return void calls.left();
  if (data === 'lock') return void shut(false);
  if (status().locked) return undefined;
  // At once, not in turn: whoever is in turn may be waiting for it.
  if (data?.held) return disk.take(data.held), report({ lock: data.lock });
  if (data === 'queue' || data === 'meta' || data?.rows) return ownWords(data);
  return void reloadQueue().then(() => calls.written());       // the service worker wrote
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
