/** A sheet of paper with what is on it, small. */
import { html, svg } from 'lit-html';

const SHAPES = {
  ladder: svg`<path d="M17 14l-2 26M31 14l2 26M16.500 20h15M16 27h16.200M15.500 34h17.200"/>`,
  card: svg`<path d="M13 15h22M13 24h22M13 33h14"/><circle cx="20" cy="24" r="2.500"/><path d="M13 40h22"/>`,
  book: svg`<path d="M15 22l4 4 7-8M15 35l4 4 7-8M30 24h5M30 37h5"/>`,
};

/** @param {keyof typeof SHAPES} shape */
export const paperIcon = (shape) => html`<svg class="drawn" viewBox="0 0 48 48" aria-hidden="true" focusable="false">${svg`<path class="drawn-soft" d="M8 4h26l6 6v34H8z"/><path d="M8 4h26l6 6v34H8zM34 4v6h6"/>${SHAPES[shape]}`}</svg>`;
