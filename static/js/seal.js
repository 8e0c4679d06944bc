/**
 * What lies on this phone's disk is sealed, from the first word on: browsers leave deleted words lying in their files for
 * months, so that a lock set later could not cover them. Without a lock the key lies beside it; with one, only wrapped
 * (lock.js). AES-GCM, 256 bits, a fresh nonce each time, bound to the place where the box stands.
 */

/** @typedef {{box: Uint8Array<ArrayBuffer>}} Boxed a value as it lies on the disk, beside the ids that find it */
/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

const NONCE = 12;
const utf8 = new TextEncoder();
const text = new TextDecoder();

/** Pages that are not https have no keys: there, words lie open as they always did. */
export const canSeal = () => Boolean(globalThis.crypto?.subtle);

/** @returns {Bytes} */
export const newSecret = () => crypto.getRandomValues(new Uint8Array(32));

/** A key that cannot be taken out of the browser again. @param {BufferSource} raw */
export const keyOf = (raw) => crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

/** @param {string} at */
const bound = (at) => ({ name: 'AES-GCM', additionalData: utf8.encode(at) });

/** @param {CryptoKey} key @param {BufferSource} plain @param {string} at @returns {Promise<Bytes>} */
export async function lockUp(key, plain, at) {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ ...bound(at), iv }, key, plain));
  const box = new Uint8Array(NONCE + sealed.length);
  box.set(iv);
  box.set(sealed, NONCE);
  return box;
}

/** @param {CryptoKey} key @param {Bytes} box @param {string} at @returns {Promise<ArrayBuffer>} rejects where the key is another one */
export const lookInto = (key, box, at) => crypto.subtle.decrypt({ ...bound(at), iv: box.subarray(0, NONCE) }, key, box.subarray(NONCE));

/** @param {CryptoKey} key @param {unknown} value as JSON can carry it @param {string} at @returns {Promise<Boxed>} */
export const boxed = async (key, value, at) => ({ box: await lockUp(key, utf8.encode(JSON.stringify(value)), at) });

/** @param {any} value @returns {value is Boxed} */
export const isBoxed = (value) => value?.box instanceof Uint8Array;

/** What is not in a box is given back as it is: from before there were any, or from a worker without a key. @param {CryptoKey} key @param {any} value @param {string} at */
export const unboxed = async (key, value, at) => (isBoxed(value) ? JSON.parse(text.decode(await lookInto(key, /** @type {Bytes} */ (value.box), at))) : value);

/** How many bytes of last words there is room for. */
const ROOM = 32_768;
const LAST = 'last words';

/**
 * When a page ends there is no time to wait for a key. So the pad is made while there is time (zeros, sealed), and the
 * words of the last instant are laid over it at once. Each pad is good for one use.
 */
export class Pad {
  /** @type {Bytes | undefined} */
  #ready;

  /** @param {CryptoKey} key */
  constructor(key) {
    this.key = key;
    this.make();
  }

  make() {
    lockUp(this.key, new Uint8Array(ROOM), LAST).then((box) => { this.#ready = box; }, () => undefined);
  }

  get ready() {
    return this.#ready !== undefined;
  }

  /** @param {string} words @returns {string | null} null where they are too many, or it is too soon */
  cover(words) {
    const [plain, pad] = [utf8.encode(words), this.#ready];
    if (!pad || plain.length > ROOM) return null;
    this.#ready = undefined;
    this.make();
    const covered = pad.slice(0, NONCE + plain.length);
    plain.forEach((byte, at) => { covered[NONCE + at] = Number(covered[NONCE + at]) ^ byte; });
    return btoa(Array.from(covered, (byte) => String.fromCharCode(byte)).join(''));
  }

  /** @param {string} covered @returns {Promise<string>} */
  async uncover(covered) {
    const bytes = Uint8Array.from(atob(covered), (sign) => sign.charCodeAt(0));
    const iv = bytes.subarray(0, NONCE);
    const pad = new Uint8Array(await crypto.subtle.encrypt({ ...bound(LAST), iv }, this.key, new Uint8Array(bytes.length - NONCE)));
    return text.decode(bytes.subarray(NONCE).map((byte, at) => byte ^ Number(pad[at])));
  }
}
