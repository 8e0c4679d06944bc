/** All ladders; for somebody without one, straight the question what the first could be about. */
import { html, nothing } from 'lit-html';
import { attemptsOf } from '../attempts.js';
import { draft, dropDraft } from '../drafts.js';
import { fromOthers, laddersPutAway } from '../hung.js';
import { ladders, addLadder } from '../ladders.js';
import { focusOn, go, render } from '../page.js';
import { field, halfTyped, wantsWords } from '../parts/field.js';
import { plusIcon } from '../parts/icons.js';
import { stepsOf } from '../steps.js';
import { t, tn } from '../words.js';

/** @typedef {import('../kinds.js').Ladder} Ladder */

const DRAFT = 'ladder/new';
const BLANK = { title: '', wish: '', wish_unknown: false };
let writing = false;

/** Ways to begin, at a touch; none of them is about work or school (rule G7). */
const beginnings = () => [t('Going outside'), t('Being with my family'), t('Talking with people'), t('People online'), t('My own days')];

export const screen = {
  title: () => t('Ladders'),
  enter: () => { writing = draft(DRAFT) !== undefined; },
  view: () => {
    const list = ladders();
    if (writing || !list.length) return newLadder(list.length > 0);
    return html`
      <ul class="list">${list.map(ladderCard)}</ul>
      ${laddersPutAway()}
      <div class="dock"><button class="primary" type="button" @click=${open}>${plusIcon}${t('A new ladder')}</button></div>`;
  },
};

/** @param {Ladder} ladder */
function ladderCard(ladder) {
  const steps = stepsOf(ladder.id);
  const tried = steps.reduce((sum, step) => sum + attemptsOf(step.id).length, 0);
  return html`<li><a class="card small-ladder" href="#/ladder/${ladder.id}">
    <span class="rails" aria-hidden="true">${steps.slice(0, 7).reverse().map((step) => html`<i class=${attemptsOf(step.id).length ? 'lit' : ''}></i>`)}</span>
    <span class="stack tight">
      <strong>${ladder.title || t('A ladder without a name')}</strong>
      <span class="note">${steps.length ? tn('{n} step', '{n} steps', steps.length) : t('no steps yet')}
        ${tried ? html`· ${tn('tried {n} time', 'tried {n} times', tried)}` : nothing}</span>
      ${fromOthers(ladder, steps)}
    </span></a></li>`;
}

function open() {
  writing = true;
  focusOn('#new-title');
}

function close() {
  writing = false;
  dropDraft(DRAFT);
  render();
}

/** @param {boolean} others there are ladders already, so one can change one's mind */
function newLadder(others) {
  const { values, put } = halfTyped(DRAFT, BLANK);
  return html`
    <form id="new-ladder" class="stack asking" @submit=${make}>
      <h2 id="asked">${t('What would you like to come a little closer to?')}</h2>
      <div class="beginnings" role="group" aria-labelledby="asked">${beginnings().map((words) => html`
        <button class="choice" type="button" aria-pressed=${values.title === String(words)} @click=${() => put('title')(String(words))}>${words}</button>`)}</div>
      ${field({
        id: 'new-title', label: t('In your own words'), name: 'title', value: values.title,
        onInput: put('title'), max: 120, required: true,
      })}
      ${values.title.trim() ? wish(values, put) : nothing}
    </form>
    ${others ? nothing : laddersPutAway()}
    <div class="dock">
      <button class="primary" form="new-ladder">${t('Make this ladder')}</button>
      ${others ? html`<button class="plain" type="button" @click=${close}>${t('Not now')}</button>` : nothing}
    </div>`;
}

/**
 * The second question comes when the first has its answer; not to know is a full answer (rule L11).
 * @param {typeof BLANK} values
 * @param {ReturnType<typeof halfTyped<typeof BLANK>>['put']} put
 */
const wish = (values, put) => html`${values.wish_unknown ? nothing : field({
    label: t('How would you like your days to be?'), name: 'wish', value: values.wish, onInput: put('wish'), long: true, max: 1000,
  })}
  <label class="check"><input type="checkbox" .checked=${values.wish_unknown}
    @change=${(/** @type {Event} */ event) => put('wish_unknown')(/** @type {HTMLInputElement} */ (event.target).checked)}>
    ${values.wish_unknown ? t('How I would like my days to be, I don’t know yet') : t('I don’t know yet')}</label>`;

/** @param {SubmitEvent} event */
async function make(event) {
  event.preventDefault();
  const { values } = halfTyped(DRAFT, BLANK);
  if (!values.title.trim()) return wantsWords(event, 'title');
  const id = await addLadder({ ...values, wish: values.wish_unknown ? '' : values.wish });
  writing = false;
  await dropDraft(DRAFT);
  go(`/ladder/${id}`);
}
