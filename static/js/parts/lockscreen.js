/** What the lock screen will show, word for word (exposure/notification.py writes the same, service-worker.js shows it). */
import { html, nothing } from 'lit-html';
import { clockWords } from '../daywords.js';
import { isApple } from '../onhome.js';
import { t } from '../words.js';

/** The words of the notification. @param {{words: string, neutral: boolean}} wish */
export const bodyOf = ({ words, neutral }) => (!neutral && words.trim() ? words.trim() : t('Your reminder is here. Only if you like.'));

/** The page carries the app's mark in itself, so that it is there with no network too. */
const mark = () => document.querySelector('link[rel="icon"]')?.getAttribute('href') ?? '';

/** The answers this phone has room for. Where there is none for "I might", touching the words opens the page with all three. */
function answers() {
  const room = isApple() ? 0 : /** @type {{maxActions?: number} | undefined} */ (globalThis.Notification)?.maxActions ?? 0;
  const two = [t('Later'), t('Not today')];
  return room > 2 ? [t('I might'), ...two] : room ? two : [];
}

/** @param {{words: string, neutral: boolean, time: string}} wish */
export function lockScreen(wish) {
  const shown = answers();
  return html`<figure class="lockscreen">
    <figcaption class="note">${t('This is all that anybody can read on the lock screen:')}</figcaption>
    <div class="bubble">
      <img src=${mark()} alt="" width="36" height="36">
      <div class="bubble-words"><strong>Ippo</strong><span>${bodyOf(wish)}</span></div>
      <span class="note">${wish.time && clockWords(wish.time)}</span>
      ${shown.length ? html`<div class="bubble-actions">${shown.map((one) => html`<span>${one}</span>`)}</div>` : nothing}
    </div>
  </figure>`;
}
