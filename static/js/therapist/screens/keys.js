/** The keys of this account: passkeys, the password, the app that makes codes. Two of them always stay. */
import { html, nothing } from 'lit-html';
import { addPasskey, hasPasskeys, setPassword } from '../../account.js';
import { turnstile } from '../../once.js';
import { render, toast } from '../../page.js';
import { forgetPasskeys, lookForPasskeys, passkeyList } from '../../parts/passkeylist.js';
import { passwordFields } from '../../parts/password.js';
import { forgetProof, proof, provably } from '../../parts/provable.js';
import { fetchCode, hideCode, recoveryCode } from '../../parts/recoverycode.js';
import { me } from '../../rows.js';
import { t, tn } from '../../words.js';
import { dropSeed } from '../keys.js';
import { hidePaper, paper } from '../paper.js';
import { beginSeed, forgetSeed, hasSeed, seedCard } from '../seed.js';
import { knock } from '../standing.js';

const { busy, once } = turnstile();
let typing = false;
let trouble = '';

export const screen = {
  title: () => t('My keys'),
  up: () => '/settings',
  enter() {
    typing = false;
    trouble = '';
    forgetProof();
    forgetSeed();
    void lookForPasskeys();
  },
  leave() {
    hidePaper();
    hideCode();
    forgetPasskeys();
  },
  view: () => html`
    <p class="note">${t('Two keys guard what you read here: a passkey, which is both in one, or a password and an app that makes codes.')}</p>
    ${proof()}
    ${paper()}
    ${recoveryCode()}
    ${passkeys()}
    ${app()}
    ${words()}`,
};

const account = () => /** @type {any} */ (me());
/** @param {string} way */
const has = (way) => account()?.ways?.includes(way) ?? false;
const hasApp = () => account()?.totp === true;

const passkeys = () => (hasPasskeys() ? html`<section class="stack">
  ${passkeyList()}
  <button class="quiet" type="button" ?disabled=${busy()} @click=${() => once(() => provably(addPasskey, made))}>${t('Make a passkey')}</button>
</section>` : nothing);

async function made() {
  toast(t('The passkey is made.'));
  await lookForPasskeys();
}

const app = () => html`<section class="stack">
  <h2>${t('An app that makes codes')}</h2>
  ${hasSeed() ? seedCard(kept) : html`
    <button class="quiet" type="button" ?disabled=${busy()} @click=${() => beginSeed(provably)}>${hasApp() ? t('Set up another app, with new paper codes') : t('Set up the app')}</button>
    ${hasApp() ? html`<p class="note">${tn('{n} paper code is left.', '{n} paper codes are left.', account().recovery_left)}</p>
      <button class="plain" type="button" ?disabled=${busy()} @click=${() => once(() => provably(dropSeed, gone))}>${t('Take the app away')}</button>` : nothing}`}
</section>`;

async function kept() {
  toast(t('The app is set up.'));
  await knock();
}

async function gone() {
  toast(t('The app opens nothing any more.'));
  await knock();
}

const words = () => html`<section class="stack">
  <h2>${t('Name and password')}</h2>
  ${typing ? html`<form class="card" @submit=${password}>
    ${passwordFields('new-password')}
    <p class="note">${t('Twelve characters or more, please. A few words in a row are easy to keep in mind.')}</p>
    ${trouble ? html`<p role="alert">${trouble}</p>` : nothing}
    <button class="quiet" ?disabled=${busy()}>${t('Keep this name and password')}</button></form>`
    : html`<button class="quiet" type="button" @click=${() => { typing = true; render(); }}>${has('password') ? t('Change the name or the password') : t('Choose a name and a password')}</button>`}
  ${has('password') ? html`<button class="plain" type="button" ?disabled=${busy()} @click=${() => once(fetchCode)}>${t('A recovery code, in case the password is lost')}</button>` : nothing}
</section>`;

/** @param {SubmitEvent} event */
function password(event) {
  event.preventDefault();
  const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const [name, secret] = [String(given.get('username')).trim(), String(given.get('password'))];
  return once(() => provably(async () => {
    const said = await setPassword(name, secret);
    trouble = said.ok || said.error === 'prove_again' ? '' : said.detail;
    return trouble ? { ...said, error: 'quiet' } : said;
  }, () => {
    typing = false;
    toast(t('Kept.'));
  }));
}
