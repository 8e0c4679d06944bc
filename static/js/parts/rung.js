/** One rung: its words, the person's own number, how often it was tried; and, while arranging, ways to move it. */
import { html, nothing } from 'lit-html';
import { isLit, movers, moveByKeys, rungNews } from '../hung.js';
import { t, tn } from '../words.js';

/** @typedef {import('../kinds.js').Step} Step */

/** @param {{step: Step, at: number, of: number, tried: number, arranging: boolean}} rung at: how many rungs are below it */
export function rung({ step, at, of, tried, arranging }) {
  return html`<li class="rung" id="rung-${step.id}" data-row ?data-lit=${isLit(step)} @keydown=${(/** @type {KeyboardEvent} */ event) => moveByKeys(event, step, at, of)}>
    <a href="#/step/${step.id}" class="plank">
      <span class="rung-number" aria-hidden="true">${step.predicted}</span>
      <span class="rung-words">${step.title}
        <span class="unseen">${step.predicted === null ? t('no number of your own yet') : t('your own number: {n}', { n: step.predicted })}</span>
        ${rungNews(step)}</span>
      ${tried ? triedMark(tried) : nothing}
    </a>
    ${arranging ? movers(step, at, of) : nothing}
  </li>`;
}

/** @param {number} n */
const triedMark = (n) => html`<span class="rung-tried"><span class="unseen">${tn('tried {n} time', 'tried {n} times', n)}</span>
  <span class="lamps" aria-hidden="true">${lamps(n)}</span></span>`;

/** A lamp for each time it was tried; they only ever become more (rule G4). @param {number} tried */
const lamps = (tried) => html`${Array.from({ length: tried <= 3 ? tried : 1 }, () => html`<i class="lamp"></i>`)}${tried > 3 ? html`<span>${tried}</span>` : nothing}`;
