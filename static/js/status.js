/** How things stand between this phone and the account, for the status chip and the waiting screen. */

/**
 * @typedef {object} Status
 * @property {number} waiting edits on this phone that the account has not yet answered
 * @property {import('./kinds.js').Refused[]} refused edits the account did not take, each with its reason; never dropped by us
 * @property {boolean} offline the last real try got no answer (`navigator.onLine` lies behind captive portals)
 * @property {boolean} signedOut the account asks to sign in again; nothing is deleted, everything waits
 * @property {boolean} updateNeeded the server no longer speaks this version; everything waits for the update
 * @property {boolean} memoryOnly this browser keeps nothing: close the window and unsent words are gone
 * @property {boolean} syncing a request is under way
 * @property {boolean} lock the person set a lock on this phone
 * @property {'' | 'sent' | 'lost' | 'cleared' | 'shut'} parted what was here went away: it is in the account, it is nowhere else, the browser cleared it; or the browser does not open it just now
 * @property {boolean} locked it has fallen shut: nothing is held here but the way back in
 * @property {number | null} lastSaved when everything of this phone was last in the account (milliseconds UTC)
 */

/** @type {Status} */
const standing = {
  waiting: 0, refused: [], offline: false, signedOut: false, updateNeeded: false, memoryOnly: false, syncing: false,
  lock: false, locked: false, parted: '', lastSaved: null,
};
/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {Readonly<Status>} */
export function status() {
  return standing;
}

/**
 * Call `fn` after each change of rows or status, until the function given back is called.
 * @param {() => void} fn
 */
export function listen(fn) {
  listeners.add(fn);
  return () => void listeners.delete(fn);
}

export function tell() {
  for (const fn of [...listeners]) fn();
}

/**
 * Note what changed; listeners hear of it only when something did.
 * @param {Partial<Status>} news
 */
export function report(news) {
  const changed = Object.entries(news).some(([name, value]) => standing[/** @type {keyof Status} */ (name)] !== value);
  if (!changed) return;
  Object.assign(standing, news);
  tell();
}
