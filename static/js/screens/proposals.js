/** Everything that waits for the person's word on one ladder: one by one, or all at once, with a way back. */
import { html, nothing } from 'lit-html';
import { nameOf } from '../consents.js';
import { momentWords } from '../days.js';
import { ladderOf } from '../ladders.js';
import { fieldName, valueWords } from '../parts/fieldwords.js';
import { isAsking, proposalCard, settle } from '../parts/proposal.js';
import { decided, isAbout, isWhole, leave, proposalsIn, reopen, take } from '../proposals.js';
import { get } from '../rows.js';
import { stepsOf } from '../steps.js';
import { t, tn } from '../words.js';

/** @typedef {import('../kinds.js').Proposal} Proposal */
/** @typedef {import('../kinds.js').Ladder} Ladder */
/** @typedef {import('../router.js').Params} Params */

export const screen = {
  title: () => t('Proposals'),
  /** @param {Params} params */
  up: ({ id }) => `/ladder/${id}`,
  /** @param {Params} params */
  view: ({ id }) => {
    const ladder = ladderOf(id);
    if (!ladder) return html`<p>${t('This ladder is not on this phone.')}</p>
      <div class="dock"><a class="primary" href="#/ladders">${t('To the ladders')}</a></div>`;
    const list = asOnTheLadder(ladder, proposalsIn(ladder.space).filter(isAbout));
    const open = list.filter((one) => one.state === 'open');
    return html`
      <p class="note" dir="auto">${ladder.title}</p>
      ${list.length ? html`<p>${t('You decide. Nothing changes until you take it, and it waits as long as you like.')}</p>` : nothingWaits()}
      ${list.map((one) => proposalCard(one, { where: true }))}
      ${before(ladder)}
      ${list.some(isAsking) ? nothing : open.length > 1 ? allAtOnce(open) : html`<div class="dock"><a class=${list.length ? 'choice even' : 'primary'} href="#/ladder/${id}">${t('To the ladder')}</a></div>`}`;
  },
};

const nothingWaits = () => html`<div class="empty"><h2>${t('Nothing waits here')}</h2>
  <p class="note">${t('What somebody proposes for this ladder comes here, and waits for you.')}</p></div>`;

/** The ladder itself first, then the steps as one climbs them, then new ones. @param {Ladder} ladder @param {Proposal[]} list */
function asOnTheLadder(ladder, list) {
  const rungs = [ladder.id, ...stepsOf(ladder.id).map(({ id }) => id)];
  const at = (/** @type {Proposal} */ one) => (isWhole(one) || !rungs.includes(one.target) ? rungs.length : rungs.indexOf(one.target));
  return [...list].sort((a, b) => at(a) - at(b));
}

/** @param {Proposal[]} open */
const allAtOnce = (open) => html`<div class="dock"><div class="row next">
  <button class="choice" type="button" @click=${() => settle(take(...open), t('All taken'))}>${tn('Take all {n}', 'Take all {n}', open.length)}</button>
  <button class="choice" type="button" @click=${() => settle(leave(...open), t('Everything stays as it is'))}>${tn('Leave all {n}', 'Leave all {n}', open.length)}</button>
</div></div>`;

/** @param {Ladder} ladder */
function before(ladder) {
  const list = decided(ladder.space);
  return list.length ? html`<details><summary>${t('Decided before')}</summary><ul class="list tight">${list.map((one) => html`<li class="wording">
    <span><span class="note">${nameOf(one.by)}${one.at ? html` · ${momentWords(one.at)}` : nothing}</span><br><span dir="auto">${summed(one)}</span><br>
      <span class="badge">${one.state === 'taken' ? t('taken') : t('left')}</span></span>
    <button class="quiet" type="button" @click=${() => settle(reopen(one), t('It waits again'))}>${t('Look at it again')}</button></li>`)}</ul></details>` : nothing;
}

/** @param {Proposal} one */
function summed(one) {
  if (isWhole(one)) return String(/** @type {{title?: string}} */ (one.value)?.title ?? '');
  return `${fieldName(one.field, one.target_kind)}: ${valueWords(one.field, one.value, get(one.target))}`;
}
