/**
 * Company for a while: a breath to breathe along with, or five senses to look around with. No sound, no network, nothing
 * counted, nothing to finish; no step ever waits for it.
 */
import { html } from 'lit-html';
import { breathAt, SENSES } from '../breath.js';
import { back, render, say } from '../page.js';
import { choices } from '../parts/choices.js';
import { flower } from '../parts/flower.js';
import { seconds } from '../parts/seconds.js';
import { changeSetting, setting, write } from '../rows.js';
import { t, tn } from '../words.js';

/** @typedef {import('../breath.js').Pace} Pace @typedef {Pace | 'still'} Way */

const clock = seconds();
/** The sense it is the turn of; -1 before and without. */
let sense = -1;
/** How many of that sense were found. */
let found = 0;

export const screen = {
  title: () => t('Breathe a little'),
  enter: stop,
  leave: stop,
  view: () => (clock.running() ? breathing(/** @type {Pace} */ (way())) : sense >= 0 ? around() : before()),
};

/** @returns {Way} */
const way = () => setting().breath || 'slow';

function stop() {
  clock.stop();
  sense = -1;
}

const before = () => html`
  ${flower('rest')}
  <p class="lead centred">${t('For a little while, somebody breathes along.')}</p>
  <div class="one-column">${choices({
    label: t('Which way?'), name: 'breath', hideLabel: true, value: way(),
    options: [
      { value: 'slow', text: t('Slowly: four in, six out') },
      { value: 'even', text: t('Evenly: four in, four out') },
      { value: 'still', text: t('Not the breath: look around') },
    ],
    onChoose: (breath) => write(changeSetting({ breath })),
  })}</div>
  <p class="note centred">${t('Nothing waits for this, no step either. If it feels tight, let your breath be as it is.')}</p>
  <div class="dock"><button class="primary" type="button" @click=${begin}>${t('Begin')}</button></div>`;

function begin() {
  window.scrollTo(0, 0);
  if (way() !== 'still') return clock.begin();
  found = 0;
  sense = 0;
  render();
}

/** @param {Pace} pace */
function breathing(pace) {
  const { turn, beat, of } = breathAt(pace, clock.elapsed());
  return html`<div class="breathing">
      ${flower(turn, pace)}
      <p class="breath-word" aria-live="polite">${turn === 'in' ? t('Breathe in') : t('Breathe out')}</p>
      ${dots(of, beat)}
    </div>
    ${enough()}`;
}

/** Seconds as dots: they say the same where nothing is to move. @param {number} of @param {number} full */
const dots = (of, full) => html`<p class="breath-dots" aria-hidden="true">${Array.from({ length: of }, (_, i) => html`<i class=${i < full ? 'full' : ''}></i>`)}</p>`;

const enough = () => html`<div class="dock"><button class="choice even" type="button" @click=${() => back()}>${t('That is enough')}</button></div>`;

/** @param {string} name @param {number} n @returns {string} */
const wanted = (name, n) => ({
  see: tn('{n} thing you can see', '{n} things you can see', n),
  touch: tn('{n} thing you can touch', '{n} things you can touch', n),
  hear: tn('{n} thing you can hear', '{n} things you can hear', n),
  smell: tn('{n} thing you can smell', '{n} things you can smell', n),
  taste: tn('{n} thing you can taste', '{n} things you can taste', n),
})[name] ?? '';

function around() {
  if (sense >= SENSES.length) return arrived();
  const [name, n] = SENSES[sense];
  return html`<div class="breathing">
      <p class="breath-word">${wanted(name, n)}</p>
      <div class="senses" role="group" aria-label=${t('Touch a circle for each, if you like')}>${Array.from({ length: n }, (_, i) => html`
        <button class="sense" type="button" aria-pressed=${i < found} aria-label=${i + 1} @click=${find}></button>`)}</div>
      <p class="note">${t('Touch a circle for each, if you like')}</p>
    </div>
    <div class="dock">
      <button class="primary" type="button" @click=${onward}>${t('Go on')}</button>
      <button class="choice even" type="button" @click=${() => back()}>${t('That is enough')}</button>
    </div>`;
}

function find() {
  found += 1;
  render();
  if (found >= SENSES[sense]?.[1]) window.setTimeout(() => { if (sense >= 0 && found >= SENSES[sense]?.[1]) onward(); }, 700);
}

function onward() {
  sense += 1;
  found = 0;
  render();
  const next = SENSES[sense];
  if (next) say(wanted(next[0], next[1]));
}

const arrived = () => html`<div class="breathing">
    ${flower('rest')}
    <p class="breath-word">${t('Here you are.')}</p>
  </div>
  ${enough()}`;
