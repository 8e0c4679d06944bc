/**
 * A chart of our own: before and after of each attempt as a pair, side by side, oldest on the left.
 * No colour says good or bad, nothing points down (rule U4); shapes tell the two apart, and the list below it says the same in words.
 */
import { html, svg } from 'lit-html';
import { t, tn } from '../words.js';

/** @typedef {{before: number | null, after: number | null, peak: number | null, label: string}} Pair ratings 0-100 */

const WIDTH = 340;
const HEIGHT = 200;
const LEFT = 36;
const TOP = 12;
const FOOT = 30;

/** @param {number} rating 0-100 @returns {number} */
export const y = (rating) => TOP + (1 - rating / 100) * (HEIGHT - TOP - FOOT);

/**
 * Where each pair stands: evenly spread, a single one in the middle.
 * @param {number} count
 * @returns {number[]}
 */
export function columns(count) {
  const room = WIDTH - LEFT - 10;
  return Array.from({ length: count }, (_, i) => LEFT + (room * (i + 0.5)) / count);
}

/**
 * One sentence for who cannot see the picture; the list under it has every number.
 * @param {Pair[]} pairs oldest first
 */
export function described(pairs) {
  return tn('Before and after of {n} attempt, on a scale from 0 to 100. The list below says the same in words.',
    'Before and after of {n} attempts, on a scale from 0 to 100. The list below says the same in words.', pairs.length);
}

/**
 * @param {Pair[]} pairs oldest first
 * @param {string} [id] unlike any other on the page
 * @param {number | null} [guess] the person's own guess for this step, 0-100
 */
export function chart(pairs, id = 'chart', guess = null) {
  const xs = columns(pairs.length);
  const size = pairs.length > 15 ? 4 : 6;
  return html`<figure class="chart">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-title ${id}-words" focusable="false">
      ${svg`<title id="${id}-title">${String(t('Before and after'))}</title><desc id="${id}-words">${described(pairs)}</desc>
      ${[0, 50, 100].map(gridLine)}
      ${guess === null ? '' : svg`<path class="chart-mine" d="M${LEFT} ${y(guess)}H${WIDTH}"></path>`}
      ${pairs.map((pair, i) => dumbbell(pair, xs[i], size))}
      ${ends(pairs, xs)}`}
    </svg>
    <figcaption class="chart-key note">
      <span><svg viewBox="0 0 16 16" aria-hidden="true">${svg`<circle class="chart-before" cx="8" cy="8" r="5.5"></circle>`}</svg>${t('before')}</span>
      <span><svg viewBox="0 0 16 16" aria-hidden="true">${svg`<circle class="chart-after" cx="8" cy="8" r="6"></circle>`}</svg>${t('after')}</span>
      <span><svg viewBox="0 0 16 16" aria-hidden="true">${svg`<path class="chart-peak" d="M2 8h12"></path>`}</svg>${t('at its highest')}</span>
      ${guess === null ? '' : html`<span><svg viewBox="0 0 16 16" aria-hidden="true">${svg`<path class="chart-mine" d="M0 8h16"></path>`}</svg>${t('my guess')} ${guess}</span>`}
    </figcaption>
  </figure>`;
}

/** @param {number} rating */
export function gridLine(rating) {
  return svg`<line class="chart-grid" x1=${LEFT} x2=${WIDTH} y1=${y(rating)} y2=${y(rating)}></line>
    <text class="chart-text" x=${LEFT - 6} y=${y(rating) + 5} text-anchor="end">${rating}</text>`;
}

/** @param {Pair} pair @param {number} x @param {number} size */
function dumbbell({ before, after, peak }, x, size) {
  const both = before !== null && after !== null;
  return svg`
    ${both ? svg`<line class="chart-bar" x1=${x} x2=${x} y1=${y(before)} y2=${y(after)}></line>` : ''}
    ${peak !== null ? svg`<path class="chart-peak" d="M${x - size - 2} ${y(peak)}h${2 * size + 4}"></path>` : ''}
    ${after !== null ? svg`<circle class="chart-after" cx=${x} cy=${y(after)} r=${size}></circle>` : ''}
    ${before !== null ? svg`<circle class="chart-before" cx=${x} cy=${y(before)} r=${before === after ? size + 3.5 : size} fill-opacity=${before === after ? 0 : 1}></circle>` : ''}`;
}

/** The first and the last day under the picture. @param {Pair[]} pairs @param {number[]} xs */
function ends(pairs, xs) {
  const last = pairs.length - 1;
  if (last < 0) return '';
  if (last === 0) return svg`<text class="chart-text" x=${xs[0]} y=${HEIGHT - 4} text-anchor="middle">${pairs[0].label}</text>`;
  return svg`<text class="chart-text" x=${LEFT} y=${HEIGHT - 4}>${pairs[0].label}</text>
    <text class="chart-text" x=${WIDTH} y=${HEIGHT - 4} text-anchor="end">${pairs[last].label}</text>`;
}
