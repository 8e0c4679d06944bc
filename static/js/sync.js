/**
 * Sending and fetching, in one request at a time over all tabs. Everything here may stop at any moment (a killed
 * browser, a lost answer): each edit carries its own id, and the same request again changes nothing twice.
 */
import { NoAnswer } from './api.js';
import { ease, exchange } from './exchange.js';
import { call, meta, reloadQueue } from './phone.js';
import { report, status } from './status.js';
import { keepsNothing } from './store.js';

const SOON = 0;                          // ms: several pokes in one breath are one question
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let due = Infinity;
let pause = FIRST_PAUSE;
/** @type {Promise<boolean> | undefined} */
let running;
/** @type {Promise<boolean> | undefined} */
let next;
let awake = false;

/** Begin to listen for reasons to sync. */
export function rouse() {
  call({ written: atOnce });
  kick(0);
  if (awake || typeof window === 'undefined') return;
  awake = true;
  window.addEventListener('online', () => eager());
  window.addEventListener('offline', () => report({ offline: true }));
  window.addEventListener('pageshow', () => eager());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') eager();
    else if (status().waiting) void syncNow();       // a phone may put the page to sleep within a second
  });
}

function eager() {
  pause = FIRST_PAUSE;
  void reloadQueue();
  kick(0);
}

/** The words are on the disk: nothing else needs to happen before they go. */
function atOnce() {
  clearTimeout(timer);
  due = Infinity;
  void syncNow();
}

/** Sync soon. The nearest wish wins; a failed try makes its own later one, so nothing hangs on an event. @param {number} [ms] */
export function kick(ms = SOON) {
  const when = performance.now() + ms;     // not the clock on the wall: somebody may set it back an hour
  if (when >= due) return;
  clearTimeout(timer);
  due = when;
  timer = setTimeout(() => {
    due = Infinity;
    void syncNow();
  }, ms);
}

/**
 * Sync now, also when we are signed out or waiting for the next try. A run that is under way may have looked at the
 * queue before the last word was written, so this is always a run that begins after the call.
 * @returns {Promise<boolean>} everything sent and fetched
 */
export function syncNow() {
  if (!running) return (running = alone(run).finally(() => { running = undefined; }));
  return (next ??= running.then(begin, begin));
}

function begin() {
  next = undefined;
  return syncNow();
}

/**
 * One tab at a time. The lock only saves requests: where it is missing, or a frozen tab sits on it, syncing twice is
 * harmless, so we do not wait for ever. A page that keeps nothing has a queue of its own, and no other tab to wait for.
 * @param {() => Promise<boolean>} work
 * @returns {Promise<boolean>}
 */
async function alone(work) {
  const locks = globalThis.navigator?.locks;
  if (!locks || keepsNothing()) return work();
  try {
    return await locks.request('ippo-sync', { signal: AbortSignal.timeout(30_000) }, work);
  } catch (error) {
    if (error instanceof DOMException && /Timeout|Abort/.test(error.name)) return work();
    throw error;
  }
}

/** @returns {Promise<boolean>} */
async function run() {
  if (!meta.me) return false;
  report({ syncing: true });
  try {
    const whole = await exchange();
    if (whole) pause = FIRST_PAUSE;
    else if (!status().signedOut && !status().updateNeeded) later();
    return whole;
  } catch (error) {
    if (error instanceof NoAnswer) {
      report({ offline: true });
      ease();
    } else console.error(error);
    later();
    return false;
  } finally {
    report({ syncing: false });
  }
}

/** Try again by ourselves, later each time, never all phones at once. */
function later() {
  kick(pause * (0.75 + Math.random() / 2));
  pause = Math.min(pause * 2, LONGEST_PAUSE);
}
