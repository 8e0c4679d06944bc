/** A sky over a path, drawn from two numbers of one's own: the sun as high as the ease, the path as wide as the say. */
import { html } from 'lit-html';

const LOW = 92;
const HIGH = 26;
const NARROW = 5;
const WIDE = 46;
const HALF = 50;

/** @param {number | null} ease 0-100 @param {number | null} direction 0-100 */
export function sky(ease, direction) {
  const y = LOW + ((HIGH - LOW) * (ease ?? HALF)) / 100;
  const wide = NARROW + ((WIDE - NARROW) * (direction ?? HALF)) / 100;
  return html`<svg class="scene sky" viewBox="0 0 320 140" aria-hidden="true" focusable="false">
    <circle class="scene-sun" cx="212" cy=${y} r="22"></circle>
    <path class="scene-far" d="M0 96c50-26 100-32 160-14 60 16 110 2 160-18v76H0z"></path>
    <path class="scene-near" d="M0 112c60-16 130-18 200-8 50 6 84 6 120-2v38H0z"></path>
    <path class="scene-way" d=${`M169 105C160 116 ${120 - wide / 2} 120 ${112 - wide} 140H${112 + wide}C${132 + wide / 2} 122 170 116 173 105z`}></path>
  </svg>`;
}
