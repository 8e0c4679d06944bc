/** One rung on the scale from 0 to 100, lying down: the guess, before at first, after at last. Shapes tell them apart, not colours. */
import { html, nothing, svg } from 'lit-html';
import { t } from '../words.js';

/** @typedef {ReturnType<typeof import('../seeing.js').climbed>[number]} Rung */

const WIDTH = 320;
const EDGE = 14;
const LINE = 30;

/** @param {number} rating 0-100 */
const x = (rating) => EDGE + (rating / 100) * (WIDTH - 2 * EDGE);

/** @param {Rung} rung */
export function strip({ guess, first, last }) {
  const before = first?.before ?? null, after = last?.after ?? null;
  return html`<svg class="strip" viewBox="0 0 ${WIDTH} 44" aria-hidden="true" focusable="false">${svg`
    <line class="chart-grid" x1=${x(0)} x2=${x(100)} y1=${LINE} y2=${LINE}></line>
    ${[0, 50, 100].map((n) => svg`<line class="chart-grid" x1=${x(n)} x2=${x(n)} y1=${LINE - 5} y2=${LINE + 5}></line>`)}
    ${before !== null && after !== null ? svg`<line class="chart-bar" x1=${x(before)} x2=${x(after)} y1=${LINE} y2=${LINE}></line>` : nothing}
    ${guess !== null ? svg`<path class="chart-guess" d="M${x(guess)} 3l7 7-7 7-7-7z"></path>` : nothing}
    ${after !== null ? svg`<circle class="chart-after" cx=${x(after)} cy=${LINE} r="7"></circle>` : nothing}
    ${before !== null ? svg`<circle class="chart-before" cx=${x(before)} cy=${LINE} r=${before === after ? 11 : 7} fill-opacity=${before === after ? 0 : 1}></circle>` : nothing}`}
  </svg>`;
}

/** The same in words. @param {Rung} rung */
export function stripWords({ guess, first, last }) {
  const before = first?.before ?? null, after = last?.after ?? null;
  return [
    guess !== null ? t('my guess {n}', { n: guess }) : '',
    before !== null ? t('before, at first {n}', { n: before }) : '',
    after !== null ? t('after, at last {n}', { n: after }) : '',
  ].filter(Boolean).map((words) => html`<span class="strip-words">${words}</span> `);
}

export const stripKey = () => html`<p class="chart-key note">
  <span><svg viewBox="0 0 16 16" aria-hidden="true">${svg`<path class="chart-guess" d="M8 1l7 7-7 7-7-7z"></path>`}</svg>${t('my guess')}</span>
  <span><svg viewBox="0 0 16 16" aria-hidden="true">${svg`<circle class="chart-before" cx="8" cy="8" r="5.5"></circle>`}</svg>${t('before, at first')}</span>
  <span><svg viewBox="0 0 16 16" aria-hidden="true">${svg`<circle class="chart-after" cx="8" cy="8" r="6"></circle>`}</svg>${t('after, at last')}</span>
</p>`;
