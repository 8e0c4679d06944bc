/** Let all reminders rest for a while, and come back without a word of explanation (rule G5). */
import { html, nothing } from 'lit-html';
import { endPause, pauseAll } from '../manners.js';
import { render, toast } from '../page.js';
import { t } from '../words.js';
import { pauseWords } from './outlook.js';

let asking = false;

/** The choices are folded in, or out for somebody who came for them. @param {boolean} open */
export const foldPause = (open) => { asking = open; };

/** On a button anywhere else: whether they are out, and a tap on it. */
export const pauseFold = () => ({ out: asking, turn: () => fold(!asking) });

/** At the head of the list while they rest. */
export const pausedCard = () => html`<section class="card soft paused">
  <p><strong>${pauseWords()}</strong></p>
  <p class="note">${t('Nothing is sent, and nothing piles up.')}</p>
  <button class="quiet" type="button" @click=${comeBack}>${t('Let them come again')}</button></section>`;

/** Below it while they do not: folded in to a line of a list, or the choices. */
export const pauseLine = () => html`<li><button type="button" aria-expanded=${asking} @click=${() => fold(!asking)}>${t('Let all reminders rest for a while')}</button></li>`;

export const pauseChoice = () => (asking ? html`<section class="card pause">
    <h2>${t('For how long?')}</h2>
    <div class="row">
      <button class="choice" type="button" @click=${() => rest('day')}>${t('A day')}</button>
      <button class="choice" type="button" @click=${() => rest('week')}>${t('A week')}</button>
      <button class="choice" type="button" @click=${() => rest('open')}>${t('Until I say')}</button>
    </div></section>` : nothing);

/** @param {boolean} open */
function fold(open) {
  asking = open;
  render();
}

/** @param {'day' | 'week' | 'open'} long */
async function rest(long) {
  const undo = await pauseAll(long, Date.now());
  fold(false);
  window.scrollTo(0, 0);
  toast(t('All of them rest now'), undo);
}

async function comeBack() {
  toast(t('They may come again'), await endPause());
}

