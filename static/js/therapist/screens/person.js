/** One person in five minutes: what is new, what was tried and rested, the surprise, where it sticks, their words, one question. */
import { html, nothing } from 'lit-html';
import { momentWords } from '../../days.js';
import { render } from '../../page.js';
import { choices } from '../../parts/choices.js';
import { t } from '../../words.js';
import { aside } from '../parts/aside.js';
import { helpedPart, notesPart, restedPart, sticksPart, surprisePart, triedPart } from '../parts/entries.js';
import { copyText, gone } from '../parts/gone.js';
import { sheet } from '../parts/sheet.js';
import { shownPart } from '../parts/shown.js';
import { attend, depart, entriesOf, isUnread, openedPerson, readEntries } from '../open.js';
import { questions } from '../questions.js';
import { beginning, firstPeriod, summary } from '../summary.js';
import { asText, newsWords } from '../told.js';

/** @typedef {import('../../router.js').Params} Params */
/** @typedef {import('../people.js').Person} Person */
/** @typedef {import('../open.js').Entries} Entries */
/** @typedef {import('../summary.js').Period} Period */

/** @type {Period | null} nobody chose yet */
let chosen = null;
let turned = 0;
let asking = false;

export const screen = {
  /** @param {Params} params */
  title: ({ consent }) => openedPerson(consent)?.name || t('A person'),
  /** @param {Params} params */
  enter: ({ consent }) => {
    chosen = null;
    turned = 0;
    attend(consent);
    void readEntries(consent);
  },
  leave: depart,
  /** @param {Params} params */
  view: ({ consent }) => {
    const person = openedPerson(consent);
    if (!person) return gone(consent);
    const entries = entriesOf(consent);
    return html`<div class="two-sides">
      ${aside(person)}
      <div class="stack roomy">${entries ? page(person, entries) : isUnread(consent) ? unreached(consent) : html`<p class="note" role="status">${t('One moment…')}</p>`}</div>
    </div>`;
  },
};

/** @param {string} consent */
const unreached = (consent) => html`<section class="card soft" role="status"><p>${t('There is no connection just now.')}</p>
  <button class="quiet" type="button" @click=${() => readEntries(consent)}>${t('Try again')}</button></section>`;

/** @returns {Record<Period, string>} */
const periodWords = () => ({ look: t('since the last look'), weeks: t('four weeks'), all: t('everything') });

/** @param {Person} person @param {Entries} entries */
function page(person, entries) {
  if (person.entries === 'none') return closed(person, entries);
  const now = Date.now();
  const period = chosen ?? firstPeriod(entries, entries.lastLook, now);
  const told = summary(entries, { since: beginning(period, now), news: period === 'look' });
  const every = questions(told);
  const question = every[turned % every.length];
  const words = { name: person.name, period: periodWords()[period], told, question };
  return html`
    ${news(told.fresh, entries)}
    ${entries.trouble ? html`<p class="note" role="status">${t('There is no connection just now. This is what was read before.')}</p>` : nothing}
    <div class="row apart">${periods(period, entries.lastLook)}
      <div class="row"><button class="quiet" type="button" @click=${() => copyText(asText(words))}>${t('Copy as text')}</button>
        <button class="quiet" type="button" @click=${() => print()}>${t('Print')}</button></div></div>
    ${person.entries === 'chosen' ? html`<p class="note">${t('You read the entries {name} has chosen to show.', { name: person.name })}</p>` : nothing}
    ${told.tried.length + told.rested.length ? html`${triedPart(told.tried)}
      <div class="two-up">${surprisePart(told.surprise)}${sticksPart(told.sticks)}${restedPart(told.rested)}${helpedPart(told.helped)}</div>
      ${notesPart(told.notes)}` : told.shown.pages.length + told.shown.answers.length ? nothing : empty(period)}
    ${shownPart(told.shown)}
    ${questionPart(question, every.length)}
    ${entries.more ? html`<button class="quiet" type="button" ?disabled=${asking} @click=${() => older(person.consent)}>${t('Read older entries')}</button>` : nothing}
    ${sheet({ ...words, printed: now })}`;
}

/** @param {Person} person @param {Entries} entries */
const closed = (person, entries) => html`${news({ attempts: 0, rests: 0, pages: 0, answers: 0, plans: 0 }, entries)}<section class="card"><p>${t('{name} keeps their entries to themselves. That is a full choice.', { name: person.name })}</p>
  <p class="note">${t('What you share is beside this: the ladder, or messages.')}</p></section>`;

/** @param {import('../summary.js').Summary['fresh']} fresh @param {Entries} entries */
function news(fresh, { news: told, lastLook }) {
  const words = newsWords(fresh, told);
  if (lastLook === null) return html`<p class="note">${t('You open this page for the first time. All of it is new.')}</p>`;
  if (!words.length) return nothing;
  return html`<section class="card soft whats-new" aria-label=${t('New since your last look')}>
    <p class="note">${t('New since your last look, {when}', { when: momentWords(lastLook) })}</p><p><strong>${words.join(' · ')}</strong></p></section>`;
}

/** @param {Period} period @param {number | null} lastLook */
const periods = (period, lastLook) => choices({
  label: t('From which time'), name: 'period', value: period, fit: 'narrow', hideLabel: true,
  options: Object.entries(periodWords()).filter(([value]) => value !== 'look' || lastLook !== null).map(([value, text]) => ({ value, text })),
  onChoose: (value) => { chosen = /** @type {Period} */ (value); turned = 0; render(); },
});

/** @param {string} question @param {number} of */
const questionPart = (question, of) => html`<section class="card warm question" aria-labelledby="question">
  <h2 id="question">${t('One question to ask')}</h2>
  <p class="lead" aria-live="polite">${question}</p>
  ${of > 1 ? html`<button class="plain" type="button" @click=${() => { turned += 1; render(); }}>${t('Another question')}</button>` : nothing}
</section>`;

/** @param {Period} period */
const empty = (period) => html`<section class="empty"><p>${period === 'all' ? t('Nothing has been shared yet. A ladder can be talked about all the same.')
  : t('Nothing was shared from this time.')}</p></section>`;

/** @param {string} consent */
async function older(consent) {
  asking = true;
  render();
  await readEntries(consent, { older: true });
  asking = false;
  chosen = 'all';
  render();
}
