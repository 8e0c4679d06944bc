/** The one fixed point of the day, as a quiet line on the page for today: nothing to tick, nothing counted. */
import { html, nothing, svg } from 'lit-html';
import { clockWords } from '../daywords.js';
import { fixedPoint } from '../fixedpoint.js';

const mark = html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path d="M2 15h20"></path><path d="M6 15a6 6 0 0 1 12 0M12 5V3M4.5 8 3 6.5M19.5 8 21 6.5"></path>`}</svg>`;

export function fixedLine() {
  const point = fixedPoint();
  return point ? html`<a class="fixed-point" href="#/rhythm">${mark}${point.time ? html`<span>${clockWords(point.time)}</span>` : nothing}<span>${point.what}</span></a>` : nothing;
}
