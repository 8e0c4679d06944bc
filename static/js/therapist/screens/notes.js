/** My own notes about one link: nobody else reads them, also when the link has ended. */
import { html } from 'lit-html';
import { momentWords } from '../../days.js';
import { draft, dropDraft, saveDraft } from '../../drafts.js';
import { focusOn, render, toast } from '../../page.js';
import { field } from '../../parts/field.js';
import { t } from '../../words.js';
import { addNote, NOTE_LIMIT, notesAbout, putNoteAway, reword } from '../notes.js';
import { attend, depart, openedPerson, shelf } from '../open.js';

/** @typedef {import('../../router.js').Params} Params */
/** @typedef {import('../../kinds.js').Note} Note */

/** The note that is being put right. */
let open = '';

export const screen = {
  title: () => t('My own notes'),
  /** @param {Params} params */
  up: ({ consent }) => (openedPerson(consent) ? `/person/${consent}` : '/'),
  /** @param {Params} params */
  enter: ({ consent }) => {
    open = '';
    attend(consent);
  },
  leave: depart,
  /** @param {Params} params */
  view: ({ consent }) => {
    const person = openedPerson(consent);
    const list = notesAbout(consent);
    return html`
      ${person ? html`<h2>${person.name}</h2>` : html`<p class="note">${t('This link is not open. Your notes about it stay yours.')}</p>`}
      <p class="note">${t('Only you can read these. They are not printed, not copied and not part of anything the person sees.')}</p>
      ${writing(consent)}
      ${list.length ? html`<ul class="list">${list.map((one) => (open === one.id ? editing(one) : note(one)))}</ul>` : html`<p class="empty note">${t('Nothing is written down yet.')}</p>`}`;
  },
};

/** @param {string} consent */
function writing(consent) {
  const key = shelf(consent, 'note');
  const text = String(draft(key) ?? '');
  return html`<form class="card" @submit=${(/** @type {SubmitEvent} */ event) => keep(event, consent)}>
    ${field({ label: t('A new note'), name: 'note', id: 'new-note', long: true, max: NOTE_LIMIT, value: text, onInput: (words) => { saveDraft(key, words); render(); } })}
    <button class="quiet" ?disabled=${!text.trim()}>${t('Keep this note')}</button></form>`;
}

/** @param {SubmitEvent} event @param {string} consent */
async function keep(event, consent) {
  event.preventDefault();
  const key = shelf(consent, 'note');
  const text = String(draft(key) ?? '').trim();
  if (!text) return;
  await dropDraft(key);
  const undo = await addNote(consent, text, Date.now());
  await focusOn('#new-note');
  toast(t('Kept'), undo);
}

/** @param {Note} one */
const note = (one) => html`<li class="card">
  <p class="note">${momentWords(one.at)}</p>
  <p class="kept-words" dir="auto">${one.text}</p>
  <div class="row"><button class="plain" type="button" @click=${() => begin(one)}>${t('Change the words')}</button>
    <button class="plain" type="button" @click=${() => away(one)}>${t('Put it away')}</button></div></li>`;

/** @param {Note} one */
function editing(one) {
  const key = `note/${one.id}`;
  const text = String(draft(key) ?? one.text);
  const save = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (!text.trim()) return;
    open = '';
    const undo = await reword(one, text);
    await dropDraft(key);
    toast(t('Kept'), undo);
  };
  return html`<li class="card"><form class="stack" @submit=${save}>
    ${field({ label: t('The note'), name: 'old-note', id: 'old-note', long: true, max: NOTE_LIMIT, value: text, onInput: (words) => { saveDraft(key, words); render(); } })}
    <div class="row"><button class="quiet">${t('Keep')}</button>
      <button class="plain" type="button" @click=${() => leave(key)}>${t('Leave it as it was')}</button></div></form></li>`;
}

/** @param {Note} one */
function begin(one) {
  open = one.id;
  void focusOn('#old-note');
}

/** @param {string} key */
function leave(key) {
  open = '';
  void dropDraft(key);
  render();
}

/** @param {Note} one */
async function away(one) {
  toast(t('Put away'), await putNoteAway(one));
}
