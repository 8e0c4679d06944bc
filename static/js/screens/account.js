/** The account: a way back in from another phone, everything as a file, and leaving. */
import { html, nothing } from 'lit-html';
import { addPasskey, hasPasskeys, isKnown, setPassword } from '../account.js';
import { turnstile } from '../once.js';
import { render, toast } from '../page.js';
import { farewell, forgetFarewell } from '../parts/farewell.js';
import { passwordFields } from '../parts/password.js';
import { forgetPasskeys, lookForPasskeys, passkeyList } from '../parts/passkeylist.js';
import { forgetProof, proof, provably } from '../parts/provable.js';
import { fetchCode, hideCode, recoveryCode } from '../parts/recoverycode.js';
import { takeaway } from '../parts/takeaway.js';
import { me } from '../rows.js';
import { t } from '../words.js';

const { busy, once } = turnstile();
let typing = false;
let trouble = '';

export const screen = {
  title: () => t('My account and my data'),
  up: () => '/settings',
  enter() {
    typing = false;
    trouble = '';
    forgetProof();
    void lookForPasskeys();
  },
  leave() {
    hideCode();
    forgetFarewell();
    forgetPasskeys();
  },
  view: () => html`
    ${isKnown() ? nothing : html`<p class="note">${t('This needs a connection once. Your notebook works without it.')}</p>`}
    ${recoveryCode()}
    ${proof()}
    ${waysIn(me()?.guest ?? true)}
    ${passkeyList()}
    ${takeaway()}
    <p><a class="plain" href="/privacy">${t('What we keep, and what we do not')}</a></p>
    ${farewell()}`,
};

/** @param {boolean} guest */
const waysIn = (guest) => html`<section class="stack">
  <h2>${t('A way back in')}</h2>
  <p>${guest ? t('So far this phone is the only key. With one of these you can come in from another phone, too, or if this one is lost.')
    : t('You can come in from another phone. You may add more ways, or change them.')}</p>
  ${hasPasskeys() ? html`<button class=${guest ? 'primary' : 'quiet'} type="button" ?disabled=${busy()} @click=${passkey}>${t('Use this phone’s own lock (passkey)')}</button>
    <p class="note">${t('Face, finger or the code of the screen lock. There is nothing to remember.')}</p>` : nothing}
  ${me()?.signin ? html`<p>${t('Your sign-in name: {name}', { name: me()?.signin })}</p>` : nothing}
  ${typing ? passwordForm() : html`<button class="quiet" type="button" @click=${() => { typing = true; render(); }}>${me()?.ways?.includes('password') ? t('Change the name or the password') : t('Choose a name and a password')}</button>`}
  ${guest ? nothing : html`<button class="quiet" type="button" ?disabled=${busy()} @click=${() => once(fetchCode)}>${t('Make a new recovery code')}</button>`}
</section>`;

const passwordForm = () => html`<form class="card" @submit=${password}>
  <p class="note">${t('Any name you like; it is not your e-mail and nobody sees it.')}</p>
  ${passwordFields('new-password')}
  ${trouble ? html`<p class="card warm" role="alert">${trouble}</p>`
    : html`<p class="note">${t('Twelve characters or more, please. A few words in a row are easy to keep in mind.')}</p>`}
  <button class="primary" ?disabled=${busy()}>${t('Keep this name and password')}</button>
</form>`;

const passkey = () => once(() => provably(addPasskey, made));

/** @param {SubmitEvent} event */
function password(event) {
  event.preventDefault();
  const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const [name, secret] = [String(given.get('username')).trim(), String(given.get('password'))];
  trouble = '';
  return once(() => provably(async () => {
    const said = await setPassword(name, secret);
    trouble = said.ok || said.error === 'prove_again' ? '' : said.detail;
    return trouble ? { ...said, error: 'quiet' } : said;
  }, made));
}

/** There is a way in now. The first one comes with a code for the day it is lost. */
async function made() {
  typing = false;
  toast(t('Done. You can come in from another phone now.'));
  await Promise.all([fetchCode(), lookForPasskeys()]);
  window.scrollTo(0, 0);
}
