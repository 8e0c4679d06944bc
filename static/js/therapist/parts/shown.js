/** What a person shows by itself, on their page: short, and what is long lies folded under it. */
import { html, nothing } from 'lit-html';
import { dayWords } from '../../daywords.js';
import { feelingWords } from '../../feelings.js';
import { t, tn } from '../../words.js';
import { answerLines, planLines } from '../told.js';

/** @typedef {import('../../kinds.js').Diary} Diary */
/** @typedef {import('../../kinds.js').Checkin} Checkin */
/** @typedef {import('../shown.js').Shown} Shown */

const PAGES = 3;            // in sight; more are unfolded
const ANSWERS = 4;

/** @param {Shown} shown @param {{id: string}} one */
const mark = ({ fresh }, { id }) => (fresh.has(id) ? html`<span class="badge">${t('new')}</span>` : nothing);

/** @param {Shown} shown */
export const shownPart = (shown) => html`${diary(shown)}<div class="two-up">${months(shown)}${plan(shown)}</div>`;

/**
 * @template Item
 * @param {Item[]} list @param {number} most @param {(one: Item) => unknown} row
 */
const folded = (list, most, row) => html`<ul class="plain-list">${list.slice(0, most).map(row)}</ul>
  ${list.length > most ? html`<details><summary>${tn('{n} more', '{n} more', list.length - most)}</summary><ul class="plain-list">${list.slice(most).map(row)}</ul></details>` : nothing}`;

/** @param {Shown} shown */
const diary = (shown) => (shown.pages.length ? html`<section class="card" aria-labelledby="diary">
  <h2 id="diary">${t('From their diary')}</h2>
  ${folded(shown.pages, PAGES, (one) => page(one, shown))}
  <p class="note">${t('Each of these was shown by itself.')}</p></section>` : nothing);

/** @param {Diary} one @param {Shown} shown */
function page(one, shown) {
  const feelings = feelingWords(one.feelings);
  return html`<li>${one.text.trim() ? html`<blockquote class="quoted" dir="auto">${one.text}</blockquote>` : nothing}
    ${feelings.length ? html`<p>${feelings.join(t(', '))}</p>` : nothing}
    <p class="note">${dayWords(one.day)} ${mark(shown, one)}</p></li>`;
}

/** @param {Shown} shown */
const months = (shown) => (shown.answers.length ? html`<section class="card" aria-labelledby="months">
  <h2 id="months">${t('Asked once a month')}</h2>
  ${folded(shown.answers, ANSWERS, (one) => answer(one, shown))}
  <p class="note">${t('Our own questions, not validated. They say nothing about illness.')}</p></section>` : nothing);

/** @param {Checkin} one @param {Shown} shown */
const answer = (one, shown) => html`<li>${answerLines(one).map((line) => html`<span dir="auto">${line}</span><br>`)}
  <span class="note">${dayWords(one.day)} ${mark(shown, one)}</span></li>`;

/** @param {Shown} shown */
const plan = (shown) => (shown.plan ? html`<section class="card" aria-labelledby="plan">
  <h2 id="plan">${t('Their plan for hard weeks')} ${mark(shown, shown.plan)}</h2>
  <dl class="plan-told">${planLines(shown.plan).map(([label, text]) => html`<dt class="note">${label}</dt><dd class="quoted" dir="auto">${text}</dd>`)}</dl></section>` : nothing);
