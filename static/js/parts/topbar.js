/** The bar above every screen: back, the name of the screen, what waits to be sent, and the way to people who help. */
import { html, nothing } from 'lit-html';
import { back } from '../page.js';
import { status } from '../status.js';
import { t, tn } from '../words.js';
import { backIcon, homeIcon, ladderIcon, moreIcon, waitingIcon } from './icons.js';

/**
 * @param {{title: string, up?: string, help: boolean}} page
 *   up: where "back" leads when there is nothing to go back to; without it there is no back
 */
export function topbar({ title, up, help }) {
  return html`<header class="top">
    ${up === undefined ? nothing
      : html`<button class="icon" type="button" aria-label=${t('Back')} @click=${() => back(up)}>${backIcon}</button>`}
    <h1 tabindex="-1">${title}</h1>
    ${waitingChip()}
    ${help ? html`<a class="help" href="#/help">${t('Help')}</a>` : nothing}
  </header>`;
}

/** Saving says nothing while all is well; this appears only when something is still on this phone alone. */
function waitingChip() {
  const { waiting, refused } = status();
  const stuck = refused.length;
  if (!waiting && !stuck) return nothing;
  const words = stuck ? tn('{n} thing could not be sent', '{n} things could not be sent', stuck)
    : tn('{n} thing waits to be sent', '{n} things wait to be sent', waiting);
  return html`<a class="chip ${stuck ? 'stuck' : ''}" href="#/waiting" aria-label=${words} title=${words}>
    ${waitingIcon}<span aria-hidden="true">${stuck || waiting}</span></a>`;
}

/** @param {string} here which of the three doors this screen belongs behind */
export function tabs(here) {
  const doors = [['home', '#/', homeIcon, t('Today')], ['ladders', '#/ladders', ladderIcon, t('Ladders')],
    ['more', '#/settings', moreIcon, t('More')]];
  return html`<nav class="tabs" aria-label=${t('Main pages')}>${doors.map(([name, to, icon, words]) => html`
    <a href=${to} aria-current=${name === here ? 'page' : nothing}>${icon}<span>${words}</span></a>`)}</nav>`;
}
