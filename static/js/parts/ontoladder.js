/** A tiny thing becomes a step: onto the ladder one chooses, at its foot, with no number of its own yet (rule L2). */
import { html, nothing } from 'lit-html';
import { addLadder, ladderOf, ladders } from '../ladders.js';
import { render, toast } from '../page.js';
import { addSteps, stepsInUse } from '../steps.js';
import { t } from '../words.js';

let chosen = '';
let busy = false;

/** @param {string} title */
const isThere = (title) => stepsInUse().some((step) => step.title === title);

/** @param {string} title of the step to be @param {Partial<import('../kinds.js').Step>} [more] */
export const ontoLadder = (title, more) => (isThere(title)
  ? html`<p class="note">${t('It stands on a ladder.')}</p>`
  : html`<button class="choice even" type="button" @click=${() => put(title, more)}>${t('Put it on a ladder')}</button>`);

/** Which ladder, where there are several. */
export function whichLadder() {
  const list = ladders();
  if (list.length < 2) return nothing;
  return html`<label class="field"><span>${t('Onto which ladder?')}</span>
    <select autocomplete="off" @change=${choose}>${list.map((one) => html`<option value=${one.id} ?selected=${one.id === chosen}>${one.title || String(t('A ladder without a name'))}</option>`)}</select></label>`;
}

/** @param {Event} event */
function choose(event) {
  chosen = /** @type {HTMLSelectElement} */ (event.target).value;
  render();
}

/** @param {string} title @param {Partial<import('../kinds.js').Step>} [more] */
export async function put(title, more) {
  if (busy || isThere(title)) return;
  busy = true;
  try {
    const ladder = ladders().find((one) => one.id === chosen) ?? ladders()[0] ?? ladderOf(await addLadder({ title: String(t('Small good things')) }));
    if (!ladder) return;
    const { undo } = await addSteps(ladder, [{ ...more, title }], 0);
    toast(t('It stands on the ladder “{title}”.', { title: ladder.title || t('A ladder without a name') }), undo);
  } finally {
    busy = false;
    render();
  }
}
