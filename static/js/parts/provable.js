/** "Please show once more that it is you": before something that cannot be undone, where there is a password or passkey. */
import { html, nothing } from 'lit-html';
import { hasPasskeys, signIn, signInByPasskey } from '../account.js';
import { render, toast } from '../page.js';
import { t } from '../words.js';
import { passwordFields } from './password.js';

/** @typedef {import('../account.js').Said} Said */

/** @type {(() => Promise<unknown>) | null} */
let wanted = null;

/**
 * Do it; when the account asks for proof first, ask the person, and then do it.
 * @param {() => Promise<Said>} act
 * @param {(said: Said) => unknown} done called when it was done
 */
export async function provably(act, done) {
  const said = await act();
  wanted = said.error === 'prove_again' ? () => provably(act, done) : null;
  if (said.ok) await done(said);
  else if (!wanted && said.error !== 'quiet') toast(said.detail);
  render();
}

/** Nothing is waiting for proof any more. */
export function forgetProof() {
  wanted = null;
}

/** The question, while there is one. */
export function proof() {
  if (!wanted) return nothing;
  return html`<section class="card soft" aria-live="polite">
    <h2>${t('Once more: is it you?')}</h2>
    <p>${t('This cannot be undone, so please show it with your passkey or password.')}</p>
    ${hasPasskeys() ? html`<button class="quiet" type="button" @click=${() => shown(signInByPasskey(false))}>${t('Use my passkey')}</button>` : nothing}
    <form class="stack" @submit=${byPassword}>${passwordFields('current-password')}
      <button class="quiet">${t('Use my password')}</button></form>
    <button class="plain" type="button" @click=${() => { wanted = null; render(); }}>${t('Leave it as it is')}</button>
  </section>`;
}

/** @param {SubmitEvent} event */
function byPassword(event) {
  event.preventDefault();
  const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
  return shown(signIn(String(given.get('username')), String(given.get('password')), false));
}

/** @param {Promise<Said>} proving */
async function shown(proving) {
  const said = await proving;
  if (said.ok) await wanted?.();
  else if (said.error !== 'quiet') toast(said.detail);
}
