/** The account itself: what is one's own as a file, and the end of it. */
import { html, nothing } from 'lit-html';
import { wish } from '../../account.js';
import { turnstile } from '../../once.js';
import { render } from '../../page.js';
import { dialog } from '../../parts/dialog.js';
import { forgetProof, proof, provably } from '../../parts/provable.js';
import { leaving } from '../../store.js';
import { t } from '../../words.js';
import { forgetEverything } from '../standing.js';

const { busy, once } = turnstile();
let asking = false;

export const screen = {
  title: () => t('My account and my data'),
  up: () => '/settings',
  enter: forgetProof,
  leave: () => { asking = false; },
  view: () => html`
    ${proof()}
    <section class="stack">
      <h2>${t('Take it with you')}</h2>
      <p class="note">${t('Your own settings and your private notes. Other people’s words are theirs to take along, not yours.')}</p>
      <a class="quiet" href="/api/export" download>${t('Save my own as a file (JSON)')}</a>
    </section>
    <section class="stack">
      <h2>${t('Leaving for good')}</h2>
      <button class="quiet" type="button" @click=${() => ask(true)}>${t('Delete my account')}</button>
    </section>
    ${asking ? question() : nothing}`,
};

/** @param {boolean} wanted */
function ask(wanted) {
  asking = wanted;
  render();
}

function question() {
  const body = html`<p>${t('Every link ends at once, and your private notes are deleted. What you wrote on a ladder or in a message stays with the person.')}</p>`;
  const actions = html`<div class="stack">
    <button class="choice even" type="button" @click=${() => ask(false)}>${t('Keep everything')}</button>
    <button class="choice even" type="button" ?disabled=${busy()} @click=${remove}>${t('Delete for good')}</button></div>`;
  return dialog({ title: t('Delete my account?'), body, actions, onClose: () => ask(false) });
}

const remove = () => once(() => provably(async () => wish('DELETE', '/api/account', await leaving()), forgetEverything)).then(() => ask(false));
