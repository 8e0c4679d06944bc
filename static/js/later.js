/** A screen that is fetched when it is first opened, and a kind word where it cannot be. */
import { html } from 'lit-html';
import { isOpen, openBook } from './language.js';
import { render, say } from './page.js';
import { t } from './words.js';
import { update, updateReady } from './worker.js';

/** @typedef {import('./screens.js').Screen} Screen @typedef {import('./router.js').Params} Params */

/**
 * @param {string} book the catalogue its sentences stand in, besides the app's own
 * @param {() => Promise<Screen>} fetched
 * @param {string} up where "back" leads meanwhile
 * @returns {Screen}
 */
export function later(book, fetched, up) {
  /** @type {Screen | undefined} */
  let here;
  /** @type {'coming' | 'there' | 'absent'} */
  let state = 'coming';
  /** The visit that is going on. @type {Params | null} */
  let visit = null;
  const shown = () => (state === 'there' ? here : undefined);

  /** @param {Params} params */
  async function fetchFor(params) {
    try {
      here ??= await fetched();
      await openBook(book);
    } catch (error) {
      console.warn(error);
    }
    if (visit !== params) return;         // gone on meanwhile
    state = here && isOpen(book) ? 'there' : 'absent';
    shown()?.enter?.(params);
    render();
    say(title(params));
  }

  /** @param {Params} params */
  const title = (params) => shown()?.title(params) ?? (state === 'absent' ? t('This page needs a connection') : t('One moment…'));

  return {
    title,
    view: (params) => shown()?.view(params) ?? (state === 'absent' ? away() : html`<p class="note">${t('One moment…')}</p>`),
    up: (params) => shown()?.up?.(params) ?? up,
    enter(params) {
      visit = params;
      state = here && isOpen(book) ? 'there' : 'coming';
      if (state === 'there') here?.enter?.(params);
      else void fetchFor(params);
    },
    leave() {
      visit = null;
      shown()?.leave?.();
    },
  };
}

/** A browser may remember that a module did not come; only a page that begins anew asks again, and drafts live through that. */
const away = () => html`<section class="card soft stack">
  <p>${t('It could not be fetched just now. Everything you write and try works without it.')}</p>
  <button class="quiet" type="button" @click=${() => (updateReady() ? update() : location.reload())}>${t('Try again')}</button>
</section>`;
