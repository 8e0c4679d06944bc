/**
 * The lock of this phone. The key of the shelf lies there wrapped: by six digits (PBKDF2), by a passkey (its PRF), or both.
 * Six digits keep a family out, not a laboratory; five wrong ones take what lies here away.
 */
import { draftsWritten } from './drafts.js';
import { layTwice } from './keytwice.js';
import { newId } from './outbox.js';
import { holdsOn, shelf, unlock } from './gate.js';
import { inTurn, meta } from './phone.js';
import { forgetOld, rekey, rekeyOpen } from './rekey.js';
import { keyOf, lockUp, lookInto, newSecret } from './seal.js';
import { report } from './status.js';
import { tellTabs } from './tabs.js';

/** @typedef {import('./seal.js').Bytes} Bytes */
/** @typedef {import('./shelf.js').Seal} Seal @typedef {import('./shelf.js').Disk} Disk @typedef {import('./boxes.js').Held} Held */
/** @typedef {{salt: Bytes, rounds: number, box: Bytes}} ByDigits @typedef {{id: Bytes, salt: Bytes, box: Bytes}} ByPasskey */
/** @typedef {'open' | 'wrong' | 'gone' | 'quiet'} Came in; not the right ones; those were the last; changed their mind */

export const DIGITS = 6;
export const TRIES = 5;
const ROUNDS = 600_000;
const AT = 'wrapped';

/** @param {number} [length] @returns {Bytes} */
const random = (length = 16) => crypto.getRandomValues(new Uint8Array(length));

