/** The map of who and what supports me, drawn: I in the middle, near things near. The list beside it says the same in words. */
import { html, svg } from 'lit-html';
import { frame, MIDDLE, RINGS, short, standing, WIDTH } from '../support.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Support} Support */

/** 24 by 24, stroked. @type {Record<Support['sort'], unknown>} */
const SHAPES = {
  person: svg`<circle cx="12" cy="8" r="4"></circle><path d="M4 21c1-5 4-7 8-7s7 2 8 7"></path>`,
  place: svg`<path d="M12 21c5-5 7-8.5 7-11.5a7 7 0 0 0-14 0c0 3 2 6.5 7 11.5z"></path><circle cx="12" cy="9.5" r="2.3"></circle>`,
  animal: svg`<ellipse cx="12" cy="16" rx="4.5" ry="3.6"></ellipse><circle cx="5.5" cy="11" r="1.6"></circle><circle cx="9.5" cy="6.5" r="1.7"></circle><circle cx="14.5" cy="6.5" r="1.7"></circle><circle cx="18.5" cy="11" r="1.6"></circle>`,
  thing: svg`<path d="M5 9h11v6a5 5 0 0 1-5 5h-1a5 5 0 0 1-5-5zM16 10.5h2a2.5 2.5 0 0 1 0 5h-2M8 3.5v2.5M12.5 3.5v2.5"></path>`,
  doing: svg`<path d="M9 18V6l10-2v12"></path><circle cx="6.5" cy="18" r="2.5"></circle><circle cx="16.5" cy="16" r="2.5"></circle>`,
  other: svg`<path d="m12 3.5 2.5 5.7 6.2.6-4.7 4.1 1.4 6.1L12 16.8 6.6 20l1.4-6.1-4.7-4.1 6.2-.6z"></path>`,
};

/** A sort as a small drawing. @param {Support['sort']} sort */
export const sortIcon = (sort) => html`<svg class="sort-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${SHAPES[sort] ?? SHAPES.other}</svg>`;

/** @returns {Record<Support['sort'], string>} */
export const sortWords = () => ({
  person: t('a person'), place: t('a place'), animal: t('an animal'), thing: t('a thing'), doing: t('something I do'), other: t('something else'),
});

/** @returns {string[]} from the nearest ring to the farthest */
export const nearWords = () => [t('very close'), t('close'), t('far off')];

/** @param {readonly Support[]} list */
export function supportMap(list) {
  const [cx, cy] = MIDDLE;
  const places = standing(list);
  const { top, height, rings } = frame(places);
  return html`<svg class="support-map" viewBox="0 ${top} ${WIDTH} ${height}" role="group" aria-label=${t('A map of who and what supports me')}>
    ${svg`${RINGS.slice(0, rings).reverse().map(({ rx, ry }) => svg`<ellipse class="support-ring" cx=${cx} cy=${cy} rx=${rx} ry=${ry}></ellipse>`)}
    ${places.map(({ x, y }) => svg`<path class="support-thread" d="M${cx} ${cy}Q${(cx + x) / 2 + (y - cy) / 9} ${(cy + y) / 2 - (x - cx) / 9} ${x} ${y}"></path>`)}
    <circle class="support-me" cx=${cx} cy=${cy} r="32"></circle>
    <g class="support-self" transform="translate(${cx - 18} ${cy - 18}) scale(1.5)">${SHAPES.person}</g>
    <text class="support-name" x=${cx} y=${cy + 49}>${String(t('Me'))}</text>
    ${places.map(({ one, x, y }) => svg`<a class="support-mark ${one.liked ? 'liked' : ''}" href="#/support/${one.id}" aria-label="${one.name}, ${nearWords()[one.near ?? 2]}">
      <circle class="support-touch" cx=${x} cy=${y} r="31"></circle>
      <circle class="support-dot" cx=${x} cy=${y} r="23"></circle>
      <g transform="translate(${x - 12} ${y - 12})">${SHAPES[one.sort] ?? SHAPES.other}</g>
      <text class="support-name" x=${x} y=${y + 40}>${short(one.name)}</text></a>`)}`}
  </svg>`;
}
