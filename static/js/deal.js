/** How one speaks with IndexedDB here: a look, a deal, and a line that opens again. */
import { deleteDB, openDB } from 'idb';
import { report } from './status.js';

/**
 * ms between tries. A browser that is slow to die still holds what the next one wants to read; iOS drops the connection of a
 * page that slept; and whoever was told then that nothing is here would take their words for lost.
 */
const PAUSES = [0, 100, 300, 1000, 3000];
let pauses = [...PAUSES];                // all doors of a page wait together, once

/**
 * @template T
 * @param {() => Promise<T>} work
 * @param {() => void} [between]
 * @returns {Promise<T>}
 */
export async function patiently(work, between = () => {}) {
  for (;;) {
    try {
      const done = await work();
      pauses = [...PAUSES];
      return done;
    } catch (error) {
      if (!(error instanceof DOMException) || !/InvalidState|Unknown|Abort|Timeout/.test(error.name)) throw error;
      const pause = pauses.shift();
      if (pause === undefined) throw report({ parted: 'shut' }), error;
      between();
      await new Promise((again) => setTimeout(again, pause));
    }
  }
}

/** One request of a transaction that tells as a whole how it went. @param {Promise<unknown>} request */
export const quietly = (request) => void request.catch(() => undefined);

/**
 * idb makes the promise `done` with every transaction, asked for or not: were the site's data wiped meanwhile, each would
 * shout by itself, besides the request that tells it.
 * @param {import('idb').IDBPDatabase} db
 * @param {string[]} stores
 */
export function look(db, stores) {
  const tx = db.transaction(stores, 'readonly');
  quietly(tx.done);
  return tx;
}

/**
 * Strict: resolved means written, also when the battery goes the next second.
 * @param {import('idb').IDBPDatabase} db
 * @param {string[]} stores
 * @param {'strict' | 'relaxed'} [durability]
 */
export function deal(db, stores, durability = 'strict') {
  const tx = db.transaction(stores, 'readwrite', { durability });
  quietly(tx.done);
  return tx;
}

/** @typedef {import('idb').IDBPTransaction<unknown, string[], 'readwrite'>} Deal */

/** @param {Deal} tx @param {string} store @param {string | undefined} name @param {unknown} value `undefined` takes it away */
export function lay(tx, store, name, value) {
  const held = tx.objectStore(store);
  quietly(/** @type {Promise<unknown>} */ (value === undefined && name !== undefined ? held.delete(name) : held.put(value, name)));
}

/**
 * What each store holds, by names.
 * @param {import('idb').IDBPTransaction<unknown, string[], 'readonly' | 'readwrite'>} tx
 * @param {string[]} stores
 * @returns {Promise<[string, any][][]>}
 */
export const taken = (tx, stores) => Promise.all(stores.map(async (store) => {
  const [names, values] = await Promise.all([tx.objectStore(store).getAllKeys(), tx.objectStore(store).getAll()]);
  return names.map((name, i) => /** @type {[string, any]} */ ([String(name), values[i]]));
}));

/** A database by its name, and the line to it. */
export class Base {
  /** @type {Promise<import('idb').IDBPDatabase> | undefined} one, also for those who ask at once: a second would never be closed */
  #line;

  /** @param {string} name @param {(db: import('idb').IDBPDatabase) => void} layOut */
  constructor(name, layOut) {
    this.name = name;
    this.layOut = layOut;
  }

  /**
   * @template T
   * @param {(db: import('idb').IDBPDatabase) => Promise<T>} work
   * @returns {Promise<T>}
   */
  with(work) {
    return patiently(async () => work(await this.#open()), () => this.close());
  }

  #open() {
    const away = () => this.close();      // another tab wipes or upgrades: do not stand in its way
    this.#line ??= openDB(this.name, 1, { upgrade: (db) => this.layOut(db), blocking: away, terminated: away });
    this.#line.catch(away);
    return this.#line;
  }

  close() {
    this.#line?.then((db) => db.close(), () => undefined);
    this.#line = undefined;
  }

  async wipe() {
    this.close();
    await deleteDB(this.name);
  }
}
