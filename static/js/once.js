/** A turnstile: while one thing is being done, a second press changes nothing. */
import { render } from './page.js';

/** @returns {{busy: () => boolean, once: (work: () => Promise<unknown>) => Promise<void>}} one for each screen */
export function turnstile() {
  let busy = false;
  return {
    busy: () => busy,
    async once(work) {
      if (busy) return;
      busy = true;
      render();
      try {
        await work();
      } finally {
        busy = false;
        render();
      }
    },
  };
}
