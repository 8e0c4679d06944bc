/** Whether reminders reach this phone, in plain words, and the one thing that could be done about it. */
import { html, nothing } from 'lit-html';
import { momentWords } from '../days.js';
import { render, toast } from '../page.js';
import { health, isBusy, sendTest, switchOff, switchOn } from '../push.js';
import { lookAgain, thisDevice } from '../reach.js';
import { t } from '../words.js';

/** @typedef {import('../push.js').Trouble} Trouble */

/** @type {Trouble} */
let trouble = '';

/** `stopped`: the account was told three times in a day that nothing gets through. @returns {ReturnType<typeof health> | 'stopped'} */
const standing = () => (health() === 'on' && thisDevice()?.state === 'stopped' ? 'stopped' : health());

/** @param {{more?: boolean}} [also] more: with the way to the other devices */
export function deviceCard({ more = true } = {}) {
  const now = standing();
  const { words, action } = told(now);
  const last = now === 'on' ? thisDevice()?.delivered : null;
  return html`<section class="card device" aria-labelledby="device">
    <h2 id="device">${t('This phone')}</h2>
    <p>${words}</p>
    ${last ? html`<p class="note">${t('The last one arrived: {when}', { when: momentWords(last) })}</p>` : nothing}
    ${trouble && now !== 'on' ? html`<p class="note" role="status">${troubleWords(trouble)}</p>` : nothing}
    ${action}
    ${now === 'on' ? nothing : html`<p class="note">${t('Your reminders are kept all the same. When it is time, a card waits for you inside the app.')}</p>`}
    ${more ? html`<a class="plain" href="#/reach">${t('Where reminders arrive')}</a>` : nothing}
  </section>`;
}

/** @param {ReturnType<typeof standing>} now */
function told(now) {
  const turnOn = (/** @type {string} */ words) => html`<button class="quiet" type="button" ?disabled=${isBusy()} @click=${turnItOn}>${isBusy() ? t('One moment…') : words}</button>`;
  switch (now) {
    case 'on': return { words: t('Reminders reach this phone.'), action: onActions() };
    case 'stopped':
    case 'lost': return { words: t('Reminders stopped on this phone. That happens now and then; it is nothing you did.'), action: turnOn(t('Turn them on again')) };
    case 'blocked': return { words: t('Notifications from this app are switched off in the settings of this browser. They can be switched on there, if you like.'), action: nothing };
    case 'install': return { words: t('On an iPhone or iPad, reminders come once the app is on the home screen.'), action: html`<a class="quiet" href="#/install">${t('How to put it on the home screen')}</a>` };
    case 'none': return { words: t('This browser cannot receive reminders.'), action: nothing };
    default: return { words: t('Reminders do not reach this phone yet.'), action: turnOn(t('Let reminders reach this phone')) };
  }
}

const onActions = () => html`<div class="row">
  <button class="quiet" type="button" @click=${test}>${t('Send a test')}</button>
  <button class="plain" type="button" @click=${turnItOff}>${t('Not on this phone')}</button></div>`;

/** Straight from the tap, with nothing awaited before it: phones ask only then. */
export async function turnItOn() {
  trouble = await switchOn(standing() === 'stopped');
  if (!trouble) await lookAgain();
  render();
}

async function turnItOff() {
  await switchOff();
  toast(t('No more reminders on this phone'));
}

async function test() {
  const sent = await sendTest().catch(() => false);
  toast(sent ? t('A test is on its way') : t('That did not work just now. You might try again in a little while.'));
}

/** @param {Trouble} which */
function troubleWords(which) {
  switch (which) {
    case 'blocked': return t('The browser was told no. That is fine.');
    case 'slow': return t('The notification service did not answer. You might try again later.');
    case 'offline': return t('This needs a connection for a moment. You might try again when you have one.');
    default: return t('That did not work just now. You might try again in a little while.');
  }
}
