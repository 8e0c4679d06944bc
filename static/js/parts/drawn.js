/** Small drawings for what can be seen over time, 48 by 48: stepping stones, a sprout, a door ajar, a book. */
import { svg } from 'lit-html';
import { drawn } from './bird.js';

export const stones = drawn(svg`<path class="drawn-soft" d="M5 38c0-3 4-5 9-5s9 2 9 5-4 5-9 5-9-2-9-5zM20 26c0-2.600 3.500-4.500 8-4.500s8 1.900 8 4.500-3.500 4.500-8 4.500-8-1.900-8-4.500zM31 13c0-2 2.700-3.500 6-3.500s6 1.500 6 3.500-2.700 3.500-6 3.500-6-1.500-6-3.500z"/>
  <path d="M5 38c0-3 4-5 9-5s9 2 9 5-4 5-9 5-9-2-9-5zM20 26c0-2.600 3.500-4.500 8-4.500s8 1.900 8 4.500-3.500 4.500-8 4.500-8-1.900-8-4.500zM31 13c0-2 2.700-3.500 6-3.500s6 1.500 6 3.500-2.700 3.500-6 3.500-6-1.500-6-3.500z"/>`);

export const sprout = drawn(svg`<path class="drawn-soft" d="M24 24c-9 1-15-4-16-13 9-1 15 4 16 13zM24 30c0-8 5-13 15-13 0 9-6 14-15 13z"/>
  <path d="M24 43V24M24 24c-9 1-15-4-16-13 9-1 15 4 16 13zM24 30c0-8 5-13 15-13 0 9-6 14-15 13zM12 43h24"/>`);

export const doorAjar = drawn(svg`<path class="drawn-soft" d="M18 12l14 5v26H18z"/>
  <path d="M11 43V6h25v37M18 12l14 5v25.500M18 12v31M4 43h40M27.500 28v3"/>`);

export const openBook = drawn(svg`<path class="drawn-soft" d="M24 38c-5-3-11-4-18-3V16c7-1 13 0 18 3z"/>
  <path d="M24 19c-5-3-11-4-18-3v19c7-1 13 0 18 3 5-3 11-4 18-3V16c-7-1-13 0-18 3zM24 19v19M20 9l-2-4M24 8V3M28 9l2-4"/>`);
