/** The help card: who can be called, offline and without signing in (rules X1-X4). This app is not a crisis service, and says so. */
import { html, nothing } from 'lit-html';
import { ownZone } from '../device.js';
import { countryOf, dialled, ELSEWHERE, lines, linesFor } from '../lines.js';
import { render } from '../page.js';
import { changeSetting, me, setting, write } from '../rows.js';
import { language, t } from '../words.js';

/** @typedef {import('../lines.js').Line} Line */

const WISH = 'ippo-country';   // for who has not begun: the phone remembers, no account is needed

export const screen = {
  title: () => t('People who help'),
  view() {
    const known = lines();
    const country = here();
    return html`
      <p>${t('These are people who listen. You can call without giving your name.')}</p>
      ${countries(known, country)}
      ${people(linesFor(known, country), known)}
      ${whoLeads()}
      <p class="note">${t('This app is a tool to note things down. It is not a crisis service, and nobody watches what you write here.')}</p>`;
  },
};

function here() {
  return countryOf(setting().country || wished(), ownZone(), navigator.language);
}

function wished() {
  try { return localStorage.getItem(WISH) ?? ''; } catch { return ''; }
}

/** @param {Event} event */
async function choose(event) {
  const country = /** @type {HTMLSelectElement} */ (event.target).value;
  try { localStorage.setItem(WISH, country); } catch { /* a private window: this visit only */ }
  if (me()) await write(changeSetting({ country: country === ELSEWHERE ? '' : country }));
  render();
}

/** @param {import('../lines.js').Lines} known @param {string} country */
function countries(known, country) {
  const there = country in known.countries ? country : ELSEWHERE;
  return html`<label class="field"><span>${t('Where you are')}</span>
    <select autocomplete="off" name="country" @change=${choose}>${Object.entries(known.countries).map(([code, name]) => html`
      <option value=${code} ?selected=${code === there}>${name}</option>`)}</select></label>`;
}

/** What may be needed this minute stands small and first; then those who listen. @param {Line[]} list @param {import('../lines.js').Lines} known */
function people(list, known) {
  const urgent = list.filter((line) => line.kind === 'emergency');
  return html`
    ${urgent.length ? html`<section class="card urgent"><h2>${t('If somebody is in danger now')}</h2>
      <ul class="row">${urgent.map((line) => html`<li><a class="quiet line-number" href="tel:${dialled(line.number)}"><span>${line.number}</span> <span>${line.name}</span></a></li>`)}</ul>
    </section>` : nothing}
    <ul class="list">${list.filter((line) => line.kind !== 'emergency').map((line) => html`<li>${card(line, known)}</li>`)}</ul>`;
}

/** @param {Line} line @param {import('../lines.js').Lines} known */
function card(line, known) {
  const certainty = known.certainty[line.certainty];
  return html`<section class="card line">
    <h2>${line.name}</h2>
    ${line.number ? html`<a class="quiet line-number" href="${line.kind === 'text' ? 'sms' : 'tel'}:${dialled(line.number)}">${line.number}</a>` : nothing}
    ${line.url ? html`<a class="line-url" href=${line.url} rel="noreferrer">${line.url.replace(/^https:\/\/|\/$/g, '')}</a>` : nothing}
    <p>${withNumbers(line.hours)}</p>
    <p>${withNumbers(line.limits)}</p>
    <details class="line-source"><summary>${line.checked_on ? t('As of {date}', { date: dateWords(line.checked_on) }) : t('Date not known')}</summary>
      <p class="note">${certainty} ${line.source && t('Source: {source}', { source: line.source })}</p></details>
  </section>`;
}

/** Numbers inside a sentence can be called, too. @param {string} text */
const withNumbers = (text) => text.split(/(\+?\d[\d-]{5,}\d)/).map((part, i) => (i % 2
  ? html`<a class="number" href="tel:${dialled(part)}">${part}</a>` : part));

/** @param {string} day 2021-03-01 */
const dateWords = (day) => new Intl.DateTimeFormat(language(), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day));

/** Named plainly; it never closes any door of the app (rule X4). */
const whoLeads = () => html`<section class="card">
    <h2>${t('When somebody trained is the better company')}</h2>
    <p>${t('With any of these, please let a doctor or a counsellor lead. You may keep using this app beside it.')}</p>
    <ul class="plain-list">
      <li>${t('thoughts of dying or of hurting yourself')}</li>
      <li>${t('hearing or seeing what others do not, or a mood far too high')}</li>
      <li>${t('a very heavy low mood')}</li>
      <li>${t('alcohol or drugs that are hard to do without')}</li>
      <li>${t('violence at home, or something terrible that happened lately')}</li>
      <li>${t('a serious illness of heart or lungs')}</li>
    </ul>
  </section>`;
