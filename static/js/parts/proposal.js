/** Another wording beside the one that stands: take it or leave it, both of the same size (rule G8, design decision 3). */
import { html } from 'lit-html';
import { leave, take } from '../ladders.js';
import { toast } from '../page.js';
import { me } from '../rows.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Proposal} Proposal */
/** @typedef {import('../kinds.js').Ladder | import('../kinds.js').Step} Row */

/** What a field is called in front of a person. @param {string} field */
function nameOf(field) {
  return {
    title: t('Words'), hint: t('A hint for myself'), wish: t('The wish'), time: t('When'), place: t('Where'), people: t('With whom'),
    aids: t('What helps'), length: t('How long'), predicted: t('My own number'), archived: t('Put away'),
  }[field] ?? field;
}

/** @param {unknown} value */
const shown = (value) => (value === true ? t('yes') : value === false ? t('no') : value === null || value === '' ? t('nothing') : String(value));

/** @param {Proposal} proposal @param {Row} row */
export function proposalCard(proposal, row) {
  const stands = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (row))[proposal.field];
  const mine = proposal.by === me()?.person;
  return html`<section class="card warm" aria-label=${t('Another wording')}>
    <p>${proposal.conflict ? t('Two wordings were written at the same time. Both are kept; which one do you like?') : t('Another wording was proposed. You decide.')}</p>
    <dl class="pair">
      <div><dt>${t('{field}, now', { field: nameOf(proposal.field) })}</dt><dd>${shown(stands)}</dd></div>
      <div><dt>${mine ? t('yours, from another phone') : t('the other one')}</dt><dd>${shown(proposal.value)}</dd></div>
    </dl>
    <div class="row">
      <button class="choice" type="button" @click=${() => settle(take(proposal, row), t('Taken'))}>${t('Take the other one')}</button>
      <button class="choice" type="button" @click=${() => settle(leave(proposal), t('It stays as it is'))}>${t('Leave it as it is')}</button>
    </div>
  </section>`;
}

/** @param {Promise<() => unknown>} written @param {string} words */
export async function settle(written, words) {
  toast(words, await written);
}
