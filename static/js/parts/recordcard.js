/** The record card: the questions before and after a step for a pen, in the same order and as free to leave out. */
import { html, nothing } from 'lit-html';
import { OUTCOMES } from '../attempts.js';
import { setting } from '../rows.js';
import { t } from '../words.js';
import { outcomeWords } from './outcome.js';
import { anchorsOf } from './rating.js';

/** @typedef {import('../kinds.js').Step} Step */

const TENS = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];

/** @param {Step | undefined} step none: it is written in */
export const card = (step) => html`<section class="record">
  <div class="record-head"><p class="record-step">${step ? step.title : html`<span class="record-label">${t('One small step')}</span>${line()}`}</p>
    <p class="record-date"><span class="record-label">${t('Day')}</span>${line()}</p></div>
  ${asked(t('How hard is it, before you begin?'), scale(true))}
  ${asked(t('What might happen?'), html`${line()}${line()}`)}
  ${asked(t('How likely does it seem?'), scale(false))}
  <p class="record-fold" aria-hidden="true"></p>
  <div class="record-ask record-outcome"><p class="record-label">${t('How it went')}</p>
    <p>${OUTCOMES.map((one) => html`<span>○ ${outcomeWords()[one]}</span>`)}</p></div>
  ${asked(t('How was it really?'), html`${line()}${line()}`)}
  ${asked(t('How is it afterwards?'), scale(false))}
  ${asked(t('What helped'), line())}
  <p class="record-foot">${t('Any of it may stay empty. That it was tried is enough.')}</p>
</section>`;

/** @param {string} question @param {unknown} room */
const asked = (question, room) => html`<div class="record-ask"><p class="record-label">${question}</p>${room}</div>`;

const line = () => html`<span class="record-line"></span>`;

/** @param {boolean} named with the person's own marks under it */
function scale(named) {
  const anchors = anchorsOf(setting());
  const own = named ? Object.entries(anchors) : [];
  return html`<p class="record-scale">${TENS.map((n) => html`<span>${n}</span>`)}</p>
    ${own.length ? html`<p class="record-anchors">${own.map(([at, words]) => html`<span>${at} ${words}</span>`)}</p>` : nothing}`;
}
