/** The way onto the home screen, when it is wished for: what this browser can do about it. */
import { offered } from './install.js';
import { render } from './page.js';

/** Opened from the home screen? */
export const standalone = () => /** @type {any} */ (navigator).standalone === true || matchMedia('(display-mode: standalone)').matches;

/** An iPhone or an iPad, which also calls itself a Mac. */
export const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

/**
 * What to show: already there, one button, pictures for Apple's phones, or where to look in the menu.
 * @returns {'there' | 'button' | 'apple' | 'menu'}
 */
export function wayIn() {
  if (offered.done || standalone()) return 'there';
  if (offered.prompt) return 'button';
  return isApple() ? 'apple' : 'menu';
}

/** Ask the browser to ask. It can be asked once; afterwards the menu is still there. */
export async function askToInstall() {
  const question = offered.prompt;
  offered.prompt = null;
  const answer = await question?.prompt();
  offered.done ||= answer?.outcome === 'accepted';
  render();
}