/** @param {string} digits @param {Bytes} salt @param {number} rounds */
async function keyOfDigits(digits, salt, rounds) {
  const from = await crypto.subtle.importKey('raw', new TextEncoder().encode(digits), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, from, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** @param {BufferSource} output of the passkey's PRF @param {Bytes} salt */
async function keyOfPasskey(output, salt) {
  const from = await crypto.subtle.importKey('raw', output, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode('ippo lock');
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, from, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** @param {string} digits @returns {(raw: Bytes) => Promise<{digits: ByDigits}>} */
const wrapByDigits = (digits) => async (raw) => {
  const salt = random();
  return { digits: { salt, rounds: ROUNDS, box: await lockUp(await keyOfDigits(digits, salt, ROUNDS), raw, AT) } };
};

/** @param {ByDigits} way @param {string} digits @returns {Promise<Bytes | null>} */
async function byDigits({ salt, rounds, box }, digits) {
  const key = await keyOfDigits(digits, salt, rounds);
  return lookInto(key, box, AT).then((raw) => new Uint8Array(raw), () => null);
}

/** Another key for the shelf; the other tabs go on with it. @param {boolean} lock @param {(disk: Disk) => Promise<Held>} change */
const changeKey = (lock, change) => inTurn(async () => {
  const disk = shelf();
  await draftsWritten();
  if (!disk) return;
  const held = await change(disk);
  report({ lock });
  tellTabs({ held, lock });
});

/** What a page that died, or an older house, left to be done on the disk. */
export async function tidyKeys() {
  const seal = await shelf()?.seal();
  if (seal?.open && !seal.ways) await changeKey(false, rekeyOpen);
  else if (seal?.was) await inTurn(async () => { await forgetOld(/** @type {Disk} */ (shelf())); });
  else if (seal && !seal.ways && !seal.raw) await layTwice(seal.id);
}

/** Everything lies under a new key from here on, whatever the old one was known to. @param {(raw: Bytes) => Promise<Record<string, any>>} wrap */
async function lockWith(wrap) {
  const raw = newSecret();
  const { me, device } = meta;
  const door = { space: me.space, device, guest: Boolean(me.guest) };
  const [id, ways, key] = [newId(), await wrap(raw), await keyOf(raw)];
  await changeKey(true, async (disk) => {
    await rekey(disk, { id, ways, tries: 0, door }, key);
    return { id, key };
  });
}

/** @param {string} digits */
export const lockWithDigits = (digits) => lockWith(wrapByDigits(digits));

/** @returns {Promise<boolean>} false: the passkey gives no key here, or the person changed their mind */
export async function lockWithPasskey() {
  const found = await makePasskey();
  if (found) await lockWith(found.wrap);
  return Boolean(found);
}

/** What ways there are, and how things stand, to be seen without a key. */
export async function standing() {
  const seal = await shelf()?.seal();
  return {
    digits: Boolean(seal?.ways?.digits), passkey: Boolean(seal?.ways?.passkey), left: seal?.over ? 0 : Math.max(1, TRIES - (seal?.tries ?? 0)),
    guest: seal?.door?.guest ?? false, waiting: (await shelf()?.waiting()) ?? 0,
  };
}

/**
 * The try is counted, on the metal, before the digits are looked at: a page that is killed in between has had it. Right
 * digits open however many were counted; only wrong ones end it, and that is noted before anything else can come between.
 * @param {string} digits
 * @returns {Promise<Bytes | null | 'gone'>}
 */
async function tryDigits(digits) {
  const disk = shelf();
  const seal = await disk?.rewrap((one) => ({ ...one, tries: (one.tries ?? 0) + 1 }));
  if (!disk || !seal?.ways?.digits || seal.over) return 'gone';
  const raw = await byDigits(seal.ways.digits, digits);
  if (!raw && (seal.tries ?? 0) < TRIES) return null;
  await disk.rewrap((one) => (raw ? { ...one, tries: 0 } : { ...one, over: true }));
  return raw ?? 'gone';
}

/** @param {string} digits @returns {Promise<Came>} gone: what lies here has to be taken away now */
export async function enterWithDigits(digits) {
  if (await notLockedAnyMore()) return 'open';
  const raw = await tryDigits(digits);
  if (raw === 'gone') return raw;
  return raw ? enter(raw) : 'wrong';
}

/** @returns {Promise<Came>} */
export async function enterWithPasskey() {
  if (await notLockedAnyMore()) return 'open';
  const raw = await showPasskey();
  return raw ? enter(raw) : 'quiet';
}

/** Another tab took the lock away. */
async function notLockedAnyMore() {
  const seal = await shelf()?.seal();
  if (seal?.ways) return false;
  return unlock();
}

/** @param {Bytes} raw @returns {Promise<Came>} */
async function enter(raw) {
  if (holdsOn()) report({ locked: false });
  else await unlock({ id: (await shelf()?.seal())?.id ?? '', key: await keyOf(raw) });
  return 'open';
}

/** Whether these are the digits, asked of somebody who is inside. @param {string} digits @returns {Promise<Came>} */
export async function prove(digits) {
  const raw = await tryDigits(digits);
  return raw === 'gone' ? raw : raw ? 'open' : 'wrong';
}

/** Other digits, or a passkey besides: the same key, wrapped once more. @param {string} digits of now @param {string} [fresh] @returns {Promise<Came>} */
export async function addWay(digits, fresh) {
  const raw = await tryDigits(digits);
  if (raw === 'gone') return raw;
  if (!raw) return 'wrong';
  const made = fresh ? { wrap: wrapByDigits(fresh) } : await makePasskey();
  if (!made) return 'quiet';
  const way = await made.wrap(raw);
  await shelf()?.rewrap((one) => ({ ...one, ways: { ...one.ways, ...way } }));
  return 'open';
}

/** Without a lock from here on: under a key that lies beside. */
export const unlockForGood = () => changeKey(false, rekeyOpen);

// ---- the phone's own lock -------------------------------------------------------------------------------------------

/** Does this browser say it can take a key out of a passkey? Some say nothing and can. */
export const mayUsePasskey = () => typeof globalThis.PublicKeyCredential === 'function' && Boolean(globalThis.navigator?.credentials);

/** The salt goes in twice: as what the passkey is asked, and on the way from its answer to the key. */
async function makePasskey() {
  const salt = random(32);
  const id = await created(salt);
  const output = id && await asked(id, salt);
  if (!id || !output) return null;
  return { wrap: async (/** @type {Bytes} */ raw) => ({ passkey: { id, salt, box: await lockUp(await keyOfPasskey(output, salt), raw, AT) } }) };
}

/** @param {Bytes} salt @returns {Promise<Bytes | null>} its id */
async function created(salt) {
  const publicKey = {
    challenge: random(32), rp: { name: 'Ippo' }, user: { id: random(), name: 'Ippo', displayName: 'Ippo' },
    pubKeyCredParams: [{ type: /** @type {const} */ ('public-key'), alg: -7 }, { type: /** @type {const} */ ('public-key'), alg: -257 }],
    // A passkey of this phone, for this phone: it is not one to sign in with.
    authenticatorSelection: { userVerification: /** @type {const} */ ('required'), residentKey: /** @type {const} */ ('discouraged'), authenticatorAttachment: /** @type {const} */ ('platform') },
    extensions: { prf: { eval: { first: salt } } },
  };
  const made = /** @type {PublicKeyCredential | null} */ (await willing(() => navigator.credentials.create({ publicKey })));
  return made && new Uint8Array(made.rawId);
}

/** @param {Bytes} id @param {Bytes} salt @returns {Promise<BufferSource | null>} */
async function asked(id, salt) {
  const publicKey = {
    challenge: random(32), allowCredentials: [{ type: /** @type {const} */ ('public-key'), id }],
    userVerification: /** @type {const} */ ('required'), extensions: { prf: { eval: { first: salt } } },
  };
  const shown = /** @type {PublicKeyCredential | null} */ (await willing(() => navigator.credentials.get({ publicKey })));
  return shown?.getClientExtensionResults().prf?.results?.first ?? null;
}

/** @returns {Promise<Bytes | null>} */
async function showPasskey() {
  const way = /** @type {ByPasskey | undefined} */ ((await shelf()?.seal())?.ways?.passkey);
  const output = way && await asked(way.id, way.salt);
  if (!way || !output) return null;
  return lookInto(await keyOfPasskey(output, way.salt), way.box, AT).then((raw) => new Uint8Array(raw), () => null);
}

/** Browsers say "not allowed" for a no, a time-out and a phone without a lock alike. @template T @param {() => Promise<T>} question @returns {Promise<T | null>} */
async function willing(question) {
  try {
    return await question();
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
