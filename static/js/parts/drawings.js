/** Drawings for pages that are still empty: what might be here one day. Their colours are in drawings.css. */
import { html, svg } from 'lit-html';

/** @param {unknown} shape */
const drawing = (shape) => html`<svg class="drawing" viewBox="0 0 160 120" aria-hidden="true" focusable="false">${shape}</svg>`;

export const bellDrawing = drawing(svg`
  <circle class="light-wide" cx="112" cy="36" r="27"></circle><circle class="light-near" cx="112" cy="36" r="13"></circle>
  <path class="drawing-soft" d="M46 92V66a34 34 0 0 1 68 0v26z"></path>
  <path class="drawing-line" d="M36 92h88M46 92V66a34 34 0 0 1 68 0v26M80 32v-8M70 106h20"></path>`);

/** A paper boat: at the shore while something waits for a connection, out on the water when all has gone. @param {boolean} waits */
export const sentDrawing = (waits) => drawing(svg`
  <circle class="light-wide" cx="118" cy="34" r="24"></circle>
  <path class="drawing-faint" d="M8 98q12-8 24 0t24 0 24 0 24 0 24 0 24 0"></path>
  <g transform=${waits ? 'translate(-38 0)' : 'translate(0 0)'}><path class="drawing-soft" d="M52 66h56l-12 24H64z"></path><path class="drawing-line" d="M52 66h56l-12 24H64zM80 66V30l24 36"></path></g>
  ${waits ? svg`<path class="drawing-ground" d="M4 84h30l12 14"></path>` : svg`<circle class="drawing-lamp" cx="118" cy="34" r="6"></circle>`}`);
