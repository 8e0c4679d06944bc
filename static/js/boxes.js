/** Rows, edits and drafts in and out of their boxes, as the stores of a shelf hold them. */
import { boxed, unboxed } from './seal.js';

/** @typedef {{id: string, key: CryptoKey}} Held the key as a page holds it */

/** Stores whose values carry the name they are found by; the others are asked by a name of ours. */
const LISTED = ['rows', 'outbox', 'refused'];

/** What a box is bound to: nobody can put it where another lay. @param {string} store @param {any} value @param {string} [name] */
export const place = (store, value, name) => `${store}/${name ?? (store === 'outbox' ? '' : value.id)}`;

/** The ids that find a box again. @param {string} store @param {any} value */
function label(store, { id, space, n }) {
  if (store === 'rows') return { id, space };
  if (store === 'refused') return { id };
  return n === undefined ? {} : { n };
}

export class Boxes {
  /** @param {Held} [held] without a key everything stays as it is */
  constructor(held) {
    this.held = held;
  }

  /** @param {string} store @param {readonly any[]} values @returns {Promise<any[]>} */
  list(store, values) {
    const { key } = this.held ?? {};
    return Promise.all(values.map(async (value) => (key ? { ...label(store, value), ...(await boxed(key, value, place(store, value))) } : value)));
  }

  /** @param {string} store @param {Record<string, unknown>} values @returns {Promise<[string, any][]>} */
  named(store, values) {
    const { key } = this.held ?? {};
    return Promise.all(Object.entries(values).map(async ([name, value]) => (
      /** @type {[string, any]} */ ([name, key && value !== undefined ? await boxed(key, value, place(store, value, name)) : value]))));
  }

  /**
   * What a store holds, out of its boxes.
   * @param {string} store
   * @param {[name: string, value: any][]} found
   * @returns {Promise<any>} a list, or a record by names
   */
  async opened(store, found) {
    const { key } = this.held ?? {};
    const listed = LISTED.includes(store);
    const values = await Promise.all(found.map(async ([name, value]) => {
      const plain = key ? await unboxed(key, value, place(store, value, listed ? undefined : name)) : value;
      return store === 'outbox' ? { ...plain, n: value.n } : plain;
    }));
    return listed ? values : Object.fromEntries(found.map(([name], i) => [name, values[i]]));
  }

  /**
   * The same things in boxes of ours, each with its name where the store keeps none.
   * @param {string} store
   * @param {any} plain as `opened` gives it
   * @returns {Promise<[string | undefined, any][]>}
   */
  async again(store, plain) {
    if (!LISTED.includes(store)) return this.named(store, plain);
    return (await this.list(store, plain)).map((value) => [undefined, value]);
  }
}
