/** The soft look-back: what was tried yesterday, and one question that needs no answer (rules S6, T9). */
import { html, nothing } from 'lit-html';
import { attempt } from '../attempts.js';
import { momentWords } from '../days.js';
import { draft, dropDraft } from '../drafts.js';
import { lookBack } from '../lookback.js';
import { back, toast } from '../page.js';
import { halfTyped } from '../parts/field.js';
import { t } from '../words.js';

/** @typedef {import('../router.js').Params} Params */

/** @param {string} id */
const key = (id) => `lookback/${id}`;

export const screen = {
  title: () => t('Looking back'),
  /** @param {Params} params */
  view({ id }) {
    const one = attempt(id);
    if (one?.kind !== 'attempt' || one.archived) return html`<p>${t('This entry is not here any more.')}</p><div class="dock"><a class="primary" href="#/">${t('Go to today')}</a></div>`;
    const { values, put } = halfTyped(key(id), { looked_back: one.looked_back });
    return html`
      <section class="card warm today">
        <p class="note">${momentWords(one.started)}</p>
        <h2 class="today-title">${one.title}</h2>
        ${one.found_out ? html`<p>${one.found_out}</p>` : nothing}
      </section>
      <label class="paper"><strong>${t('What of it may stay with you?')}</strong>
        <textarea class="paper-text low" name="looked_back" rows="4" maxlength="5000" autocomplete="off" .value=${values.looked_back}
          placeholder=${t('A colour, a sound, a kind word to yourself. Nothing is fine, too.')} @input=${(/** @type {Event} */ event) => put('looked_back')(/** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea></label>
      <div class="dock">
        <button class="primary" type="button" @click=${() => keep(id, values.looked_back)}>${t('Keep it')}</button>
        <button class="choice even" type="button" @click=${() => keep(id, one.looked_back)}>${t('No thanks')}</button>
      </div>`;
  },
};

/** @param {string} id @param {string} text */
async function keep(id, text) {
  const one = attempt(id);
  if (!one) return;
  const undo = await lookBack(one, text, Date.now());
  if (draft(key(id)) !== undefined) await dropDraft(key(id));
  back();
  toast(text.trim() ? t('Kept. It stands with that step.') : t('Left as it is.'), undo);
}
