/** Leaving: sign out of this phone, or delete everything. Both say plainly what will be gone. */
import { html, nothing } from 'lit-html';
import { deleteAccount } from '../account.js';
import { turnstile } from '../once.js';
import { go, render, toast } from '../page.js';
import { t } from '../words.js';
import { dialog } from './dialog.js';
import { provably } from './provable.js';
import { askToSignOut, signOut } from './signout.js';

let asking = false;
const { busy, once } = turnstile();

export function forgetFarewell() {
  asking = false;
  askToSignOut(false);
}

/** @param {boolean} wanted */
function ask(wanted) {
  asking = wanted;
  render();
}

export const farewell = () => html`
  <section class="stack">
    <h2>${t('Leaving')}</h2>
    ${signOut()}
    <button class="quiet" type="button" @click=${() => ask(true)}>${t('Delete everything for good')}</button>
  </section>
  ${asking ? deleting() : nothing}`;

function deleting() {
  const body = html`<p>${t('Your ladders, attempts, notes and reminders are deleted at once, on every device, and nobody can bring them back.')}</p>
    <p>${t('If you like, save them as a file first.')}</p>`;
  const actions = html`<div class="stack">
    <button class="choice even" type="button" @click=${() => ask(false)}>${t('Keep everything')}</button>
    <button class="choice even" type="button" ?disabled=${busy()} @click=${remove}>${t('Delete for good')}</button></div>`;
  return dialog({ title: t('Delete everything?'), body, actions, onClose: () => ask(false) });
}

const remove = () => once(() => provably(deleteAccount, leave)).then(() => ask(false));

function leave() {
  asking = false;
  toast(t('Everything of yours is deleted.'));
  go('/welcome', { replace: true });
}
