/** The two own questions over time: ease and direction, month by month; our own, not validated, and said so (rule M3). */
import { html, nothing } from 'lit-html';
import { dayWords } from '../daywords.js';
import { lineChart } from '../parts/linechart.js';
import { all } from '../rows.js';
import { months } from '../seeing.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Checkin} Checkin */

export const screen = {
  title: () => t('My days, month by month'),
  up: () => '/seeing',
  view() {
    const told = months(/** @type {Checkin[]} */ (all('checkin')));
    const ease = t('How light were the days lately?'), own = t('How far did you decide about your days yourself?');
    return html`
      <p class="note">${t('Our own two questions. They are not a validated test, and no number is better than another.')}</p>
      ${told.length ? html`
        <section class="stack"><h2>${ease}</h2>${lineChart(ease, told.map((one) => ({ day: one.day, value: one.ease })))}</section>
        <section class="stack"><h2>${own}</h2>${lineChart(own, told.map((one) => ({ day: one.day, value: one.direction })))}</section>
        <ul class="list tight">${[...told].reverse().map(entry)}</ul>` : html`<p class="empty">${t('Nothing is asked here. If you answer the two questions of a month, they come to stand here.')}</p>`}
      <a class="plain" href="#/checkin">${t('Once a month')}</a>`;
  },
};

/** @param {Checkin} one */
const entry = (one) => html`<li class="rests-entry"><span>${dayWords(one.day)}</span>
  <span class="note">${[[t('light'), one.ease], [t('my own say'), one.direction]].filter(([, n]) => n !== null).map(([label, n]) => `${label} ${n}`).join(t(', '))}</span>
  ${one.note ? html`<span>${one.note}</span>` : nothing}</li>`;
