/** Small drawings for what can be seen over time, 48 by 48: stepping stones, a sprout, a door ajar, a bird. */
import { html, svg } from 'lit-html';

/** @param {unknown} shape */
const drawn = (shape) => html`<svg class="drawn" viewBox="0 0 48 48" aria-hidden="true" focusable="false">${shape}</svg>`;

export const stones = drawn(svg`<path class="drawn-soft" d="M5 38c0-3 4-5 9-5s9 2 9 5-4 5-9 5-9-2-9-5zM20 26c0-2.600 3.500-4.500 8-4.500s8 1.900 8 4.500-3.500 4.500-8 4.500-8-1.900-8-4.500zM31 13c0-2 2.700-3.500 6-3.500s6 1.500 6 3.500-2.700 3.500-6 3.500-6-1.500-6-3.500z"/>
  <path d="M5 38c0-3 4-5 9-5s9 2 9 5-4 5-9 5-9-2-9-5zM20 26c0-2.600 3.500-4.500 8-4.500s8 1.900 8 4.500-3.500 4.500-8 4.500-8-1.900-8-4.500zM31 13c0-2 2.700-3.500 6-3.500s6 1.500 6 3.500-2.700 3.500-6 3.500-6-1.500-6-3.500z"/>`);

export const sprout = drawn(svg`<path class="drawn-soft" d="M24 24c-9 1-15-4-16-13 9-1 15 4 16 13zM24 30c0-8 5-13 15-13 0 9-6 14-15 13z"/>
  <path d="M24 43V24M24 24c-9 1-15-4-16-13 9-1 15 4 16 13zM24 30c0-8 5-13 15-13 0 9-6 14-15 13zM12 43h24"/>`);

export const doorAjar = drawn(svg`<path class="drawn-soft" d="M18 12l14 5v26H18z"/>
  <path d="M11 43V6h25v37M18 12l14 5v25.500M18 12v31M4 43h40M27.500 28v3"/>`);

export const bird = drawn(svg`<path class="drawn-soft" d="M14 26c7 9 17 8 21-1 2-6-1-11-6-11-6 0-8 6-15 12z"/>
  <path d="M6 22c3 12 12 18 21 15 8-2 11-9 10-17l6-3-7-2c-2-4-7-5-11-2-5 4-9 11-19 9zM14 26c6 6 14 5 17-1M24 38v5M29 36.500V43"/><circle class="drawn-dot" cx="31" cy="17" r="1.300"/>`);

export const openBook = drawn(svg`<path class="drawn-soft" d="M24 38c-5-3-11-4-18-3V16c7-1 13 0 18 3z"/>
  <path d="M24 19c-5-3-11-4-18-3v19c7-1 13 0 18 3 5-3 11-4 18-3V16c-7-1-13 0-18 3zM24 19v19M20 9l-2-4M24 8V3M28 9l2-4"/>`);
