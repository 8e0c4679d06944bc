/** One rung at the desk: its words, the person's number, what lies beside it; and the ways to move it. */
import { html, nothing } from 'lit-html';
import { commentsOn, unheard } from '../../comments.js';
import { focusOn, render, say, toast } from '../../page.js';
import { draggable } from '../../parts/drag.js';
import { downIcon, gripIcon, upIcon } from '../../parts/moreicons.js';
import { isLit } from '../../parts/lit.js';
import { moveStep } from '../../stepchanges.js';
import { namesAt } from '../../together.js';
import { t, tn } from '../../words.js';
import { saidAfter, undoOf } from '../pens.js';
import { besideRow, moveOf } from '../proposed.js';
import { progress, takingBack } from './beside.js';
import { standers } from './meeting.js';

/** @typedef {import('../../kinds.js').Step} Step */
/** @typedef {import('../proposed.js').Beside} Beside */
/** @typedef {{consent: string, name: string, steps: Step[], beside: Beside[], tried: Map<string, number>, arranging: boolean}} Around the ladder a rung is on */

/** @param {Step} step @param {Around} around */
export function plank(step, around) {
  const { consent, steps, beside, tried, arranging } = around;
  const at = steps.indexOf(step);
  return html`<li class="rung" id="rung-${step.id}" data-row ?data-lit=${isLit(step)} @keydown=${(/** @type {KeyboardEvent} */ event) => keys(event, step, around)}>
    <a href="#/person/${consent}/step/${step.id}" class="plank">
      ${step.predicted === null ? nothing : html`<span class="rung-number" aria-hidden="true">${step.predicted}</span>`}
      <span class="rung-words">${step.title}
        <span class="unseen">${step.predicted === null ? t('no number yet') : t('their number: {n}', { n: step.predicted })}</span>
        ${tried.has(step.id) ? html`<span class="note">${tn('tried {n} time', 'tried {n} times', tried.get(step.id) ?? 0)}</span>` : nothing}
        ${marks(step, around, beside)}</span>
    </a>
    ${arranging ? movers(step, at, around) : nothing}
  </li>`;
}

/** @param {Step} step @param {Around} around @param {Beside[]} beside */
function marks(step, { name, steps }, beside) {
  const lies = besideRow(beside, step);
  const other = lies.filter(({ field }) => field !== 'archived');
  const away = lies.find(({ field }) => field === 'archived');
  const move = moveOf(beside, step, steps);
  const said = commentsOn(step.id), news = unheard(step.id);
  return html`${standers(namesAt(step.space, step.id))}
    ${other.length ? html`<span class="badge">${tn('{n} other wording', '{n} other wordings', other.length)} · ${progress(/** @type {Beside} */ (other.at(-1)), name)}</span>` : nothing}
    ${away ? html`<span class="badge">${t('put away? · {progress}', { progress: progress(away, name) })}</span>` : nothing}
    ${move ? html`<span class="badge">${move.above ? t('a place below “{title}” · {progress}', { title: move.above.title, progress: progress(move.beside, name) }) : t('the top place · {progress}', { progress: progress(move.beside, name) })}</span>` : nothing}
    ${said.length ? html`<span class="note">${tn('{n} comment', '{n} comments', said.length)}${news.length ? html` · ${tn('{n} new', '{n} new', news.length)}` : nothing}</span>` : nothing}`;
}

/** A step that only lies beside the ladder, at the place it would have. @param {Beside} one @param {Around} around */
export const besidePlank = (one, { name }) => html`<li class="rung beside-rung">
  <span class="plank"><span class="rung-words">${one.value.title}<span class="badge">${t('a new step')} · ${progress(one, name)}</span></span></span>${takingBack(one)}</li>`;

/** @param {Step} step @param {number} at @param {Around} around */
function movers(step, at, around) {
  const { title } = step;
  const of = around.steps.length;
  return html`<span class="movers">
    <button class="icon" type="button" data-move="up" aria-label=${t('Move up: {title}', { title })} aria-disabled=${at === of - 1 ? 'true' : nothing}
      @click=${() => move(step, at + 1, 'up', around)}>${upIcon}</button>
    <button class="icon" type="button" data-move="down" aria-label=${t('Move down: {title}', { title })} aria-disabled=${at === 0 ? 'true' : nothing}
      @click=${() => move(step, at - 1, 'down', around)}>${downIcon}</button>
    <button class="icon grip" type="button" data-move="grip" aria-label=${t('Drag, or move with the arrow keys: {title}', { title })}
      @pointerdown=${draggable((to) => move(step, of - 1 - to, 'grip', around))}>${gripIcon}</button>
  </span>`;
}

/** @param {KeyboardEvent} event @param {Step} step @param {Around} around */
function keys(event, step, around) {
  if (event.isComposing || event.keyCode === 229 || !around.arranging) return;
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const on = /** @type {HTMLElement} */ (event.target).closest('[data-move]');
  if (!by || on?.getAttribute('data-move') !== 'grip') return;
  event.preventDefault();
  void move(step, around.steps.indexOf(step) + by, 'grip', around);
}

/** @param {Step} step @param {number} to @param {string} button which keeps the focus @param {Around} around */
async function move(step, to, button, { steps, name }) {
  if (to < 0 || to >= steps.length) return say(to < 0 ? t('This is the lowest rung already.') : t('This is the top rung already.'));
  const undo = await moveStep(step, to);
  await render();
  await focusOn(`#rung-${step.id} [data-move="${button}"]`, { preventScroll: true });
  toast(saidAfter(step.space, name), undoOf(step.space, undo));
}
