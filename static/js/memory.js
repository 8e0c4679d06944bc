/** What a page keeps where nothing may lie on a disk: some private windows, and the therapist's desk. */

/** @typedef {import('./kinds.js').Waiting} Waiting */
/** @typedef {import('./kinds.js').Refused} Refused */

/** The same as the disk of store.js, for as long as the page lives. */
export class Memory {
  #drafts = /** @type {Record<string, unknown>} */ ({});
  last = { keep() {}, heard: async () => ({}) };
  async load() {
    return { rows: [], outbox: [], refused: [], meta: /** @type {Record<string, any>} */ ({}) };
  }
  async queue() {
    return { outbox: /** @type {Waiting[]} */ ([]), refused: /** @type {Refused[]} */ ([]), cursors: undefined };
  }
  /** @param {Waiting[]} edits */
  async append(edits) {
    return edits;
  }
  /** @param {import('./boxes.js').Held} [_held] */
  take(_held) {}
  /** @returns {Promise<import('./shelf.js').Seal | undefined>} */
  async seal() {
    return undefined;
  }
  async meta() {
    return /** @type {Record<string, any>} */ ({});
  }
  async settle() {}
  async dropRefused() {}
  async drafts() {
    return this.#drafts;
  }
  /** @param {string} key @param {unknown} value */
  async draft(key, value) {
    this.#drafts[key] = value;
  }
  close() {}
  async wipe() {}
}
