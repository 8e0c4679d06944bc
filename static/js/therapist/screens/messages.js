/** Unhurried words with one person, seen from the desk. When they are read is said here, too; nobody is told of typing. */
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { localDay, momentWords } from '../../days.js';
import { dayWords, daysWords, timeWords } from '../../daywords.js';
import { dropDraft } from '../../drafts.js';
import { bothWant, isMine, MESSAGE_LIMIT, messagesOf, readBy, send, takeBack } from '../../messages.js';
import { focusOn, render, toast } from '../../page.js';
import { halfTyped } from '../../parts/field.js';
import { change, get, listen, unsent, write } from '../../rows.js';
import { t } from '../../words.js';
import { attend, depart, openedPerson, shelf } from '../open.js';
import { readingFields } from '../reading.js';
import { gone } from '../parts/gone.js';

/** @typedef {import('../../kinds.js').Message} Message */
/** @typedef {import('../../kinds.js').Thread} Thread */
/** @typedef {import('../../router.js').Params} Params */
/** @typedef {import('../people.js').Person} Person */

const PAGE = 30;
let shown = PAGE;
let latest = '';
let deaf = () => {};

export const screen = {
  /** @param {Params} params */
  title: ({ consent }) => { const name = openedPerson(consent)?.name; return name ? t('Messages with {name}', { name }) : t('Messages'); },
  /** @param {Params} params */
  up: ({ consent }) => `/person/${consent}`,
  /** @param {Params} params */
  enter: ({ consent }) => {
    shown = PAGE;
    latest = '';
    attend(consent, { talk: true });
    deaf = listen(() => notice(consent));
    notice(consent);
  },
  leave: () => {
    deaf();
    depart();
  },
  /** @param {Params} params */
  view: ({ consent }) => {
    const person = openedPerson(consent);
    if (!person) return gone(consent);
    if (!person.thread) return html`<p class="card soft">${t('{name} has not opened messages with you. That is a full choice.', { name: person.name })}</p>`;
    const list = messagesOf(person);
    const thread = /** @type {Thread | undefined} */ (get(person.thread));
    return html`
      ${thread ? when(thread, person) : nothing}
      ${list.length > shown ? html`<button class="quiet" type="button" @click=${() => { shown += PAGE; render(); }}>${t('Show earlier ones')}</button>` : nothing}
      ${list.length ? html`<ol class="talk" aria-label=${t('Messages, the latest one last')}>${talk(person, thread, list.slice(-shown))}</ol>` : html`<p class="empty note">${t('Nothing has been written yet.')}</p>`}
      ${writing(person)}`;
  },
};

/** Words that come in while one looks are seen, and told as seen only where both wish it. @param {string} consent */
function notice(consent) {
  const person = openedPerson(consent);
  if (!person?.thread || document.visibilityState !== 'visible') return;
  const last = messagesOf(person).at(-1);
  if (!last || last.id === latest) return;
  latest = last.id;
  void render().then(() => scrollTo(0, document.documentElement.scrollHeight));
  const thread = /** @type {Thread | undefined} */ (get(person.thread));
  const theirs = messagesOf(person).filter((one) => !isMine(one)).at(-1);
  if (thread && theirs && bothWant(thread) && theirs.at > (thread.seen_therapist ?? 0)) void write([change(thread, { seen_therapist: theirs.at })]);
}

