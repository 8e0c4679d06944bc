/** Small good things with light, the body, food: tiny, none of them needed, and any of them can become a step. */
import { html } from 'lit-html';
import { render } from '../page.js';
import { choices } from '../parts/choices.js';
import { plusIcon } from '../parts/icons.js';
import { checkIcon } from '../parts/moreicons.js';
import { put, whichLadder } from '../parts/ontoladder.js';
import { stepsInUse } from '../steps.js';
import { MOODS, moodWords, tinies } from '../tinies.js';
import { t } from '../words.js';

/** @typedef {import('../tinies.js').Mood} Mood */

/** @type {Mood} */
let mood = 'light';

export const screen = {
  title: () => t('Small good things'),
  up: () => '/settings',
  view: () => html`
    <p class="note">${t('None of it is needed. If one of them appeals to you, it can stand on a ladder as a step.')}</p>
    ${choices({ label: t('What kind?'), hideLabel: true, name: 'mood', fit: 'three', value: mood,
      options: MOODS.map((value) => ({ value, text: moodWords()[value] })), onChoose: turn })}
    <ul class="joys">${tinies()[mood].map(one)}</ul>
    ${whichLadder()}
    <ul class="list tight"><li><a href="#/liked"><span>${t('Something you once liked')}</span></a></li></ul>`,
};

/** @param {string} to */
function turn(to) {
  mood = /** @type {Mood} */ (to);
  render();
}

/** As a step it is the bare words, whatever is drawn over them here. @param {string} words */
function one(words) {
  const title = String(words);
  const there = stepsInUse().some((step) => step.title === title);
  return html`<li><button class="joy" type="button" ?disabled=${there} aria-label=${there ? t('{title}: it stands on a ladder', { title }) : t('{title}: put it on a ladder', { title })}
    @click=${() => put(title)}><span>${words}</span>${there ? checkIcon : plusIcon}</button></li>`;
}
