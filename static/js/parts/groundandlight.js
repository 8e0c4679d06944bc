/** What is drawn around a ladder: the light it leads to, and the ground it stands on. It hangs in places kept free (ladder.js). */
import { html, svg } from 'lit-html';

export const light = () => html`<svg viewBox="0 0 320 64" aria-hidden="true" focusable="false">${svg`
  <path class="light-wide" d="M92 64a68 62 0 0 1 136 0z"></path><path class="light-near" d="M122 64a38 36 0 0 1 76 0z"></path>`}</svg>`;

/** A few blades of grass; they keep their shape however wide the ground is. */
export const earth = () => html`<svg class="earth" viewBox="0 0 340 24" preserveAspectRatio="xMidYMax meet" aria-hidden="true" focusable="false">${svg`
  <path d="M36 24q0-8-5-12M40 24q1-10 7-15M45 24q0-5 3-8M128 24q-1-6-4-8M132 24q0-8 4-12M236 24q0-9-5-13M240 24q0-6 4-9M296 24q-1-8-6-11M300 24q0-11 5-16M305 24q1-6 5-8"></path>`}</svg>`;
