/** The bar above every screen: back, the name of the screen, what waits to be sent, and the way to people who help. */
import { html, nothing } from 'lit-html';
import { hide, mayHide } from '../cover.js';
import { waitingChip } from '../hung.js';
import { back } from '../page.js';
import { t } from '../words.js';
import { backIcon, hideIcon, homeIcon, ladderIcon, moreIcon } from './icons.js';

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
    ${mayHide() ? html`<button class="icon" type="button" aria-label=${t('Hide this page')} @click=${hide}>${hideIcon}</button>` : nothing}
    ${help ? html`<a class="help" href="#/help">${t('Help')}</a>` : nothing}
  </header>`;
}

/** @param {string} here which of the three doors this screen belongs behind */
export function tabs(here) {
  const doors = [['home', '#/', homeIcon, t('Today')], ['ladders', '#/ladders', ladderIcon, t('Ladders')],
    ['more', '#/settings', moreIcon, t('More')]];
  return html`<nav class="tabs" aria-label=${t('Main pages')}>${doors.map(([name, to, icon, words]) => html`
    <a href=${to} aria-current=${name === here ? 'page' : nothing}>${icon}<span>${words}</span></a>`)}</nav>`;
}
