/** A flower of six soft circles that opens and closes with a breath; where motion is not wished it stands half open. */
import { html, svg } from 'lit-html';

/** @param {'in' | 'out' | 'rest'} turn @param {string} [pace] how long a turn takes, see breathe.css */
export const flower = (turn, pace = '') => html`<svg class="flower ${turn} ${pace}" viewBox="-100 -100 200 200" aria-hidden="true" focusable="false">
  ${Array.from({ length: 6 }, () => svg`<circle class="petal" r="34"></circle>`)}
</svg>`;
