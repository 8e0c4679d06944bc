/** Leaving: sign out of this phone, or delete everything. Both say plainly what will be gone. */
import { html, nothing } from 'lit-html';
import { deleteAccount, signOutHere, syncNow } from '../account.js';
import { go, render, toast } from '../page.js';
import { me } from '../rows.js';
import { status } from '../status.js';
import { t, tn } from '../words.js';
import { dialog } from './dialog.js';
import { provably } from './provable.js';

/** @typedef {'' | 'out' | 'delete'} Question */

/** @type {Question} */
let asking = '';
let busy = false;

export function forgetFarewell() {
  asking = '';
}

/** @param {Question} what */
function open(what) {
  asking = what;
  render();
}

export const farewell = () => html`
  <section class="stack">
    <h2>${t('Leaving')}</h2>
    <button class="quiet" type="button" @click=${() => open('out')}>${t('Sign out on this device')}</button>
    <button class="quiet" type="button" @click=${() => open('delete')}>${t('Delete everything for good')}</button>
  </section>
  ${asking === 'out' ? signingOut() : asking === 'delete' ? deleting() : nothing}`;

function signingOut() {
  const { waiting } = status();
  const guest = me()?.guest;
  const body = html`
    ${waiting ? html`<p><strong>${tn('{n} thing has not been sent yet and would be lost.', '{n} things have not been sent yet and would be lost.', waiting)}</strong></p>
      <button class="quiet" type="button" ?disabled=${busy} @click=${send}>${t('Send it now')}</button>` : nothing}
    ${guest ? html`<p>${t('There is no way back in yet. Without a passkey or a password nobody can open this again, not even you.')}</p>
      <a class="quiet" href="#/account" @click=${() => open('')}>${t('Make a way back in first')}</a>` : html`<p>${t('Everything of yours leaves this device. It stays in your account.')}</p>`}`;
  const actions = html`<div class="stack">
    <button class="choice even" type="button" @click=${() => open('')}>${t('Stay')}</button>
    <button class="choice even" type="button" ?disabled=${busy} @click=${signOut}>${waiting || guest ? t('Sign out all the same') : t('Sign out')}</button></div>`;
  return dialog({ title: t('Sign out here?'), body, actions, onClose: () => open('') });
}

function deleting() {
  const body = html`<p>${t('Your ladders, attempts, notes and reminders are deleted at once, on every device, and nobody can bring them back.')}</p>
    <p>${t('If you like, save them as a file first.')}</p>`;
  const actions = html`<div class="stack">
    <button class="choice even" type="button" @click=${() => open('')}>${t('Keep everything')}</button>
    <button class="choice even" type="button" ?disabled=${busy} @click=${remove}>${t('Delete for good')}</button></div>`;
  return dialog({ title: t('Delete everything?'), body, actions, onClose: () => open('') });
}

async function send() {
  await once(syncNow);
  if (status().waiting) toast(t('There is no connection just now. What you wrote is kept; please try this again later.'));
}

const signOut = () => once(async () => {
  await signOutHere();
  leave();
});

const remove = () => once(() => provably(deleteAccount, leave)).then(() => { open(''); });

function leave() {
  asking = '';
  go('/welcome', { replace: true });
}

/** @param {() => Promise<unknown>} work */
async function once(work) {
  if (busy) return;
  busy = true;
  render();
  try {
    await work();
  } finally {
    busy = false;
    render();
  }
}
