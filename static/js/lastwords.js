/** The words of a page's last instant, put down where that takes no time: localStorage, covered as all words are (seal.js). */
import { Pad } from './seal.js';

export class LastWords {
  /** @type {Pad | undefined} */
  #pad;

  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }

  /** @param {import('./boxes.js').Held} [held] */
  take(held) {
    this.#pad = held && new Pad(held.key);
  }

  /** @param {Record<string, unknown>} words null for what was dropped */
  keep(words) {
    const plain = JSON.stringify(words);
    const kept = this.#pad ? this.#pad.cover(plain) : plain;
    try {
      if (kept) localStorage.setItem(this.name, kept);
    } catch {}                            // no room, or no leave: then only the disk's copy is left
  }

  /** What was kept, once. @returns {Promise<Record<string, unknown>>} */
  async heard() {
    try {
      const kept = localStorage.getItem(this.name) ?? '{}';
      localStorage.removeItem(this.name);
      return JSON.parse(kept.startsWith('{') ? kept : (await this.#pad?.uncover(kept)) ?? '{}');
    } catch {
      return {};
    }
  }

  forget() {
    try { localStorage.removeItem(this.name); } catch { /* then there was none */ }
  }
}
