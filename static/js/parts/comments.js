/** What was said about a step, a ladder or a proposal, and a place to say something; half-typed words are kept. */
import { html, nothing } from 'lit-html';
import { COMMENT_LIMIT, commentsOn, hear, isOwn, reword, say, takeBack, unheard } from '../comments.js';
import { nameOf } from '../consents.js';
import { momentWords } from '../days.js';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { focusOn, render, toast } from '../page.js';
import { roleIn } from '../rows.js';
import { t, tn } from '../words.js';
import { field } from './field.js';

/** @typedef {import('../kinds.js').Comment} Comment */
/** @typedef {import('../comments.js').About} About */
/** @typedef {{id: string, space: string}} Row */

/** @param {string} target */
const shelf = (target) => `comment/${target}`;
/** @param {string} comment */
const rewording = (comment) => `reword/${comment}`;

/** What was unfolded stays so while one writes. @type {Set<string>} */
const unfolded = new Set();

/**
 * Folded away until somebody wants it; what is new is told outside.
 * @param {Row} row
 * @param {About} about
 * @param {string} note who reads what is written here
 */
export function commentFold(row, about, note) {
  const said = commentsOn(row.id), news = unheard(row.id);
  return html`<details class="comments" id="comments-${row.id}" ?open=${unfolded.has(row.id) || draft(shelf(row.id)) !== undefined}
    @toggle=${(/** @type {Event} */ event) => folded(row, /** @type {HTMLDetailsElement} */ (event.target).open)}>
    <summary>${said.length ? tn('{n} comment', '{n} comments', said.length) : t('Comments')}
      ${news.length ? html`<span class="badge">${tn('{n} new', '{n} new', news.length)}</span>` : nothing}</summary>
    ${commentList(row)}${commentForm(row, about, note)}</details>`;
}

/** @param {Row} row @param {boolean} open */
function folded(row, open) {
  if (!open) return void unfolded.delete(row.id);
  unfolded.add(row.id);
  return void hear(row.id).then(render);
}

/** @param {Row} row */
export function commentList(row) {
  const said = commentsOn(row.id);
  return said.length ? html`<ol class="said">${said.map((one) => (draft(rewording(one.id)) === undefined ? shown(one) : changing(one)))}</ol>` : nothing;
}

/** @param {Comment} one */
function shown(one) {
  const own = isOwn(one);
  return html`<li class=${own ? 'own' : ''}><p class="note">${nameOf(one.by)}${one.at ? html` · ${momentWords(one.at)}` : nothing}</p>
    <p class="words" dir="auto">${one.text}</p>
    ${own || roleIn(one.space) === 'owner' ? html`<p class="row snug">
      ${own ? html`<button class="plain" type="button" @click=${() => change(one)}>${t('Change it')}</button>` : nothing}
      <button class="plain" type="button" @click=${() => remove(one)}>${t('Take it away')}</button></p>` : nothing}</li>`;
}

/** @param {Comment} one */
function change(one) {
  void saveDraft(rewording(one.id), one.text);
  focusOn(`#reword-${one.id}`);
}

/** @param {Comment} one */
function changing(one) {
  const words = String(draft(rewording(one.id)) ?? '');
  /** @param {SubmitEvent} event */
  const keep = async (event) => {
    event.preventDefault();
    const undo = words.trim() ? await reword(one, words) : undefined;
    await dropDraft(rewording(one.id));
    toast(t('Kept'), undo);
  };
  return html`<li class="own"><form class="stack" @submit=${keep}>
    ${field({ id: `reword-${one.id}`, label: t('Your comment'), name: 'text', long: true, max: COMMENT_LIMIT, value: words, onInput: (text) => { void saveDraft(rewording(one.id), text); render(); } })}
    <div class="row"><button class="choice">${t('Keep it')}</button>
      <button class="choice" type="button" @click=${async () => { await dropDraft(rewording(one.id)); render(); }}>${t('Leave it as it was')}</button></div>
  </form></li>`;
}

/** @param {Comment} one */
async function remove(one) {
  toast(t('Taken away'), await takeBack(one));
}

/**
 * @param {Row} row
 * @param {About} about
 * @param {string} note
 */
export function commentForm(row, about, note) {
  const words = String(draft(shelf(row.id)) ?? '');
  /** @param {SubmitEvent} event */
  const send = async (event) => {
    event.preventDefault();
    if (!words.trim()) return focusOn(`#say-${row.id}`);
    const undo = await say(row, about, words);
    await dropDraft(shelf(row.id));
    toast(t('Written down'), undo);
  };
  return html`<form class="stack say" @submit=${send}>
    ${field({
      id: `say-${row.id}`, label: t('Write a comment'), name: `say-${row.id}`, note, long: true, max: COMMENT_LIMIT, value: words,
      onInput: (text) => { void saveDraft(shelf(row.id), text); render(); },
    })}
    ${words.trim() ? html`<button class="quiet">${t('Write it down')}</button>` : nothing}
  </form>`;
}
