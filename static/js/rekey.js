/**
 * Another key for everything on a shelf, in one transaction: killed at any moment, all of it lies under the old one or all
 * of it under the new one. Then the old key goes: it opens what the browser's files still hold of the boxes before.
 */
import { Boxes } from './boxes.js';
import { deal, lay, look, taken } from './deal.js';
import { dropKey, layKey } from './keyfile.js';
import { newId } from './outbox.js';
import { isBoxed, keyOf, newSecret } from './seal.js';
import { SEAL, STORES } from './shelf.js';

/** @typedef {import('./shelf.js').Disk} Disk @typedef {import('./shelf.js').Seal} Seal */

/** @param {Disk} disk @param {Seal} seal @param {CryptoKey} key */
export async function rekey(disk, seal, key) {
  const held = { id: seal.id, key };
  const fresh = new Boxes(held);
  /** @type {Seal | undefined} */
  let was;
  for (let done = false; !done;) {
    const before = await disk.base.with((db) => taken(look(db, STORES), STORES));
    was = sealIn(before);
    const plain = await disk.opened(STORES, before);
    const boxes = await Promise.all(STORES.map((store, i) => fresh.again(store, plain[i])));
    done = await disk.base.with(async (db) => {
      const tx = deal(db, STORES);
      // What others wrote between the look and the deal is looked at again.
      if (!alike(before, await taken(tx, STORES))) return tx.abort(), false;
      STORES.forEach((store, i) => boxes[i]?.forEach(([name, value]) => lay(tx, store, name, value)));
      lay(tx, 'meta', SEAL, { ...seal, was: was?.id });
      return tx.done.then(() => true);
    });
  }
  disk.take(held);
  await forgetOld(disk);
}

/** Under a new key that lies beside: there is no lock. @param {Disk} disk @returns {Promise<import('./boxes.js').Held>} */
export async function rekeyOpen(disk) {
  const [raw, id] = [newSecret(), newId()];
  const key = await keyOf(raw);
  await rekey(disk, await layKey(id, raw), key);
  return { id, key };
}

/** The key of before, if a page died before it could be removed. @param {Disk} disk */
export async function forgetOld(disk) {
  const was = (await disk.seal())?.was;
  if (!was) return;
  await dropKey(was).catch(() => undefined);
  await disk.rewrap(({ was: gone, ...seal }) => (gone === was ? seal : { ...seal, was: gone }));
}

/** @param {[string, any][][]} found @returns {Seal | undefined} */
const sealIn = (found) => found[STORES.indexOf('meta')]?.find(([name]) => name === SEAL)?.[1];

/** Do both hold the very same? A new box never looks like the old one. @param {[string, any][][]} one @param {[string, any][][]} other */
const alike = (one, other) => mark(one) === mark(other);
/** @param {[string, any][][]} found */
const mark = (found) => JSON.stringify(found, (_, value) => (isBoxed(value) ? value.box.subarray(0, 12).join() : value));
