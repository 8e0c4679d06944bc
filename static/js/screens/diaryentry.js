/** One page of the diary: written on paper with nothing around it, read as it was written. */
import { html, nothing } from 'lit-html';
import { localDay, momentWords } from '../days.js';
import { dayWords } from '../daywords.js';
import { addEntry, entryOf, PAGE_LIMIT, putEntry, takeEntryAway } from '../diary.js';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { feelings, feelingWords } from '../feelings.js';
import { go, render, toast } from '../page.js';
import { chips, toggled } from '../parts/chips.js';
import { choices } from '../parts/choices.js';
import { halfTyped } from '../parts/field.js';
import { sharingChoice } from '../parts/sharing.js';
import { addDays } from '../rhythm.js';
import { mayBeSeen } from '../sharing.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Diary} Diary */
/** @typedef {import('../router.js').Params} Params */

/** @param {string} id */
const key = (id) => `diary/${id}`;

export const screen = {
  /** @param {Params} params */
  title({ id }) {
    const one = entryOf(id);
    return one ? dayWords(one.day) : id === 'new' ? t('A page') : t('Diary');
  },
  up: () => '/diary',
  /** @param {Params} params */
  view({ id }) {
    const one = entryOf(id);
    if (id !== 'new' && !one) return html`<p>${t('This page is not here any more.')}</p><div class="dock"><a class="primary" href="#/diary">${t('To the diary')}</a></div>`;
    return one && draft(key(id)) === undefined ? reading(one) : writing(id, one);
  },
};

/** @param {Diary} one */
function reading(one) {
  const words = feelingWords(one.feelings);
  return html`<article class="paper">
      <p class="paper-text" dir="auto">${one.text}</p>
      ${words.length ? html`<p class="row feelings">${words.map((word) => html`<span class="badge">${word}</span>`)}</p>` : nothing}
      ${one.at ? html`<p class="note">${momentWords(one.at)}</p>` : nothing}
    </article>
    ${sharingChoice(one)}
    <div class="row">
      <button class="plain" type="button" @click=${() => open(one)}>${t('Change it')}</button>
      <button class="plain" type="button" @click=${() => remove(one)}>${t('Take this page away')}</button>
    </div>
    <div class="dock"><a class="primary" href="#/diary">${t('To the diary')}</a></div>`;
}

/** @param {Diary} one */
function open({ id, day, text, feelings: codes }) {
  saveDraft(key(id), { day, text, feelings: codes });
  render();
}

/** @param {string} id @param {Diary | undefined} one */
function writing(id, one) {
  const today = localDay(Date.now());
  const { values, put } = halfTyped(key(id), { day: one?.day ?? today, text: one?.text ?? '', feelings: one?.feelings ?? [] });
  const chosen = /** @type {string[]} */ (values.feelings);
  return html`<form id="page" class="stack wide" @submit=${(/** @type {Event} */ event) => keep(event, id, one)}>
      ${one ? nothing : html`<div class="near">${choices({
        label: t('Which day is it about?'), name: 'day', hideLabel: true, fit: 'narrow', value: values.day,
        options: [today, addDays(today, -1)].map((day) => ({ value: day, text: dayWords(day) })), onChoose: put('day'),
      })}</div>`}
      <label class="paper"><span class="unseen">${t('Your page')}</span>
        <textarea class="paper-text" name="text" rows="9" maxlength=${PAGE_LIMIT} autocomplete="off" .value=${values.text}
          placeholder=${t('A word, a line, a page.')} @input=${(/** @type {Event} */ event) => put('text')(/** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea></label>
      <details class="card more" ?open=${chosen.length > 0}>
        <summary>${t('Words for how it felt')}</summary>
        ${chips({
          label: t('Words for how it felt'), name: 'feelings', hideLabel: true, values: chosen,
          options: Object.entries(feelings()).map(([value, text]) => ({ value, text })), onToggle: (code) => put('feelings')(toggled(chosen, code)),
        })}
      </details>
      ${mayBeSeen().length ? html`<p class="note">${t('Only you see it. Once it is kept you can show this one page.')}</p>` : nothing}
    </form>
    ${one ? html`<button class="plain" type="button" @click=${() => close(id)}>${t('Leave it as it was')}</button>` : nothing}
    <div class="dock"><button class="primary" form="page" ?disabled=${isEmpty(values)}>${t('Keep it')}</button></div>`;
}

/** A feeling word alone is a page, too. @param {{text: string, feelings: string[]}} values */
const isEmpty = ({ text, feelings: codes }) => !text.trim() && !codes.length;

/** @param {string} id */
async function close(id) {
  await dropDraft(key(id));
  render();
}

/** @param {Event} event @param {string} id @param {Diary | undefined} one */
async function keep(event, id, one) {
  event.preventDefault();
  const given = { day: one?.day ?? localDay(Date.now()), text: one?.text ?? '', feelings: one?.feelings ?? [], ...draft(key(id)) };
  if (isEmpty(given)) return;
  const undo = one ? await putEntry(one, given) : (await addEntry(given, Date.now())).undo;
  await dropDraft(key(id));
  if (one) render();
  else go('/diary', { replace: true });
  toast(one ? t('Changed') : t('Kept. Only you see it.'), undo);
}

/** @param {Diary} one */
async function remove(one) {
  const undo = await takeEntryAway(one);
  go('/diary', { replace: true });
  toast(t('Taken away'), undo);
}
