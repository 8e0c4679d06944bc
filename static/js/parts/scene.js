/** The drawing of Today: a house on a hill by the hour of the day. It hangs in a place that is kept free for it. */
import { html, svg } from 'lit-html';

/** @param {number} x @param {number} y @param {number} r */
const star = (x, y, r) => svg`<circle class="scene-light" cx=${x} cy=${y} r=${r}/>`;

const inTheSky = {
  morning: svg`<circle class="scene-sun" cx="92" cy="74" r="30"/>`,
  day: svg`<circle class="scene-sun" cx="292" cy="34" r="22"/>`,
  night: svg`<path class="scene-light" d="M300 16a18 18 0 1 0 16 27 15 15 0 0 1-16-27z"/>${star(196, 38, 2)}${star(236, 16, 1.5)}${star(150, 54, 1.5)}${star(362, 54, 1.5)}`,
};

/**
 * Two hills, a house with its light on, and a path that begins at its door. It says nothing but the hour;
 * where there is room the land goes on to both sides.
 * @param {'morning' | 'day' | 'night'} part
 */
export const scene = (part) => html`<svg class="scene" viewBox="0 0 390 112" preserveAspectRatio="xMidYMax" aria-hidden="true" focusable="false">
  ${inTheSky[part]}
  <path class="scene-far" d="M-1600 72c500-60 700 50 1100 24 200-14 380 30 500-10 60-34 118-40 186-22 74 20 138 6 204-26 90-42 240 50 420 36s500-50 1190 0v40h-3600z"/>
  <path class="scene-near" d="M-1600 92c500 24 1000-22 1300 4 120 12 230 26 300 8 70-26 150-28 232-16 60 9 112 8 158-2 130-24 300 22 500 8s600 14 1110-4v24h-3600z"/>
  <path class="scene-path" d="M283 95c-18 2-50 1-62 5s18 6 4 12"/>
  <path class="scene-wall" d="M272 74h30v21h-30z"/><path class="scene-roof" d="m267 76 20-16 20 16z"/>
  <path class=${part === 'night' ? 'scene-light' : 'scene-roof'} d="M278 82h7v13h-7z"/>
</svg>`;
