/** Where reminders arrive: this phone, the other devices of this account, and when the last one came. */
import { html, nothing } from 'lit-html';
import { momentWords } from '../days.js';
import { render } from '../page.js';
import { deviceCard } from '../parts/device.js';
import { lookAgain, reach } from '../reach.js';
import { t } from '../words.js';

/** @typedef {import('../reach.js').Device} Device */

/** Nothing was heard from the account on this visit. */
let quiet = false;

export const screen = {
  title: () => t('Where reminders arrive'),
  up: () => '/reminders',
  enter() {
    void lookAgain().then((heard) => { quiet = !heard; render(); });
  },
  view() {
    const { devices, at } = reach();
    const others = devices.filter((one) => !one.here);
    return html`
      ${deviceCard({ more: false })}
      ${others.length ? html`<section class="stack" aria-labelledby="others">
        <h2 id="others">${t('Other devices')}</h2>
        <ul class="list">${others.map(card)}</ul></section>` : nothing}
      ${quiet && at ? html`<p class="note">${t('This is how it was on {when}. There is no connection just now.', { when: momentWords(at) })}</p>` : nothing}`;
  },
};

/** @param {Device} one */
const card = (one) => html`<li class="card">
  <h3>${one.name || t('A device without a name')}</h3>
  <p>${one.state === 'on' ? t('Reminders reach this device.') : t('Reminders stopped there. Opening the app on it brings them back.')}</p>
  ${one.delivered ? html`<p class="note">${t('The last one arrived: {when}', { when: momentWords(one.delivered) })}</p>` : nothing}
</li>`;
