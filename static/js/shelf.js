/**
 * The shelf of one person in IndexedDB: `ippo-<person>` holds their rows, waiting edits, refused edits and drafts, each in
 * a box of its own (boxes.js, seal.js). Boxes are made before a transaction begins, which waits for no key; and because
 * another tab may have taken another key meanwhile, each looks first whether ours is still the one.
 */
import { Boxes } from './boxes.js';
import { Base, deal, lay, look, quietly, taken } from './deal.js';
import { LastWords } from './lastwords.js';
import { newId } from './outbox.js';
import { canSeal, isBoxed, keyOf, newSecret } from './seal.js';

/** @typedef {import('./kinds.js').Stored} Stored @typedef {import('./kinds.js').Waiting} Waiting @typedef {import('./kinds.js').Refused} Refused */
/** @typedef {import('./boxes.js').Held} Held @typedef {import('./deal.js').Deal} Deal */
/**
 * @typedef {object} Change what one answer does to the disk, in one transaction
 * @property {Stored[]} [rows]
 * @property {Waiting[]} [done] leave the outbox
 * @property {Refused[]} [refused] enter the list of refused edits
 * @property {string[]} [gone] spaces that leave this phone
 * @property {Record<string, unknown>} [meta]
 */
/**
 * @typedef {object} Seal how the key of this shelf is kept
 * @property {string} id another key has another
 * @property {import('./seal.js').Bytes} [raw] the key itself: there is no lock
 * @property {Record<string, any>} [ways] the key, wrapped: by six digits, by a passkey (lock.js)
 * @property {number} [tries] digits that were wrong, since they were last right
 * @property {boolean} [over] the last of them was wrong: what lies here is to be taken away
 * @property {{space: string, device: string, guest: boolean}} [door] what is known while it is locked: ids, no words
 */

/** The shelf is locked, and nobody has shown a key. */
export class Shut extends Error {}

const SEAL = 'seal';
const STORES = ['rows', 'outbox', 'refused', 'meta', 'drafts'];

/** @param {import('idb').IDBPDatabase} db */
function layOut(db) {
  db.createObjectStore('rows', { keyPath: 'id' }).createIndex('space', 'space');
  db.createObjectStore('outbox', { keyPath: 'n', autoIncrement: true });
  db.createObjectStore('refused', { keyPath: 'id' });
  db.createObjectStore('meta');
  db.createObjectStore('drafts');
}

/** The disk of one person. */
export class Disk {
  #base;
  #boxes = new Boxes();

  /** @param {string} person @param {Held} [held] */
  constructor(person, held) {
    const name = `ippo-${person}`;
    this.#base = new Base(name, layOut);
    this.last = new LastWords(name);
    this.take(held);
  }

  /** From now on with this key. @param {Held} [held] */
  take(held) {
    this.#boxes = new Boxes(held);
    this.last.take(held);
  }

  /** Everything, in one consistent look. @throws {Shut} */
  async load() {
    const [rows, outbox, refused, meta] = await this.#read(['rows', 'outbox', 'refused', 'meta']);
    if (canSeal() && !this.#boxes.held) await this.#begin();
    return { rows, outbox, refused, meta };
  }

  /** The first key of this shelf; what lies open on it from before goes into boxes. */
  async #begin() {
    const raw = newSecret();
    await this.reseal({ id: newId(), raw }, await keyOf(raw));
  }

