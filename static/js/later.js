/** A screen of a shelf that may not have come yet, and a kind word where it cannot. */
import { html } from 'lit-html';
import { render, say } from './page.js';
import { onShelf, openShelf, shelf } from './shelves.js';
import { t } from './words.js';
import { update, updateReady } from './worker.js';

/** @typedef {import('./screens.js').Screen} Screen @typedef {import('./router.js').Params} Params */
/** @typedef {import('./shelves.js').Shelves} Shelves */

/**
 * The screens of a shelf.
 * @template {keyof Shelves} Name
 * @typedef {{[Key in keyof Shelves[Name]]: Shelves[Name][Key] extends Screen ? Key : never}[keyof Shelves[Name]]} On
 */

/**
 * @template {keyof Shelves} Name
 * @param {Name} where
 * @param {On<Name>} name
 * @param {string} [up] where "back" leads, unless the screen says otherwise
 * @returns {Screen}
 */
export function later(where, name, up = '/') {
  let absent = false;
  /** The visit that is going on. @type {Params | null} */
  let visit = null;
  /** What came to the visit. @type {Screen | undefined} */
  let shown;
  const found = () => /** @type {Screen | undefined} */ (shelf(where)?.[name]);

  /** @param {Params} params */
  async function fetchFor(params) {
    absent = false;
    await openShelf(where).catch((error) => console.warn(error));
    if (visit !== params || shown) return;         // gone on meanwhile
    shown = found();
    absent = !shown;
    shown?.enter?.(params);
    render();
    say(title(params));
  }

  onShelf(() => { if (visit && !shown && found()) void fetchFor(visit); });

  /** @param {Params} params */
  const title = (params) => shown?.title(params) ?? (absent ? t('This page needs a connection') : t('One moment…'));

  return {
    title,
    view: (params) => shown?.view(params) ?? (absent ? away() : html`<p class="note">${t('One moment…')}</p>`),
    up: (params) => shown?.up?.(params) ?? up,
    enter(params) {
      visit = params;
      shown = found();
      if (shown) shown.enter?.(params);
      else void fetchFor(params);
    },
    leave() {
      visit = null;
      shown?.leave?.();
      shown = undefined;
    },
  };
}

/** A browser may remember that a module did not come; only a page that begins anew asks again, and drafts live through that. */
const away = () => html`<section class="card soft stack">
  <p>${t('It could not be fetched just now. Everything you write and try works without it.')}</p>
  <button class="quiet" type="button" @click=${() => (updateReady() ? update() : location.reload())}>${t('Try again')}</button>
</section>`;
