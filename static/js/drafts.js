/** Half-typed words, kept on this phone through a reload, a dead battery or a killed browser. They never leave it. */

/** @typedef {{drafts(): Promise<Record<string, unknown>>, draft(key: string, value: unknown): Promise<void>}} DraftShelf */

/** @type {Map<string, unknown>} */
let kept = new Map();
/** @type {DraftShelf | undefined} */
let shelf;
/** @type {Map<string, Promise<void>>} */
const queued = new Map();
/** @type {Promise<void>} */
let writing = Promise.resolve();

/** @param {DraftShelf} place where drafts are kept from now on; called when a person's database is opened */
export async function openDrafts(place) {
  shelf = place;
  kept = new Map(Object.entries(await place.drafts()));
}

/**
 * @param {string} key for example `step/<id>`
 * @returns {any} what was saved under it, or undefined
 */
export function draft(key) {
  return kept.get(key);
}

/**
 * Resolves when the words are on disk; the screen need not wait.
 * @param {string} key
 * @param {unknown} value anything that can be cloned
 * @returns {Promise<void>}
 */
export function saveDraft(key, value) {
  kept.set(key, value);
  return toDisk(key);
}

/**
 * @param {string} key
 * @returns {Promise<void>}
 */
export function dropDraft(key) {
  kept.delete(key);
  return toDisk(key);
}

/**
 * Each keystroke saves: while one write is under way the next ones wait as one, and only the latest words are written.
 * @param {string} key
 * @returns {Promise<void>}
 */
function toDisk(key) {
  const already = queued.get(key);
  if (already) return already;
  const place = shelf;
  const turn = writing.then(() => {
    queued.delete(key);
    return place === shelf ? place?.draft(key, kept.get(key)) : undefined;
  }).catch(() => undefined);            // a full disk keeps the words in memory; the screen still has them
  writing = turn;
  queued.set(key, turn);
  return turn;
}
