/** The list of people, in the order they came (T5): who, what is new since the last look, and what they let one read. */
import { html, nothing } from 'lit-html';
import { momentWords } from '../../days.js';
import { language, t, tn } from '../../words.js';
import { lookAround, people, peopleTrouble } from '../people.js';
import { upTo } from '../told.js';

/** @typedef {import('../people.js').Person} Person */

export const screen = {
  title: () => t('People'),
  enter: () => void lookAround(),
  view: () => html`
    ${peopleTrouble() ? html`<section class="card warm" role="status"><p>${people() ? t('There is no connection just now. This is what was read before.') : t('There is no connection just now.')}</p>
      <button class="quiet" type="button" @click=${lookAround}>${t('Try again')}</button></section>` : nothing}
    ${list(people())}
    <a class="quiet" href="#/join">${t('I have an invitation')}</a>`,
};

/** @param {Person[] | null} all */
function list(all) {
  if (!all) return peopleTrouble() ? nothing : html`<p class="note">${t('One moment…')}</p>`;
  if (!all.length) return html`<section class="empty"><p class="lead">${t('Nobody reads with you yet.')}</p><p class="note">${t('An invitation comes from the person; it is theirs to make.')}</p></section>`;
  return html`<ul class="list">${all.map(card)}</ul>`;
}

/** @param {Person} one */
const card = (one) => (one.state === 'confirmed'
  ? html`<li><a class="card person" href="#/person/${one.consent}">
      <h2 dir="auto">${one.name || t('Somebody without a name')}</h2>
      ${one.together ? html`<p class="badge">${t('Working together now')}</p>` : nothing}
      ${fresh(one)}
      <p class="note">${shared(one)}</p></a></li>`
  : html`<li class="card"><h2>${t('Somebody who has invited you')}</h2><p class="note">${t('Waiting for their yes. Nothing can be read before.')}</p></li>`);

/** @param {Person} one */
function fresh({ news, last_look: looked }) {
  const words = [
    news.entries ? tn('{n} new entry', '{n} new entries', news.entries, upTo(news.entries)) : '',
    news.messages ? tn('{n} message', '{n} messages', news.messages, upTo(news.messages)) : '',
    news.comments ? tn('{n} comment', '{n} comments', news.comments, upTo(news.comments)) : '',
    news.answers ? tn('{n} answer to a proposal', '{n} answers to proposals', news.answers, upTo(news.answers)) : '',
  ].filter(Boolean);
  if (words.length) return html`<p class="fresh">${words.join(' · ')}</p>`;
  return html`<p class="note">${looked ? t('Nothing new since your last look, {when}', { when: momentWords(looked) }) : t('Nothing is there to read yet')}</p>`;
}

/** What they let one read, in their own titles. @param {Person} one */
function shared({ ladders, entries, thread }) {
  const open = [...ladders.map(({ title }) => title || t('A ladder without a name')), entries !== 'none' ? t('entries') : '', thread ? t('messages') : ''].filter(Boolean);
  return open.length ? t('Open to you: {what}', { what: new Intl.ListFormat(language(), { type: 'conjunction', style: 'narrow' }).format(open) }) : t('Nothing is open to you at present.');
}
