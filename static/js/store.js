/**
 * What this phone keeps, in IndexedDB: `ippo` says who is here, `ippo-<person>` holds that person's rows, waiting
 * edits, refused edits and drafts. One database per account: whoever signs in next meets nobody else's words.
 */
import { deleteDB, openDB } from 'idb';
import { Memory } from './memory.js';

/** @typedef {import('./kinds.js').Stored} Stored */
/** @typedef {import('./kinds.js').Waiting} Waiting */
/** @typedef {import('./kinds.js').Refused} Refused */
/**
 * @typedef {object} Change what one answer does to the disk, in one transaction
 * @property {Stored[]} [rows]
 * @property {Waiting[]} [done] leave the outbox
 * @property {Refused[]} [refused] enter the list of refused edits
 * @property {string[]} [gone] spaces that leave this phone
 * @property {Record<string, unknown>} [meta]
 */

const HERE = 'ippo';

let keeping = true;

/** Nothing on the disk of this browser from now on: a therapist's desk. Said before anything else is read or written. */
export const keepNothing = () => { keeping = false; };

/** Does this page live from memory alone, by its own wish? */
export const keepsNothing = () => !keeping;

/** Where a person's rows lie. @param {string} person */
export const shelfOf = (person) => (keeping ? new Disk(person) : new Memory());

/**
 * @param {{getAll(): Promise<any[]>, getAllKeys(): Promise<IDBValidKey[]>}} store
 * @returns {Promise<Record<string, any>>}
 */
