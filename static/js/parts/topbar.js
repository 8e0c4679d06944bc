/** The bar above every screen: back, the name of the screen, what waits to be sent, and the way to people who help. */
import { html, nothing } from 'lit-html';
import { hide, mayHide } from '../cover.js';
import { back, render } from '../page.js';
import { status } from '../status.js';
import { t, tn } from '../words.js';
import { backIcon, hideIcon, homeIcon, ladderIcon, moreIcon, waitingIcon } from './icons.js';

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

/** Sending takes a moment; only what waits longer is worth a word, in milliseconds. */
const PATIENCE = 2_500;
let since = 0;

/** Whether something has been waiting for long, or is known not to get through. @param {import('../status.js').Status} standing */
function waitsLong({ waiting, offline }) {
  if (!waiting) since = 0;
  else if (!since) {
    since = Date.now();
    setTimeout(render, PATIENCE + 50);
  }
  return waiting > 0 && (offline || Date.now() - since > PATIENCE);
}

/** Saving says nothing while all is well; this appears only when something is still on this phone alone. */
function waitingChip() {
  const standing = status();
  const { waiting, memoryOnly, signedOut, updateNeeded } = standing;
  const stuck = standing.refused.length;
  if (!waitsLong(standing) && !stuck && !memoryOnly && !signedOut && !updateNeeded) return nothing;
  const words = stuck ? tn('{n} thing could not be sent', '{n} things could not be sent', stuck)
    : waiting ? tn('{n} thing waits to be sent', '{n} things wait to be sent', waiting)
      : t('Not everything can be kept or sent just now');
  return html`<a class="chip" href="#/waiting" aria-label=${words} title=${words}>
    ${waitingIcon}${stuck || waiting ? html`<span aria-hidden="true">${stuck || waiting}</span>` : nothing}</a>`;
}

/** @param {string} here which of the three doors this screen belongs behind */
export function tabs(here) {
  const doors = [['home', '#/', homeIcon, t('Today')], ['ladders', '#/ladders', ladderIcon, t('Ladders')],
    ['more', '#/settings', moreIcon, t('More')]];
  return html`<nav class="tabs" aria-label=${t('Main pages')}>${doors.map(([name, to, icon, words]) => html`
    <a href=${to} aria-current=${name === here ? 'page' : nothing}>${icon}<span>${words}</span></a>`)}</nav>`;
}
