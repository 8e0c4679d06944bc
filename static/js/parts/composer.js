/** Writing a step in one line at the foot of the ladder; Enter adds it and waits for the next. */
import { html } from 'lit-html';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { focusOn, render, toast } from '../page.js';
import { addSteps, TITLE_LIMIT } from '../steps.js';
import { t } from '../words.js';
import { closeIcon } from './icons.js';

/** @typedef {import('../kinds.js').Ladder} Ladder */

/** The ladder somebody is writing on. @type {string | null} */
let open = null;

/** @param {string} ladder */
export function openComposer(ladder) {
  open = ladder;
  render();
}

/** @param {string} ladder */
const shelf = (ladder) => `step/new/${ladder}`;

/**
 * A native form: Enter that only confirms a Japanese conversion does not submit it.
 * @param {Ladder} ladder
 * @returns {unknown} null while nobody writes
 */
export function composer(ladder) {
  if (open !== ladder.id) return null;
  const words = draft(shelf(ladder.id)) ?? '';
  return html`<form class="dock composer" @submit=${(/** @type {SubmitEvent} */ event) => add(event, ladder)} @keydown=${leave}>
    <label class="field"><span>${t('A step, in your own words')}</span>
      <input id="new-step" name="title" maxlength=${TITLE_LIMIT} autocomplete="off" enterkeyhint="done" .value=${words}
        placeholder=${t('for example: open the window')}
        @input=${(/** @type {Event} */ event) => saveDraft(shelf(ladder.id), /** @type {HTMLInputElement} */ (event.target).value)}></label>
    <div class="row">
      <button class="icon" type="button" aria-label=${t('Close')} @click=${close}>${closeIcon}</button>
      <button class="primary grow">${t('Put it on the ladder')}</button>
    </div>
  </form>`;
}

/** @param {SubmitEvent} event @param {Ladder} ladder */
async function add(event, ladder) {
  event.preventDefault();
  const input = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.target).elements.namedItem('title'));
  const title = input.value.trim();
  if (!title) return input.focus();
  input.value = '';
  dropDraft(shelf(ladder.id));
  const { ids, undo } = await addSteps(ladder, [{ title }]);
  toast(t('It is on the ladder'), undo, t('On the ladder: {title}', { title }));
  await focusOn('#new-step');
  document.getElementById(`rung-${ids[0]}`)?.scrollIntoView({ block: 'nearest' });
}

function close() {
  open = null;
  focusOn('#write-step');
}

/** @param {KeyboardEvent} event */
function leave(event) {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === 'Escape') close();
}
