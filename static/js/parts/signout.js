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
  const body = html`${lost()}
    ${me()?.guest ? html`<p>${t('There is no way back in yet. Without a passkey or a password nobody can open this again, not even you.')}</p>`
      : status().waiting ? nothing : html`<p>${t('Everything of yours leaves this device. It stays in your account.')}</p>`}`;
  return dialog({ title: t('Sign out here?'), body, actions: ways(busy(), send, close, leave), onClose: close });
}

/** What has not been sent yet. */
export function lost() {
  const { waiting } = status();
  return waiting ? html`<p><strong>${tn('{n} thing has not been sent yet and would be lost.', '{n} things have not been sent yet and would be lost.', waiting)}</strong></p>` : nothing;
}

/**
 * Where words would be gone for ever, what keeps them comes first, and the way that loses them is the least of all.
 * @param {boolean} still busy with one of them @param {() => unknown} away @param {() => void} stay @param {() => unknown} out
 */
export function ways(still, away, stay, out) {
  const { waiting } = status();
  const guest = me()?.guest;
  return html`<div class="stack">
    ${guest ? html`<a class="primary" href="#/account" @click=${stay}>${t('Make a way back in first')}</a>` : nothing}
    ${waiting ? html`<button class=${guest ? 'choice even' : 'primary'} type="button" ?disabled=${still} @click=${away}>${t('Send it now')}</button>` : nothing}
    <button class="choice even" type="button" @click=${stay}>${t('Stay')}</button>
    <button class=${waiting || guest ? 'row centre plain' : 'choice even'} type="button" ?disabled=${still} @click=${out}>${waiting || guest ? t('Sign out all the same') : t('Sign out')}</button></div>`;
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
