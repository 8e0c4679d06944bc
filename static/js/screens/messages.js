/** Unhurried words with one person. Before the first one it is said when they are read, and that nobody watches live (rule T6). */
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { consentOf } from '../consents.js';
import { localDay, momentWords } from '../days.js';
import { dayWords, timeWords } from '../daywords.js';
import { dropDraft } from '../drafts.js';
import { isMine, lastSeen, markRead, MESSAGE_LIMIT, messagesOf, send, takeBack, threadOf, wantReceipts } from '../messages.js';
import { called } from '../names.js';
import { focusOn, render, say, toast } from '../page.js';
import { halfTyped } from '../parts/field.js';
import { readByCard, readByWords } from '../parts/readby.js';
import { worryCard } from '../parts/worrycard.js';
import { listen, unsent } from '../rows.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Consent} Consent */
/** @typedef {import('../kinds.js').Message} Message */
/** @typedef {import('../router.js').Params} Params */

const PAGE = 30;
const NEAR = 240;    // pixels from the foot
let shown = PAGE;
/** The latest message that was on the screen, to notice a newer one. */
let latest = '';
let deaf = () => {};

export const screen = {
  /** @param {Params} params */
  title: ({ id }) => { const name = consentOf(id)?.name; return name ? t('Messages with {name}', { name: called(name) }) : t('Messages'); },
  up: () => '/settings',
  /** @param {Params} params */
  enter({ id, worry }) {
    shown = PAGE;
    latest = newest(id)?.id ?? '';
    if (worry) shelf(id).put('worry')(true);
    deaf = listen(() => notice(id));
    notice(id);
    void standAtTheFoot();
  },
  leave: () => deaf(),
  /** @param {Params} params */
  view({ id }) {
    const consent = consentOf(id);
    if (!consent || consent.state === 'accepted') return html`<p>${t('There is no such conversation on this phone.')}</p>`;
    const list = messagesOf(consent);
    return html`
      ${readByCard(consent, Date.now())}
      ${list.length > shown ? html`<button class="quiet" type="button" @click=${earlier}>${t('Show earlier ones')}</button>` : nothing}
      ${list.length ? html`<ol class="talk" aria-label=${t('Messages, the latest one last')}>${talk(consent, list.slice(-shown))}</ol>`
        : html`<p class="empty note">${t('Nothing has been written yet. A few words are enough; none are fine, too.')}</p>`}
      ${receipts(consent)}
      ${open(consent) ? writing(consent) : closed(consent)}`;
  },
};

/** @param {Consent} consent */
const open = (consent) => consent.state === 'confirmed' && consent.messages;

/** @param {string} id */
const newest = (id) => { const consent = consentOf(id); return consent ? messagesOf(consent).at(-1) : undefined; };

/** Words that come in while one looks are read out, and are no news any more. @param {string} id */
function notice(id) {
  const consent = consentOf(id);
  if (!consent || document.visibilityState !== 'visible') return;
  const last = newest(id);
  if (last && last.id !== latest) {
    if (!isMine(last)) say(t('{name} wrote: {text}', { name: called(consent.name), text: last.text }));
    latest = last.id;
    // Whoever reads further up stays there.
    if (innerHeight + scrollY > document.documentElement.scrollHeight - NEAR) void standAtTheFoot();
  }
  void markRead(consent);
}

/** The latest stands nearest to the thumb. */
async function standAtTheFoot() {
  await render();
  scrollTo(0, document.documentElement.scrollHeight);
}

function earlier() {
  shown += PAGE;
  render();
}

/** @param {Consent} consent @param {Message[]} list */
function talk(consent, list) {
  const seen = lastSeen(consent);
  return repeat(list, (one) => one.id, (one, i) => {
    const day = localDay(one.at);
    return html`${i && localDay(list[i - 1].at) === day ? nothing : html`<li class="talk-day note">${dayWords(day)}</li>`}
      <li class="talk-one ${isMine(one) ? 'mine' : ''}">
        <span class="note">${isMine(one) ? t('You') : called(consent.name)} · ${timeWords(one.at)}</span>
        <p class="bubble-text" dir="auto">${one.text}</p>
        ${one.worry ? html`<span class="badge">${t('This worries me')}</span>` : nothing}
        ${isMine(one) ? mine(consent, one, one === seen) : nothing}
      </li>`;
  });
}

