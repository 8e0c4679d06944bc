/** Settings of the desk: the language, when messages are read, the keys, and leaving. */
import { html, nothing } from 'lit-html';
import { timeWords } from '../../daywords.js';
import { dropDraft } from '../../drafts.js';
import { turnstile } from '../../once.js';
import { render, toast } from '../../page.js';
import { dialog } from '../../parts/dialog.js';
import { halfTyped } from '../../parts/field.js';
import { lost, ways } from '../../parts/signout.js';
import { setting } from '../../rows.js';
import { status } from '../../status.js';
import { syncNow } from '../../sync.js';
import { t } from '../../words.js';
import { keepReading, readingFields } from '../reading.js';
import { endOfSession, leave } from '../standing.js';
import { tongues } from '../tongues.js';

const DRAFT = 'settings/reading';
const { busy, once } = turnstile();
let asking = false;

export const screen = {
  title: () => t('Settings'),
  leave: () => { asking = false; },
  view: () => html`
    ${tongues()}
    ${reading()}
    <ul class="list tight">
      <li><a href="#/keys">${t('My keys')}</a></li>
      <li><a href="#/devices">${t('Signed-in devices')}</a></li>
      <li><a href="#/account">${t('My account and my data')}</a></li>
      <li><a href="/help">${t('People who help')}</a></li>
      <li><a href="/privacy">${t('What we keep, and what we do not')}</a></li>
    </ul>
    ${leaving()}`,
};

// ---- when messages are read

function stored() {
  const { reads_days = [], reads_note = '', away_until = '' } = /** @type {any} */ (setting());
  return { reads_days, reads_note, away_until };
}

function reading() {
  const { values, put, touched } = halfTyped(DRAFT, stored());
  return html`<form class="stack wide" @submit=${keep}>
    <h2>${t('When you read messages')}</h2>
    ${readingFields(values, put, { away: true })}
    <p class="note">${t('Everybody who writes to you sees this before their first message.')}</p>
    ${touched ? html`<button class="primary" ?disabled=${busy()}>${t('Keep it')}</button>` : nothing}
  </form>`;
}

/** @param {SubmitEvent} event */
function keep(event) {
  event.preventDefault();
  const { values } = halfTyped(DRAFT, stored());
  return once(async () => {
    const undo = await keepReading({ ...values, reads_note: values.reads_note.trim() }, stored());
    await dropDraft(DRAFT);
    toast(t('Kept.'), undo);
  });
}

// ---- leaving

function leaving() {
  const end = endOfSession();
  const time = end && timeWords(end);
  return html`<section class="stack">
    <h2>${t('Leaving')}</h2>
    ${time ? html`<p class="note">${t('This session ends by itself at {time}.', { time })}</p>` : nothing}
    <button class="quiet" type="button" ?disabled=${busy()} @click=${() => (status().waiting ? ask(true) : out())}>${t('Sign out')}</button>
  </section>
  ${asking ? question() : nothing}`;
}

/** @param {boolean} wanted */
function ask(wanted) {
  asking = wanted;
  render();
}

const question = () => dialog({
  title: t('Sign out here?'), body: lost(), onClose: () => ask(false),
  actions: ways(busy(), () => once(syncNow), () => ask(false), out),
});

const out = () => once(async () => {
  asking = false;
  if (!(await leave())) toast(t('There is no connection just now, so the session is not ended yet. Please try again.'));
});
