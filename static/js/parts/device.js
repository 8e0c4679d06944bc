/** Whether reminders reach this phone, in plain words, and the one thing that could be done about it. */
import { html, nothing } from 'lit-html';
import { render, toast } from '../page.js';
import { health, isBusy, sendTest, switchOff, switchOn } from '../push.js';
import { t } from '../words.js';

/** @typedef {import('../push.js').Trouble} Trouble */

/** @type {Trouble} */
let trouble = '';

export function deviceCard() {
  const standing = health();
  const { words, action } = told(standing);
  return html`<section class="card device" aria-labelledby="device">
    <h2 id="device">${t('This phone')}</h2>
    <p>${words}</p>
    ${trouble && standing !== 'on' ? html`<p class="note" role="status">${troubleWords(trouble)}</p>` : nothing}
    ${action}
    ${standing === 'on' ? nothing : html`<p class="note">${t('Your reminders are kept all the same. When it is time, a card waits for you inside the app.')}</p>`}
  </section>`;
}

/** @param {ReturnType<typeof health>} standing */
function told(standing) {
  const turnOn = html`<button class="quiet" type="button" ?disabled=${isBusy()} @click=${turnItOn}>${isBusy() ? t('One moment…') : t('Let reminders reach this phone')}</button>`;
  const guide = html`<a class="quiet" href="#/install">${t('How to put it on the home screen')}</a>`;
  switch (standing) {
    case 'on': return { words: t('Reminders reach this phone.'), action: onActions() };
    case 'lost': return { words: t('This phone has let go of its reminders. That happens now and then; it is nothing you did.'), action: turnOn };
    case 'blocked': return { words: t('Notifications from this app are switched off in the settings of this browser. They can be switched on there, if you like.'), action: nothing };
    case 'install': return { words: t('On an iPhone or iPad, reminders come once the app is on the home screen.'), action: guide };
    case 'none': return { words: t('This browser cannot receive reminders.'), action: nothing };
    default: return { words: t('Reminders do not reach this phone yet.'), action: turnOn };
  }
}

const onActions = () => html`<div class="row">
  <button class="quiet" type="button" @click=${test}>${t('Send a test')}</button>
  <button class="plain" type="button" @click=${turnItOff}>${t('Not on this phone')}</button></div>`;

/** Straight from the tap, with nothing awaited before it: phones ask only then. */
export async function turnItOn() {
  trouble = await switchOn();
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