/** @param {Consent} consent @param {Message} one @param {boolean} seen the last one the other has seen */
const mine = (consent, one, seen) => html`<span class="note talk-foot">
  ${unsent(one.id) ? html`<span>${t('goes when there is a connection')}</span>` : seen ? html`<span>${t('read {when}', { when: momentWords(threadOf(consent)?.seen_therapist ?? one.at) })}</span>` : nothing}
  ${open(consent) ? html`<button class="plain" type="button" aria-label=${t('Take back: {text}', { text: one.text.slice(0, 40) })} @click=${() => undo(one)}>${t('Take back')}</button>` : nothing}</span>`;

/** @param {Message} one */
async function undo(one) {
  const back = await takeBack(one);
  toast(t('Taken back. Whoever has read it, has read it.'), back);
}

/** Only when both wish it, and each can end it for both. @param {Consent} consent */
function receipts(consent) {
  const thread = threadOf(consent);
  if (!thread || !open(consent)) return nothing;
  const note = !thread.receipts_person ? t('Off: neither of you is told. It begins only when both of you wish it.')
    : thread.receipts_therapist ? t('On for both of you.') : t('{name} has not chosen this. So nothing is told.', { name: called(consent.name) });
  return html`<details class="more"><summary>${t('About this conversation')}</summary>
    <label class="check"><input type="checkbox" .checked=${thread.receipts_person}
      @change=${(/** @type {Event} */ event) => wantReceipts(thread, /** @type {HTMLInputElement} */ (event.target).checked)}>
      <span>${t('Tell each other when a message was read')}</span></label>
    <p class="note">${note}</p>
    <a class="plain" href="#/consent/${consent.id}">${t('What {name} may see', { name: called(consent.name) })}</a></details>`;
}

/** @param {string} id of the consent */
const shelf = (id) => halfTyped(`message/${id}`, { text: '', worry: false });

/** @param {Consent} consent */
function writing(consent) {
  const { values, put } = shelf(consent.id);
  const when = readByWords(consent, Date.now());
  return html`${values.worry ? worryCard(called(consent.name), when) : nothing}
    <form class="dock" @submit=${(/** @type {SubmitEvent} */ event) => post(event, consent)}>
      <label class="field"><span class="unseen">${t('Your words to {name}', { name: called(consent.name) })}</span>
        <textarea autocomplete="off" id="message" name="text" rows="1" maxlength=${MESSAGE_LIMIT} .value=${values.text} aria-describedby="read-by" placeholder=${t('A few words, if you like')}
          @input=${(/** @type {Event} */ event) => put('text')(/** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea></label>
      <p class="note" id="read-by">${when}</p>
      <div class="row apart">
        <label class="check"><input type="checkbox" name="worry" .checked=${values.worry} @change=${(/** @type {Event} */ event) => worried(consent, event)}>
          <span>${t('This worries me')}</span></label>
        <button class="quiet firm" ?disabled=${!values.text.trim()}>${t('Send')}</button>
      </div>
    </form>`;
}

/** @param {Consent} consent @param {Event} event */
async function worried(consent, event) {
  const on = /** @type {HTMLInputElement} */ (event.target).checked;
  shelf(consent.id).put('worry')(on);
  await render();
  if (on) document.getElementById('worry-card')?.scrollIntoView({ block: 'center' });
}

/** @param {SubmitEvent} event @param {Consent} consent */
async function post(event, consent) {
  event.preventDefault();
  const { values } = shelf(consent.id);
  if (!values.text.trim()) return;
  await dropDraft(`message/${consent.id}`);
  await send(consent, values, Date.now());
  await standAtTheFoot();
  await focusOn('#message');
}

/** @param {Consent} consent */
const closed = (consent) => html`<div class="dock"><p class="note">${consent.state === 'withdrawn'
  ? t('This has ended. What was written stays with you here.') : t('Messages are switched off. What was written stays here.')}</p>
  ${consent.state === 'withdrawn' ? nothing : html`<a class="quiet" href="#/consent/${consent.id}">${t('Change it')}</a>`}</div>`;
