/** A ladder's name and wish, the steps put away, and putting the ladder itself away. Nothing is deleted here. */
import { html, nothing } from 'lit-html';
import { dropDraft } from '../drafts.js';
import { ladderOf } from '../ladders.js';
import { back, go, toast } from '../page.js';
import { field, halfTyped, wantsWords } from '../parts/field.js';
import { marksOf, readyFields } from '../parts/readyfields.js';
import { putAway, putLadder } from '../putaway.js';
import { stepsAway, takeStepOut } from '../stepchanges.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Ladder} Ladder */
/** @typedef {import('../router.js').Params} Params */

/** The ladder as it was when the editing began. @type {Ladder | undefined} */
let seen;

/** @param {string} id */
const shelf = (id) => `ladder/${id}`;

/** @param {Ladder} ladder */
const stored = (ladder) => ({ title: ladder.title, wish: ladder.wish, wish_unknown: ladder.wish_unknown, ...marksOf(ladder) });

export const screen = {
  title: () => t('Name and wish'),
  /** @param {Params} params */
  up: ({ id }) => `/ladder/${id}`,
  /** @param {Params} params */
  enter: ({ id }) => { seen = ladderOf(id); },
  /** @param {Params} params */
  view: ({ id }) => {
    const ladder = ladderOf(id);
    if (!ladder) return html`<p>${t('This ladder is not on this phone.')}</p>`;
    return html`${form(ladder)}${putAwaySteps(ladder)}
      <ul class="list tight"><li><a href="#/paper/ladder/${id}">${t('The ladder on paper')}</a></li>
        <li><a href="#/ladder/${id}/changes">${t('What changed on this ladder')}</a></li>
        <li><button type="button" @click=${() => away(ladder)}>
        <span>${t('Put this ladder away')}<br><span class="note">${t('Nothing is lost; it can come back any time.')}</span></span></button></li></ul>
      <div class="dock"><button class="primary" form="name">${t('Keep')}</button></div>`;
  },
};

/** @param {Ladder} ladder */
function form(ladder) {
  const { values, put } = halfTyped(shelf(ladder.id), stored(ladder));
  return html`<form id="name" class="stack" @submit=${(/** @type {SubmitEvent} */ event) => save(event, ladder)}>
    ${field({ label: t('Name of the ladder'), name: 'title', value: values.title, onInput: put('title'), max: 120, required: true })}
    ${values.wish_unknown ? nothing : field({
      label: t('How would you like your days to be?'), note: t('The wish behind this ladder, if there is one.'), name: 'wish',
      value: values.wish, onInput: put('wish'), long: true, max: 1000,
    })}
    <label class="check"><input type="checkbox" .checked=${values.wish_unknown}
      @change=${(/** @type {Event} */ event) => put('wish_unknown')(/** @type {HTMLInputElement} */ (event.target).checked)}>
      ${values.wish_unknown ? t('How I would like my days to be, I don’t know yet') : t('I don’t know yet')}</label>
    <details class="card more"><summary>${t('When another step is offered')}</summary><div class="stack">${readyFields(values, put)}</div></details>
  </form>`;
}

/** @param {Ladder} ladder */
function putAwaySteps(ladder) {
  const list = stepsAway(ladder.id);
  return list.length ? html`<section class="stack"><h2>${t('Steps taken off')}</h2>
    <ul class="list tight">${list.map((step) => html`<li><button type="button" @click=${() => bringBack(step)}>
      <span>${step.title}</span><span class="link">${t('Bring back')}</span></button></li>`)}</ul></section>` : nothing;
}

/** @param {import('../kinds.js').Step} step */
async function bringBack(step) {
  toast(t('Back on the ladder: {title}', { title: step.title }), await takeStepOut(step));
}

/** @param {SubmitEvent} event @param {Ladder} ladder */
async function save(event, ladder) {
  event.preventDefault();
  const { values } = halfTyped(shelf(ladder.id), stored(ladder));
  if (!values.title.trim()) return wantsWords(event, 'title');
  const given = { ...values, title: values.title.trim(), wish: values.wish.trim() };
  const undo = await putLadder(seen?.id === ladder.id ? seen : ladder, given);
  await dropDraft(shelf(ladder.id));
  back(`/ladder/${ladder.id}`);
  toast(t('Kept'), undo);
}

/** @param {Ladder} ladder */
async function away(ladder) {
  const undo = await putAway(ladder);
  go('/ladders', { replace: true });
  toast(t('Put away: {title}', { title: ladder.title }), undo);
}
