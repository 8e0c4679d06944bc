/** The bird of a small surprise, and how the drawings of what can be seen are drawn: 48 by 48, a line and a soft shape under it. */
import { html, svg } from 'lit-html';

/** @param {unknown} shape */
export const drawn = (shape) => html`<svg class="drawn" viewBox="0 0 48 48" aria-hidden="true" focusable="false">${shape}</svg>`;

export const bird = drawn(svg`<path class="drawn-soft" d="M14 26c7 9 17 8 21-1 2-6-1-11-6-11-6 0-8 6-15 12z"/>
  <path d="M6 22c3 12 12 18 21 15 8-2 11-9 10-17l6-3-7-2c-2-4-7-5-11-2-5 4-9 11-19 9zM14 26c6 6 14 5 17-1M24 38v5M29 36.500V43"/><circle class="drawn-dot" cx="31" cy="17" r="1.300"/>`);
