/** Somebody's ladder at the desk: as they wrote it, with what lies beside it at the place it would have. */
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { draft, dropDraft, saveDraft } from '../../drafts.js';
import { ladderOf } from '../../ladders.js';
import { byPosition } from '../../order.js';
import { focusOn, render, say, toast } from '../../page.js';
import { commentFold } from '../../parts/comments.js';
import { valueWords } from '../../parts/fieldwords.js';
import { closeIcon, plusIcon } from '../../parts/icons.js';
import { dim, notice } from '../../parts/lit.js';
import { isTakenBack } from '../../proposals.js';
import { all, get, me } from '../../rows.js';
import { addSteps, stepsOf, TITLE_LIMIT } from '../../steps.js';
import { goAway, stand } from '../../together.js';
import { t } from '../../words.js';
import { besideCards } from '../parts/beside.js';
import { gone } from '../parts/gone.js';
import { pen } from '../parts/meeting.js';
import { besidePlank, plank } from '../parts/plank.js';
import { readyFold } from '../parts/readyfold.js';
import { attend, depart, entriesOf, followTogether, hasCome, openedPerson, shelf } from '../open.js';
import { fieldName } from '../fields.js';
import { lying, put, saidAfter, undoOf, writes } from '../pens.js';
import { answered, besideRow, wholeSteps } from '../proposed.js';

/** @typedef {import('../../kinds.js').Ladder} Ladder */
/** @typedef {import('../../kinds.js').Step} Step */
/** @typedef {import('../../router.js').Params} Params */
/** @typedef {import('../people.js').Person} Person */

const SHOWN = 20;          // of the answers, the latest

let arranging = false;
let writing = false;
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
    dim();
    naming = null;
    writing = draft(shelf(consent, `step/new/${id}`)) !== undefined;
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
    if (!ladder) return hasCome(person) ? gone(consent) : html`<p class="note" role="status">${t('One moment…')}</p>`;
    stand(ladder.space);
    if (ladder.archived) return html`<section class="stack"><p class="note">${person.name}</p><p>${t('This ladder is put away.')}</p></section>`;
    const beside = lying(ladder.space);
    return html`
      <div class="stack tight"><p><strong>${person.name}</strong></p>${pen(ladder.space, person.name)}</div>
      ${besideCards(besideRow(beside, ladder), ladder, person.name)}
      ${naming ? renaming(ladder, person) : nothing}
      ${climb(ladder, person, beside)}
      ${commentFold(ladder, 'ladder', t('{name} reads this, and nobody else.', { name: person.name }))}
      ${readyFold(ladder, person)}
      ${answers(ladder)}
      <a class="plain" href="#/person/${consent}/changes/${id}">${t('What changed on this ladder')}</a>
      ${arranging ? nothing : writing ? composer(ladder, person) : dock(ladder)}`;
  },
};

/** @param {Ladder} ladder @param {Person} person @param {import('../proposed.js').Beside[]} beside */
function climb(ladder, { consent, name }, beside) {
  const steps = stepsOf(ladder.id);
  notice(steps);
  const around = { consent, name, steps, beside, tried: triedOn(consent), arranging };
  const rungs = [...steps.map((step) => ({ id: step.id, position: step.position, draw: () => plank(step, around) })),
    ...wholeSteps(beside, steps).map((one) => ({ id: one.id, position: String(one.value.position ?? ''), draw: () => besidePlank(one, around) }))].sort(byPosition).reverse();
  return html`
    <div class="row apart">
      <button class="plain" type="button" @click=${() => { naming = ladder; focusOn('#ladder-name'); }}>${writes(ladder.space) ? t('Change the name') : t('Propose another name')}</button>
      ${steps.length > 1 ? html`<button class="plain" type="button" aria-pressed=${String(arranging)} @click=${() => arrange(ladder)}>${arranging ? t('The order is fine') : writes(ladder.space) ? t('Change the order') : t('Propose another order')}</button>` : nothing}
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

/** @param {Ladder} ladder */
function arrange({ space }) {
  arranging = !arranging;
  say(arranging ? t('Each step can be moved now, with its buttons or the arrow keys.') : writes(space) ? t('The order is kept.') : '');
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

/** What became of what was proposed: taken and left weigh the same. @param {Ladder} ladder */
function answers(ladder) {
  const list = answered(ladder.space, all('proposal'), me()?.person ?? '', isTakenBack).slice(0, SHOWN);
  if (!list.length) return nothing;
  return html`<details><summary>${t('What became of your proposals')}</summary><ul class="list tight told-list">${list.map((one) => html`<li>
    <span dir="auto">${one.field ? html`${get(one.target)?.title ?? ''} · ${fieldName(one.field, get(one.target)?.kind)}: ${valueWords(one.field, one.value, get(one.target))}` : one.value.title}</span>
    <span class="badge">${one.state === 'taken' ? t('taken') : t('left')}</span></li>`)}</ul></details>`;
}

/** @param {Ladder} ladder */
const dock = (ladder) => html`<div class="dock"><button class="primary" id="write-step" type="button" @click=${() => { writing = true; focusOn('#new-step'); }}>
  ${plusIcon}${writes(ladder.space) ? t('Write a step') : t('Propose a step')}</button></div>`;

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
      placeholder=${t('for example: open the window')} .value=${String(draft(key) ?? '')} @input=${(/** @type {any} */ event) => saveDraft(key, event.target.value)}></label>
    <div class="row"><button class="icon" type="button" aria-label=${t('Close')} @click=${() => { writing = false; focusOn('#write-step'); }}>${closeIcon}</button>
      <button class="primary grow">${writes(ladder.space) ? t('Put it on the ladder') : t('Propose this step')}</button></div></form>`;
}
