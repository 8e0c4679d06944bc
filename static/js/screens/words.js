/** Words: the language, readings over the kanji, what Ippo calls the person, and what a few things are called. */
import { html, nothing } from 'lit-html';
import { draft, dropDraft } from '../drafts.js';
import { tellLanguage } from '../knowing.js';
import { chooseLanguage, LANGUAGES } from '../language.js';
import { render, toast } from '../page.js';
import { choices } from '../parts/choices.js';
import { field, halfTyped } from '../parts/field.js';
import { changeSetting, setting, write } from '../rows.js';
import { follow } from '../speaking.js';
import { OFFERED } from '../wording.js';
import { language, t } from '../words.js';

/** @typedef {'helper' | 'step' | 'scale'} Term */

const DRAFT = 'settings/nickname';
const OWN = 'own';
const LONGEST = 24;     // letters in a word of one's own
/** Which of the words somebody is about to write for themselves. @type {Set<Term>} */
let writing = new Set();

export const screen = {
  title: () => t('Words and names'),
  up: () => '/settings',
  enter: () => { writing = new Set(); },
  view: () => html`
    ${tongue()}
    ${language() === 'ja' ? furigana() : nothing}
    ${called()}
    <section class="stack wide">
      <div class="stack tight">
        <h2>${t('What things are called here')}</h2>
        <p class="note">${t('Some words sit better than others. These three you can choose.')}</p>
      </div>
      ${sample()}
      ${term('helper', t('Somebody who thinks along with you'))}
      ${term('step', t('One small thing to try'))}
      ${term('scale', t('The number from 0 to 100'))}
    </section>`,
};

const tongue = () => html`<div class="two" role="group" aria-label=${t('Language')}>${LANGUAGES.map(([code, name]) => html`
  <button class="choice tall" type="button" lang=${code} aria-pressed=${code === language()} @click=${() => speak(code)}>${name}</button>`)}</div>`;

/** @param {string} code */
async function speak(code) {
  if (!(await chooseLanguage(code))) return toast(t('It could not be fetched just now. Everything you write and try works without it.'));
  await follow();
  render();
  void tellLanguage(code);
}

function furigana() {
  const on = setting().reading === 'furigana';
  return html`<button class="card switch-card" type="button" role="switch" aria-checked=${String(on)} @click=${() => set({ reading: on ? '' : 'furigana' })}>
    <span class="switch-words"><strong>${t('Readings over the kanji')}</strong><span class="note">${t('Small letters say how a word is read.')}</span></span>
    <span class="switch" aria-hidden="true"><span></span></span></button>`;
}

// ---- what Ippo calls the person

function called() {
  const { values, put, touched } = halfTyped(DRAFT, { nickname: setting().nickname });
  return html`<form class="stack" @submit=${rename}>
    ${field({ label: t('What may we call you?'), note: t('A nickname, or nothing at all.'), name: 'nickname', value: values.nickname, onInput: put('nickname'), max: 40 })}
    ${touched ? html`<button class="quiet">${t('Keep it')}</button>` : nothing}</form>`;
}

/** @param {SubmitEvent} event */
async function rename(event) {
  event.preventDefault();
  const nickname = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('nickname') ?? '').trim();
  toast(t('Kept.'), await write(changeSetting({ nickname })));
  await dropDraft(DRAFT);
  render();
}

// ---- what things are called

/** How it sounds, at once. */
const sample = () => html`<p class="card soft sample" aria-live="polite">${t('You can tell your therapist about a step, and give it a rating.')}</p>`;

const offered = () => OFFERED[language() === 'ja' ? 'ja' : 'en'];

/** @param {Term} name */
const shelf = (name) => `settings/term_${name}`;

/** @param {Term} name @param {string} label */
function term(name, label) {
  const [house, ...others] = offered()[name];
  const now = setting()[`term_${name}`] ?? '';
  const own = writing.has(name) || draft(shelf(name)) !== undefined || (now && !others.includes(now));
  const options = [{ value: '', text: house }, ...others.map((word) => ({ value: word, text: word })), { value: OWN, text: t('My own word') }];
  return html`<div class="stack">
    ${choices({ label, name: `term-${name}`, options, value: own ? OWN : now, onChoose: (value) => pick(name, value), fit: 'narrow' })}
    ${own ? ownWord(name, now) : nothing}
  </div>`;
}

/** @param {Term} name @param {string} value */
async function pick(name, value) {
  writing.delete(name);
  if (value === OWN) {
    writing.add(name);
    render();
    return;
  }
  await dropDraft(shelf(name));
  await set({ [`term_${name}`]: value });
}

/** @param {Term} name @param {string} now */
function ownWord(name, now) {
  const { values, put, touched } = halfTyped(shelf(name), { word: now });
  /** Leaving the field keeps the word, as touching one does; the button comes to the same. */
  const keep = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const word = draft(shelf(name))?.word;
    if (word === undefined) return;
    await dropDraft(shelf(name));
    writing.delete(name);
    await set({ [`term_${name}`]: word.trim() });
  };
  return html`<form class="row" @submit=${keep} @change=${keep}>
    <div class="grow">${field({ label: t('My own word'), name: `own-${name}`, value: values.word, onInput: put('word'), max: LONGEST })}</div>
    ${touched ? html`<button class="quiet">${t('Keep it')}</button>` : nothing}</form>`;
}

/** @param {Record<string, unknown>} fields */
async function set(fields) {
  const undo = await write(changeSetting(fields));
  await follow();
  toast(t('Kept.'), undo);
}
