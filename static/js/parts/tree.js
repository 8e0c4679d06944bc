/** A tree with a bench under it: where one may sit down. */
import { html, svg } from 'lit-html';

export const tree = html`<svg viewBox="0 0 200 120" aria-hidden="true" focusable="false">${svg`
  <ellipse class="shelter-ground" cx="100" cy="110" rx="92" ry="8"/>
  <path class="shelter-crown" d="M84 72c-22 2-38-10-34-28 3-14 18-18 26-16 4-16 38-22 48-2 16-4 30 6 28 22-2 18-22 26-40 22z"/>
  <path class="shelter-wood" d="M100 110V58m0 26 14-12m-14 4-10-10"/>
  <path class="shelter-wood" d="M126 94h44M130 94v14m36-14v14M128 84h40"/>`}</svg>`;
