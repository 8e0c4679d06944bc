/** What a person let be seen, as the parts of a page: the surprise, where it sticks, what was tried, what they wrote. */
import { html, nothing } from 'lit-html';
import { dayWords, shortDay } from '../../days.js';
import { feelingWords } from '../../feelings.js';
import { chart } from '../../parts/chart.js';
import { outcomeWords } from '../../parts/outcome.js';
import { t } from '../../words.js';
import { guessWords, happenedIn, noteSource, numbersWords, outcomesWords, stuckWords, when } from '../told.js';

/** @typedef {import('../../kinds.js').Attempt} Attempt */
/** @typedef {import('../summary.js').Summary} Summary */
/** @typedef {import('../summary.js').Tried} Tried */

const MOST_PAIRS = 20;      // in one picture
const OPEN_AT_FIRST = 2;    // steps whose times are unfolded

const freshMark = () => html`<span class="badge">${t('new')}</span>`;

/** @param {Summary['surprise']} surprise */
export function surprisePart(surprise) {
  if (!surprise) return nothing;
  const { one } = surprise;
  return html`<section class="card" aria-labelledby="surprise">
    <h2 id="surprise">${t('Biggest surprise')}</h2>
    <p class="note">${one.title} · ${when(one)}</p>
    ${surprise.by === 'guess' ? html`<dl class="pair told-pair">
      <div><dt>${t('Their guess')}</dt><dd dir="auto">${guessWords(one)}</dd></div>
      <div><dt>${t('What happened')}</dt><dd dir="auto">${happenedIn(one)}</dd></div></dl>` : html`<p>${numbersWords(one)}</p>`}
    ${one.found_out ? html`<blockquote class="quoted" dir="auto">${one.found_out}</blockquote>` : nothing}
  </section>`;
}

/** @param {Summary['sticks']} sticks */
export const sticksPart = (sticks) => (sticks.length ? html`<section class="card" aria-labelledby="sticks">
  <h2 id="sticks">${t('Where it sticks')}</h2>
  <ul class="plain-list">${sticks.map((one) => html`<li><strong>${one.title}</strong><br><span class="note">${stuckWords(one)}</span></li>`)}</ul>
</section>` : nothing);

/** @param {Summary['tried']} tried */
export const triedPart = (tried) => (tried.length ? html`<section class="stack" aria-labelledby="tried">
  <h2 id="tried">${t('Tried')}</h2>
  <ul class="list">${tried.map(triedStep)}</ul>
</section>` : nothing);

/** @param {Tried} one @param {number} i */
function triedStep(one, i) {
  const rated = one.attempts.filter(({ before, after }) => before !== null || after !== null).slice(0, MOST_PAIRS).reverse();
  return html`<li class="card">
    <h3>${one.title} ${one.fresh ? freshMark() : nothing}</h3>
    <p class="note">${outcomesWords(one)} · ${t('last {when}', { when: when(one.attempts[0]) })}</p>
    ${rated.length > 1 ? chart(rated.map(({ before, after, peak, started }) => ({ before, after, peak, label: started ? shortDay(started) : '' })), `chart-${one.step}`) : nothing}
    <details ?open=${i < OPEN_AT_FIRST && one.attempts.length < 4}><summary>${t('Every time, in words')}</summary>
      <ol class="plain-list">${one.attempts.map(time)}</ol></details>
  </li>`;
}

/** @param {Attempt} one */
function time(one) {
  const numbers = numbersWords(one);
  const feelings = feelingWords(one.feelings);
  return html`<li>
    <span class="note">${when(one)}</span> <span class="badge">${outcomeWords()[one.outcome ?? 'did']}</span>
    ${numbers ? html`<br>${numbers}` : nothing}
    ${one.guess ? html`<br><span class="note">${t('Their guess')}:</span> <span dir="auto">${guessWords(one)}</span>` : nothing}
    ${one.guess && one.happened ? html`<br><span class="note">${t('What happened')}:</span> <span dir="auto">${happenedIn(one)}</span>` : nothing}
    ${one.found_out ? html`<br><q dir="auto">${one.found_out}</q>` : nothing}
    ${feelings.length ? html`<br><span class="note">${feelings.join(t(', '))}</span>` : nothing}
    ${one.aids ? html`<br><span class="note">${t('What helped')}: ${one.aids}</span>` : nothing}</li>`;
}

/** A rest is a full entry: days, no gaps. @param {Summary['rested']} rested */
export const restedPart = (rested) => (rested.length ? html`<section class="card" aria-labelledby="rested">
  <h2 id="rested">${t('Rested')}</h2>
  <p>${rested.map(({ day }) => dayWords(day)).join(t(', '))}</p></section>` : nothing);

/** @param {Summary['helped']} helped */
export const helpedPart = (helped) => (helped.length ? html`<section class="card" aria-labelledby="helped">
  <h2 id="helped">${t('What helped')}</h2>
  <div class="row">${helped.map((one) => html`<span class="badge" dir="auto">${one}</span>`)}</div></section>` : nothing);

/** @param {Summary['notes']} notes */
export const notesPart = (notes) => (notes.length ? html`<section class="card" aria-labelledby="notes">
  <h2 id="notes">${t('In their own words')}</h2>
  <ul class="plain-list">${notes.map((one) => html`<li><blockquote class="quoted" dir="auto">${one.text}</blockquote>
    <p class="note">${noteSource(one)} ${one.fresh ? freshMark() : nothing}</p></li>`)}</ul></section>` : nothing);
