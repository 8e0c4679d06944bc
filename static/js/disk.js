/**
 * The phone's own disk as the service worker sees it, with the app closed (store.js is the app's): who is here, the database
 * of their account as it was left, and the date it is for them.
 */
import { keyBeside } from './keyfile.js';
import { boxed, isBoxed, keyOf, unboxed } from './seal.js';

/** The date on the wall of a zone; of this phone's own where the name says nothing here. @param {number} at @param {string} [zone] */
export function dayAt(at, zone) {
  /** @type {(timeZone?: string) => Intl.DateTimeFormatPart[]} */
  const read = (timeZone) => new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
  let parts = read();
  try { parts = read(zone); } catch { /* an older list of zones */ }
  return ['year', 'month', 'day'].map((type) => parts.find((part) => part.type === type)?.value).join('-');
}

/** The open account of this phone. @returns {Promise<IDBDatabase | null>} */
export async function accountOnDisk() {
  const person = await somebody();
  return person ? opened(`ippo-${person}`) : null;
}

/** Who is here, if anybody is. @returns {Promise<string | null>} */
export async function somebody() {
  const house = await opened('ippo');
  if (!house) return null;
  try {
    return (await answer(house.transaction('meta').objectStore('meta').get('current'))) ?? null;
  } catch {
    return null;
  } finally {
    house.close();
  }
}

/** Opens a database that is there, and leaves none behind where it is not. @param {string} name @returns {Promise<IDBDatabase | null>} */
function opened(name) {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = (event) => {
      event.preventDefault();
      resolve(null);
    };
  });
}

/** @param {IDBRequest<any>} request @returns {Promise<any>} */
export const answer = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));

/** @param {IDBTransaction} deal */
const settled = (deal) => new Promise((kept, lost) => Object.assign(deal, { oncomplete: () => kept(true), onabort: () => lost(deal.error) }));

/**
 * What the worker has to know to write an edit and to send what waits. Where the app is locked the key is not to be had:
 * then it knows two ids (shelf.js, `door`), nothing of the reminder, and of the queue what it wrote there itself.
 * @param {IDBDatabase} home @param {string} [reminder]
 */
export async function known(home, reminder = '') {
  const tx = home.transaction(['meta', 'outbox', 'rows']);
  const [meta, outbox, rows] = [tx.objectStore('meta'), tx.objectStore('outbox'), tx.objectStore('rows')];
  const [seal, me, device, cursors, row, queue] = await Promise.all([...['seal', 'me', 'device', 'cursors'].map((name) => answer(meta.get(name))),
    answer(rows.get(reminder)), answer(outbox.getAll(null, 200))]);
  const key = seal && !seal.ways && await keyOf(await keyBeside(seal));
  const open = async (/** @type {any} */ value, /** @type {string} */ at) => (key ? unboxed(key, value, at) : isBoxed(value) ? undefined : value);
  const { space, device: same } = seal?.door ?? {};
  const waiting = (await Promise.all(queue.map((/** @type {any} */ edit) => open(edit, 'outbox/')))).filter(Boolean);
  const [who, its, reached, about] = await Promise.all([open(me, 'meta/me'), open(device, 'meta/device'), open(cursors, 'meta/cursors'), open(row, `rows/${reminder}`)]);
  return { id: seal?.id, key, locked: Boolean(seal?.ways), space: who?.space ?? space, device: its ?? same, cursors: reached ?? {}, about: about?.fields ?? {}, waiting };
}

/**
 * Edits into the outbox, as the app would write them.
 * @param {IDBDatabase} home @param {{id?: string, key?: CryptoKey}} seal as it was when we looked @param {any[]} edits
 * @returns {Promise<boolean>} false: another key has come between, look again
 */
export async function putAway(home, { id, key }, edits) {
  const boxes = await Promise.all(edits.map((edit) => (key ? boxed(key, edit, 'outbox/') : edit)));
  // Strict: the answer to a tap must survive the phone going dark in the same second.
  const deal = home.transaction(['meta', 'outbox'], 'readwrite', { durability: 'strict' });
  if ((await answer(deal.objectStore('meta').get('seal')))?.id !== id) return false;
  boxes.forEach((edit) => deal.objectStore('outbox').add(edit));
  return settled(deal);
}
