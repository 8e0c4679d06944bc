/** Coming in: with a passkey, or with name and password. The second key is asked for afterwards where it is still wanted. */
import { html, nothing } from 'lit-html';
import { hasPasskeys, signIn, signInByPasskey } from '../account.js';
import { turnstile } from '../once.js';
import { render } from '../page.js';
import { passwordFields } from '../parts/password.js';
import { t } from '../words.js';
import { come, knock } from './standing.js';

/** @typedef {import('../account.js').Said} Said */

const { busy, once } = turnstile();
let trouble = '';

export const ways = () => html`
  ${hasPasskeys() ? html`<button class="quiet" type="button" ?disabled=${busy()} @click=${() => enter(() => signInByPasskey(false))}>${t('Come in with a passkey')}</button>` : nothing}
  <form class="card" @submit=${password}>
    ${passwordFields('current-password')}
    ${trouble ? html`<p role="alert">${trouble}</p>` : nothing}
    <button class="quiet" ?disabled=${busy()}>${t('Come in')}</button>
  </form>`;

/** What was said of the last try is over. */
export function forgetWays() {
  trouble = '';
}

/** @param {SubmitEvent} event */
function password(event) {
  event.preventDefault();
  const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
  return enter(() => signIn(String(given.get('username')), String(given.get('password')), false));
}

/** @param {() => Promise<Said>} asking */
const enter = (asking) => once(async () => {
  const said = await asking();
  trouble = said.ok || said.error === 'quiet' ? '' : said.detail;
  if (said.ok) await (said.body.kind === 'therapist' ? come(said.body) : knock());
  render();
});
