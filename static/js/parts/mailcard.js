/** Reminders by mail: an address, a code that shows whose it is, and an end to it at one touch. */
import { html, nothing } from 'lit-html';
import { dropDraft } from '../drafts.js';
import { turnstile } from '../once.js';
import { render, toast } from '../page.js';
import { t } from '../words.js';
import { forgetMailbox, giveMailbox, showCode } from '../ways.js';
import { halfTyped } from './field.js';

/** @typedef {import('../ways.js').Mailbox} Mailbox */

const DRAFT = 'ways/mail';
const { busy, once } = turnstile();
let typing = false;
let ending = false;
let trouble = '';
/** @type {(mail: Mailbox) => void} */
let heard = () => {};

export function forgetMailCard() {
  typing = ending = false;
  trouble = '';
}

/** @param {Mailbox} mail @param {(mail: Mailbox) => void} tell is told what became of it */
export function mailCard(mail, tell) {
  heard = tell;
  const { state } = mail;
  return html`<section class="card" aria-labelledby="way-mail">
    <h2 id="way-mail">${t('By mail')}</h2>
    ${typing || state === 'none' ? addressForm(state) : state === 'waiting' || mail.next ? codeForm(mail) : standing(mail)}
  </section>`;
}

/** @param {Mailbox['state']} state */
function addressForm(state) {
  const { values, put } = halfTyped(DRAFT, { address: '' });
  return html`<p>${t('One short mail for each reminder. It does not say what it is about.')}</p>
    <form class="stack" novalidate @submit=${give}>
      <label class="field"><span>${t('Mail address')}</span>
        <input name="address" type="email" inputmode="email" autocomplete="email" autocapitalize="none" spellcheck="false" maxlength="254"
          aria-describedby=${trouble ? 'mail-trouble' : nothing} .value=${values.address} @input=${typed(put('address'))}></label>
      ${troubled()}
      <button class="quiet" ?disabled=${busy()}>${busy() ? t('One moment…') : t('Send a code there')}</button>
      ${state === 'none' ? nothing : html`<button class="plain" type="button" @click=${() => type(false)}>${t('Leave it')}</button>`}
    </form>
    <p class="note">${t('The code shows that the address is yours. Nothing else is sent before.')}</p>`;
}

/** @param {Mailbox} mail */
function codeForm({ address, next }) {
  const { values, put } = halfTyped(DRAFT, { code: '' });
  return html`<p>${t('A code is on its way to {address}.', { address: next ?? address })}</p>
    ${next ? html`<p>${t('Until it came back, reminders go to {address} as before.', { address })}</p>` : nothing}
    <form class="stack" novalidate @submit=${show}>
      <label class="field"><span>${t('Code from the mail')}</span>
        <input name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20"
          aria-describedby=${trouble ? 'mail-trouble' : nothing} .value=${values.code} @input=${typed(put('code'))}></label>
      ${troubled()}
      <button class="quiet" ?disabled=${busy()}>${t('That is the code')}</button>
      <div class="row"><button class="plain" type="button" @click=${() => type(true)}>${t('Another address, or another code')}</button>
        ${next ? html`<button class="plain" type="button" ?disabled=${busy()} @click=${() => settle(() => giveMailbox(address))}>${t('Stay with the one before')}</button>`
    : html`<button class="plain" type="button" ?disabled=${busy()} @click=${end}>${t('No mails after all')}</button>`}</div>
    </form>`;
}

/** @param {Mailbox} mail */
const standing = ({ address, state }) => html`
  <p>${state === 'on' ? t('Reminders go to {address}.', { address }) : t('Mails to {address} came back, so they rest.', { address })}</p>
  ${ending ? html`<p>${t('No more mails come, and the address is taken away here.')}</p>
    <div class="row"><button class="choice" type="button" @click=${() => ask(false)}>${t('Leave it')}</button>
      <button class="choice" type="button" ?disabled=${busy()} @click=${end}>${t('Stop it')}</button></div>`
    : html`<div class="row"><button class="quiet" type="button" @click=${() => type(true)}>${t('Another address')}</button>
      <button class="plain" type="button" @click=${() => ask(true)}>${t('No more mails')}</button></div>`}`;

const troubled = () => (trouble ? html`<p class="card warm" role="alert" id="mail-trouble">${trouble}</p>` : nothing);

/** @param {(value: string) => void} put */
const typed = (put) => (/** @type {Event} */ event) => put(/** @type {HTMLInputElement} */ (event.target).value);

/** @param {boolean} wanted */
function type(wanted) {
  typing = wanted;
  trouble = '';
  render();
}

/** @param {boolean} wanted */
function ask(wanted) {
  ending = wanted;
  render();
}

/** @param {SubmitEvent} event */
function give(event) {
  event.preventDefault();
  return settle(() => giveMailbox(word(event, 'address')));
}

/** @param {SubmitEvent} event */
function show(event) {
  event.preventDefault();
  return settle(() => showCode(word(event, 'code')), t('Done. Reminders also come by mail now.'));
}

const end = () => settle(forgetMailbox, t('No more mails come.'));

/** @param {SubmitEvent} event @param {string} name */
const word = (event, name) => String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get(name) ?? '').trim();

/** @param {() => Promise<import('../account.js').Said>} wished @param {string} [words] said when it was done */
const settle = (wished, words) => once(async () => {
  const said = await wished();
  trouble = said.ok ? '' : said.detail;
  if (!said.ok) return;
  typing = ending = false;
  await dropDraft(DRAFT);
  if (words) toast(words);
  heard(said.body.mail);
});
