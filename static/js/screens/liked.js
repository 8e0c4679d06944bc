/** Something once liked, to be met again in the smallest way; it stands on the map of what supports me as well. */
import { html, nothing } from 'lit-html';
import { saveDraft } from '../drafts.js';
import { go } from '../page.js';
import { BLANK_SUPPORT, onceLiked } from '../support.js';
import { likedBefore } from '../tinies.js';
import { t } from '../words.js';

export const screen = {
  title: () => t('Something you once liked'),
  up: () => '/support',
  view() {
    const list = onceLiked();
    return html`
      ${list.length ? html`<ul class="joys">${list.map(({ id, name, tiny }) => html`<li><a class="card" href="#/support/${id}?liked=1"><strong>${name}</strong>${tiny ? html`<span>${tiny}</span>` : nothing}</a></li>`)}</ul>`
        : html`<p class="note">${t('Before all this, or long ago. It may have changed, and so may you. A small hello is enough.')}</p>
          <div class="liked-before">${likedBefore().map((name) => html`<button class="choice" type="button" @click=${() => begin(String(name))}>${name}</button>`)}</div>`}
      <div class="dock"><a class="choice even" href="#/support/new?liked=1">${list.length ? t('Something else you once liked') : t('In your own words')}</a></div>`;
  },
};

/** @param {string} name */
function begin(name) {
  void saveDraft('support/new', { ...BLANK_SUPPORT, name, sort: 'doing', liked: true });
  go('/support/new?liked=1');
}
