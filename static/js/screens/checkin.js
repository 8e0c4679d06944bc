/**
 * Once a month, and skippable: has this app made anything harder (rule X8)? And two questions of our own about the days, marked
 * so (M3). The answer stays with the person; each can be shown by hand, and taken away again.
 */
import { html, nothing } from 'lit-html';
import { checkIn, checkins, skip, takeCheckinAway } from '../checkins.js';
import { dayWords } from '../daywords.js';
import { draft, dropDraft } from '../drafts.js';
import { back, go, toast } from '../page.js';
import { choices } from '../parts/choices.js';
import { field, halfTyped } from '../parts/field.js';
import { rating } from '../parts/rating.js';
import { sharingChoice, sharingNote } from '../parts/sharing.js';
import { sky } from '../parts/sky.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Checkin} Checkin */
/** @typedef {import('../checkins.js').About} About */
/** @typedef {import('../router.js').Params} Params */

/** @param {About} about */
const key = (about) => `checkin/${about}`;

/** The question of an address; that about the days where it names none. @param {Params} params @returns {About} */
const aboutOf = ({ about }) => (about === 'harder' ? 'harder' : 'days');

export const screen = {
  /** @param {Params} params */
  title: (params) => (params.about ? t('Once a month') : t('How the days are')),
  /** @param {Params} params */
  up: (params) => (params.about ? '/checkin' : '/settings'),
  /** @param {Params} params */
  view: (params) => (params.about ? asking(aboutOf(params)) : overview()),
};

/** @param {About} about */
function asking(about) {
  const { values, put } = halfTyped(key(about), { harder: /** @type {Checkin['harder']} */ (null), ease: /** @type {number | null} */ (null), direction: /** @type {number | null} */ (null), note: '' });
  const keep = async () => {
    const undo = await checkIn(about, values, Date.now());
    await leave(about);
    toast(t('Kept. Only you see it.'), undo);
  };
  const pass = async () => {
    const undo = await skip(about, Date.now());
    await leave(about);
    toast(t('Left out. That is fine.'), undo);
  };
  const told = about === 'harder' ? values.harder !== null : values.ease !== null || values.direction !== null;
  return html`
    ${about === 'harder' ? harder(values.harder, put('harder')) : days(values, put)}
    ${about === 'days' || (values.harder && values.harder !== 'no') ? field({
      label: about === 'harder' ? t('What was it? Only if you like.') : t('A word about it, if you like'), name: 'note', long: true, max: 5000, value: values.note, onInput: put('note'),
    }) : nothing}
    <div class="dock row even-pair">
      <button class="choice" type="button" @click=${pass}>${t('Not this time')}</button>
      <button class="choice" type="button" ?disabled=${!told && !values.note.trim()} @click=${keep}>${t('Keep it')}</button>
    </div>`;
}

/** @param {About} about */
async function leave(about) {
  if (draft(key(about))) await dropDraft(key(about));
  back('/checkin');
}

/** @param {Checkin['harder']} value @param {(value: Checkin['harder']) => void} put */
const harder = (value, put) => html`
  <div class="asked"><h2>${t('Has this app made anything harder?')}</h2>
    <p class="note">${t('Any answer is fine. It changes nothing by itself, and only you see it.')}</p></div>
  ${choices({
    label: t('Has this app made anything harder?'), hideLabel: true, name: 'harder', value, fit: 'three', onChoose: (answer) => put(/** @type {Checkin['harder']} */ (answer)),
    options: Object.entries(harderWords()).map(([answer, text]) => ({ value: answer, text })),
  })}
  ${value && value !== 'no' ? html`<section class="card warm">
    <p>${t('Thank you for noticing. You can make it lighter.')}</p>
    <a class="choice even" href="#/toomuch">${t('See what there is')}</a>
  </section>` : nothing}`;

/** @returns {Record<string, string>} */
const harderWords = () => ({ no: t('No'), a_little: t('A little'), yes: t('Yes') });

/**
 * The sun stands as high as the ease, the path is as wide as one's own say: a picture, not a mark.
 * @param {{ease: number | null, direction: number | null}} values
 * @param {(name: 'ease' | 'direction') => (value: number | null) => void} put
 */
const days = ({ ease, direction }, put) => html`
  ${sky(ease, direction)}
  <p class="note centred">${t('Our own two questions. They are not a validated test, and no number is better than another.')}</p>
  <section class="card">${rating({ id: 'ease', label: t('How light were the days lately?'), value: ease, words: easeWords, onInput: put('ease') })}</section>
  <section class="card">${rating({ id: 'direction', label: t('How far did you decide about your days yourself?'), value: direction, words: directionWords, onInput: put('direction') })}</section>`;

/** @param {number} value @returns {string} */
export function easeWords(value) {
  if (value <= 12) return t('very heavy');
  if (value <= 37) return t('rather heavy');
  if (value <= 62) return t('in between');
  return value <= 87 ? t('rather light') : t('light');
}

/** @param {number} value @returns {string} */
export function directionWords(value) {
  if (value <= 12) return t('hardly at all');
  if (value <= 37) return t('a little of it');
  if (value <= 62) return t('about half of it');
  return value <= 87 ? t('most of it') : t('nearly all of it');
}

function overview() {
  const list = checkins();
  return html`
    ${sky(null, null)}
    <p class="note centred">${t('Asked once a month, and whenever you like.')}</p>
    <ul class="list tight">
      <li><a href="#/checkin/days">${t('Two short questions about the days')}</a></li>
      <li><a href="#/checkin/harder">${t('Has this app made anything harder?')}</a></li>
    </ul>
    ${list.length ? html`<section class="stack"><h2>${t('Earlier answers')}</h2>
      <ul class="list answers-before">${list.map((one) => html`<li class="card">${answer(one)}</li>`)}</ul></section>` : nothing}`;
}

/** @param {Checkin} one */
const answer = (one) => html`
  <p class="note">${dayWords(one.day)}</p>
  ${one.about === 'harder' ? html`<p>${t('Has this app made anything harder?')}</p><p class="badge">${harderWords()[one.harder ?? ''] ?? t('no answer')}</p>`
    : html`<dl class="numbers">${[[t('light'), one.ease], [t('my own say'), one.direction]].map(([label, n]) => html`<div><dt>${label}</dt><dd>${n ?? '–'}</dd></div>`)}</dl>`}
  ${one.note ? html`<p>${one.note}</p>` : nothing}
  <details class="who"><summary>${t('Change')} ${sharingNote(one)}</summary>
    ${sharingChoice(one, { id: `sharing-${one.id}` })}
    <button class="plain" type="button" @click=${() => away(one)}>${t('Take this entry away')}</button></details>`;

/** @param {Checkin} one */
async function away(one) {
  const undo = await takeCheckinAway(one);
  toast(t('Taken away'), undo);
  go('/checkin', { replace: true });
}
