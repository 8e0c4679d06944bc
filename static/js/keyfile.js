/**
 * Where the key of a shelf lies while there is no lock: in files of its own. What was once in a database stays in its log for
 * months, whatever is deleted; a file that is removed is gone. Two files, kept by two parts of a browser: Chromium throws all
 * its private files away when it cannot read their register (a browser that is slow to die holds it for two seconds), and
 * without the key no word that waits here could ever be opened. Where a browser has neither, the key lies in the database.
 */

/** @typedef {import('./seal.js').Bytes} Bytes */
/** @typedef {{id: string, raw?: Bytes}} Kept without `raw` the key lies in the files of this id */
/** @typedef {{get: (id: string) => Promise<ArrayBuffer>, put: (id: string, raw: BufferSource) => Promise<void>, drop: (id: string) => Promise<unknown>}} Place */

/** The cache where keys lie, under addresses that are never fetched. The shell of the app may go without it. */
export const KEYS = 'keys';

const room = async () => navigator.storage.getDirectory();

/** @type {Place[]} */
export const PLACES = [{
  get: async (id) => (await (await (await room()).getFileHandle(id)).getFile()).arrayBuffer(),
  async put(id, raw) {
    const pen = await (await (await room()).getFileHandle(id, { create: true })).createWritable();
    await pen.write(raw);
    await pen.close();
  },
  drop: async (id) => (await room()).removeEntry(id),
}, {
  get: async (id) => /** @type {Response} */ (await caches.match(`/${id}`, { cacheName: KEYS })).arrayBuffer(),
  put: async (id, raw) => (await caches.open(KEYS)).put(`/${id}`, new Response(raw)),
  // The entry and then, where it was the last, the cache: one that goes as a whole leaves its files until nobody remembers it.
  async drop(id) {
    const kept = await caches.open(KEYS);
    await kept.delete(`/${id}`);
    if (!(await kept.keys()).length) await caches.delete(KEYS);
  },
}];

/** @param {string} id @param {Bytes} raw @returns {Promise<Kept>} what the seal says of it from then on */
export async function layKey(id, raw) {
  const laid = await Promise.all(PLACES.map(({ put }) => put(id, raw).then(() => true, () => false)));
  return laid.includes(true) ? { id } : { id, raw };
}

/** @param {Kept} seal @returns {Promise<BufferSource>} rejects with NotFoundError where none is left that opens this shelf */
export async function keyBeside({ id, raw }) {
  if (raw) return raw;
  for (const { get } of PLACES) {
    const found = await get(id).catch(() => null);
    if (found?.byteLength) return found;
  }
  throw new DOMException(id, 'NotFoundError');
}

/** Gone, where there was one: the first once more, if another tab laid it beside the second just then. @param {string} [id] */
export async function dropKey(id = '') {
  for (const { drop } of [...PLACES, PLACES[0]]) await drop(id).catch(() => undefined);
}
