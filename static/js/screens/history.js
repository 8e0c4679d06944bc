/** The history of a step: every time it was tried, as pairs and in words. Without limit, a page at a time (rule L5). */
import { html, nothing } from 'lit-html';
import { attemptsOf, hasRise } from '../attempts.js';
import { PAGE } from '../tries.js';
import { momentWords } from '../days.js';
import { shortDay } from '../daywords.js';
import { render } from '../page.js';
import { chart } from '../parts/chart.js';
import { guessChart } from '../parts/guesschart.js';
import { happenedIn, outcomeWords } from '../parts/outcome.js';
import { sharingNote } from '../parts/sharing.js';
import { tooMuch } from '../parts/toomuch.js';
import { get } from '../rows.js';
import { guesses } from '../seeing.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../router.js').Params} Params */

let shown = PAGE;

export const screen = {
  title: () => t('All times of this step'),
  /** @param {Params} params */
  up: (params) => `/step/${params.id}`,
  enter() {
    shown = PAGE;
  },
  /** @param {Params} params */
  view({ id }) {
    const list = attemptsOf(id);
    const title = get(id)?.title ?? list[0]?.title ?? '';
    return html`
      <div class="step-head"><h2>${title}</h2></div>
      ${list.length ? told(list, get(id)?.predicted ?? null) : html`<p class="empty">${t('Nothing yet. It begins whenever you like.')}</p>`}
      <div class="dock"><a class="primary" href="#/try/${id}">${list.length ? t('Try it again') : t('Try it')}</a>${tooMuch(id)}</div>`;
  },
};

/** @param {Attempt[]} list newest first @param {number | null} guess the person's own for this step */
function told(list, guess) {
  const page = list.slice(0, shown);
  const rated = page.filter((one) => one.before !== null || one.after !== null).slice(0, PAGE).reverse();
  const guessed = guesses(page);
  return html`
    ${rated.length ? chart(rated.map((one) => ({ before: one.before, after: one.after, peak: one.peak, label: one.started ? shortDay(one.started) : '' })), 'chart', guess) : nothing}
    ${hasRise(rated) ? html`<p class="card soft">${t('Some numbers are higher than the ones before. In another place, at another time or on another day that is expected. It tells about that day.')}</p>` : nothing}
    ${guessed.length > 1 ? guessChart(guessed) : nothing}
    <ol class="list history" reversed>${page.map(entry)}</ol>
    ${list.length > shown ? html`<button class="quiet" type="button" @click=${() => { shown += PAGE; render(); }}>${t('Show more')}</button>` : nothing}`;
}

/** One time, readable without the picture. @param {Attempt} one */
function entry(one) {
  const numbers = [[t('before'), one.before], [t('at its highest'), one.peak], [t('after'), one.after]]
    .filter(([, n]) => n !== null && n !== undefined).map(([label, n]) => `${label} ${n}`).join(t(', '));
  const words = one.found_out.trim();
  const happened = happenedIn(one);
  const paired = one.guess && !happened;     // what was written stands beside the guess, once
  return html`<li><a class="card history-entry" href="#/attempt/${one.id}">
    <span class="note">${one.started ? momentWords(one.started) : ''}</span>
    ${words && !paired ? html`<strong>${words}</strong>` : nothing}
    <span class="row"><span class="badge">${outcomeWords()[one.outcome ?? 'did']}</span><span class="note">${numbers}</span></span>
    ${one.guess ? html`<span class="pair history-pair"><span><span class="note">${t('Your guess')}</span>${one.guess}</span>
      <span><span class="note">${t('What happened')}</span>${happened || words || t('not written down')}</span></span>` : nothing}
    ${sharingNote(one)}
  </a></li>`;
}
