/** Who is at this desk, and how far they may come. Nothing of it lies on the disk of this browser. */
import { ask, NoAnswer } from '../api.js';
import { adopt } from '../here.js';
import { speak } from '../language.js';
import { leave as wipe, lock } from '../phone.js';
import { render } from '../page.js';
import { me } from '../rows.js';
import { listen, report, status } from '../status.js';

/**
 * @typedef {'starting' | 'away' | 'notebook' | 'person' | 'nobody' | 'factor' | 'locked' | 'in'} Standing
 *   away: no answer yet; notebook, person: this browser is somebody's own; factor: the second key is still to be shown
 */

/** @type {Standing} what holds while nobody of ours is here */
let outside = 'starting';
/** @type {() => void} */
let inside = () => {};
/** @type {() => void} */
let left = () => {};
let locked = false;

/** @param {() => void} fn called each time somebody has come all the way in */
export const onInside = (fn) => { inside = fn; };

/** @param {() => void} fn called when whoever was here has left for good */
export const onLeave = (fn) => { left = fn; };

/** How far have we come? @returns {Standing} */
export function standing() {
  const who = /** @type {any} */ (me());
  if (!who) return outside;
  if (status().signedOut) return 'locked';
  return needsFactor(who) ? 'factor' : 'in';
}

/** May the desk speak with the house? */
export const isIn = () => standing() === 'in';

/** @param {{factor?: string}} who as `/api/me` tells it */
const needsFactor = ({ factor }) => factor === 'none' || factor === 'needed';

/** The first thing of all: who does this browser belong to? */
export async function arrive() {
  listen(shut);
  if (await holdsNotebook()) return settleAt('notebook');
  return knock();
}

/** Ask the house who we are; also after an answer that did not come. */
export async function knock() {
  try {
    const { status: code, body } = await ask('GET', '/api/me');
    if (code === 200) return body.kind === 'therapist' ? come(body) : settleAt('person');
    return settleAt(code === 401 ? 'nobody' : 'away');
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return settleAt('away');
  }
}

/** @param {Standing} where */
function settleAt(where) {
  outside = where;
  render();
}

/**
 * Somebody showed who they are: with the second key too, the desk opens.
 * @param {any} who the answer of `/api/me`, of a sign-in or of a second key
 */
export async function come(who) {
  if (who.kind !== 'therapist') return settleAt('person');
  locked = false;
  await speak(who.language);
  await adopt(who);
  if (isIn()) inside();
  return render();
}

/** Twelve hours are over, or it was ended elsewhere: what was fetched is gone from this page before anybody looks. */
function shut() {
  if (!status().signedOut || locked) return;
  locked = true;
  void lock();
}

/** Leave: the login ends, and this page forgets everything. @returns {Promise<boolean>} did the house hear of it? */
export async function leave() {
  const heard = await ask('POST', '/api/signout', {}, 5_000).then(({ status: code }) => code < 500, () => false);
  if (heard) await forgetEverything();
  return heard;
}

/** This page knows nobody any more. */
export async function forgetEverything() {
  left();
  await wipe();
  locked = false;
  report({ signedOut: false });
  settleAt('nobody');
}

/** When this session is over, in milliseconds UTC; null where nobody knows. @returns {number | null} */
export const endOfSession = () => /** @type {any} */ (me())?.expires ?? null;

/** A notebook of somebody's own on this browser: the two never share one. @returns {Promise<boolean>} */
async function holdsNotebook() {
  const found = await globalThis.indexedDB?.databases?.().catch(() => []);
  return (found ?? []).some(({ name }) => name?.startsWith('ippo-'));
}
