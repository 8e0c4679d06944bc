/** On paper: the ladder, the record card (the app's twin for a pen), the book of "できた！". Made on this phone, sent nowhere. */
import { html, nothing } from 'lit-html';
import { attempts, isKept } from '../attempts.js';
import { ladders } from '../ladders.js';
import { paperIcon } from '../parts/papericon.js';
import { stepsOf } from '../steps.js';
import { t } from '../words.js';

export const screen = {
  title: () => t('On paper'),
  up: () => '/seeing',
  view() {
    const written = ladders().filter((ladder) => stepsOf(ladder.id).length);
    return html`
      <p class="lead">${t('For the wall, the pocket, or a day without a phone.')}</p>
      <ul class="papers">
        ${written.map((ladder) => sheet(`/paper/ladder/${ladder.id}`, 'ladder', ladder.title, t('The ladder, to hang up')))}
        ${sheet('/paper/card', 'card', t('A card for one step'), t('The same questions, for a pen'))}
        ${attempts().some(isKept) ? sheet('/paper/book', 'book', t('The book of “I did it”'), t('Everything you tried, in your words')) : nothing}
      </ul>
      <p class="note">${t('It is made on this phone. Nothing is sent anywhere but to your printer.')}</p>`;
  },
};

/** @param {string} path @param {Parameters<typeof paperIcon>[0]} shape @param {string} title @param {string} words */
const sheet = (path, shape, title, words) => html`<li><a class="card" href="#${path}">${paperIcon(shape)}<span><strong>${title}</strong><span class="note">${words}</span></span></a></li>`;
