/** Another wording beside the one that stands: take it, leave it, or ask about it, all of the same size (rules G8, T2). */
import { html, nothing } from 'lit-html';
import { COMMENT_LIMIT, commentsOn } from '../comments.js';
import { nameOf } from '../consents.js';
import { momentWords } from '../days.js';
import { difference } from '../difference.js';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { focusOn, render, toast } from '../page.js';
import { askAbout, isWhole, leave, take } from '../proposals.js';
import { get } from '../rows.js';
import { DIALS } from '../stepchanges.js';
import { t } from '../words.js';
import { commentForm, commentList } from './comments.js';
import { field } from './field.js';
import { fieldName, placeWords, valueWords } from './fieldwords.js';
import { healthNote } from './healthnote.js';

/** @typedef {import('../kinds.js').Proposal} Proposal */

/** @param {Proposal} one */
const shelf = (one) => `ask/${one.id}`;

/** Is a question about it being written? @param {Proposal} one */
export const isAsking = (one) => draft(shelf(one)) !== undefined;

/**
 * @param {Proposal} one
 * @param {{where?: boolean}} [how] where: tell which step it is about, too
 */
export function proposalCard(one, { where = false } = {}) {
  const name = nameOf(one.by);
  return html`<article class="card warm proposal" tabindex="-1" id="proposal-${one.id}" aria-label=${t('A proposal from {name}', { name })}>
    ${where ? about(one) : nothing}
    ${one.conflict ? html`<p>${t('Two wordings were written at the same time. Both are kept; which one do you like?')}</p>`
      : html`<p><strong>${t('A proposal from {name}', { name })}</strong>${one.at ? html`<br><span class="note">${momentWords(one.at)}</span>` : nothing}</p>`}
    ${isWhole(one) ? newStep(one) : one.field === 'archived' ? puttingAway(one) : beside(one, name)}
    ${isBody(one) ? healthNote() : nothing}
    ${commentsOn(one.id).length || one.state === 'asked' ? html`<h3>${t('You asked about it')}</h3>${commentList(one)}` : nothing}
    ${isAsking(one) ? question(one, name) : answers(one)}
  </article>`;
}

/** Would taking it bring a step that moves the body (rule L8)? @param {Proposal} one */
const isBody = ({ field: name, value }) => (name === 'form' && value === 'body') || /** @type {{form?: string} | null} */ (value)?.form === 'body';

/** @param {Proposal} one */
function about(one) {
  const row = get(one.target);
  if (!row) return isWhole(one) ? html`<h2>${t('A new step')}</h2>` : nothing;
  if (one.target_kind === 'ladder') return html`<h2 dir="auto">${row.title}</h2>`;
  return html`<h2><a href="#/step/${row.id}" dir="auto">${row.title}</a>${row.archived ? html` <span class="badge">${t('taken off')}</span>` : nothing}</h2>`;
}

/** @param {Proposal} one @param {string} name */
function beside(one, name) {
  const row = get(one.target);
  const stands = valueWords(one.field, row?.[one.field], row);
  const wanted = valueWords(one.field, one.value, row);
  const what = fieldName(one.field, one.target_kind);
  const [head, middle, tail] = difference(stands, wanted);
  return html`<dl class="pair">
    <div><dt>${t('{field}, now', { field: what })}</dt><dd dir="auto">${stands}</dd></div>
    <div><dt>${t('{field}, from {name}', { field: what, name })}</dt><dd dir="auto">${head}${middle ? html`<mark>${middle}</mark>` : nothing}${tail}</dd></div>
  </dl>`;
}

/** A step taken off the ladder, or put back on it: no two wordings to lay side by side, but a question. @param {Proposal} one */
const puttingAway = ({ value }) => html`<p class="lead">${value ? t('Put this step away?') : t('Put this step back on the ladder?')}</p>
  <p class="note">${t('Everything tried on it is kept, and you can change this at any time.')}</p>`;

/** A whole step, with all that would come with it. @param {Proposal} one */
function newStep(one) {
  const value = /** @type {Record<string, unknown>} */ (one.value ?? {});
  const told = ['hint', ...DIALS, 'predicted'].filter((name) => value[name] !== undefined && value[name] !== null && value[name] !== '');
  return html`<p class="lead" dir="auto">${value.title}</p>
    <dl class="dials">${told.map((name) => html`<div><dt>${fieldName(name)}</dt><dd dir="auto">${valueWords(name, value[name])}</dd></div>`)}
      <div><dt>${fieldName('position')}</dt><dd dir="auto">${placeWords({ id: one.target, ladder: String(value.ladder) }, String(value.position))}</dd></div></dl>`;
}

/** @param {Proposal} one */
const saidTaken = (one) => (isWhole(one) || (one.field === 'archived' && !one.value) ? t('It is on the ladder')
  : one.field === 'archived' ? t('Taken off the ladder: {title}', { title: get(one.target)?.title ?? '' }) : t('Taken'));

/** @param {Proposal} one */
function answers(one) {
  const asked = one.state === 'asked';
  return html`${asked ? commentForm(one, 'proposal', t('It waits as long as you like.')) : nothing}
    <div class="verdicts">
      <button class="choice" type="button" @click=${() => settle(take(one), saidTaken(one))}>${one.field === 'archived' ? one.value ? t('Put it away') : t('Put it back') : t('Take it')}</button>
      <button class="choice" type="button" @click=${() => settle(leave(one), t('It stays as it is'))}>${t('Leave as it is')}</button>
      ${asked ? nothing : html`<button class="choice" type="button" @click=${() => ask(one)}>${t('Ask about it')}</button>`}
    </div>`;
}

/** @param {Proposal} one */
function ask(one) {
  void saveDraft(shelf(one), '');
  focusOn(`#ask-${one.id}`);
}

/** @param {Proposal} one @param {string} name */
function question(one, name) {
  const words = String(draft(shelf(one)) ?? '');
  /** @param {SubmitEvent} event */
  const send = async (event) => {
    event.preventDefault();
    if (!words.trim()) return focusOn(`#ask-${one.id}`);
    const undo = await askAbout(one, words);
    await dropDraft(shelf(one));
    toast(t('Asked'), undo);
  };
  const away = async () => { await dropDraft(shelf(one)); render(); };
  return html`<form class="stack" @submit=${send}>
    ${field({
      id: `ask-${one.id}`, label: t('What would you like to ask?'), name: `ask-${one.id}`, long: true, max: COMMENT_LIMIT, value: words,
      note: t('{name} reads it when they read. Nothing changes until you take it.', { name }),
      onInput: (text) => { void saveDraft(shelf(one), text); render(); },
    })}
    <div class="row"><button class="choice">${t('Ask')}</button><button class="choice" type="button" @click=${away}>${t('Not now')}</button></div>
  </form>`;
}

/**
 * Said with a way back. The button that was touched has gone with its card: reading goes on at the next one.
 * @param {Promise<() => unknown>} written
 * @param {string} words
 */
export async function settle(written, words) {
  toast(words, await written);
  await render();
  if (document.activeElement !== document.body && document.activeElement?.isConnected) return;
  const next = document.querySelector('.proposal') ?? document.querySelector('h1');
  if (next instanceof HTMLElement) next.focus({ preventScroll: true });
}
