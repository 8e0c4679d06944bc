/** Draws once a second while a quiet exercise goes on, and keeps the screen lit meanwhile. */
import { render } from '../page.js';
import { keepAwake, letSleep } from './timer.js';

export function seconds() {
  let since = 0;
  let ticking = 0;
  let running = false;
  const hush = () => {
    clearInterval(ticking);
    letSleep();
  };
  return {
    begin() {
      hush();
      running = true;
      since = Date.now();
      ticking = window.setInterval(render, 1000);
      keepAwake();
      render();
    },
    /** It has come to its end, and still stands there. */
    hush,
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
