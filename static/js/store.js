/**
 * What this phone keeps, in IndexedDB: `ippo` says who is here, `ippo-<person>` (shelf.js) holds that person's things. One
 * database per account: whoever signs in next meets nobody else's words.
 */
import { deleteDB, openDB } from 'idb';
import { deal, lay, look, patiently } from './deal.js';
import { Memory } from './memory.js';
import { Disk } from './shelf.js';

export { keepSafe } from './keepsafe.js';
export { Disk };

const HERE = 'ippo';

let keeping = true;

/** Nothing on the disk of this browser from now on: a therapist's desk, a phone of somebody else's. Said before anything else is read or written. */
export const keepNothing = (wish = true) => { keeping = !wish; };

/** Does this page live from memory alone, by its own wish? */
export const keepsNothing = () => !keeping;

/** Where a person's rows lie. @param {string} person @param {import('./boxes.js').Held} [held] */
export const shelfOf = (person, held) => (keeping ? new Disk(person, held) : new Memory());

/**
 * @template T
 * @param {(db: import('idb').IDBPDatabase) => Promise<T>} work
 * @returns {Promise<T>}
 */
const here = (work) => patiently(async () => {
  const db = await openDB(HERE, 1, { upgrade: (fresh) => void fresh.createObjectStore('meta') });
  return work(db).finally(() => db.close());
});

/** @param {string} name @returns {Promise<any>} */
export const recall = async (name) => (keeping ? here((db) => look(db, ['meta']).objectStore('meta').get(name)) : undefined);

/** @param {string} name @param {unknown} value `undefined` forgets it */
export const remember = async (name, value) => void (keeping
  && await here(async (db) => {
    const tx = deal(db, ['meta']);
    lay(tx, 'meta', name, value);
    await tx.done;
  }));

/**
 * What the house is told of whoever leaves: where the shelf of somebody else lies here, which it does while they have words
 * that were not sent (account.js), the browser is not to clear everything.
 */
export async function leaving() {
  try {
    const mine = [HERE, `${HERE}-${await recall('current')}`];
    return { shared: (await indexedDB.databases()).some(({ name = '' }) => !mine.includes(name)) };
  } catch {
    return { shared: false };
  }
}

/** Nobody was ever here: the language that was chosen goes, too. */
export const forgetAll = async () => void (keeping && await deleteDB(HERE));
