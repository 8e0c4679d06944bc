/** The signs of the three ways to another step. */
import { html, svg } from 'lit-html';

/** @param {unknown} shape */
const sign = (shape) => html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

export const anotherSign = sign(svg`<path d="M4 8h14l-3-3M20 16H6l3 3"/>`);
export const smallerSign = sign(svg`<circle cx="12" cy="12" r="8.5" stroke-dasharray="1.5 4"/><circle cx="12" cy="12" r="3.5"/>`);
export const surpriseSign = sign(svg`<path d="M12 3.5c.6 5.2 3.3 7.9 8.5 8.5-5.2.6-7.9 3.3-8.5 8.5-.6-5.2-3.3-7.9-8.5-8.5 5.2-.6 7.9-3.3 8.5-8.5z"/>`);
