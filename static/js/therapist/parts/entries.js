/** What a person let be seen, as the parts of a page. Each is short; what is long lies folded under it. */
import { html, nothing } from 'lit-html';
import { dayWords, shortDay } from '../../daywords.js';
import { feelingWords } from '../../feelings.js';
import { chart } from '../../parts/chart.js';
import { happenedIn, outcomeWords } from '../../parts/outcome.js';
import { t, tn } from '../../words.js';
import { guessWords, noteSource, numbersWords, outcomesWords, stuckWords, when } from '../told.js';

/** @typedef {import('../../kinds.js').Attempt} Attempt */
/** @typedef {import('../summary.js').Summary} Summary */
/** @typedef {import('../summary.js').Tried} Tried */

const MOST_PAIRS = 20;      // in one picture
const STEPS = 5;            // in sight; more are unfolded
const NOTES = 3;

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
  <ul class="list tight">${tried.slice(0, STEPS).map(triedStep)}</ul>
  ${tried.length > STEPS ? html`<details><summary>${tn('{n} more', '{n} more', tried.length - STEPS)}</summary>
    <ul class="list tight">${tried.slice(STEPS).map(triedStep)}</ul></details>` : nothing}
</section>` : nothing);

/** @param {Tried} one */
function triedStep(one) {
  const rated = one.attempts.filter(({ before, after }) => before !== null || after !== null).slice(0, MOST_PAIRS).reverse();
  return html`<li><details class="tried-step">
    <summary><span><strong>${one.title}</strong> ${one.fresh ? freshMark() : nothing}<br>
      <span class="note">${outcomesWords(one)} · ${t('last {when}', { when: when(one.attempts[0]) })}</span></span></summary>
    <div class="tried-times">${rated.length > 1 ? chart(rated.map(({ before, after, peak, started }) => ({ before, after, peak, label: started ? shortDay(started) : '' })), `chart-${one.step}`) : nothing}
      <ol class="plain-list">${one.attempts.map(time)}</ol></div></details></li>`;
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
    ${one.where ? html`<br><span class="note">${t('Where')}: ${one.where}</span>` : nothing}
    ${one.first_time ? html`<br><span class="badge">${t('a first time')}</span>` : nothing}
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
  <ul class="plain-list">${notes.slice(0, NOTES).map(note)}</ul>
  ${notes.length > NOTES ? html`<details><summary>${tn('{n} more', '{n} more', notes.length - NOTES)}</summary>
    <ul class="plain-list">${notes.slice(NOTES).map(note)}</ul></details>` : nothing}</section>` : nothing);

/** @param {Summary['notes'][number]} one */
const note = (one) => html`<li><blockquote class="quoted" dir="auto">${one.text}</blockquote>
  <p class="note">${noteSource(one)} ${one.fresh ? freshMark() : nothing}</p></li>`;
