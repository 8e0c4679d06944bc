/** The few drawings of the app, 24 by 24, stroked with the colour of the words beside them. */
import { html, svg } from 'lit-html';

/** @param {unknown} shape */
export const icon = (shape) => html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

export const backIcon = icon(svg`<path d="m15 5-7 7 7 7"/>`);
export const plusIcon = icon(svg`<path d="M12 5v14M5 12h14"/>`);
export const closeIcon = icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const pencilIcon = icon(svg`<path d="m4 20 1-4L16 5l3 3L8 19zM14 7l3 3"/>`);
export const bookIcon = icon(svg`<path d="M5 5a2 2 0 0 1 2-2h12v16H7a2 2 0 0 0-2 2zM5 21h14"/>`);
export const homeIcon = icon(svg`<path d="m4 11 8-7 8 7M6 10v10h12V10"/>`);
export const ladderIcon = icon(svg`<path d="M8 3 6 21M16 3l2 18M7.5 8h9M7 13h10M6.5 18h11"/>`);
export const moreIcon = icon(svg`<path d="M5 7h14M5 12h14M5 17h14"/>`);
export const hideIcon = icon(svg`<path d="M3 10c2.2 3.3 5.2 5 9 5s6.8-1.7 9-5M6.5 13.3 5 16M12 15v3M17.5 13.3 19 16"/>`);
