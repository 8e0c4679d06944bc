/** Settings: few, plain, and every one of them works without a network. */
import { html, nothing } from 'lit-html';
import { called as said, reading } from '../consents.js';
import { ownZone } from '../device.js';
import { dropDraft } from '../drafts.js';
import { tellLanguage } from '../here.js';
import { chooseLanguage, LANGUAGES } from '../language.js';
import { countryOf, ELSEWHERE, lines, openLines } from '../lines.js';
import { render, toast } from '../page.js';
import { field, halfTyped } from '../parts/field.js';
import { askToSignOut, signOut } from '../parts/signout.js';
import { changeSetting, me, setting, write } from '../rows.js';
import { status } from '../status.js';
import { language, t, tn } from '../words.js';

const DRAFT = 'settings/nickname';

export const screen = {
  title: () => t('More'),
  enter() {
    openLines().then(render, () => undefined);
  },
  leave: () => askToSignOut(false),
  view: () => html`
    ${held()}
    ${tongue()}
    ${together()}
    <ul class="list tight">
      ${link('/reminders', t('Reminders'))}
      ${link('/anchors', t('My marks on the scale'))}
      ${link('/install', t('Put Ippo on the home screen'))}
    </ul>
    ${during()}
    ${where()}
    ${called()}
    <ul class="list tight">
      ${link('/account', me()?.guest ?? true ? t('Keep this on another phone, too') : t('My account and my data'))}
      ${link('/devices', t('Signed-in devices'))}
      ${link('/waiting', status().waiting ? tn('{n} thing is waiting to be sent', '{n} things are waiting to be sent', status().waiting) : t('What is waiting'))}
      ${link('/help', t('People who help'))}
      <li><a href="/privacy">${t('What we keep, and what we do not')}</a></li>
      <li><a href="/">${t('About Ippo')}</a></li>
    </ul>
    ${signOut()}`,
};

/** Who reads along, and the words between: also to be found with no network. */
const together = () => html`<ul class="list tight">
  ${link('/consents', t('Who reads with me'))}
  ${reading().filter((one) => one.messages).map((one) => link(`/messages/${one.id}`, t('Messages with {name}', { name: said(one.name) })))}</ul>`;

/** @param {string} path @param {string} label */
const link = (path, label) => html`<li><a href="#${path}">${label}</a></li>`;

/** What the account did not take wants to be seen; everything else is quiet. */
const held = () => (status().refused.length ? html`<a class="card warm" href="#/waiting">${tn('{n} thing was not taken. It is kept here.', '{n} things were not taken. They are kept here.', status().refused.length)}</a>` : nothing);

const tongue = () => html`<fieldset class="field"><legend>${t('Language')}</legend><div class="row">${LANGUAGES.map(([code, name]) => html`
  <button class="choice" type="button" lang=${code} aria-pressed=${code === language()} @click=${() => speak(code)}>${name}</button>`)}</div></fieldset>`;

/** @param {string} code */
async function speak(code) {
  await chooseLanguage(code);
  render();
  void tellLanguage(code);
}

const during = () => html`<label class="check"><input type="checkbox" .checked=${setting().during_ratings} @change=${(/** @type {Event} */ event) => set({ during_ratings: /** @type {HTMLInputElement} */ (event.target).checked })}>
  <span>${t('Offer ratings during a step, too')}</span></label>`;

function where() {
  const known = lines();
  if (!known) return nothing;
  const country = countryOf(setting().country, ownZone(), navigator.language);
  return html`<label class="field"><span>${t('Country, for the lines that help')}</span>
    <select @change=${(/** @type {Event} */ event) => set({ country: chosen(event) })}>${Object.entries(known.countries).map(([code, name]) => html`
      <option value=${code} ?selected=${code === (country in known.countries ? country : ELSEWHERE)}>${name[language()] ?? name.en}</option>`)}</select></label>`;
}

/** @param {Event} event */
function chosen(event) {
  const { value } = /** @type {HTMLSelectElement} */ (event.target);
  return value === ELSEWHERE ? '' : value;
}

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

/** @param {Record<string, unknown>} fields */
const set = async (fields) => toast(t('Kept.'), await write(changeSetting(fields)));
