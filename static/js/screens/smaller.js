/** Smaller steps from one, in one touch: drafts in the person's hands before anything is on the ladder (rule L10). */
import { html, nothing } from 'lit-html';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { back, go, render, toast } from '../page.js';
import { dialName, dialSign } from '../parts/dialsign.js';
import { bodyNote } from '../parts/healthnote.js';
import { closeIcon, plusIcon } from '../parts/icons.js';
import { tooMuch } from '../parts/toomuch.js';
import { AT_FIRST, smaller } from '../split.js';
import { stepOf, TITLE_LIMIT } from '../steps.js';
import { splitStep } from '../stepchanges.js';
import { t, tn } from '../words.js';

/** @typedef {import('../kinds.js').Step} Step */
/** @typedef {import('../split.js').Draft & {dial?: string}} Draft */
/** @typedef {import('../router.js').Params} Params */

/** @param {string} step */
const shelf = (step) => `split/${step}`;

/** @param {Step} step @returns {Draft[]} */
const drafts = (step) => draft(shelf(step.id)) ?? smaller(step).slice(0, AT_FIRST);

/** @param {Step} step @param {Draft[]} list */
function keep(step, list) {
  saveDraft(shelf(step.id), list);
  render();
}

export const screen = {
  title: () => t('Smaller ones'),
  /** @param {Params} params */
  up: ({ id }) => `/step/${id}`,
  /** @param {Params} params */
  view: ({ id }) => {
    const step = stepOf(id);
    if (!step) return html`<p>${t('This step is not on this phone.')}</p>`;
    const list = drafts(step);
    const other = smaller(step).find((way) => !list.some((one) => one.turned === way.turned));
    return html`
      <section class="stack">
        <p class="note">${step.title}</p>
        <p class="lead">${t('Here are first drafts. Change the words until they fit, or leave some out.')}</p>
        ${bodyNote(step)}
      </section>
      <form id="smaller" class="stack" @submit=${(/** @type {SubmitEvent} */ event) => put(event, step)}>
        <ol class="list stairs" reversed>${list.map((one, i) => line(step, list, one, i))}</ol>
        ${other ? html`<button class="plain" type="button" @click=${() => keep(step, [...list, other])}>${plusIcon}${t('One more idea')}</button>` : nothing}
      </form>
      <div class="dock">
        <button class="primary" form="smaller" ?disabled=${!list.some((one) => one.title.trim())}>${t('Put them on the ladder')}</button>
        <div class="row centre ways-out"><button class="plain" type="button" @click=${() => leave(step)}>${t('Not now')}</button>${tooMuch(step.id)}</div>
      </div>`;
  },
};

/** @param {Step} step @param {Draft[]} list @param {Draft} one @param {number} i its place in the list */
function line(step, list, one, i) {
  /** @param {Event} event */
  const say = ({ target }) => keep(step, list.with(i, { ...one, title: /** @type {HTMLTextAreaElement} */ (target).value }));
  return html`<li class="card stair">
    ${one.turned ? html`<p class="stair-dial note">${dialSign(one.turned)}<span>${dialName(one.turned)}</span></p>` : nothing}
    <button class="icon" type="button" aria-label=${t('Leave out: {title}', { title: one.title })}
      @click=${() => keep(step, list.toSpliced(i, 1))}>${closeIcon}</button>
    <textarea autocomplete="off" rows="1" maxlength=${TITLE_LIMIT} aria-label=${t('Smaller step {n}', { n: i + 1 })} .value=${one.title} @input=${say}></textarea></li>`;
}

/** @param {Step} step */
async function leave(step) {
  await dropDraft(shelf(step.id));
  back(`/step/${step.id}`);
}

/** @param {SubmitEvent} event @param {Step} step */
async function put(event, step) {
  event.preventDefault();
  // A draft of an older version named its dial otherwise; the account knows no such field.
  const list = drafts(step).filter((one) => one.title.trim()).map(({ dial: _, ...given }) => /** @type {Draft} */ (given));
  const { ids, undo } = await splitStep(step, list);
  await dropDraft(shelf(step.id));
  go(`/ladder/${step.ladder}`, { replace: true });
  toast(tn('{n} smaller step is on the ladder', '{n} smaller steps are on the ladder', ids.length), undo);
}
