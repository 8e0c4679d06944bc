/** Who is at this desk, and how far they may come. Nothing of it lies on the disk of this browser. */
import { ask, NoAnswer, onRefused } from '../api.js';
import { timeWords } from '../daywords.js';
import { adopt, ended } from '../here.js';
import { speak } from '../language.js';
import { leave as wipe } from '../gate.js';
import { inTurn, meta, show, view } from '../hold.js';
import { go, render, toast } from '../page.js';
import { me } from '../rows.js';
import { listen, report, status } from '../status.js';
import { language, t } from '../words.js';

/**
 * @typedef {'starting' | 'away' | 'notebook' | 'person' | 'nobody' | 'factor' | 'locked' | 'in'} Standing
 *   away: no answer yet; notebook, person: this browser is somebody's own; factor: the second key is still to be shown
 */

const WARNING = 10 * 60_000;             // ms before the session ends

/** @type {Standing} what holds while nobody of ours is here */
let outside = 'starting';
/** @type {() => void} */
let inside = () => {};
/** @type {Set<() => void>} */
const farewells = new Set();
let locked = false;
/** The second key is wanted once more: many pages were opened in a short time. */
let again = false;
/** When the session ends by the clock of this computer. @type {number | null} */
let until = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let alarm;
let warned = false;

/** @param {() => void} fn called each time somebody has come all the way in */
export const onInside = (fn) => { inside = fn; };

/** @param {() => void} fn called when nobody may look any more: left, or locked. What was fetched has to go */
export const onLeave = (fn) => void farewells.add(fn);

const left = () => farewells.forEach((fn) => fn());

/** How far have we come? @returns {Standing} */
export function standing() {
  const who = /** @type {any} */ (me());
  if (!who) return outside;
  if (status().signedOut) return 'locked';
  return again || !isRaised(who) ? 'factor' : 'in';
}

/** May the desk speak with the house? */
export const isIn = () => standing() === 'in';

/** Is the second key only wanted once more? */
export const isAgain = () => again;

/** When this session is over, in milliseconds UTC; null where nobody knows. */
export const endOfSession = () => until;

/** @param {{factor?: string}} who as `/api/me` tells it */
const isRaised = ({ factor }) => factor === 'totp' || factor === 'passkey';

/** The first thing of all: who does this browser belong to? */
export async function arrive() {
  listen(shut);
  onRefused(heed);
  document.addEventListener('visibilitychange', watchClock);
  window.addEventListener('pageshow', ({ persisted }) => persisted && me() && void knock());
  if (await holdsNotebook()) return settleAt('notebook');
  return knock();
}

/** Ask the house who we are; also after an answer that did not come. */
export async function knock() {
  try {
    const { status: code, body } = await ask('GET', '/api/me');
    if (code === 200) return come(body);
    if (code === 401 && me()) return report({ signedOut: true });
    return settleAt(code === 401 ? 'nobody' : 'away');
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return settleAt('away');
  }
}

/** Does the cookie still speak for whom this page speaks? Another tab may have become somebody else. @returns {Promise<boolean>} */
export async function isStillUs() {
  const { status: code, body } = await ask('GET', '/api/me');
  if (code === 401) report({ signedOut: true });
  else if (code === 200 && body.person !== me()?.person) await stepAside();
  return code === 200 && body.person === me()?.person;
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
  if (who.kind !== 'therapist') return stepAside();
  locked = false;
  again = false;
  until = who.expires ? Date.now() + who.expires - who.now : null;
  warned = false;
  if (who.language !== language()) await speak(who.language);
  await adopt(who);
  watchClock();
  if (isIn()) inside();
  return render();
}

/** This browser has become a person's own: nothing of the desk may stay. */
async function stepAside() {
  if (me()) await forgetEverything();
  settleAt('person');
}

/** The house wants something first. @param {string} what the word of its refusal */
function heed(what) {
  if (what === 'second_factor' && isIn()) void knock();
  if (what !== 'step_up' || again) return;
  again = true;
  render();
}

/** Twelve hours are over, or it was ended elsewhere: what was fetched is gone from this page before anybody looks. */
function shut() {
  if (!status().signedOut || locked || !me()) return;
  locked = true;
  again = false;
  clearTimeout(alarm);
  left();
  void lock();
}

/**
 * The door is locked with somebody still behind it: what was fetched leaves this page; what they wrote and could not send
 * yet stays in its memory, for them alone.
 */
function lock() {
  return inTurn(async () => {
    view.clear();
    delete meta.cursors;
    delete meta.spaces;
    show();
  });
}

/** The clock goes on while a laptop sleeps, timers do not: it is looked at anew whenever the page is. */
function watchClock() {
  clearTimeout(alarm);
  if (until === null || !me() || status().signedOut) return;
  const remains = until - Date.now();
  if (remains <= 0) return void report({ signedOut: true });
  if (remains <= WARNING && !warned) {
    warned = true;
    const time = timeWords(until);
    toast(t('This session ends by itself at {time}.', { time }));
  }
  alarm = setTimeout(watchClock, Math.min(remains, Math.max(remains - WARNING, 30_000)) + 100);
}

/** Leave: the login ends, and this page forgets everything. @returns {Promise<boolean>} did the house hear of it? */
export async function leave() {
  if (!(await ended())) return false;
  await forgetEverything();
  settleAt('nobody');
  return true;
}

/** This page knows nobody any more. */
export async function forgetEverything() {
  left();
  await wipe();
  clearTimeout(alarm);
  locked = false;
  again = false;
  until = null;
  outside = 'nobody';
  go('/', { replace: true });               // whoever comes next begins at the beginning
  report({ signedOut: false });
}

/** A notebook of somebody's own on this browser: the two never share one. @returns {Promise<boolean>} */
async function holdsNotebook() {
  const found = await globalThis.indexedDB?.databases?.().catch(() => []);
  return (found ?? []).some(({ name }) => name?.startsWith('ippo-'));
}
