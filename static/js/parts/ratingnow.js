/** How it is while a step goes on. It hangs in the page of the try (try.js). */
import { html, nothing } from 'lit-html';
import { note } from '../tries.js';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { render, toast } from '../page.js';
import { t, tn } from '../words.js';
import { rating } from './rating.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */

/** Only for who switched it on (rule S4: watching the number can turn calm into the goal). @param {Attempt} open @param {(act: () => Promise<unknown>) => unknown} once */
export function ratingNow(open, once) {
  const key = `during/${open.id}`;
  const value = /** @type {number | undefined} */ (draft(key));
  const write = () => once(async () => {
    if (value === undefined) return;
    await note(open, value, Date.now());
    dropDraft(key);
    toast(t('Noted'));
  });
  return html`<section class="card">
    ${rating({ id: 'during', label: t('How hard is it right now?'), compact: true, value, onInput: (n) => { saveDraft(key, n); render(); } })}
    <button class="quiet" type="button" ?disabled=${value === undefined} @click=${write}>${t('Note it')}</button>
    ${open.during?.length ? html`<p class="note">${tn('{n} noted so far', '{n} noted so far', open.during.length)}</p>` : nothing}
  </section>`;
}
