/** Other ways than notifications: a calendar of one's own, a file, a mail. Each is offered once and plainly; none is needed. */
import { html, nothing } from 'lit-html';
import { clockWords } from '../daywords.js';
import { turnstile } from '../once.js';
import { render, toast } from '../page.js';
import { aboutWords } from '../parts/reminderfields.js';
import { forgetMailCard, mailCard } from '../parts/mailcard.js';
import { reminders } from '../reminders.js';
import { nextTime } from '../rhythm.js';
import { t } from '../words.js';
import { closeCalendar, fileOf, openCalendar, ways, webcal } from '../ways.js';

/** @typedef {import('../ways.js').Mailbox} Mailbox */

const { busy, once } = turnstile();
/** @type {{mail: Mailbox | null, calendar: boolean} | null} */
let known = null;
let trouble = '';
let address = '';
let ending = false;

export const screen = {
  title: () => t('Calendar and mail'),
  up: () => '/reminders',
  enter() {
    known = null;
    trouble = '';
    void look();
  },
  leave() {
    address = '';
    ending = false;
    forgetMailCard();
  },
  view: () => html`
    <p class="lead">${t('Reminders can also come without notifications.')}</p>
    ${trouble ? html`<section class="card"><p>${trouble}</p><button class="quiet" type="button" @click=${look}>${t('Try again')}</button></section>` : nothing}
    ${known ? html`${calendarCard(known.calendar)}${fileCard()}${known.mail ? mailCard(known.mail, heard) : nothing}`
      : trouble ? nothing : html`<p class="note">${t('One moment…')}</p>`}`,
};

async function look() {
  const said = await ways();
  trouble = said.ok ? '' : said.detail;
  if (said.ok) known = said.body;
  render();
}

/** The mailbox changed. @param {Mailbox} mail */
function heard(mail) {
  if (known) known = { ...known, mail };
  render();
}

// ---- a calendar that asks for itself

/** @param {boolean} inUse */
const calendarCard = (inUse) => html`<section class="card" aria-labelledby="way-calendar">
  <h2 id="way-calendar">${t('In your calendar')}</h2>
  ${address ? fresh() : html`
    <p>${inUse ? t('A private address is in use.') : t('Your calendar can fetch the times from a private address.')}</p>
    <p class="note">${t('There it only says “Ippo”. Whoever has the address can see the times.')}</p>
    ${ending ? question() : html`<div class="row">
      <button class="quiet" type="button" ?disabled=${busy()} @click=${make}>${inUse ? t('Make a new address') : t('Make an address')}</button>
      ${inUse ? html`<button class="plain" type="button" @click=${() => ask(true)}>${t('Stop it')}</button>` : nothing}</div>
      ${inUse ? html`<p class="note">${t('A new one ends the one before.')}</p>` : nothing}`}`}
</section>`;

const fresh = () => html`
  <p class="code address" translate="no"><span>${address}</span></p>
  <p class="note">${t('It is shown only now. You can make another at any time.')}</p>
  <div class="row">
    <a class="quiet grow" href=${webcal(address)}>${t('Open in the calendar')}</a>
    <button class="quiet grow" type="button" @click=${copy}>${t('Copy the address')}</button>
  </div>
  <p class="note">${t('In some calendars, alerts have to be switched on for it. Some look for changes only once a day.')}</p>
  <button class="plain" type="button" @click=${put}>${t('I have kept it')}</button>`;

const question = () => html`<p>${t('The address stops working in every calendar that has it.')}</p>
  <div class="row">
    <button class="choice" type="button" @click=${() => ask(false)}>${t('Leave it')}</button>
    <button class="choice" type="button" ?disabled=${busy()} @click=${stop}>${t('Stop it')}</button></div>`;

/** @param {boolean} wanted */
function ask(wanted) {
  ending = wanted;
  render();
}

const make = () => once(async () => {
  const said = await openCalendar();
  if (!said.ok) return toast(said.detail);
  address = said.body.address;
  known = known && { ...known, calendar: true };
});

const stop = () => once(async () => {
  const said = await closeCalendar();
  if (!said.ok) return toast(said.detail);
  ending = false;
  known = known && { ...known, calendar: false };
  toast(t('That address opens nothing any more.'));
});

function put() {
  address = '';
  render();
}

async function copy() {
  try {
    await navigator.clipboard.writeText(address);
    toast(t('Copied'));
  } catch {
    toast(t('The browser did not let us copy. You can write it down.'));
  }
}

// ---- a file

function fileCard() {
  const now = Date.now();
  const list = reminders().filter((one) => nextTime(one, now));
  if (!list.length) return nothing;
  return html`<section class="card" aria-labelledby="way-file">
    <h2 id="way-file">${t('As a file')}</h2>
    <p>${t('Put a reminder into any calendar, once. After twelve weeks it ends by itself.')}</p>
    <ul class="list tight">${list.map((one) => html`<li><a href=${fileOf(one.id)}><span>${clockWords(one.time)} · ${aboutWords(one)}</span>
      <span class="link">${t('File')}</span></a></li>`)}</ul>
    <p class="note">${t('What you change here later does not reach a file.')}</p>
  </section>`;
}
