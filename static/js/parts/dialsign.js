/** The dials of a step as one sees them: what each is called, its sign, and a face that shows which way it is turned. */
import { html, nothing, svg } from 'lit-html';
import { t } from '../words.js';

/** @typedef {import('../dials.js').Dial | 'imagined'} Dial @typedef {import('../dials.js').Way} Way */

/** What a dial is called. @param {Dial} dial */
export const dialName = (dial) => ({ time: t('When'), place: t('Where'), people: t('With whom'), aids: t('What helps'), length: t('How long'), imagined: t('In mind') })[dial];

/** 24 by 24, one stroke. @type {Record<Dial, unknown>} */
const SIGNS = {
  time: svg`<path d="M4 17h16M7 17a5 5 0 0 1 10 0M12 5v3M4.5 10.5l2 1.4M19.5 10.5l-2 1.4M8 20.5h8"/>`,
  place: svg`<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>`,
  people: svg`<circle cx="8.5" cy="8" r="3"/><circle cx="16.5" cy="9.5" r="2.3"/><path d="M3 19c.4-3.6 2.5-5.5 5.5-5.5s5 1.9 5.5 5.5M15 14.2c3.3-.5 5.6 1.3 6 4.8"/>`,
  aids: svg`<path d="M5 15v-2.5a7 7 0 0 1 14 0V15M5 14.5h2.3v5H6.5A1.5 1.5 0 0 1 5 18zM19 14.5h-2.3v5h.8A1.5 1.5 0 0 0 19 18z"/>`,
  length: svg`<path d="M7 3.5h10M7 20.5h10M8 3.5c0 5 8 6 8 8.5s-8 3.5-8 8.5M16 3.5c0 5-8 6-8 8.5"/>`,
  imagined: svg`<path d="M7.5 16.5a4 4 0 0 1-.3-8 5 5 0 0 1 9.6-.5 4.3 4.3 0 0 1 .2 8.5z"/><circle cx="7" cy="20" r="1"/>`,
};

/** @param {unknown} shape */
const drawn = (shape) => html`<svg class="dial-sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

/** @param {Dial} dial */
export const dialSign = (dial) => drawn(SIGNS[dial]);

/** The face: an open ring with a mark on it, at rest above, to the left where it is turned down, to the right where it is turned up. @param {Dial} dial @param {Way | null} way */
export const dialFace = (dial, way) => html`<svg class="dial-face" viewBox="0 0 72 72" aria-hidden="true" focusable="false" data-way=${way ?? nothing}>
  <path class="dial-ring" d="M16.2 55.8a28 28 0 1 1 39.6 0"/>
  <g class="dial-hand"><circle cx="36" cy="8" r="5.5"/></g>
  <g class="dial-middle" transform="translate(20 20) scale(1.33)">${SIGNS[dial]}</g>
</svg>`;

/** A tall step and the small ones beside it. */
export const smallerIcon = drawn(svg`<path d="M3 20h4.5v-3.5H12V13h4.5V9.5H21V20M3 20h18"/>`);
/** A dial that is being turned. */
export const turnIcon = drawn(svg`<path d="M6.7 18.3a7.5 7.5 0 1 1 10.6 0M12 13l3.2-4.2"/><circle cx="12" cy="13" r="1.2"/>`);
