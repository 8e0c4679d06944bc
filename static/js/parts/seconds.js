/** Draws once a second while a quiet exercise goes on, and keeps the screen lit meanwhile. */
import { render } from '../page.js';
import { keepAwake, letSleep } from './timer.js';

/** @param {number} [limit] milliseconds after which it stands still */
export function seconds(limit = Infinity) {
  let since = 0;
  let ticking = 0;
  let running = false;
  const hush = () => {
    clearInterval(ticking);
    letSleep();
  };
  const tick = () => {
    render();
    if (Date.now() - since >= limit) hush();
  };
  return {
    begin() {
      hush();
      running = true;
      since = Date.now();
      ticking = window.setInterval(tick, 1000);
      keepAwake();
      render();
    },
    stop() {
      hush();
      running = false;
    },
    running: () => running,
    /** Milliseconds. */
    elapsed: () => Date.now() - since,
    /** As if `ms` of it had passed. @param {number} ms */
    skip(ms) {
      since = Date.now() - ms;
      render();
    },
  };
}
