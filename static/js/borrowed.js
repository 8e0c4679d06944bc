/**
 * A phone that is shared, or somebody else's: nothing lies on its disk, not even sealed. A mark that says so lives as long
 * as the tab; whoever opens the app after that meets nobody (here.js ends the session first).
 */
import { keepNothing } from './store.js';

export const MARK = 'ippo-borrowed';

/** Is this tab on a shared phone, by the word of the person? */
export function isBorrowed() {
  try {
    return globalThis.sessionStorage?.getItem(MARK) === '1';
  } catch {
    return false;
  }
}

/** Said again by a page that begins anew, before it reads or writes anything. */
export function startBorrowed() {
  if (isBorrowed()) keepNothing();
}

/** Whoever was here is gone, and so is the mark. */
export function giveBack() {
  if (!isBorrowed()) return;
  sessionStorage.removeItem(MARK);
  keepNothing(false);
}
