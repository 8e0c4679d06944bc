/** Small good things: what was once liked, and tiny ones with light, the body, food. Any of them can become a step. */
import { html, nothing } from 'lit-html';
import { saveDraft } from '../drafts.js';
import { go, render } from '../page.js';
import { choices } from '../parts/choices.js';
import { checkIcon, plusIcon } from '../parts/icons.js';
import { put, whichLadder } from '../parts/ontoladder.js';
import { stepsInUse } from '../steps.js';
import { BLANK_SUPPORT, onceLiked } from '../support.js';
import { likedBefore, MOODS, moodWords, tinies } from '../tinies.js';
import { t } from '../words.js';

/** @typedef {import('../tinies.js').Mood} Mood */

/** @type {Mood} */
let mood = 'light';

export const screen = {
  title: () => t('Small good things'),
  up: () => '/settings',
  view: () => html`
    ${liked()}
    <section class="stack">
      <h2>${t('Something very small')}</h2>
      <p class="note">${t('None of it is needed. If one of them looks at you, it can stand on a ladder as a step.')}</p>
      ${choices({ label: t('What kind?'), hideLabel: true, name: 'mood', fit: 'three', value: mood,
        options: MOODS.map((value) => ({ value, text: moodWords()[value] })), onChoose: turn })}
      ${whichLadder()}
      <ul class="joys">${tinies()[mood].map(one)}</ul>
    </section>`,
};

/** @param {string} to */
function turn(to) {
  mood = /** @type {Mood} */ (to);
  render();
}

/** @param {string} title */
function one(title) {
  const there = stepsInUse().some((step) => step.title === title);
  return html`<li><button class="joy" type="button" ?disabled=${there} aria-label=${there ? t('{title}: it stands on a ladder', { title }) : t('{title}: put it on a ladder', { title })}
    @click=${() => put(title)}><span>${title}</span>${there ? checkIcon : plusIcon}</button></li>`;
}

function liked() {
  const list = onceLiked();
  return html`<section class="stack">
    <h2>${t('Something you once liked')}</h2>
    ${list.length ? html`<ul class="joys">${list.map(({ id, name, tiny }) => html`<li><a class="card" href="#/support/${id}"><strong>${name}</strong>${tiny ? html`<span>${tiny}</span>` : nothing}</a></li>`)}</ul>`
      : html`<p class="note">${t('Before all this, or long ago. It may have changed, and so may you. A small hello is enough.')}</p>`}
    <div class="row">${list.length ? nothing : likedBefore().map((name) => html`<button class="choice liked-before" type="button" @click=${() => begin(name)}>${name}</button>`)}</div>
    <a class="plain" href="#/support/new?liked=1">${list.length ? t('Something else you once liked') : t('In your own words')}</a>
  </section>`;
}

/** @param {string} name */
function begin(name) {
  void saveDraft('support/new', { ...BLANK_SUPPORT, name, sort: 'doing', liked: true });
  go('/support/new?liked=1');
}
