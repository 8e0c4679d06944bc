/**
 * The drawings on the doors, 24 by 24: a soft blot behind, a thin line before it, and one small lamp in each. Their two
 * colours come from the door (doors.css); without colours the line says it all.
 */
import { html, svg } from 'lit-html';

/** @param {unknown} shape */
const drawing = (shape) => html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

/** One lamp. @param {number} x @param {number} y */
const lamp = (x, y, r = 1.6) => svg`<circle class="spot" cx=${x} cy=${y} r=${r}></circle>`;

export const doorIcons = {
  diary: drawing(svg`<path class="blot" d="M12 6c-3-2-6-2-9-1v13c3-1 6-1 9 1z"/><path d="M12 6c3-2 6-2 9-1v13c-3-1-6-1-9 1-3-2-6-2-9-1V5c3-1 6-1 9 1v13M6 9.5c1-.2 2-.1 3 .2M6 13c1-.2 2-.1 3 .2"/>${lamp(16.5, 10.5)}`),
  surprises: drawing(svg`<path class="blot" d="M4 12h16v7a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z"/><path d="M4 12h16v7a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 12l-2-3M20 12l2-3M8.5 7.5 7 5.5M15.5 7.5 17 5.5"/>${lamp(12, 6.5, 2.2)}`),
  seeing: drawing(svg`<path class="blot" d="M2 20c4 0 4-7 8-7s5-5 12-6v13z"/><path d="M2 20c4 0 4-7 8-7s4.5-4.5 9-6M2 20h20"/>${lamp(20.5, 5.5, 2)}`),
  breathe: drawing(svg`<circle class="blot" cx="12" cy="12" r="9.5"/><circle cx="12" cy="12" r="9.5"/><circle cx="12" cy="12" r="5.5"/>${lamp(12, 12)}`),
  support: drawing(svg`<circle class="blot" cx="12" cy="12" r="7"/><path d="M12 9V6.5M9.6 13.6l-2.5 2M14.4 13.6l2.5 2"/><circle cx="12" cy="4.3" r="2.2"/><circle cx="5.4" cy="17" r="2.2"/><circle cx="18.6" cy="17" r="2.2"/>${lamp(12, 12, 2)}`),
  joy: drawing(svg`<path class="blot" d="M12 21V11M12 17c-4 0-6-2-6-5 4 0 6 2 6 5z"/><path d="M12 21V12M12 18c-4 0-6.5-2-6.5-5.5 4.5 0 6.5 2 6.5 5.5zM12 15.5c0-3 2-5 6-5 0 3.500-2 5-6 5z"/>${lamp(12, 7, 2)}`),
  paper: drawing(svg`<path class="blot" d="M6 3h9l4 4v14H6z"/><path d="M7 3h8l4 4v13a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM15 3v4h4M9 12h6M9 16h4"/>${lamp(10, 7.5)}`),
  plan: drawing(svg`<path class="blot" d="M3 13a9 9 0 0 1 18 0z"/><path d="M3 13a9 9 0 0 1 18 0c-2-1.5-4-1.5-6 0-2-1.5-4-1.5-6 0-2-1.5-4-1.5-6 0zM12 12.5V19a2 2 0 0 0 4 0"/>${lamp(7, 19)}`),
  rhythm: drawing(svg`<path class="blot" d="M6 17a6 6 0 0 1 12 0z"/><path d="M2 17h20M6 17a6 6 0 0 1 12 0M12 8V5.5M5.6 10.6 4 9M18.4 10.6 20 9M8 20.5h8"/>${lamp(12, 14)}`),
  anchors: drawing(svg`<rect class="blot" x="2" y="9" width="20" height="7" rx="2"/><path d="M4 9h16a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-3a2 2 0 0 1 2-2zM7 9v3M12 9v4M17 9v3"/>${lamp(12, 5.5)}`),
  reminders: drawing(svg`<path class="blot" d="M6 17v-6a6 6 0 0 1 12 0v6z"/><path d="M4 17h16M6 17v-6a6 6 0 0 1 12 0v6M10.5 20.5h3"/>${lamp(17.5, 6)}`),
  people: drawing(svg`<circle class="blot" cx="9" cy="8.5" r="3.5"/><circle cx="9" cy="8.5" r="3.5"/><path d="M3 20c0-4 2.700-6 6-6s6 2 6 6M16 14.5c3 .3 5 2.3 5 5.5"/>${lamp(16.5, 8.5, 2)}`),
  letter: drawing(svg`<path class="blot" d="M4 5h16v11H11l-5 4v-4H4z"/><path d="M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-8l-5 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM8 9h5"/>${lamp(15.5, 12)}`),
  words: drawing(svg`<path class="blot" d="M3 6h11v9H8l-3 3v-3H3z"/><path d="M4 6h9a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H8l-3 3v-3H4a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1zM17.5 9H20a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1v2.5L17.5 18H13"/>${lamp(8.5, 10.5)}`),
  lock: drawing(svg`<rect class="blot" x="5" y="10.5" width="14" height="10" rx="2.5"/><path d="M7.5 10.5h9A2.5 2.5 0 0 1 19 13v5a2.5 2.5 0 0 1-2.5 2.5h-9A2.5 2.5 0 0 1 5 18v-5a2.5 2.5 0 0 1 2.5-2.5zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>${lamp(12, 15.5)}`),
  home: drawing(svg`<rect class="blot" x="6.5" y="2.5" width="11" height="19" rx="2.5"/><path d="M9 2.5h6A2.5 2.5 0 0 1 17.5 5v14a2.5 2.5 0 0 1-2.5 2.5H9A2.5 2.5 0 0 1 6.5 19V5A2.5 2.5 0 0 1 9 2.5zM11 18.5h2M9.5 13.5h2v-2h3"/>${lamp(10.3, 9, 1.3)}`),
  account: drawing(svg`<rect class="blot" x="3" y="6" width="9" height="15" rx="2"/><path d="M5 6h5a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM12 17h7a2 2 0 0 0 2-2V5a2 2 0 0 0-2-2h-5a2 2 0 0 0-2 2v1"/>${lamp(7.5, 17)}`),
  devices: drawing(svg`<rect class="blot" x="4" y="5" width="16" height="11" rx="1.5"/><path d="M5.5 5h13A1.5 1.5 0 0 1 20 6.5V16H4V6.5A1.5 1.5 0 0 1 5.5 5zM2 19.5h20"/>${lamp(12, 10.5)}`),
  waiting: drawing(svg`<circle class="blot" cx="12" cy="13" r="8"/><path d="M12 19v-9M8 13.5l4-4 4 4"/>${lamp(12, 4.5)}`),
  help: drawing(svg`<path class="blot" d="M12 20C6 16 3 13 3 9.5a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1C21 13 18 16 12 20z"/><path d="M12 20C6 16 3 13 3 9.5a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1C21 13 18 16 12 20z"/>${lamp(12, 12.5)}`),
  kept: drawing(svg`<path class="blot" d="M3 11c4.5 6 13.5 6 18 0-4.5-5-13.5-5-18 0z"/><path d="M3 11c4.5 6 13.5 6 18 0M5.5 14.5 4 16.5M12 15.5V18M18.5 14.5l1.5 2"/>${lamp(12, 10.5)}`),
  about: drawing(svg`<path class="blot" d="M3 18h7v-5h11v8H3z"/><path d="M3 18h7v-5h11"/>${lamp(6.5, 12.5, 2.3)}`),
};
