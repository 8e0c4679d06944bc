/** Signing out of this phone, with or without a network: it says plainly what will be gone, and asks. */
import { html, nothing } from 'lit-html';
import { signOutHere, syncNow } from '../here.js';
import { turnstile } from '../once.js';
import { go, render, toast } from '../page.js';
import { me } from '../rows.js';
import { status } from '../status.js';
import { t, tn } from '../words.js';
import { dialog } from './dialog.js';

let asking = false;
const { busy, once } = turnstile();

/** @param {boolean} wanted */
export function askToSignOut(wanted) {
  asking = wanted;
  render();
}

const open = () => askToSignOut(true);
const close = () => askToSignOut(false);

export const signOut = () => html`
  <button class="quiet" type="button" @click=${open}>${t('Sign out on this device')}</button>
  ${asking ? question() : nothing}`;

function question() {
  const { waiting } = status();
  const guest = me()?.guest;
  const body = html`
    ${waiting ? html`<p><strong>${tn('{n} thing has not been sent yet and would be lost.', '{n} things have not been sent yet and would be lost.', waiting)}</strong></p>
      <button class="quiet" type="button" ?disabled=${busy()} @click=${send}>${t('Send it now')}</button>` : nothing}
    ${guest ? html`<p>${t('There is no way back in yet. Without a passkey or a password nobody can open this again, not even you.')}</p>
      <a class="quiet" href="#/account" @click=${close}>${t('Make a way back in first')}</a>` : html`<p>${t('Everything of yours leaves this device. It stays in your account.')}</p>`}`;
  const actions = html`<div class="stack">
    <button class="choice even" type="button" @click=${close}>${t('Stay')}</button>
    <button class="choice even" type="button" ?disabled=${busy()} @click=${leave}>${waiting || guest ? t('Sign out all the same') : t('Sign out')}</button></div>`;
  return dialog({ title: t('Sign out here?'), body, actions, onClose: close });
}

async function send() {
  await once(syncNow);
  if (status().waiting) toast(t('There is no connection just now. What you wrote is kept; please try this again later.'));
}

const leave = () => once(async () => {
  await signOutHere();
  asking = false;
  go('/welcome', { replace: true });
});
