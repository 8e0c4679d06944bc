/** One number over months: points on a quiet line, no arrow and no colour that judges. */
import { html, nothing, svg } from 'lit-html';
import { monthWords } from '../daywords.js';
import { t } from '../words.js';
import { columns, gridLine, y } from './chart.js';

/** @typedef {{day: string, value: number | null}} Point day YYYY-MM-DD, value 0-100 */

/** @param {string} name @param {Point[]} points oldest first */
export function lineChart(name, points) {
  const xs = columns(points.length);
  const told = points.map(({ day, value }, i) => ({ day, value, at: xs[i] })).filter(({ value }) => value !== null);
  return html`<figure class="chart"><svg viewBox="0 0 340 200" role="img" aria-label=${t('{name}, from 0 to 100, month by month. The list below says the same in words.', { name })} focusable="false">${svg`
    ${[0, 50, 100].map(gridLine)}
    ${told.length > 1 ? svg`<polyline class="chart-way" points=${told.map(({ at, value }) => `${at},${y(value ?? 0)}`).join(' ')}></polyline>` : nothing}
    ${told.map(({ at, value }) => svg`<circle class="chart-after" cx=${at} cy=${y(value ?? 0)} r="6"></circle>`)}
    ${points.length ? svg`<text class="chart-text" x="36" y="196">${monthWords(points[0].day)}</text>` : nothing}
    ${points.length > 1 ? svg`<text class="chart-text" x="340" y="196" text-anchor="end">${monthWords(points[points.length - 1].day)}</text>` : nothing}`}
  </svg></figure>`;
}
