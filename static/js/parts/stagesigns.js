/** A drawing for each shelf of the library, 24 by 24, from one's own room outwards; and how big a step seemed to others. */
import { html, svg } from 'lit-html';

/** @param {unknown} shape */
const drawing = (shape) => html`<svg class="stage-sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

/** One lamp. @param {number} x @param {number} y */
const lamp = (x, y, r = 1.6) => svg`<circle class="spot" cx=${x} cy=${y} r=${r}></circle>`;

/** @type {Record<string, unknown>} */
export const stageSigns = {
  home_alone: drawing(svg`<rect class="blot" x="3" y="11" width="18" height="6" rx="2"/><path d="M3 6v13M3 16.5h18V19M21 16.5V14a3 3 0 0 0-3-3H9v5.5"/>${lamp(6, 13)}`),
  threshold_outside: drawing(svg`<path class="blot" d="M6 3.5h9l-3 3V21H6z"/><path d="M3 20.5h18M6 20.5v-17h10v17M12 21V6.5l4-3"/>${lamp(10.3, 12.5, 1.3)}`),
  online_contact: drawing(svg`<path class="blot" d="M4 5h16v10H4z"/><path d="M5 5h14a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1h-7l-4.5 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM8 10h3"/>${lamp(15, 10)}`),
  family: drawing(svg`<path class="blot" d="M3 12h18v3H3z"/><path d="M2.5 15h19M5 15v5M19 15v5M5.5 11v1.5a2.5 2.5 0 0 0 5 0V11zM13.5 11v1.5a2.5 2.5 0 0 0 5 0V11z"/>${lamp(12, 6, 2)}`),
  low_demand_strangers: drawing(svg`<path class="blot" d="M4 4h16l1.5 5.5h-19z"/><path d="M4 4h16l1.5 5.5a3 3 0 0 1-6.3 0 3 3 0 0 1-6.4 0 3 3 0 0 1-6.3 0zM4.5 12.5v8h15v-8M13 20.5v-5h3.5v5"/>${lamp(8.5, 16.5)}`),
  acquaintances: drawing(svg`<circle class="blot" cx="8" cy="9" r="3.5"/><circle cx="8" cy="9" r="3.5"/><circle cx="17" cy="10.5" r="2.7"/><path d="M2.5 20c.3-3.8 2.5-6 5.5-6s5.2 2.2 5.5 6M15 15.3c3.5-.9 6 1 6.5 4.7"/>${lamp(12.7, 4.5)}`),
  services_counselling: drawing(svg`<path class="blot" d="M12 20C6 16 3 13 3 9.5a4.5 4.5 0 0 1 9-1z"/><path d="M12 20C6 16 3 13 3 9.5a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 2-.9 3.7-2.5 5.5M12 20l3-2.3M8.5 11.5l2 2 3.5-3.5"/>${lamp(17.5, 19)}`),
  work_school: drawing(svg`<path class="blot" d="M12 7c-3-2-6-2-9-1v12c3-1 6-1 9 1z"/><path d="M12 7c3-2 6-2 9-1v12c-3-1-6-1-9 1-3-2-6-2-9-1V6c3-1 6-1 9 1zv12"/>${lamp(16.5, 11)}`),
};

/** From nothing to the most there is, with the stretch where others have put it. @param {number} low @param {number} high */
export const othersRange = (low, high) => html`<svg class="others-range" viewBox="0 0 100 8" aria-hidden="true" focusable="false" preserveAspectRatio="none">
  <rect class="others-line" x="0" y="3" width="100" height="2" rx="1"></rect><rect class="others-band" x=${low} y="0" width=${high - low} height="8" rx="3"></rect></svg>`;
