/**
 * The timer of a step. Nothing is counted in a variable: the beginning is stored with the attempt and the rest is subtraction,
 * so a killed browser or a sleeping phone loses no second (pwa: "`started` is stored; elapsed is computed").
 */
import { html, svg } from 'lit-html';
import { render, say } from '../page.js';
import { t, tn } from '../words.js';

/** Lengths on offer, in seconds; thirty seconds is a whole step (rule S8). */
export const LENGTHS = /** @type {const} */ ([30, 60, 180, 300, 600]);

/**
 * Whole seconds that are left; 0 when it is over. A phone clock set back never gives more than the whole length.
 * @param {number} started milliseconds UTC
 * @param {number} timer seconds
 * @param {number} now milliseconds UTC
 */
export function secondsLeft(started, timer, now) {
  return Math.min(timer, Math.max(0, Math.ceil(timer - (now - started) / 1000)));
}

/** @param {number} seconds @returns {string} m:ss */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Short enough for all of them to stand in one row. @param {number} seconds */
export const shortLength = (seconds) => (seconds < 60 ? tn('{n} s', '{n} s', seconds) : tn('{n} min', '{n} min', seconds / 60));

const RADIUS = 88;
const AROUND = 2 * Math.PI * RADIUS;

/**
 * A ring that empties slowly. Read out only when it is over, not every second.
 * @param {number} started milliseconds UTC
 * @param {number} timer seconds
 * @param {number} now milliseconds UTC
 */
export function ring(started, timer, now) {
  const left = secondsLeft(started, timer, now);
  return html`<div class="timer" role="timer" aria-live="off" aria-label=${t('Time left')}>
    <svg viewBox="0 0 200 200" aria-hidden="true" focusable="false">
      ${svg`<circle class="timer-way" cx="100" cy="100" r=${RADIUS} fill="none"></circle>
      <circle class="timer-left" cx="100" cy="100" r=${RADIUS} fill="none" transform="rotate(-90 100 100)"
        stroke-dasharray="${AROUND}" stroke-dashoffset="${AROUND * (1 - left / timer)}"></circle>`}
    </svg>
    <span class="timer-clock">${clock(left)}</span>
  </div>`;
}

let ticking = 0;
let told = false;

/**
 * Draw once a second until the time is over, then say so once.
 * @param {() => number} left seconds left, asked anew each time
 */
export function tick(left) {
  stopTicking();
  told = left() === 0;
  ticking = window.setInterval(() => {
    render();
    if (left() > 0 || told) return;
    told = true;
    say(t('The time is over. You may go on or stop, as you like.'));
    stopTicking();
  }, 1000);
}

export function stopTicking() {
  clearInterval(ticking);
  ticking = 0;
}

/** @type {WakeLockSentinel | null} */
let lock = null;
let wanted = false;

/** The screen stays on while a step is being done. The browser drops the lock whenever the page is hidden, so ask again. */
export function keepAwake() {
  if (wanted) return;
  wanted = true;
  document.addEventListener('visibilitychange', ask);
  ask();
}

export function letSleep() {
  wanted = false;
  document.removeEventListener('visibilitychange', ask);
  lock?.release().catch(() => {});
  lock = null;
}

async function ask() {
  if (!wanted || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
  try {
    lock = await navigator.wakeLock.request('screen');
    if (!wanted) letSleep();
  } catch {
    lock = null;   // low battery or not allowed: the step works as well with a dark screen
  }
}
