/** A sheet as it will come out of a printer, seen before; everything else stays off the paper (paper.css). */
import { html, nothing } from 'lit-html';
import { attempts, isKept } from '../attempts.js';
import { dayWords } from '../daywords.js';
import { ladderOf } from '../ladders.js';
import { render } from '../page.js';
import { card } from '../parts/recordcard.js';
import { outcomeWords } from '../parts/outcome.js';
import { daysTried } from '../seeing.js';
import { stepOf, stepsInUse, stepsOf } from '../steps.js';
import { t, tn } from '../words.js';

/** @typedef {import('../router.js').Params} Params */
/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../kinds.js').Step} Step */

const printing = () => html`<div class="dock"><button class="primary" type="button" @click=${() => print()}>${t('Print')}</button></div>`;
const gone = () => html`<p>${t('This ladder is not on this phone.')}</p><div class="dock"><a class="primary" href="#/paper">${t('On paper')}</a></div>`;
const up = () => '/paper';

export const ladderSheet = {
  title: () => t('The ladder on paper'),
  up,
  /** @param {Params} params */
  view({ id }) {
    const ladder = ladderOf(id);
    if (!ladder) return gone();
    const steps = stepsOf(id);
    return html`<article class="sheet-of-paper ${steps.length <= ONE_PAGE ? 'paper-fills' : ''}">
      <h2 class="paper-title">${ladder.title}</h2>
      ${ladder.wish ? html`<p class="paper-wish">${ladder.wish}</p>` : nothing}
      <div class="paper-ladder"><ol reversed>${[...steps].reverse().map(rung)}</ol></div>
      <p class="paper-ground">${t('here, now')}</p>
      <p class="paper-foot">${t('In any order, as often as you like. A circle for each time you tried, however it ended.')}</p>
    </article>${printing()}`;
  },
};

const CIRCLES = 5;
const ONE_PAGE = 12;   // so many rungs stand on one sheet with air between them

/** @param {Step} step */
const rung = (step) => html`<li><span class="paper-number">${step.predicted ?? ''}</span><span class="paper-words">${step.title}</span>
  <span class="paper-circles" aria-hidden="true">${'○'.repeat(CIRCLES)}</span></li>`;

/** For which step; '' is a card for any. */
let wanted = '';

export const cardSheet = {
  title: () => t('A card for one step'),
  up,
  /** @param {Params} params */
  enter({ step = '' }) {
    wanted = step;
  },
  view() {
    const step = stepOf(wanted);
    return html`
      <label class="field"><span>${t('For which step?')}</span><select autocomplete="off" name="step" @change=${choose}>
        <option value="" ?selected=${!step}>${String(t('For any: I write it in'))}</option>
        ${stepsInUse().map((one) => html`<option value=${one.id} ?selected=${one.id === wanted}>${one.title}</option>`)}</select></label>
      <article class="sheet-of-paper two-cards">${card(step)}${card(step)}</article>${printing()}`;
  },
};

/** @param {Event} event */
function choose(event) {
  wanted = /** @type {HTMLSelectElement} */ (event.target).value;
  render();
}

let withWords = true;

export const bookSheet = {
  title: () => t('The book of “I did it”'),
  up,
  enter() {
    withWords = true;
  },
  view() {
    const kept = attempts().filter(isKept);
    return html`
      <label class="check"><input type="checkbox" .checked=${withWords} @change=${() => { withWords = !withWords; render(); }}><span>${t('With what I wrote')}</span></label>
      <p class="note">${t('Paper can be read by whoever finds it.')}</p>
      <article class="sheet-of-paper">
        <h2 class="paper-title paper-cheer">${t('I did it')}</h2>
        <p class="paper-wish">${tn('{n} time tried', '{n} times tried', kept.length)}</p>
        ${daysTried(kept).reverse().map(([day, times]) => html`<section class="paper-day"><h3>${dayWords(day)}</h3>
          <ul>${times.map(entry)}</ul></section>`)}
      </article>${printing()}`;
  },
};

/** All three outcomes stand here alike (rule S7). @param {Attempt} one */
const entry = (one) => html`<li><strong>${one.title}</strong> <span class="paper-badge">${outcomeWords()[one.outcome ?? 'did']}</span>
  ${withWords && one.found_out.trim() ? html`<p>${one.found_out}</p>` : nothing}</li>`;
