/** The passkeys there are, so that the one of a lost phone can be taken away. It cannot be undone, so this asks first. */
import { html, nothing } from 'lit-html';
import { isKnown, passkeys, removePasskey } from '../account.js';
import { render, toast } from '../page.js';
import { me } from '../rows.js';
import { language, t } from '../words.js';
import { dialog } from './dialog.js';
import { provably } from './provable.js';

/** @typedef {import('../account.js').Passkey} Passkey */

/** @type {Passkey[]} */
let known = [];
/** @type {Passkey | null} */
let asking = null;

/** Ask the account which there are; without a connection the list stays away. */
export async function lookForPasskeys() {
  if (!isKnown()) return;
  const said = await passkeys();
  known = said.ok ? said.body.passkeys : [];
  render();
}

export function forgetPasskeys() {
  known = [];
  asking = null;
}

export const passkeyList = () => known.length ? html`<section class="stack">
  <h2>${t('Your passkeys')}</h2>
  <ul class="list">${known.map(card)}</ul>
  ${asking ? question(asking) : nothing}
</section>` : nothing;

/** @param {Passkey} one */
const card = (one) => html`<li class="card">
  <p>${t('Made on {day}', { day: day(one.created) })}</p>
  <p class="note">${one.used ? t('Last used on {day}', { day: day(one.used) }) : t('Not used to come in yet')}</p>
  <button class="quiet" type="button" @click=${() => ask(one)}>${t('Take this passkey away')}</button>
</li>`;

/** @param {number} at milliseconds UTC */
const day = (at) => new Intl.DateTimeFormat(language(), { dateStyle: 'long' }).format(at);

/** @param {Passkey | null} one */
function ask(one) {
  asking = one;
  render();
}

/** @param {Passkey} one */
function question(one) {
  const body = html`<p>${t('It will not let you in any more, and this cannot be undone. Nothing you wrote is lost, and you can make a new one.')}</p>
    <p>${t('Your other devices are signed out as well.')}</p>`;
  const actions = html`<div class="stack">
    <button class="choice even" type="button" @click=${() => ask(null)}>${t('Keep this passkey')}</button>
    <button class="choice even" type="button" @click=${() => remove(one)}>${t('Take it away for good')}</button></div>`;
  return dialog({ title: t('Take this passkey away?'), body, actions, onClose: () => ask(null) });
}

/** @param {Passkey} one */
async function remove(one) {
  ask(null);
  await provably(() => removePasskey(one.id), () => {
    toast(me()?.guest ? t('It is gone. This phone is the only key now.') : t('That passkey opens nothing any more.'));
    return lookForPasskeys();
  });
}
