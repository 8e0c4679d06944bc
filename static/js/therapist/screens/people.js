/** The list of people, in the order they came: who, and what is new since the last look. */
import { html, nothing } from 'lit-html';
import { t } from '../../words.js';
import { lookAround, people, peopleTrouble } from '../people.js';

/** @typedef {import('../people.js').Person} Person */

export const screen = {
  title: () => t('People'),
  enter: () => void lookAround(),
  view: () => html`${list(people())}
    <a class="quiet" href="#/join">${t('I have an invitation')}</a>`,
};

/** @param {Person[] | null} all */
function list(all) {
  if (!all) return peopleTrouble() ? html`<p>${t('There is no connection just now.')}</p>` : html`<p class="note">${t('One moment…')}</p>`;
  if (!all.length) return html`<section class="empty"><p>${t('Nobody reads with you yet. An invitation comes from the person; it is theirs to make.')}</p></section>`;
  return html`<ul class="list">${all.map(card)}</ul>`;
}

/** @param {Person} one */
const card = (one) => (one.state === 'confirmed'
  ? html`<li><a class="card" href="#/person/${one.consent}"><h2>${one.name || t('Somebody without a name')}</h2>${fresh(one)}</a></li>`
  : html`<li class="card"><h2>${one.name || t('Somebody without a name')}</h2><p class="note">${t('Waiting for their yes. Nothing can be read before.')}</p></li>`);

/** @param {Person} one */
function fresh({ news, together }) {
  const words = [
    together ? t('Working together now') : '',
    news?.entries ? t('new entries') : '', news?.messages ? t('a message') : '', news?.comments ? t('comments') : '', news?.answers ? t('answers to your ideas') : '',
  ].filter(Boolean);
  return words.length ? html`<p>${words.join(' · ')}</p>` : html`<p class="note">${t('Nothing new since your last look')}</p>${nothing}`;
}
