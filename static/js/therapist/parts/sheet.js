/**
 * The page on paper: one sheet of A4, whatever was written. Seen only in print; the screen's own parts stay off the paper.
 * What does not fit is shortened here, where it can be said, and not cut off by the printer.
 */
import { html, nothing } from 'lit-html';
import { dayWords, shortDay } from '../../daywords.js';
import { chart } from '../../parts/chart.js';
import { happenedIn } from '../../parts/outcome.js';
import { t, tn } from '../../words.js';
import { answerLines, guessWords, noteSource, numbersWords, outcomesWords, stuckWords, when } from '../told.js';

/** @typedef {import('../summary.js').Summary} Summary */

const MOST = { tried: 8, charts: 2, rested: 14, sticks: 3, helped: 8, notes: 6, pairs: 12, pages: 2, answers: 2 };
const LONG = { title: 60, words: 110, note: 150 };

/** @param {string} text @param {number} most */
const short = (text, most) => ([...text].length > most ? `${[...text].slice(0, most - 1).join('')}…` : text);

/**
 * @template Item
 * @param {readonly Item[]} list @param {number} most @param {(one: Item) => unknown} row
 */
const some = (list, most, row) => html`${list.slice(0, most).map(row)}${list.length > most ? html`<li>${tn('and {n} more in Ippo', 'and {n} more in Ippo', list.length - most)}</li>` : nothing}`;

/** @param {{name: string, period: string, told: Summary, question: string, printed: number}} page printed: milliseconds UTC */
export const sheet = ({ name, period, told, question, printed }) => html`<section class="sheet" aria-hidden="true">
  <header><h2>${short(name, LONG.title)}</h2><p>${period} · ${t('printed {day}', { day: shortDay(printed) })}</p></header>
  <div class="sheet-columns">
    ${tried(told)}${charts(told)}${surprise(told)}
    ${told.sticks.length ? html`<div><h3>${t('Where it sticks')}</h3><ul>${some(told.sticks, MOST.sticks, (one) => html`<li>${short(one.title, LONG.title)}: ${stuckWords(one)}</li>`)}</ul></div>` : nothing}
    ${told.rested.length ? html`<div><h3>${t('Rested')}</h3><ul class="sheet-row">${some(told.rested, MOST.rested, ({ day }) => html`<li>${dayWords(day)}</li>`)}</ul></div>` : nothing}
    ${told.helped.length ? html`<div><h3>${t('What helped')}</h3><ul class="sheet-row">${some(told.helped, MOST.helped, (one) => html`<li>${short(one, 40)}</li>`)}</ul></div>` : nothing}
    ${told.notes.length ? html`<div><h3>${t('In their own words')}</h3><ul>${some(told.notes, MOST.notes, (one) => html`<li>${t('“{text}”', { text: short(one.text, LONG.note) })} <small>${short(noteSource(one), LONG.title)}</small></li>`)}</ul></div>` : nothing}
    ${shownByItself(told.shown)}
  </div>
  <footer><h3>${t('One question to ask')}</h3><p>${short(question, 2 * LONG.words)}</p></footer>
</section>`;

/** @param {Summary['shown']} shown */
const shownByItself = ({ pages, answers }) => html`
  ${pages.length ? html`<div><h3>${t('From their diary')}</h3><ul>${some(pages, MOST.pages, (one) => html`<li>${t('“{text}”', { text: short(one.text, LONG.note) })} <small>${dayWords(one.day)}</small></li>`)}</ul></div>` : nothing}
  ${answers.length ? html`<div><h3>${t('Asked once a month')}</h3><ul>${some(answers, MOST.answers, (one) => html`<li>${short(answerLines(one).join(' · '), LONG.words)} <small>${dayWords(one.day)}</small></li>`)}</ul></div>` : nothing}`;

/** @param {Summary} told */
const tried = (told) => (told.tried.length ? html`<div><h3>${t('Tried')}</h3><ul>${some(told.tried, MOST.tried,
  (one) => html`<li>${short(one.title, LONG.title)}<br><small>${outcomesWords(one)} · ${t('last {when}', { when: when(one.attempts[0]) })}</small></li>`)}</ul></div>`
  : html`<div><h3>${t('Tried')}</h3><p>${t('Nothing was shared from this time.')}</p></div>`);

/** @param {Summary} told */
function charts(told) {
  const drawn = told.tried.map((one) => ({ one, pairs: one.attempts.filter(({ before, after }) => before !== null || after !== null).slice(0, MOST.pairs).reverse() }))
    .filter(({ pairs }) => pairs.length > 1).slice(0, MOST.charts);
  return drawn.map(({ one, pairs }) => html`<div class="sheet-chart"><h3>${short(one.title, LONG.title)}</h3>
    ${chart(pairs.map(({ before, after, peak, started }) => ({ before, after, peak, label: started ? shortDay(started) : '' })), `sheet-${one.step}`)}</div>`);
}

/** @param {Summary} told */
function surprise({ surprise: found }) {
  if (!found) return nothing;
  const { one } = found;
  return html`<div><h3>${t('Biggest surprise')}</h3><p>${short(one.title, LONG.title)}<br>
    ${found.by === 'guess' ? html`${t('Their guess')}: ${short(guessWords(one), LONG.words)}<br>${t('What happened')}: ${short(happenedIn(one), LONG.words)}` : numbersWords(one)}</p></div>`;
}
