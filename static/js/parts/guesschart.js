/**
 * Guesses over time: how likely each seemed, as a hollow column, and under it a moon for how much of it came.
 * No colour says good or bad; the list on the same screen says it in words.
 */
import { html, nothing, svg } from 'lit-html';
import { shortDay } from '../daywords.js';
import { t, tn } from '../words.js';
import { columns, gridLine, y } from './chart.js';
import { happenedWords } from './outcome.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */

const WIDTH = 340;
const FOOT = 200;
/** How much of the moon is full. @type {Record<string, number>} */
const FULL = { no: 0, part: 0.35, bearable: 0.65, yes: 1 };

/** @param {Attempt[]} list guesses, oldest first */
export function guessChart(list) {
  const xs = columns(list.length);
  const half = Math.min(9, 120 / list.length);
  return html`<figure class="chart">
    <svg viewBox="0 0 ${WIDTH} 232" role="img" aria-labelledby="guesses-title guesses-words" focusable="false">${svg`
      <title id="guesses-title">${String(t('The guess and what came'))}</title>
      <desc id="guesses-words">${String(tn('How likely {n} guess seemed, and what came of it. The list below says the same in words.',
        'How likely {n} guesses seemed, and what came of them. The list below says the same in words.', list.length))}</desc>
      ${[0, 50, 100].map(gridLine)}
      ${list.map((one, i) => svg`
        ${one.likelihood !== null ? svg`<path class="chart-likely" d="M${xs[i] - half} ${y(0)}V${y(one.likelihood)}h${2 * half}V${y(0)}"></path>` : nothing}
        ${one.happened in FULL ? moon(xs[i], FOOT - 8, Math.min(9, half), FULL[one.happened]) : nothing}`)}
      <text class="chart-text" x="36" y="229">${list[0].started ? shortDay(list[0].started) : ''}</text>
      ${list.length > 1 ? svg`<text class="chart-text" x=${WIDTH} y="229" text-anchor="end">${shortDay(list[list.length - 1].started)}</text>` : nothing}`}
    </svg>
    <figcaption class="chart-key note">
      <span><svg viewBox="0 0 16 16" aria-hidden="true">${svg`<path class="chart-likely" d="M4 15V3h8v12"></path>`}</svg>${t('how likely it seemed')}</span>
      ${Object.entries(happenedWords()).map(([code, words]) => html`<span><svg viewBox="0 0 16 16" aria-hidden="true">${moon(8, 8, 6, FULL[code])}</svg>${words}</span>`)}
    </figcaption>
  </figure>`;
}

/** A ring, filled from its foot. @param {number} cx @param {number} cy @param {number} r @param {number} full 0-1 */
function moon(cx, cy, r, full) {
  const level = cy + r - 2 * r * full;
  const wide = Math.sqrt(Math.max(0, r * r - (level - cy) ** 2));
  const fill = full >= 1 ? svg`<circle class="chart-came" cx=${cx} cy=${cy} r=${r}></circle>`
    : full ? svg`<path class="chart-came" d="M${cx - wide} ${level}A${r} ${r} 0 ${full > 0.5 ? 1 : 0} 0 ${cx + wide} ${level}z"></path>` : nothing;
  return svg`${fill}<circle class="chart-moon" cx=${cx} cy=${cy} r=${r}></circle>`;
}
