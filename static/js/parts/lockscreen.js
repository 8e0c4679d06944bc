/** What the lock screen will show, word for word (exposure/notification.py writes the same). */
import { html } from 'lit-html';
import { t } from '../words.js';

/** The words of the notification. @param {{words: string, neutral: boolean}} wish */
export const bodyOf = ({ words, neutral }) => (!neutral && words.trim() ? words.trim() : t('Your reminder is here. Only if you like.'));

/** The page carries the app's mark in itself, so that it is there with no network too. */
const mark = () => document.querySelector('link[rel="icon"]')?.getAttribute('href') ?? '';

/** @param {{words: string, neutral: boolean, time: string}} wish */
export function lockScreen(wish) {
  return html`<figure class="lockscreen">
    <figcaption class="note">${t('This is all that anybody can read on the lock screen:')}</figcaption>
    <div class="bubble">
      <img src=${mark()} alt="" width="36" height="36">
      <div class="bubble-words"><strong>Ippo</strong><span>${bodyOf(wish)}</span></div>
      <span class="note">${wish.time}</span>
      <div class="bubble-actions"><span>${t('I might')}</span><span>${t('Not today')}</span></div>
    </div>
  </figure>`;
}
