/** A day of not doing: said with one tap, answered warmly, with a note for who likes (rule G2). */
import { html, nothing } from 'lit-html';
import { localDay } from '../days.js';
import { dayWords } from '../daywords.js';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { kindSentence } from '../kindness.js';
import { back, render, toast } from '../page.js';
import { field } from '../parts/field.js';
import { whoSees } from '../parts/others.js';
import { sharingChoice } from '../parts/sharing.js';
import { tree } from '../parts/tree.js';
import { noteRest, rest, restOn, unrest } from '../rests.js';
import { all } from '../rows.js';
import { mayBeSeen } from '../sharing.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Rest} Rest */

const PAGE = 30;
let shown = PAGE;

export const screen = {
  title: () => t('A day of not doing'),
  enter() {
    shown = PAGE;
  },
  view() {
    const day = localDay(Date.now());
    const rested = restOn(day);
    return html`
      ${rested ? resting(rested) : offered()}
      ${earlier(day)}
      ${rested ? nothing : html`<div class="dock"><button class="primary" type="button" @click=${keep}>${t('Today is a day of not doing')}</button></div>`}`;
  },
};

const offered = () => html`<div class="shelter">${tree}
    <h2>${t('Nothing has to be done today.')}</h2>
    <p class="note">${t('A day of not doing is a full entry. Nobody asks why, and reminders stay quiet today.')}</p>
  </div>`;

async function keep() {
  toast(t('Kept: a day of not doing.'), await rest(Date.now()));
}

/** @param {Rest} rested */
const warmly = (rested) => html`<section class="card warm">
    <p class="note">${t('Today is a day of not doing')}</p>
    <h2>${kindSentence('rest', rested.id)}</h2>
    <a class="plain" href="#/kind">${t('A minute of kindness')}</a>
  </section>`;

/** @param {Rest} rested */
function resting(rested) {
  const key = `rest/${rested.id}`;
  const note = String(draft(key) ?? rested.note);
  const save = async () => {
    await noteRest(rested, note.trim());
    await dropDraft(key);
    back();
  };
  return html`${warmly(rested)}
    ${field({
      label: t('A note, if you like'), name: 'note', long: true, max: 5000, value: note, note: !mayBeSeen().length ? t('Nobody else sees it unless you show it.') : undefined,
      onInput: (text) => { saveDraft(key, text); render(); },
    })}
    ${sharingChoice(rested)}
    <button class="plain" type="button" @click=${() => unrest(rested.day)}>${t('Take it back')}</button>
    <div class="dock"><button class="primary" type="button" @click=${save}>${t('Done')}</button></div>`;
}

/** Earlier days, without a count and without gaps to look at. @param {string} day */
function earlier(day) {
  const days = [.../** @type {Rest[]} */ (all('rest'))].filter((one) => one.day !== day).sort((a, b) => (a.day < b.day ? 1 : -1));
  if (!days.length) return nothing;
  return html`<section class="stack">
    <h2>${t('Earlier ones')}</h2>
    <ul class="list tight rests">${days.slice(0, shown).map((one) => html`<li><span>${dayWords(one.day)}</span>${one.note ? html`<span class="note">${one.note}</span>` : nothing}${whoSees(one)}</li>`)}</ul>
    ${days.length > shown ? html`<button class="quiet" type="button" @click=${() => { shown += PAGE; render(); }}>${t('Show more')}</button>` : nothing}
  </section>`;
}
