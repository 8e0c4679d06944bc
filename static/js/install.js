/** Onto the home screen: what this browser can do about it. The browser's own question is kept until it is wished for. */
import { fitting } from './language.js';
import { render } from './page.js';
import { language } from './words.js';

/** @typedef {Event & {prompt: () => Promise<{outcome: string}>}} InstallPrompt */

/** @type {InstallPrompt | null} */
let prompt = null;
let done = false;

/** Listen from the first moment: browsers offer only once per visit. */
export function startInstall() {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    prompt = /** @type {InstallPrompt} */ (event);
    render();
  });
  addEventListener('appinstalled', () => {
    [prompt, done] = [null, true];
    render();
  });
}

/** The name under the icon follows the language chosen here; where it is the phone's own, the server chose it already. */
export function nameInLanguage() {
  if (language() === fitting(navigator.languages ?? [navigator.language])) return;
  document.querySelector('link[rel="manifest"]')?.setAttribute('href', `/manifest.json?lang=${language()}`);
}

/** Opened from the home screen? */
export const standalone = () => /** @type {any} */ (navigator).standalone === true || matchMedia('(display-mode: standalone)').matches;

/** An iPhone or an iPad, which also calls itself a Mac. */
export const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

/**
 * What to show: already there, one button, pictures for Apple's phones, or where to look in the menu.
 * @returns {'there' | 'button' | 'apple' | 'menu'}
 */
export function wayIn() {
  if (done || standalone()) return 'there';
  if (prompt) return 'button';
  return isApple() ? 'apple' : 'menu';
}

/** Ask the browser to ask. It can be asked once; afterwards the menu is still there. */
export async function askToInstall() {
  const question = prompt;
  prompt = null;
  const answer = await question?.prompt();
  done ||= answer?.outcome === 'accepted';
  render();
}
