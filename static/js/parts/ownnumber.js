/** How hard a step seems, 0-100, in the person's own number (rule L2), with their own marks on the scale (rule L3). */
import { html } from 'lit-html';
import { render } from '../page.js';
import { setting } from '../rows.js';
import { putStep } from '../stepchanges.js';
import { t } from '../words.js';
import { anchorsOf, rating } from './rating.js';

/** @typedef {import('../kinds.js').Step} Step */

/** While a finger slides, one number is enough: the last one. @type {{step: Step, value: number, timer: number} | null} */
let moving = null;
const SETTLE_MS = 500;

/** @param {Step} step */
export function ownNumber(step) {
  const value = moving?.step.id === step.id ? moving.value : step.predicted;
  return html`<section class="card">${rating({
    id: 'own-number', value, label: t('How hard does it look from here?'), anchors: anchorsOf(setting()),
    onInput: (number) => slide(step, number),
  })}
  <p class="row apart"><span class="note">${t('Your own guess; it may change any time.')}</span>
    <a class="plain" href="#/anchors">${t('My marks on the scale')}</a></p></section>`;
}

/** @param {Step} step @param {number} value */
function slide(step, value) {
  clearTimeout(moving?.timer);
  const seen = moving?.step.id === step.id ? moving.step : step;
  moving = { step: seen, value, timer: window.setTimeout(settleNumber, SETTLE_MS) };
  render();
}

/** Write the number the finger stopped at; also when the screen is left before it came to rest. */
export async function settleNumber() {
  if (!moving) return;
  const { step, value, timer } = moving;
  clearTimeout(timer);
  await putStep(step, { predicted: value });
  if (moving?.timer === timer) moving = null;
  render();
}

// A phone may put the page to sleep, and never wake it, half a second after the finger has left.
globalThis.document?.addEventListener('visibilitychange', settleNumber);
