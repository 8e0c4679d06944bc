/** What can be seen of a step besides its words, and done with it besides trying it. It hangs in the page of a step (step.js). */
import { html, nothing } from 'lit-html';
import { attemptsOf } from '../attempts.js';
import { go, toast } from '../page.js';
import { stepOf } from '../steps.js';
import { copyStep, DIALS, putStepAway, takeStepOut } from '../stepchanges.js';
import { t, tn } from '../words.js';
import { dialName, dialSign, smallerIcon, turnIcon } from './dialsign.js';
import { commentsHere } from './others.js';
import { ownNumber } from './ownnumber.js';

/** @typedef {import('../kinds.js').Step} Step */

/** @param {Step} step */
export const stepDials = (step) => html`${dials(step)}${cameFrom(step)}`;

/** @param {Step} step */
export const stepMore = (step) => html`${turning(step)}${ownNumber(step)}${commentsHere(step)}${more(step)}`;

/** @param {Step} step */
function dials(step) {
  const set = DIALS.filter((dial) => step[dial]);
  return set.length ? html`<dl class="dials">${set.map((dial) => html`<div><dt>${dialSign(dial)}${dialName(dial)}</dt><dd dir="auto">${step[dial]}</dd></div>`)}</dl>` : nothing;
}

/** Another way, or a smaller part, of a step that is still there. @param {Step} step */
function cameFrom(step) {
  const from = stepOf(step.varied_from ?? step.split_from ?? '');
  return from ? html`<p class="came-from"><a class="plain" href="#/step/${from.id}">${turnIcon}<span>${t('It came from: {title}', { title: from.title })}</span></a></p>` : nothing;
}

/** Two ways on from here, of the same size. @param {Step} step */
const turning = (step) => html`<div class="turning">
  <button class="choice" type="button" @click=${() => go(`/step/${step.id}/smaller`)}>${smallerIcon}${t('Make smaller steps of it')}</button>
  <button class="choice" type="button" @click=${() => go(`/step/${step.id}/another`)}>${turnIcon}${t('Another way')}</button></div>`;

/** @param {Step} step */
function more(step) {
  const tried = attemptsOf(step.id).length;
  return html`<ul class="list tight">
    ${tried ? html`<li><a href="#/step/${step.id}/history"><span>${t('What was tried')}</span>
      <span class="note">${tn('{n} time', '{n} times', tried)}</span></a></li>` : nothing}
    ${tried && !step.archived ? html`<li><a href="#/reminder/new?step=${step.id}&in=7">${t('Come back to it in a while')}</a></li>` : nothing}
    <li><a href="#/paper/card?step=${step.id}">${t('A card of it, on paper')}</a></li>
    <li><a href="#/step/${step.id}/edit">${t('Change the words')}</a></li>
    <li><a href="#/step/${step.id}/changes">${t('Earlier wordings')}</a></li>
    <li><button type="button" @click=${() => copy(step)}>${t('Make a copy')}</button></li>
    <li>${step.archived ? html`<button type="button" @click=${() => back(step)}>${t('Put it back on the ladder')}</button>`
      : html`<button type="button" @click=${() => away(step)}>${t('Take it off the ladder')}</button>`}</li>
  </ul>`;
}

/** @param {Step} step */
async function copy(step) {
  const { ids, undo } = await copyStep(step, t('{title} (another way)', { title: step.title }));
  go(`/step/${ids[0]}/edit?copy=1`);
  toast(t('Copied; change what you like'), async () => { await undo(); go(`/step/${step.id}`); });
}

/** @param {Step} step */
async function away(step) {
  const undo = await putStepAway(step);
  go(`/ladder/${step.ladder}`);
  toast(t('Taken off the ladder: {title}', { title: step.title }), undo);
}

/** @param {Step} step */
async function back(step) {
  toast(t('It is back on the ladder'), await takeStepOut(step));
}
