/** Half-typed words, kept on this phone through a reload, a dead battery or a killed browser. They never leave it. */

/**
 * @typedef {object} DraftShelf
 * @property {() => Promise<Record<string, unknown>>} drafts
 * @property {(key: string, value: unknown) => Promise<void>} draft
 * @property {{keep: (words: Record<string, unknown>) => void, heard: () => Promise<Record<string, unknown>>}} last
 *   kept at once, for the page may be gone the next moment; and what was kept, once
 */

/** @type {Map<string, unknown>} */
let kept = new Map();
/** @type {DraftShelf | undefined} */
let shelf;
/** @type {Map<string, Promise<void>>} */
const queued = new Map();
/** @type {Promise<void>} */
let writing = Promise.resolve();
/** Whose newest words are not known to be on disk. @type {Set<string>} */
const underway = new Set();

/** @param {DraftShelf} place where drafts are kept from now on; called when a person's database is opened */
export async function openDrafts(place) {
  shelf = place;
  underway.clear();
  globalThis.addEventListener?.('pagehide', lastWords);
  kept = new Map(Object.entries(await place.drafts()));
  for (const [key, value] of Object.entries(await place.last.heard())) void (value === null ? dropDraft(key) : saveDraft(key, value));
}

/**
 * The page goes. A browser throws away what is on its way into IndexedDB when the page ends (a reload right after the
 * last letter), so the words of the last instant are put down where that takes no time.
 */
function lastWords() {
  if (underway.size) shelf?.last.keep(Object.fromEntries([...underway].map((key) => [key, kept.get(key) ?? null])));
}

/** Resolves when nothing is on its way to the disk any more. */
export const draftsWritten = () => writing;

/**
 * @param {string} key for example `step/<id>`
 * @returns {any} what was saved under it, or undefined
 */
export function draft(key) {
  return kept.get(key);
}

/** @param {string} prefix @returns {[string, unknown][]} every draft whose key begins so */
export const draftsUnder = (prefix) => [...kept].filter(([key]) => key.startsWith(prefix));

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
  underway.add(key);
  const already = queued.get(key);
  if (already) return already;
  const place = shelf;
  const turn = writing.then(async () => {
    queued.delete(key);
    if (place !== shelf) return;
    await place?.draft(key, kept.get(key));
    if (!queued.has(key)) underway.delete(key);
  }).catch(() => undefined);            // a full disk keeps the words in memory; the screen still has them
  writing = turn;
  queued.set(key, turn);
  return turn;
}
