/** Onto the home screen: what this browser can do about it. The browser's own question is kept until it is wished for. */
import { fitting } from './language.js';
import { render } from './page.js';
import { language } from './words.js';

/** @typedef {Event & {prompt: () => Promise<{outcome: string}>}} InstallPrompt */

/** The browser's question, and whether the app is on the home screen. @type {{prompt: InstallPrompt | null, done: boolean}} */
export const offered = { prompt: null, done: false };

/** Listen from the first moment: browsers offer only once per visit. */
export function startInstall() {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered.prompt = /** @type {InstallPrompt} */ (event);
    render();
  });
  addEventListener('appinstalled', () => {
    Object.assign(offered, { prompt: null, done: true });
    render();
  });
}

/** The name under the icon follows the language chosen here; where it is the phone's own, the server chose it already. */
export function nameInLanguage() {
  if (language() === fitting(navigator.languages ?? [navigator.language])) return;
  document.querySelector('link[rel="manifest"]')?.setAttribute('href', `/manifest.json?lang=${language()}`);
}
