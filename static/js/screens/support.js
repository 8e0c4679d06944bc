/** The map of who and what supports me: drawn, private, as full or as empty as it is. */
import { html, nothing, svg } from 'lit-html';
import { nearWords, sortIcon, supportMap } from '../parts/supportmap.js';
import { supports } from '../support.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Support} Support */

export const screen = {
  title: () => t('What supports me'),
  up: () => '/settings',
  view() {
    const list = supports();
    return html`
      ${list.length ? html`${supportMap(list)}${asList(list)}` : empty()}
      <p class="note centred">${t('Only you see this map. It is never shown to anybody.')}</p>
      <ul class="list tight"><li><a href="#/liked"><span>${t('Something you once liked')}</span></a></li></ul>
      <div class="dock"><a class="primary" href="#/support/new">${t('Put something on the map')}</a></div>`;
  },
};

/** @param {Support[]} list */
const asList = (list) => html`<details>
  <summary>${t('The same as a list')}</summary>
  ${nearWords().map((words, ring) => {
    const here = list.filter((one) => (one.near ?? 2) === ring);
    return here.length ? html`<section class="stack"><h2 class="diary-month">${words}</h2>
      <ul class="list tight">${here.map((one) => html`<li><a href="#/support/${one.id}"><span class="row snug">${sortIcon(one.sort)}<span>${one.name}</span></span></a></li>`)}</ul></section>` : nothing;
  })}
</details>`;

const empty = () => html`<div class="empty">
  <svg class="drawing wide" viewBox="0 0 200 150" aria-hidden="true" focusable="false">${svg`
    <ellipse class="support-ring" cx="100" cy="75" rx="92" ry="68"></ellipse><ellipse class="support-ring" cx="100" cy="75" rx="56" ry="42"></ellipse>
    <path class="support-thread" d="M100 75Q80 50 62 44M100 75Q130 62 146 40M100 75Q112 98 100 117"></path>
    <circle class="support-me" cx="100" cy="75" r="17"></circle>
    <circle class="support-dot" cx="60" cy="43" r="12"></circle><circle class="support-dot" cx="148" cy="38" r="10"></circle><circle class="drawing-warm" cx="100" cy="119" r="11"></circle>`}</svg>
  <p class="lead">${t('A cat, a song, a bench, somebody’s voice.')}</p>
  <p class="note">${t('Whatever holds you a little may stand here. One is a map already.')}</p>
</div>`;
