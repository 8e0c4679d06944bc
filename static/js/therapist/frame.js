/** The bar above every screen of the desk: back, the name, the two doors, and what is still unsent. */
import { html, nothing } from 'lit-html';
import { back } from '../page.js';
import { backIcon, moreIcon } from '../parts/icons.js';
import { waitingIcon } from '../parts/moreicons.js';
import { peopleIcon } from '../parts/moreicons.js';
import { status } from '../status.js';
import { t, tn } from '../words.js';
import { isIn } from './standing.js';

/** @param {{title: string, up?: string, door?: string}} page up: where "back" leads; door: which of the two is open */
export const bar = ({ title, up, door }) => html`<header class="top">
  ${up === undefined ? nothing : html`<button class="icon" type="button" aria-label=${t('Back')} @click=${() => back(up)}>${backIcon}</button>`}
  <h1 tabindex="-1">${title}</h1>
  ${isIn() ? html`${chip()}${doors(door)}` : html`<a class="help" href="/help">${t('Help')}</a>`}
</header>`;

/** @param {string} [here] */
function doors(here) {
  const all = [['people', '#/', peopleIcon, t('People')], ['settings', '#/settings', moreIcon, t('Settings')]];
  return html`<nav class="doors" aria-label=${t('Main pages')}>${all.map(([name, to, icon, words]) => html`
    <a href=${to} aria-current=${name === here ? 'page' : nothing}>${icon}<span>${words}</span></a>`)}</nav>`;
}

/** Nothing of this outlives the page, so whatever is unsent is said. */
function chip() {
  const { waiting, refused, offline } = status();
  const count = refused.length || (offline ? waiting : 0);
  if (!count) return nothing;
  const words = refused.length ? tn('{n} thing could not be sent', '{n} things could not be sent', count) : tn('{n} thing waits to be sent', '{n} things wait to be sent', count);
  return html`<a class="chip" href="#/unsent" aria-label=${words} title=${words}>${waitingIcon}<span aria-hidden="true">${count}</span></a>`;
}
