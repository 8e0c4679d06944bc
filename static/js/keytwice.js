/** The key of a shelf lies in two places (keyfile.js); what one of them lost, it gets back from the other. */
import { PLACES } from './keyfile.js';

/** @param {string} id of a key that lies beside its shelf */
export async function layTwice(id) {
  const found = await Promise.all(PLACES.map(({ get }) => get(id).catch(() => null)));
  const has = found.findIndex((raw) => raw?.byteLength);
  const lacks = found.findIndex((raw) => !raw?.byteLength);
  if (has < 0 || lacks < 0) return;
  await PLACES[lacks].put(id, /** @type {ArrayBuffer} */ (found[has]));
  // Another tab may have dropped this key meanwhile, and it must lie nowhere then.
  await PLACES[has].get(id).catch(() => PLACES[lacks].drop(id));
}
