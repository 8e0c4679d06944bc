/**
 * Where the key of a shelf lies while there is no lock: in a file of its own. What was once in a database stays in its log for
 * months, whatever is deleted; a file that is removed is gone. Where a browser has no such files the key lies in the database.
 */

/** @typedef {import('./seal.js').Bytes} Bytes */
/** @typedef {{id: string, raw?: Bytes}} Kept without `raw` the key lies in the file of this id */

const room = async () => navigator.storage.getDirectory();

/** @param {string} id @param {Bytes} raw @returns {Promise<Kept>} what the seal says of it from then on */
export async function layKey(id, raw) {
  try {
    const pen = await (await (await room()).getFileHandle(id, { create: true })).createWritable();
    await pen.write(raw);
    await pen.close();
    return { id };
  } catch {
    return { id, raw };
  }
}

/** @param {Kept} seal @returns {Promise<BufferSource>} rejects with NotFoundError where none is left that opens this shelf */
export const keyBeside = async ({ id, raw }) => raw ?? (await (await (await room()).getFileHandle(id)).getFile()).arrayBuffer();

/** Gone, where there was one. @param {string} [id] */
export const dropKey = async (id = '') => (await room()).removeEntry(id).catch(() => undefined);
