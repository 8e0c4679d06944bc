/** Ways to move a rung while arranging: two buttons, a handle to drag, the arrow keys. They hang in each rung (rung.js). */
import { html, nothing } from 'lit-html';
import { render, say, toast } from '../page.js';
import { stepsOf } from '../steps.js';
import { moveStep } from '../stepchanges.js';
import { t } from '../words.js';
import { draggable } from './drag.js';
import { downIcon, gripIcon, upIcon } from './moreicons.js';

/** @typedef {import('../kinds.js').Step} Step */

/** @param {Step} step @param {number} at @param {number} of */
export function movers(step, at, of) {
  const { title } = step;
  return html`<span class="movers">
    <button class="icon" type="button" data-move="up" aria-label=${t('Move up: {title}', { title })}
      aria-disabled=${at === of - 1 ? 'true' : nothing} @click=${() => move(step, at + 1, of, 'up')}>${upIcon}</button>
    <button class="icon" type="button" data-move="down" aria-label=${t('Move down: {title}', { title })}
      aria-disabled=${at === 0 ? 'true' : nothing} @click=${() => move(step, at - 1, of, 'down')}>${downIcon}</button>
    <button class="icon grip" type="button" data-move="grip" aria-label=${t('Drag, or move with the arrow keys: {title}', { title })}
      @pointerdown=${draggable((to) => move(step, of - 1 - to, of, 'grip'))}>${gripIcon}</button>
  </span>`;
}

/**
 * Arrow keys on the handle; Alt with an arrow anywhere on the rung.
 * @param {KeyboardEvent} event @param {Step} step @param {number} at @param {number} of
 */
export function moveByKeys(event, step, at, of) {
  if (event.isComposing || event.keyCode === 229) return;
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const on = /** @type {HTMLElement} */ (event.target).closest('[data-move], a');
  const grip = on?.getAttribute('data-move') === 'grip';
  if (!by || !(grip || event.altKey)) return;
  event.preventDefault();
  move(step, at + by, of, on?.getAttribute('data-move') ?? null);
}

/**
 * @param {Step} step
 * @param {number} to how many rungs are to be below it
 * @param {number} of
 * @param {string | null} button which of its buttons keeps the focus; its link when null
 */
async function move(step, to, of, button) {
  if (to < 0 || to >= of) return say(to < 0 ? t('This is the lowest rung already.') : t('This is the top rung already.'));
  const undo = await moveStep(step, to);
  await render();
  const row = document.getElementById(`rung-${step.id}`);
  const focus = /** @type {HTMLElement | null | undefined} */ (row?.querySelector(button ? `[data-move="${button}"]` : 'a'));
  focus?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
  const words = t('{title}: rung {n} of {of} from below', { title: step.title, n: to + 1, of: stepsOf(step.ladder).length });
  toast(t('Moved'), undo, words);
}
