/** Where one is signed in, and ending it there: a lost phone, a borrowed tablet. */
import { html, nothing } from 'lit-html';
import { devices, endDevice } from '../account.js';
import { render, toast } from '../page.js';
import { language, t } from '../words.js';

/** @type {import('../account.js').Login[] | null} */
let known = null;
let trouble = '';

export const screen = {
  title: () => t('Signed-in devices'),
  up: () => '/settings',
  enter() {
    known = null;
    void look();
  },
  view: () => html`
    <p class="note">${t('Each of these is signed in as you. Ending one does not delete anything.')}</p>
    ${trouble ? html`<section class="card"><p>${trouble}</p><button class="quiet" type="button" @click=${look}>${t('Try again')}</button></section>`
      : known ? html`<ul class="list">${known.map(card)}</ul>` : html`<p class="note">${t('One moment…')}</p>`}`,
};

async function look() {
  const said = await devices();
  trouble = said.ok ? '' : said.detail;
  known = said.ok ? said.body.logins : known;
  render();
}

/** @param {import('../account.js').Login} login */
const card = (login) => html`<li class="card">
  <h2>${login.device || t('A device without a name')}</h2>
  ${login.current ? html`<p class="badge">${t('This device')}</p>` : nothing}
  <p class="note">${t('Last here {day}', { day: day(login.seen) })} · ${t('since {day}', { day: day(login.created) })}</p>
  ${login.current ? nothing : html`<button class="quiet" type="button" @click=${() => end(login)}>${t('End it there')}</button>`}
</li>`;

/** @param {number} at milliseconds UTC */
const day = (at) => new Intl.DateTimeFormat(language(), { dateStyle: 'long' }).format(at);

/** @param {import('../account.js').Login} login */
async function end(login) {
  const said = await endDevice(login.id);
  toast(said.ok ? t('That device is signed out.') : said.detail);
  await look();
}