/** What the person is told about when this is read, and where it is changed. @param {Thread} thread @param {Person} person */
function when(thread, { consent, name }) {
  const by = readBy(thread, localDay(Date.now()));
  const { values, put, touched } = halfTyped(shelf(consent, 'reading'), { reads_days: thread.reads_days, reads_note: thread.reads_note, away_until: thread.away_until });
  /** @param {SubmitEvent} event */
  const keep = async (event) => {
    event.preventDefault();
    const undo = await write([change(thread, { ...values, reads_note: values.reads_note.trim() })]);
    await dropDraft(shelf(consent, 'reading'));
    toast(t('Kept'), undo);
  };
  return html`<section class="card soft">
    <p>${thread.reads_days.length ? t('{name} is told that you read on these days: {days}.', { name, days: daysWords(thread.reads_days) }) : t('{name} is told that you have not said when you read.', { name })}
      ${by ? t('Words of today: by {day}.', { day: dayWords(by) }) : nothing}</p>
    ${thread.away_until && thread.away_until >= localDay(Date.now()) ? html`<p>${t('Away until {day}.', { day: dayWords(thread.away_until) })}</p>` : nothing}
    <details .open=${touched}><summary>${t('When you read, and receipts')}</summary>
      <form class="stack" @submit=${keep}>${readingFields(values, put, { away: true })}<button class="quiet">${t('Keep')}</button></form>
      ${receipts(thread, name)}</details></section>`;
}

/** @param {Thread} thread @param {string} name */
const receipts = (thread, name) => html`<label class="check"><input type="checkbox" .checked=${thread.receipts_therapist}
    @change=${(/** @type {any} */ event) => write([change(thread, { receipts_therapist: event.target.checked })])}>
    <span>${t('Tell each other when a message was read')}</span></label>
  <p class="note">${bothWant(thread) ? t('On for both of you.') : thread.receipts_therapist ? t('{name} has not chosen this. So nothing is told.', { name }) : t('Off: neither of you is told. It begins only when both of you wish it.')}</p>`;

/** @param {Person} person @param {Thread | undefined} thread @param {Message[]} list */
function talk(person, thread, list) {
  const seen = bothWant(thread) ? list.filter((one) => isMine(one) && one.at <= (thread?.seen_person ?? 0)).at(-1) : undefined;
  return repeat(list, (one) => one.id, (one, i) => html`
    ${i && localDay(list[i - 1].at) === localDay(one.at) ? nothing : html`<li class="talk-day note">${dayWords(localDay(one.at))}</li>`}
    <li class="talk-one ${isMine(one) ? 'mine' : ''}">
      <span class="note">${isMine(one) ? t('You') : person.name} · ${timeWords(one.at)}</span>
      <p class="bubble-text" dir="auto">${one.text}</p>
      ${one.worry ? html`<span class="badge">${t('{name} marked this as a worry', { name: person.name })}</span>` : nothing}
      ${isMine(one) ? html`<span class="note talk-foot">
        ${unsent(one.id) ? html`<span>${t('goes when there is a connection')}</span>` : one === seen ? html`<span>${t('read {when}', { when: momentWords(thread?.seen_person ?? one.at) })}</span>` : nothing}
        <button class="plain" type="button" aria-label=${t('Take back: {text}', { text: one.text.slice(0, 40) })} @click=${() => undo(one)}>${t('Take back')}</button></span>` : nothing}
    </li>`);
}

/** @param {Message} one */
async function undo(one) {
  toast(t('Taken back. Whoever has read it, has read it.'), await takeBack(one));
}

/** @param {Person} person */
function writing(person) {
  const key = shelf(person.consent, 'message');
  const { values, put } = halfTyped(key, { text: '' });
  /** @param {SubmitEvent} event */
  const post = async (event) => {
    event.preventDefault();
    if (!values.text.trim()) return;
    await dropDraft(key);
    await send(person, { text: values.text, worry: false }, Date.now());
    await focusOn('#message');
  };
  return html`<form class="dock" @submit=${post}>
    <label class="field"><span class="unseen">${t('Your words to {name}', { name: person.name })}</span>
      <textarea id="message" name="text" rows="1" autocomplete="off" maxlength=${MESSAGE_LIMIT} .value=${values.text} placeholder=${t('A few words, if you like')}
        @input=${(/** @type {any} */ event) => put('text')(event.target.value)}></textarea></label>
    <div class="row apart"><span class="note">${t('No notification is sent; {name} finds it when they open Ippo.', { name: person.name })}</span><button class="quiet firm" ?disabled=${!values.text.trim()}>${t('Send')}</button></div>
  </form>`;
}
