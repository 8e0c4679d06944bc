/** Somebody's ladder at the desk: as they wrote it, with what lies beside it at the place it would have. */
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { draft, dropDraft, saveDraft } from '../../drafts.js';
import { ladderOf } from '../../ladders.js';
import { byPosition } from '../../order.js';
import { focusOn, render, say, toast } from '../../page.js';
import { commentFold } from '../../parts/comments.js';
import { plusIcon } from '../../parts/icons.js';
import { addSteps, stepsOf, TITLE_LIMIT } from '../../steps.js';
import { goAway, stand } from '../../together.js';
import { t } from '../../words.js';
import { besideCards } from '../parts/beside.js';
import { gone } from '../parts/gone.js';
import { pen } from '../parts/meeting.js';
import { besidePlank, plank } from '../parts/plank.js';
import { attend, depart, entriesOf, followTogether, openedPerson, shelf } from '../open.js';
import { lying, put, saidAfter, undoOf, writes } from '../pens.js';
import { besideRow, wholeSteps } from '../proposed.js';

/** @typedef {import('../../kinds.js').Ladder} Ladder */
/** @typedef {import('../../kinds.js').Step} Step */
/** @typedef {import('../../router.js').Params} Params */
/** @typedef {import('../people.js').Person} Person */

let arranging = false;
/** The ladder as it was when its name was begun to be changed. @type {Ladder | null} */
let naming = null;

export const screen = {
  /** @param {Params} params */
  title: ({ id, consent }) => (openedPerson(consent) && ladderOf(id)?.title) || t('A ladder'),
  /** @param {Params} params */
  up: ({ consent }) => `/person/${consent}`,
  /** @param {Params} params */
  enter: ({ consent, id }) => {
    arranging = false;
    naming = null;
    attend(consent);
    followTogether(() => ladderOf(id)?.space);
  },
  leave: () => {
    goAway();
    depart();
  },
  /** @param {Params} params */
  view: ({ consent, id }) => {
    const person = openedPerson(consent);
    if (!person) return gone(consent);
    const ladder = ladderOf(id);
    if (!ladder) return html`<p class="note" role="status">${t('One moment…')}</p>`;
    stand(ladder.space);
    const beside = lying(ladder.space);
    return html`
      <p class="note">${person.name}</p>
      ${pen(ladder.space, person.name)}
      ${besideCards(besideRow(beside, ladder), ladder, person.name)}
      ${naming ? renaming(ladder, person) : nothing}
      ${climb(ladder, person, beside)}
      ${commentFold(ladder, 'ladder', t('{name} reads this, and whoever else reads this ladder.', { name: person.name }))}
      ${composer(ladder, person)}`;
  },
};

/** @param {Ladder} ladder @param {Person} person @param {import('../proposed.js').Beside[]} beside */
function climb(ladder, { consent, name }, beside) {
  const steps = stepsOf(ladder.id);
  const around = { consent, name, steps, beside, tried: triedOn(consent), arranging };
  const rungs = [...steps.map((step) => ({ id: step.id, position: step.position, draw: () => plank(step, around) })),
    ...wholeSteps(beside, steps).map((one) => ({ id: one.id, position: String(one.value.position ?? ''), draw: () => besidePlank(one, around) }))].sort(byPosition).reverse();
  return html`
    <div class="row apart">
      <button class="plain" type="button" @click=${() => { naming = ladder; focusOn('#ladder-name'); }}>${writes(ladder.space) ? t('Change the name') : t('Propose another name')}</button>
      ${steps.length > 1 ? html`<button class="plain" type="button" aria-pressed=${String(arranging)} @click=${arrange}>${arranging ? t('The order is fine') : t('Change the order')}</button>` : nothing}
    </div>
    <div class="climb">
      ${ladder.wish ? html`<p class="wish" dir="auto">${ladder.wish}</p>` : nothing}
      ${rungs.length ? html`<div class="between-rails"><i class="rail"></i><i class="rail"></i><ol class="ladder" reversed aria-label=${t('Steps, the top one first')}>
        ${repeat(rungs, ({ id }) => id, ({ draw }) => draw())}</ol></div>` : html`<p class="empty note">${t('No steps yet. A small one is enough to begin with.')}</p>`}
      <p class="ground note" aria-hidden="true">${t('here, now')}</p>
    </div>`;
}

/** @param {string} consent @returns {Map<string, number>} */
function triedOn(consent) {
  const tried = new Map();
  for (const { step, outcome } of entriesOf(consent)?.attempts ?? []) if (outcome) tried.set(step, (tried.get(step) ?? 0) + 1);
  return tried;
}

function arrange() {
  arranging = !arranging;
  say(arranging ? t('Each step can be moved now, with its buttons or the arrow keys.') : t('The order is kept.'));
  render();
}

/** @param {Ladder} ladder @param {Person} person */
function renaming(ladder, { consent, name }) {
  const key = shelf(consent, `name/${ladder.id}`);
  const words = String(draft(key) ?? ladder.title);
  /** @param {SubmitEvent} event */
  const keep = async (event) => {
    event.preventDefault();
    if (!words.trim()) return focusOn('#ladder-name');
    const { changes, done } = put(naming ?? ladder, { title: words.trim() });
    naming = null;
    const undo = await done;
    await dropDraft(key);
    if (changes) toast(saidAfter(ladder.space, name), undoOf(ladder.space, undo));
    else render();
  };
  return html`<form class="card" @submit=${keep}>
    <label class="field"><span>${t('Name of the ladder')}</span><input id="ladder-name" name="title" maxlength="120" autocomplete="off" .value=${words}
      @input=${(/** @type {any} */ event) => saveDraft(key, event.target.value)}></label>
    <div class="row"><button class="quiet">${writes(ladder.space) ? t('Keep') : t('Propose it')}</button>
      <button class="plain" type="button" @click=${async () => { naming = null; await dropDraft(key); render(); }}>${t('Leave it as it was')}</button></div></form>`;
}

/** @param {Ladder} ladder @param {Person} person */
function composer(ladder, { consent, name }) {
  const key = shelf(consent, `step/new/${ladder.id}`);
  /** @param {SubmitEvent} event */
  const add = async (event) => {
    event.preventDefault();
    const title = String(draft(key) ?? '').trim();
    if (!title) return focusOn('#new-step');
    await dropDraft(key);
    const { undo } = await addSteps(ladder, [{ title }]);
    toast(saidAfter(ladder.space, name), undoOf(ladder.space, undo));
    await focusOn('#new-step');
  };
  return html`<form class="dock composer" @submit=${add}>
    <label class="field"><span>${t('Another step')}</span><input id="new-step" name="title" maxlength=${TITLE_LIMIT} autocomplete="off" enterkeyhint="done"
      placeholder=${t('for example: open the window for a minute')} .value=${String(draft(key) ?? '')} @input=${(/** @type {any} */ event) => saveDraft(key, event.target.value)}></label>
    <div class="row"><button class="primary grow">${plusIcon}${writes(ladder.space) ? t('Put it on the ladder') : t('Propose this step')}</button></div></form>`;
}