async function pairs(store) {
  const [names, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  return Object.fromEntries(names.map((name, i) => [String(name), values[i]]));
}

/** One request of a transaction that tells as a whole how it went. @param {Promise<unknown>} request */
const quietly = (request) => void request.catch(() => undefined);

/**
 * idb makes the promise `done` with every transaction, asked for or not: were the site's data wiped meanwhile, each would
 * shout by itself, besides the request that tells it.
 * @param {import('idb').IDBPDatabase} db
 * @param {string[]} stores
 */
function look(db, stores) {
  const tx = db.transaction(stores, 'readonly');
  quietly(tx.done);
  return tx;
}

/**
 * Strict: resolved means written, also when the battery goes the next second.
 * @template T
 * @param {import('idb').IDBPDatabase} db
 * @param {string[]} stores
 * @param {(tx: import('idb').IDBPTransaction<unknown, string[], 'readwrite'>) => T | Promise<T>} work
 * @param {'strict' | 'relaxed'} [durability]
 * @returns {Promise<T>}
 */
async function write(db, stores, work, durability = 'strict') {
  const tx = db.transaction(stores, 'readwrite', { durability });
  quietly(tx.done);
  const result = await work(tx);
  await tx.done;
  return result;
}

/**
 * One value under its name.
 * @param {import('idb').IDBPDatabase} db
 * @param {string} store
 * @param {string} name
 * @param {unknown} value `undefined` takes it away
 * @param {'strict' | 'relaxed'} [durability]
 */
const lay = (db, store, name, value, durability) => write(db, [store], async (tx) => {
  await (value === undefined ? tx.objectStore(store).delete(name) : tx.objectStore(store).put(value, name));
}, durability);

/** The disk of one person. */
export class Disk {
  /** @type {import('idb').IDBPDatabase | undefined} */
  #db;

  /** @param {string} person */
  constructor(person) {
    this.name = `${HERE}-${person}`;
  }

  /** Everything, in one consistent look. */
  async load() {
    return this.#with(async (db) => {
      const tx = look(db, ['rows', 'outbox', 'refused', 'meta']);
      const [rows, outbox, refused, meta] = await Promise.all([
        tx.objectStore('rows').getAll(), tx.objectStore('outbox').getAll(), tx.objectStore('refused').getAll(),
        pairs(tx.objectStore('meta')),
      ]);
      return { rows, outbox, refused, meta };
    });
  }

  /** @returns {Promise<Record<string, any>>} */
  async meta() {
    return this.#with((db) => pairs(look(db, ['meta']).objectStore('meta')));
  }

  /** @returns {Promise<{outbox: Waiting[], refused: Refused[], cursors: unknown}>} what others may have changed */
  async queue() {
    return this.#with(async (db) => {
      const tx = look(db, ['outbox', 'refused', 'meta']);
      const [outbox, refused, cursors] = await Promise.all([
        tx.objectStore('outbox').getAll(), tx.objectStore('refused').getAll(), tx.objectStore('meta').get('cursors'),
      ]);
      return { outbox, refused, cursors };
    });
  }

  /**
   * @param {Waiting[]} edits
   * @param {string[]} taken refused edits that these try again
   * @returns {Promise<Waiting[]>} the same with their place in the queue, once they are on disk
   */
  async append(edits, taken) {
    return this.#with((db) => write(db, ['outbox', 'refused'], async (tx) => {
      const places = await Promise.all([
        ...edits.map((edit) => tx.objectStore('outbox').add(edit)),
        ...taken.map((id) => tx.objectStore('refused').delete(id)),
      ]);
      return edits.map((edit, i) => ({ ...edit, n: Number(places[i]) }));
    }));
  }

  /**
   * What an answer brought need not reach the metal before it is shown: were it lost with the battery, the cursor and
   * the waiting edits would be those of before, and the next exchange brings it again.
   * @param {Change} change
   */
  async settle({ rows = [], done = [], refused = [], gone = [], meta = {} }) {
    const again = 'cursors' in meta && !('me' in meta);
    return this.#with((db) => write(db, ['rows', 'outbox', 'refused', 'meta'], async (tx) => {
      for (const space of gone) {
        const ids = await tx.objectStore('rows').index('space').getAllKeys(space);
        ids.forEach((id) => quietly(tx.objectStore('rows').delete(id)));
      }
      rows.forEach((row) => quietly(tx.objectStore('rows').put(row)));
      done.forEach(({ n }) => n !== undefined && quietly(tx.objectStore('outbox').delete(n)));
      refused.forEach((edit) => quietly(tx.objectStore('refused').put(edit)));
      Object.entries(meta).forEach(([name, value]) => quietly(tx.objectStore('meta').put(value, name)));
    }, again ? 'relaxed' : 'strict'));
  }

  /** @param {string} id @returns {Promise<void>} */
  async dropRefused(id) {
    return this.#with((db) => write(db, ['refused'], (tx) => tx.objectStore('refused').delete(id)));
  }

  /** @returns {Promise<Record<string, unknown>>} */
  async drafts() {
    return this.#with((db) => pairs(look(db, ['drafts']).objectStore('drafts')));
  }

  /** @param {string} key @param {unknown} value `undefined` drops it */
  async draft(key, value) {
    return this.#with((db) => lay(db, 'drafts', key, value, value === undefined ? 'relaxed' : 'strict'));
  }

  /** @param {Record<string, unknown>} words of the page's last instant, null for what was dropped */
  keepLastWords(words) {
    try {
      localStorage.setItem(this.name, JSON.stringify(words));
    } catch {}                            // no room, or no leave: then only the disk's copy is left
  }

  /** @returns {Record<string, unknown>} */
  lastWords() {
    try {
      const words = JSON.parse(localStorage.getItem(this.name) ?? '{}');
      localStorage.removeItem(this.name);
      return words;
    } catch {
      return {};
    }
  }

  close() {
    this.#db?.close();
    this.#db = undefined;
  }

  async wipe() {
    this.close();
    this.lastWords();
    await deleteDB(this.name);
  }

  /**
   * iOS drops the connection of a page that slept ("Connection to Indexed Database server lost"): open once more.
   * @template T
   * @param {(db: import('idb').IDBPDatabase) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async #with(work) {
    try {
      return await work(await this.#open());
    } catch (error) {
      if (!(error instanceof DOMException) || !/InvalidState|Unknown/.test(error.name)) throw error;
      this.close();
      return work(await this.#open());
    }
  }

  async #open() {
    return (this.#db ??= await openDB(this.name, 1, {
      upgrade(db) {
        db.createObjectStore('rows', { keyPath: 'id' }).createIndex('space', 'space');
        db.createObjectStore('outbox', { keyPath: 'n', autoIncrement: true });
        db.createObjectStore('refused', { keyPath: 'id' });
        db.createObjectStore('meta');
        db.createObjectStore('drafts');
      },
      blocking: () => this.close(),       // another tab wipes or upgrades: do not stand in its way
      terminated: () => this.close(),
    }));
  }
}

/**
 * @template T
 * @param {(db: import('idb').IDBPDatabase) => Promise<T>} work
 */
async function here(work) {
  const db = await openDB(HERE, 1, { upgrade: (fresh) => void fresh.createObjectStore('meta') });
  try {
    return await work(db);
  } finally {
    db.close();
  }
}

/** @param {string} name @returns {Promise<any>} */
export const recall = async (name) => (keeping ? here((db) => look(db, ['meta']).objectStore('meta').get(name)) : undefined);

/** @param {string} name @param {unknown} value `undefined` forgets it */
export const remember = async (name, value) => void (keeping
  && await here((db) => lay(db, 'meta', name, value)));

/** Nobody was ever here: the language that was chosen goes, too. */
export const forgetAll = async () => void (keeping && await deleteDB(HERE));

/**
 * Ask the browser not to clear this site when space is short. Best asked once the person has something to lose:
 * after the first finished attempt. Some browsers ask the person, most decide by themselves; a "no" changes nothing.
 * @returns {Promise<boolean>}
 */
export async function keepSafe() {
  const storage = globalThis.navigator?.storage;
  if (!storage?.persist) return false;
  return (await storage.persisted()) || storage.persist();
}
