/** The book of surprises: one page at a time, to be leafed through with a thumb; sought on this phone; shared page by page. */
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { PAGE } from '../tries.js';
import { localDay, momentWords } from '../days.js';
import { dayWords } from '../daywords.js';
import { render } from '../page.js';
import { bird } from '../parts/bird.js';
import { outOf } from '../parts/bookmark.js';
import { openBook } from '../parts/drawn.js';
import { backIcon } from '../parts/icons.js';
import { happenedIn } from '../parts/outcome.js';
import { likelyWords } from '../parts/rating.js';
import { sharingChoice, sharingNote } from '../parts/sharing.js';
import { mayBeSeen } from '../sharing.js';
import { leafed, surprises } from '../surprises.js';
import { t, tn } from '../words.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../router.js').Params} Params */

const WORTH_SEEKING = 4;   // pages; fewer are leafed through sooner than sought

let sought = '';
let at = 0;
let shown = PAGE;

export const screen = {
  title: () => t('The book of surprises'),
  up: () => '/seeing',
  /** @param {Params} params */
  enter({ page }) {
    sought = '';
    shown = PAGE;
    at = Math.max(0, surprises().findIndex((one) => one.id === page));
    while (shown <= at) shown += PAGE;
    leafTo(at);
  },
  view() {
    const book = surprises();
    if (!book.length) return empty();
    const found = leafed(sought, book, said);
    return html`
      ${book.length >= WORTH_SEEKING ? seek(found.length) : nothing}
      ${found.length ? pages(found) : html`<p class="empty">${t('No page has these words.')}</p>`}
      ${found.length > 1 ? turning(Math.min(at, found.length - 1), found.length) : nothing}`;
  },
};

/** What else a page can be found by. @param {Attempt} one */
const said = (one) => `${happenedIn(one)} ${one.started ? momentWords(one.started) : ''}`;

const empty = () => html`<div class="empty">${openBook}
    <h2>${t('The first page is still white')}</h2>
    <p>${t('Before a step you can write what might happen. Where it goes another way, the page writes itself.')}</p></div>
  <div class="dock"><a class="primary" href="#/">${t('Go to today')}</a></div>`;

/** @param {number} found */
const seek = (found) => html`<label class="word-seek"><span class="unseen">${t('Look for a word in your book')}</span>
    <input type="search" name="seek" autocomplete="off" enterkeyhint="search" maxlength="100" placeholder=${t('Look for a word')} .value=${sought} @input=${look}></label>
  ${sought.trim() ? html`<p class="note" role="status">${tn('{n} page', '{n} pages', found)}</p>` : nothing}`;

/** @param {Event} event */
function look(event) {
  sought = /** @type {HTMLInputElement} */ (event.target).value;
  shown = PAGE;
  leafTo(0);
}

/** @param {Attempt[]} found */
const pages = (found) => html`<div class="pages" tabindex="0" role="group" aria-label=${t('Pages, the newest first')} @scroll=${scrolled}>
  ${repeat(found.slice(0, shown), (one) => one.id, leaf)}
  ${found.length > shown ? html`<div class="leaf leaf-more"><button class="quiet" type="button" @click=${older}>${t('Earlier pages')}</button></div>` : nothing}
</div>`;

/** @param {Attempt} one */
function leaf(one) {
  const came = happenedIn(one);
  return html`<article class="leaf" aria-label=${one.title}>
    <p class="note leaf-head"><span>${[one.started ? dayWords(localDay(one.started, one.zone)) : '', one.where].filter(Boolean).join(' · ')}</span><span>${one.title}</span></p>
    ${one.guess.trim() ? html`<div class="leaf-guess"><p class="note">${t('I thought')}</p><p class="leaf-words">${one.guess}</p>
      ${one.likelihood !== null ? html`<p class="note">${likelyWords(one.likelihood)}</p>` : nothing}</div>` : nothing}
    <div class="leaf-seam" aria-hidden="true">${bird}</div>
    <div class="leaf-came"><p class="note">${t('And then')}</p>
      <p class="leaf-words">${one.found_out.trim() || came || one.title}</p>
      ${one.found_out.trim() && came ? html`<p class="note">${came}</p>` : nothing}</div>
    <div class="row leaf-foot"><a class="plain" href="#/attempt/${one.id}">${t('Open the entry')}</a>
      <button class="plain" type="button" @click=${() => outOf(one)}>${t('Take it out')}</button></div>
    ${mayBeSeen().length ? html`<details><summary>${sharingNote(one)}</summary>${sharingChoice(one, { id: `sharing-${one.id}` })}</details>` : nothing}
  </article>`;
}

/** @param {number} here @param {number} all */
const turning = (here, all) => html`<div class="dock leafing">
  <button class="icon" type="button" aria-label=${t('The page before')} aria-disabled=${here === 0 ? 'true' : nothing} @click=${() => leafTo(here - 1)}>${backIcon}</button>
  <p aria-live="polite">${t('Page {n} of {of}', { n: here + 1, of: all })}</p>
  <button class="icon onward" type="button" aria-label=${t('The next page')} aria-disabled=${here === all - 1 ? 'true' : nothing} @click=${() => leafTo(here + 1)}>${backIcon}</button>
</div>`;

/** @param {Event} event */
function scrolled(event) {
  const book = /** @type {HTMLElement} */ (event.currentTarget);
  const now = Math.round(book.scrollLeft / Math.max(1, book.clientWidth));
  if (now === at) return;
  at = now;
  render();
}

function older() {
  shown += PAGE;
  render();
}

/** @param {number} page */
async function leafTo(page) {
  at = Math.max(0, page);
  if (at >= shown) shown += PAGE;
  await render();
  const book = document.querySelector('.pages');
  book?.scrollTo({ left: at * book.clientWidth });
}
