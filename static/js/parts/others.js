/** What others left on screens of the first shelf, and who sees what is there: quiet lines, nothing at all where one is alone. */
import { html, nothing } from 'lit-html';
import { commentsOn, unheard } from '../comments.js';
import { readersOf } from '../consents.js';
import { called } from '../names.js';
import { isAbout, proposalsFor, proposalsIn } from '../proposals.js';
import { mayBeSeen } from '../sharing.js';
import { namesAt } from '../together.js';
import { t } from '../words.js';
import { commentFold } from './comments.js';
import { whoReads } from './company.js';
import { personIcon } from './moreicons.js';
import { proposalCard } from './proposal.js';
import { sharingChoice, sharingNote } from './sharing.js';

/** @typedef {import('../kinds.js').Ladder} Ladder */
/** @typedef {import('../kinds.js').Step} Step */

/** @param {string} words */
const badge = (words) => html`<span><span class="badge">${words}</span></span>`;

/** In the list of ladders. @param {Ladder} ladder @param {Step[]} steps */
export function fromOthers(ladder, steps) {
  const proposed = proposalsIn(ladder.space).some((one) => isAbout(one) && one.state === 'open');
  const said = [ladder, ...steps].some(({ id }) => unheard(id).length);
  return html`${proposed ? badge(t('a proposal waits')) : nothing}${said ? badge(t('a new comment')) : nothing}`;
}

/** On a rung. @param {Step} step */
export const rungNews = (step) => html`${proposalsFor(step).length ? html`<span class="badge">${t('a proposal waits')}</span>` : nothing}
  ${unheard(step.id).length ? html`<span class="badge">${t('a new comment')}</span>` : nothing}
  ${namesAt(step.space, step.id).map((name) => html`<span class="badge here">${personIcon}${t('{name} is here', { name: called(name) })}</span>`)}`;

/** @param {Step} step */
export const proposalCards = (step) => proposalsFor(step).map((one) => proposalCard(one));

/** Who looks at this step just now. @param {Step} step */
export const hereToo = (step) => namesAt(step.space, step.id)
  .map((name) => html`<p class="here">${personIcon}<span>${t('{name} is here, too', { name: called(name) })}</span></p>`);

/** Where somebody reads along, or something was said. @param {Step} step */
export const commentsHere = (step) => (readersOf(step.space).length || commentsOn(step.id).length
  ? commentFold(step, 'step', whoReads(step.space)) : nothing);

/** Where somebody reads along: who sees it, and the choice behind it. @param {import('../kinds.js').Rest} one */
export const whoSees = (one) => (mayBeSeen().length
  ? html`<details class="who"><summary>${sharingNote(one)}</summary>${sharingChoice(one, { id: `sharing-${one.id}` })}</details>` : nothing);