  /** @returns {Promise<Record<string, any>>} @throws {Shut} */
  async meta() {
    return (await this.#read(['meta']))[0];
  }

  /** @returns {Promise<{outbox: Waiting[], refused: Refused[], cursors: unknown}>} what others may have changed @throws {Shut} */
  async queue() {
    const [outbox, refused, meta] = await this.#read(['outbox', 'refused', 'meta']);
    return { outbox, refused, cursors: meta.cursors };
  }

  /** How many edits wait: that much is to be seen without a key. */
  async waiting() {
    return this.#base.with((db) => look(db, ['outbox']).objectStore('outbox').count());
  }

  /**
   * @param {Waiting[]} edits
   * @param {string[]} taken refused edits that these try again
   * @returns {Promise<Waiting[]>} the same with their place in the queue, once they are on disk
   */
  async append(edits, taken) {
    const places = await this.#write(['outbox', 'refused'], (boxes) => boxes.list('outbox', edits), (tx, boxes) => Promise.all([
      ...boxes.map((edit) => tx.objectStore('outbox').add(edit)),
      ...taken.map((id) => tx.objectStore('refused').delete(id)),
    ]));
    return edits.map((edit, i) => ({ ...edit, n: Number(places[i]) }));
  }

  /**
   * What an answer brought need not reach the metal before it is shown: were it lost with the battery, the cursor and
   * the waiting edits would be those of before, and the next exchange brings it again.
   * @param {Change} change
   */
  async settle({ rows = [], done = [], refused = [], gone = [], meta = {} }) {
    const again = 'cursors' in meta && !('me' in meta);
    const prepare = (/** @type {Boxes} */ boxes) => Promise.all([boxes.list('rows', rows), boxes.list('refused', refused), boxes.named('meta', meta)]);
    await this.#write(['rows', 'outbox', 'refused'], prepare, async (tx, [fresh, handed, told], seal) => {
      for (const space of gone) {
        const ids = await tx.objectStore('rows').index('space').getAllKeys(space);
        ids.forEach((id) => quietly(tx.objectStore('rows').delete(id)));
      }
      fresh.forEach((row) => lay(tx, 'rows', undefined, row));
      done.forEach(({ n }) => n !== undefined && quietly(tx.objectStore('outbox').delete(n)));
      handed.forEach((edit) => lay(tx, 'refused', undefined, edit));
      told.forEach(([name, value]) => lay(tx, 'meta', name, value));
      const me = /** @type {import('./kinds.js').Me | undefined} */ (meta.me);
      if (seal?.door && me) lay(tx, 'meta', SEAL, { ...seal, door: { ...seal.door, guest: Boolean(me.guest) } });
    }, again ? 'relaxed' : 'strict');
  }

  /** @param {string} id @returns {Promise<void>} */
  async dropRefused(id) {
    await this.#write(['refused'], async () => null, (tx) => tx.objectStore('refused').delete(id));
  }

  /** @returns {Promise<Record<string, unknown>>} @throws {Shut} */
  async drafts() {
    return (await this.#read(['drafts']))[0];
  }

  /** @param {string} key @param {unknown} value `undefined` drops it */
  async draft(key, value) {
    await this.#write(['drafts'], (boxes) => boxes.named('drafts', { [key]: value }), async (tx, told) => {
      told.forEach(([name, one]) => lay(tx, 'drafts', name, one));
    }, value === undefined ? 'relaxed' : 'strict');
  }

  /** @returns {Promise<Seal | undefined>} */
  async seal() {
    return this.#base.with((db) => look(db, ['meta']).objectStore('meta').get(SEAL));
  }

  /**
   * Change how the key is kept, not the key: one way more, one try less. On the metal before it resolves.
   * @param {(seal: Seal) => Seal} change
   * @returns {Promise<Seal>}
   */
  async rewrap(change) {
    return this.#base.with(async (db) => {
      const tx = deal(db, ['meta']);
      const fresh = change(await tx.objectStore('meta').get(SEAL));
      lay(tx, 'meta', SEAL, fresh);
      await tx.done;
      return fresh;
    });
  }

  /**
   * Another key for everything, in one transaction: killed at any moment, all of it lies under the old one or all of it
   * under the new one. What others wrote between the look and the deal is looked at again.
   * @param {Seal} seal
   * @param {CryptoKey} key
   */
  async reseal(seal, key) {
    const held = { id: seal.id, key };
    const fresh = new Boxes(held);
    for (let done = false; !done;) {
      const before = await this.#base.with((db) => taken(look(db, STORES), STORES));
      const plain = await this.#open(STORES, before);
      const boxes = await Promise.all(STORES.map((store, i) => fresh.again(store, plain[i])));
      done = await this.#base.with(async (db) => {
        const tx = deal(db, STORES);
        if (!alike(before, await taken(tx, STORES))) return tx.abort(), false;
        STORES.forEach((store, i) => boxes[i]?.forEach(([name, value]) => lay(tx, store, name, value)));
        lay(tx, 'meta', SEAL, seal);
        return tx.done.then(() => true);
      });
    }
    this.take(held);
  }

  close() {
    this.#base.close();
  }

  async wipe() {
    this.last.forget();
    await this.#base.wipe();
  }

  /** @param {string[]} stores @returns {Promise<any[]>} what each holds, out of its boxes @throws {Shut} */
  async #read(stores) {
    const asked = stores.includes('meta') ? stores : [...stores, 'meta'];
    return this.#open(asked, await this.#base.with((db) => taken(look(db, asked), asked)));
  }

  /** @param {string[]} stores @param {[string, any][][]} found @throws {Shut} */
  async #open(stores, found) {
    const told = found[stores.indexOf('meta')] ?? [];
    await this.#agree(told.find(([name]) => name === SEAL)?.[1]);
    return Promise.all(stores.map((store, i) => this.#boxes.opened(store, (found[i] ?? []).filter(([name]) => name !== SEAL))));
  }

  /** Is our key still the one? Where none is needed to come in, take it. @param {Seal | undefined} seal @throws {Shut} */
  async #agree(seal) {
    if (seal?.id === this.#boxes.held?.id) return;
    // Locked; or gone, with whoever signed out in another tab: nothing is written beside a shelf that is no more.
    if (seal ? !seal.raw : this.#boxes.held) throw new Shut();
    this.take(seal?.raw && { id: seal.id, key: await keyOf(seal.raw) });
  }

  /**
   * @template T, R
   * @param {string[]} stores
   * @param {(boxes: Boxes) => Promise<T>} prepare
   * @param {(tx: Deal, ready: T, seal: Seal | undefined) => R | Promise<R>} work
   * @param {'strict' | 'relaxed'} [durability]
   * @returns {Promise<R>}
   */
  async #write(stores, prepare, work, durability) {
    const boxes = this.#boxes;
    const ready = await prepare(boxes);
    /** @type {Seal | undefined} */
    let seal;
    const done = await this.#base.with(async (db) => {
      const tx = deal(db, [...stores, 'meta'], durability);
      seal = await tx.objectStore('meta').get(SEAL);
      if (seal?.id !== boxes.held?.id) return void tx.abort();
      const result = await work(tx, ready, seal);
      await tx.done;
      return { result };
    });
    if (done) return done.result;
    await this.#agree(seal);              // another tab changed the key between
    return this.#write(stores, prepare, work, durability);
  }
}

/** Do both hold the very same? A new box never looks like the old one. @param {[string, any][][]} one @param {[string, any][][]} other */
const alike = (one, other) => mark(one) === mark(other);
/** @param {[string, any][][]} found */
const mark = (found) => JSON.stringify(found, (_, value) => (isBoxed(value) ? value.box.subarray(0, 12).join() : value));
