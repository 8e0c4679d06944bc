/** What lies beside a wording: as it stands, as it would be, and how far it has come. The one who decides is the person. */
import { html, nothing } from 'lit-html';
import { commentFold, commentForm, commentList } from '../../parts/comments.js';
import { valueWords } from '../../parts/fieldwords.js';
import { toast } from '../../page.js';
import { unwrite } from '../unwritten.js';
import { takeBackOwn } from '../../proposals.js';
import { get, me } from '../../rows.js';
import { t } from '../../words.js';
import { fieldName } from '../fields.js';
import { nameOf } from '../people.js';

/** @typedef {import('../proposed.js').Beside} Beside */
/** @typedef {{id: string, space: string, kind: string}} Row */

/** How far it has come. @param {Beside} one @param {string} owner */
export function progress({ state, by, conflict }, owner) {
  if (state === 'unsent') return t('not sent yet');
  if (state === 'asked') return t('{name} asked about it', { name: owner });
  if (conflict) return t('two wordings at once; {name} decides', { name: owner });
  return by === me()?.person ? t('waits for {name}', { name: owner }) : t('from {author}, waits for {name}', { author: nameOf(by) || t('somebody'), name: owner });
}

/** @param {readonly Beside[]} list @param {Row} row @param {string} owner their name */
export const besideCards = (list, row, owner) => list.map((one) => html`<div class="card warm beside-card" role="group" aria-label=${t('Proposed: {field}', { field: fieldName(one.field, row.kind) })}>
  <p class="note beside-state">${progress(one, owner)}</p>
  ${one.field === 'archived' ? html`<p>${one.value ? t('Proposed: put this step away') : t('Proposed: put this step back on the ladder')}</p>` : html`<dl class="pair">
    <div><dt>${t('{field}, now', { field: fieldName(one.field, row.kind) })}</dt><dd dir="auto">${valueWords(one.field, /** @type {any} */ (row)[one.field], row)}</dd></div>
    <div><dt>${t('proposed')}</dt><dd dir="auto">${valueWords(one.field, one.value, row)}</dd></div>
  </dl>`}
  ${takingBack(one)}${talk(one, owner)}</div>`);

/** Our own can be taken back while it waits; the way back is to propose it again. @param {Beside} one */
export const takingBack = (one) => (one.state === 'unsent' || one.by === me()?.person
  ? html`<button class="plain" type="button" @click=${() => (one.state === 'unsent' ? unsend(one) : takeBack(one))}>${t('Take it back')}</button>` : nothing);

/** @param {Beside} one */
async function unsend({ id, field }) {
  const done = await unwrite(id.split('/')[0], field || undefined);
  toast(done ? t('Taken back') : t('It is on its way already.'));
}

/** @param {Beside} one */
async function takeBack({ id }) {
  const proposal = get(id);
  if (proposal) toast(t('Taken back'), await takeBackOwn(proposal));
}

/** What was said about it: a question of theirs stands open, else it is there to be unfolded. @param {Beside} one @param {string} owner */
function talk(one, owner) {
  const proposal = get(one.id);
  if (!proposal) return nothing;
  const note = t('{name} reads it beside the proposal.', { name: owner });
  return one.state === 'asked' ? html`${commentList(proposal)}${commentForm(proposal, 'proposal', note)}` : commentFold(proposal, 'proposal', note);
}
