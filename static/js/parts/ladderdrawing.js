/** A ladder that waits for its first rung. */
import { html, svg } from 'lit-html';

export const bareLadder = html`<svg class="drawing first-rung" viewBox="0 0 200 170" aria-hidden="true" focusable="false">${svg`
  <circle class="light-wide" cx="118" cy="44" r="40"></circle><circle class="light-near" cx="118" cy="44" r="21"></circle>
  <path class="drawing-wood" d="M78 8 58 160M122 8l20 152"></path>
  <path class="drawing-faint faint" d="M75 34h50M71 64h58M67 94h66"></path>
  <path class="drawing-line next-rung" d="M63 126h74"></path>
  <path class="drawing-ground" d="M20 162h160"></path><circle class="drawing-lamp" cx="100" cy="113" r="8"></circle>`}</svg>`;
