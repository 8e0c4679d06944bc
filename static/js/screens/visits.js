/** Who looked, and when. The account writes it; nobody can change a line of it, not even the person. */
import { html, nothing } from 'lit-html';
import { localDay, place } from '../days.js';
import { dayWords } from '../daywords.js';
import { visits } from '../linking.js';
import { called } from '../names.js';
import { render } from '../page.js';
import { t } from '../words.js';

/** @typedef {import('../linking.js').Visit} Visit */

/** @type {Visit[] | null} */
let known = null;
/** @type {string | null} */
let before = null;
let trouble = '';
let looking = 0;

const EVERY = 4_000;     // ms: a look of somebody stands here while one watches, without a touch

export const screen = {
  title: () => t('Who looked, and when'),
  up: () => '/consents',
  enter() {
    known = null;
    before = null;
    trouble = '';
    void look();
    looking = window.setInterval(lookAgain, EVERY);
  },
  leave: () => clearInterval(looking),
  view: () => html`
    <p class="note">${t('Each look of a person who reads with you stands here. Nobody can change or delete it.')}</p>
    ${trouble ? html`<section class="card"><p>${trouble}</p><button class="quiet" type="button" @click=${look}>${t('Try again')}</button></section>` : nothing}
    ${known ? list(known) : trouble ? nothing : html`<p class="note">${t('One moment…')}</p>`}
    ${known && before ? html`<button class="quiet" type="button" @click=${look}>${t('Show earlier ones')}</button>` : nothing}`,
};

async function look() {
  const said = await visits(before);
  trouble = said.ok ? '' : said.detail;
  if (said.ok) {
    known = [...(before ? known ?? [] : []), ...said.body.visits];
    before = said.body.before;
  }
  render();
}

/** Only the first page, and only while somebody sees it; what was unfolded below it stays. */
async function lookAgain() {
  if (document.visibilityState !== 'visible' || !known) return;
  const said = await visits();
  if (!said.ok || !known) return;
  const fresh = /** @type {Visit[]} */ (said.body.visits);
  const last = fresh.at(-1)?.at ?? 0;
  const below = known.filter((one) => one.at < last);
  if (!below.length) before = said.body.before;
  known = [...fresh, ...below];
  render();
}

/** @param {Visit[]} all */
function list(all) {
  if (!all.length) return html`<p class="empty">${t('Nobody has looked at anything.')}</p>`;
  const days = [...new Set(all.map((one) => localDay(one.at)))];
  return days.map((day) => html`<section class="stack"><h2>${dayWords(day)}</h2>
    <ul class="list tight visits">${all.filter((one) => localDay(one.at) === day).map(line)}</ul></section>`);
}

/** @param {Visit} one */
const line = (one) => html`<li><span><strong dir="auto">${called(one.name)}</strong> ${what(one)}</span><span class="note">${span(one)}</span></li>`;

/** @param {Visit} one */
function what({ what: thing, title }) {
  const named = title ?? '';
  return {
    list: t('opened the list you are in'), overview: t('saw the overview'), entries: t('read attempts and days of not doing'), messages: t('read the messages'),
    ladder: named ? t('read the ladder “{title}”', { title: named }) : t('read a ladder'),
    history: named ? t('read the history of “{title}”', { title: named }) : t('read a history'),
  }[thing] ?? t('looked at something');
}

/** @param {Visit} one */
function span({ at, until }) {
  const clock = new Intl.DateTimeFormat(place(), { hour: 'numeric', minute: '2-digit' });
  return until - at < 60_000 ? clock.format(at) : clock.formatRange(at, until);
}
