/** The diary: pages by month, to be leafed through and looked up in on this phone. */
import { html, nothing, svg } from 'lit-html';
import { dayName, dayWords } from '../daywords.js';
import { byMonth, entries, foundIn } from '../diary.js';
import { feelingWords } from '../feelings.js';
import { render } from '../page.js';
import { sharingNote } from '../parts/sharing.js';
import { weekdayOf } from '../rhythm.js';
import { language, t } from '../words.js';

/** @typedef {import('../kinds.js').Diary} Diary */

const PAGE = 40;
const FEW = 3;    // with fewer there is nothing to look up
let shown = PAGE;
let sought = '';
/** A page is being read: what was looked up still stands when one comes back from it. */
let away = false;

export const screen = {
  title: () => t('Diary'),
  up: () => '/settings',
  enter() {
    if (!away) {
      shown = PAGE;
      sought = '';
    }
    away = false;
  },
  view() {
    const list = entries();
    return html`
      ${list.length >= FEW || sought ? seek() : nothing}
      ${list.length ? pages(foundIn(list, sought, dayWords)) : empty()}
      <div class="dock"><a class="primary" href="#/diary/new">${t('Write something')}</a></div>`;
  },
};

const seek = () => html`<label class="field seek"><span class="unseen">${t('Look something up')}</span>
  <input type="search" name="seek" autocomplete="off" enterkeyhint="search" placeholder=${t('Look something up')} .value=${sought} @input=${look}></label>`;

/** @param {Event} event */
function look(event) {
  sought = /** @type {HTMLInputElement} */ (event.target).value;
  shown = PAGE;
  render();
}

/** @param {Diary[]} found */
function pages(found) {
  if (!found.length) return html`<p class="empty note" role="status">${t('There is no page with these words.')}</p>`;
  return html`${byMonth(found.slice(0, shown)).map(([month, list]) => html`<section class="stack">
      <h2 class="diary-month">${monthWords(month)}</h2>
      <ul class="diary">${list.map(page)}</ul>
    </section>`)}
    ${found.length > shown ? html`<button class="quiet" type="button" @click=${more}>${t('Show more')}</button>` : nothing}`;
}

/** @param {Diary} one */
const page = (one) => html`<li><a class="diary-page" href="#/diary/${one.id}" @click=${() => { away = true; }}>
  <span class="diary-day"><b>${Number(one.day.slice(8))}</b><span>${dayName(weekdayOf(one.day), 'short')}</span></span>
  <span class="diary-lines"><span class="diary-text">${one.text}</span>
    ${one.feelings.length ? html`<span class="note">${feelingWords(one.feelings).join(t(', '))}</span>` : nothing}
    ${one.sharing === 'open' ? sharingNote(one) : nothing}</span>
</a></li>`;

function more() {
  shown += PAGE;
  render();
}

/** @param {string} month YYYY-MM */
const monthWords = (month) => new Intl.DateTimeFormat(language(), { timeZone: 'UTC', year: 'numeric', month: 'long' }).format(Date.parse(`${month}-01T00:00:00Z`));

const empty = () => html`<div class="empty">
  <svg class="drawing" viewBox="0 0 160 120" aria-hidden="true" focusable="false">${svg`
    <path class="drawing-soft" d="M22 24q30-12 58 4 28-16 58-4v74q-30-12-58 4-28-16-58-4z"></path>
    <path class="drawing-line" d="M80 28v74M22 24q30-12 58 4 28-16 58-4v74q-30-12-58 4-28-16-58-4z"></path>
    <path class="drawing-faint" d="M36 44q18-4 32 2M36 58q18-4 32 2M92 46q14-6 32-2"></path>
    <path class="drawing-warm" d="m104 74 26-30 8 7-26 30-11 4z"></path>`}</svg>
  <p class="lead">${t('A word, a line, a page.')}</p>
  <p class="note">${t('Only you see it. You can look it up later, and show a single page to somebody if you ever wish.')}</p>
</div>`;
