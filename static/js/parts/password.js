/** A sign-in name and a password, named so that the phone's own password keeper knows them. Never kept as a draft. */
import { html } from 'lit-html';
import { render } from '../page.js';
import { t } from '../words.js';

let visible = false;

/** @param {'current-password' | 'new-password'} what */
export const passwordFields = (what) => html`
  <label class="field"><span>${t('Sign-in name')}</span>
    <input name="username" required maxlength="64" autocomplete="username" autocapitalize="none" spellcheck="false"></label>
  <label class="field"><span>${t('Password')}</span>
    <input name="password" type=${visible ? 'text' : 'password'} required maxlength="256" autocomplete=${what} spellcheck="false"></label>
  <label class="check"><input type="checkbox" .checked=${visible} @change=${show}><span>${t('Show the password')}</span></label>`;

/** @param {Event} event */
function show(event) {
  visible = /** @type {HTMLInputElement} */ (event.target).checked;
  render();
}
