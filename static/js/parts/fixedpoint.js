/** The one fixed point of the day, as a quiet line on the page for today: nothing to tick, nothing counted. */
import { html, nothing } from 'lit-html';
import { fixedPoint } from '../fixedpoint.js';

export function fixedLine() {
  const point = fixedPoint();
  return point ? html`<a class="fixed-point" href="#/rhythm">${point.time ? html`<span>${point.time}</span>` : nothing}<span>${point.what}</span></a>` : nothing;
}
