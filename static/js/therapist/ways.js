/** Coming in: with a passkey, or with name and password. The second key is asked for afterwards where it is still wanted. */
import { html, nothing } from 'lit-html';
import { hasPasskeys, signIn, signInByCode, signInByPasskey } from '../account.js';
import { turnstile } from '../once.js';
import { render } from '../page.js';
import { passwordFields } from '../parts/password.js';
import { t } from '../words.js';
import { come, knock } from './standing.js';

/** @typedef {import('../account.js').Said} Said */

const { busy, once } = turnstile();
let trouble = '';
let byCode = false;

export const ways = () => html`
  ${hasPasskeys() ? html`<button class="quiet" type="button" ?disabled=${busy()} @click=${() => enter(() => signInByPasskey(false))}>${t('Come in with a passkey')}</button>` : nothing}
  <form class="card" @submit=${password}>
    ${passwordFields('current-password')}
    ${trouble ? html`<p role="alert">${trouble}</p>` : nothing}
    <button class="quiet" ?disabled=${busy()}>${t('Come in')}</button>
  </form>
  ${byCode ? html`<form class="card" @submit=${code}>
    <label class="field"><span>${t('Recovery code')}</span><span class="note" id="code-note">${t('Capital or small letters, with or without lines between.')}</span>
      <input name="code" required maxlength="60" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" aria-describedby="code-note"></label>
    <button class="quiet" ?disabled=${busy()}>${t('Come in')}</button>
  </form>` : html`<button class="plain" type="button" @click=${() => { byCode = true; render(); }}>${t('With the recovery code')}</button>`}`;

/** What was said of the last try is over. */
export function forgetWays() {
  trouble = '';
  byCode = false;
}

/** @param {SubmitEvent} event */
function password(event) {
  event.preventDefault();
  const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
  return enter(() => signIn(String(given.get('username')), String(given.get('password')), false));
}

/** @param {SubmitEvent} event */
function code(event) {
  event.preventDefault();
  const written = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('code'));
  return enter(() => signInByCode(written, false));
}

/** @param {() => Promise<Said>} asking */
const enter = (asking) => once(async () => {
  const said = await asking();
  trouble = said.ok || said.error === 'quiet' ? '' : said.detail;
  if (said.ok) await (said.body.kind === 'therapist' ? come(said.body) : knock());
  render();
});
