/** Smaller steps from one, in one touch: drafts in the person's hands before anything is on the ladder (rule L10). */
import { html, nothing } from 'lit-html';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { focusOn, go, render, toast } from '../page.js';
import { AT_FIRST, smaller } from '../split.js';
import { splitStep, TITLE_LIMIT } from '../steps.js';
import { t, tn } from '../words.js';
import { closeIcon, plusIcon } from './icons.js';

/** @typedef {import('../kinds.js').Step} Step */
/** @typedef {import('../split.js').Draft} Draft */

/** @type {string | null} */
let open = null;

/** @param {string} step */
export function openSplitter(step) {
  open = step;
  focusOn('#split');
}

export function closeSplitter() { open = null; }

/** @param {string} step */
const shelf = (step) => `split/${step}`;

/** @param {Step} step @returns {Draft[]} */
const drafts = (step) => draft(shelf(step.id)) ?? smaller(step, t).slice(0, AT_FIRST);

/** @param {Step} step @param {Draft[]} list */
function keep(step, list) {
  saveDraft(shelf(step.id), list);
  render();
}

/** @param {Step} step @returns {unknown} null while nothing is being split */
export function splitter(step) {
  if (open !== step.id) return null;
  const list = drafts(step);
  const other = smaller(step, t).find((way) => !list.some((one) => one.dial === way.dial));
  return html`<form id="smaller" class="card" @submit=${(/** @type {SubmitEvent} */ event) => put(event, step)}>
    <h2 id="split" tabindex="-1">${t('Smaller ones')}</h2>
    <p class="note">${t('Only first drafts. Change the words until they fit, or leave some out.')}</p>
    <ul class="list">${list.map((one, i) => line(step, list, one, i))}</ul>
    ${other ? html`<button class="plain" type="button" @click=${() => keep(step, [...list, other])}>${plusIcon}${t('One more idea')}</button>` : nothing}
  </form>`;
}

/** @param {Step} step @param {Draft[]} list @param {Draft} one @param {number} i its place in the list */
function line(step, list, one, i) {
  /** @param {Event} event */
  const say = ({ target }) => keep(step, list.with(i, { ...one, title: /** @type {HTMLTextAreaElement} */ (target).value }));
  return html`<li class="row snug">
    <textarea class="grow" rows="1" maxlength=${TITLE_LIMIT} aria-label=${t('Smaller step {n}', { n: i + 1 })}
      .value=${one.title} @input=${say}></textarea>
    <button class="icon" type="button" aria-label=${t('Leave out: {title}', { title: one.title })}
      @click=${() => keep(step, list.toSpliced(i, 1))}>${closeIcon}</button></li>`;
}

/** @param {Step} step @returns {unknown} null while nothing is being split */
export const splitDock = (step) => (open !== step.id ? null : html`<div class="dock">
  <button class="primary" form="smaller" ?disabled=${!drafts(step).some((one) => one.title.trim())}>${t('Put them on the ladder')}</button>
  <button class="plain" type="button" @click=${() => cancel(step)}>${t('Not now')}</button></div>`);

/** @param {Step} step */
function cancel(step) {
  closeSplitter();
  dropDraft(shelf(step.id));
  render();
}

/** @param {SubmitEvent} event @param {Step} step */
async function put(event, step) {
  event.preventDefault();
  const list = drafts(step).filter((one) => one.title.trim()).map(({ dial: _, ...given }) => given);
  const { ids, undo } = await splitStep(step, list);
  cancel(step);
  go(`/ladder/${step.ladder}`);
  toast(tn('{n} smaller step is on the ladder', '{n} smaller steps are on the ladder', ids.length), undo);
}
