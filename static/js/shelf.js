/**
 * The shelf of one person in IndexedDB: `ippo-<person>` holds their rows, waiting edits, refused edits and drafts, each in
 * a box of its own (boxes.js, seal.js). Boxes are made before a transaction begins, which waits for no key; and because
 * another tab may have taken another key meanwhile, each looks first whether ours is still the one.
 */
import { Boxes } from './boxes.js';
import { Base, deal, lay, look, quietly, taken } from './deal.js';
import { dropKey, keyBeside, layKey } from './keyfile.js';
import { LastWords } from './lastwords.js';
import { newId } from './outbox.js';
import { canSeal, keyOf, newSecret } from './seal.js';

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
 * @property {import('./seal.js').Bytes} [raw] the key itself, where the browser has no files (keyfile.js)
 * @property {boolean} [open] things from before there were boxes lie open here (rekey.js)
 * @property {string} [was] the key of before, if it could not be removed yet
 * @property {Record<string, any>} [ways] there is a lock: the key, wrapped: by six digits, by a passkey (lock.js)
 * @property {number} [tries] digits that were wrong, since they were last right
 * @property {boolean} [over] the last of them was wrong: what lies here is to be taken away
 * @property {{space: string, device: string, guest: boolean}} [door] what is known while it is locked: ids, no words
 */

/** @typedef {{rows: Stored[], outbox: Waiting[], refused: Refused[], meta: Record<string, any>}} All */

/** The shelf is locked, and nobody has shown a key. */
export class Shut extends Error {}

export const SEAL = 'seal';
export const STORES = ['rows', 'outbox', 'refused', 'meta', 'drafts'];

/** @param {import('idb').IDBPDatabase} db */
function layOut(db) {
  db.createObjectStore('rows', { keyPath: 'id' }).createIndex('space', 'space');
  db.createObjectStore('outbox', { keyPath: 'n', autoIncrement: true });
  db.createObjectStore('refused', { keyPath: 'id' });
  db.createObjectStore('meta');
  db.createObjectStore('drafts');
}

const ON_ITS_WAY = 3000;                 // ms for a key another tab has just taken to be told to this one

/** The disk of one person. */
export class Disk {
  #boxes = new Boxes();
  #told = (/** @type {unknown} */ _) => {};

  /** @param {string} person @param {Held} [held] */
  constructor(person, held) {
    const name = `ippo-${person}`;
    this.base = new Base(name, layOut);
    this.last = new LastWords(name);
    this.take(held);
  }

  /** From now on with this key. @param {Held} [held] */
  take(held) {
    this.#boxes = new Boxes(held);
    this.last.take(held);
    this.#told(0);
  }

  /** Everything, in one consistent look. @returns {Promise<All>} @throws {Shut} */
  async load() {
    const found = await this.#read(['rows', 'outbox', 'refused', 'meta']).catch((error) => {
      if (!/NotFound|Data/.test(error.name)) throw error;
    });
    // What nothing opens any more is made room of: what was sent comes back.
    if (!found) return this.wipe().then(() => this.load());
    const [rows, outbox, refused, meta] = found;
    if (canSeal() && !this.#boxes.held) await this.#begin('me' in meta);
    return { rows, outbox, refused, meta };
  }

  /** The first key of this shelf, unless another tab was quicker. @param {boolean} open something lies here from before there were boxes */
  async #begin(open) {
    const seal = { ...(await layKey(newId(), newSecret())), ...(open && { open }) };
    await this.#agree(await this.rewrap((one) => one ?? seal));
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
    return this.base.with((db) => look(db, ['outbox']).objectStore('outbox').count());
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
    return this.base.with((db) => look(db, ['meta']).objectStore('meta').get(SEAL));
  }

  /**
   * Change how the key is kept, not the key: one way more, one try less. On the metal before it resolves.
   * @param {(seal: Seal) => Seal} change
   * @returns {Promise<Seal>}
   */
  async rewrap(change) {
    return this.base.with(async (db) => {
      const tx = deal(db, ['meta']);
      const fresh = change(await tx.objectStore('meta').get(SEAL));
      lay(tx, 'meta', SEAL, fresh);
      await tx.done;
      return fresh;
    });
  }

  close() {
    this.base.close();
  }

  async wipe() {
    this.last.forget();
    await dropKey(this.#boxes.held?.id).catch(() => undefined);
    await this.base.wipe();
  }

  /** @param {string[]} stores @returns {Promise<any[]>} what each holds, out of its boxes @throws {Shut} */
  async #read(stores) {
    const asked = stores.includes('meta') ? stores : [...stores, 'meta'];
    return this.opened(asked, await this.base.with((db) => taken(look(db, asked), asked)));
  }

  /** What stores hold, out of its boxes. @param {string[]} stores @param {[string, any][][]} found @throws {Shut} */
  async opened(stores, found) {
    const told = found[stores.indexOf('meta')] ?? [];
    await this.#agree(told.find(([name]) => name === SEAL)?.[1]);
    return Promise.all(stores.map((store, i) => this.#boxes.opened(store, (found[i] ?? []).filter(([name]) => name !== SEAL))));
  }

  /** Is our key still the one? Where none is needed to come in, take it. @param {Seal | undefined} seal @throws {Shut} */
  async #agree(seal) {
    const lacks = () => seal?.id !== this.#boxes.held?.id;
    if (lacks() && seal?.ways && this.#boxes.held) await new Promise((come) => setTimeout(this.#told = come, ON_ITS_WAY));
    if (!lacks()) return;
    // Locked; or gone, with whoever signed out in another tab: nothing is written beside a shelf that is no more.
    if (!seal || seal.ways) throw new Shut();
    try {
      this.take({ id: seal.id, key: await keyOf(await keyBeside(seal)) });
    } catch (error) {
      const now = await this.seal();
      if (now?.id === seal.id) throw error;
      await this.#agree(now);             // another tab changed the key just now
    }
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
    const done = await this.base.with(async (db) => {
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
