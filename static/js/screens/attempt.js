/** What came of a step: first what was found out (rule S3), the guess beside what happened (S2), the ratings as a quiet pair. */
import { html, nothing } from 'lit-html';
import { attempt, hasRise, isKept } from '../attempts.js';
import { momentWords } from '../days.js';
import { draft, saveDraft } from '../drafts.js';
import { bookmark, higherNote, lookingBack, readyCard, resultExtras, resultForm, sharingChoice, visitCard } from '../hung.js';
import { render } from '../page.js';
import { kindly } from '../parts/kindly.js';
import { happenedIn, outcomeWords } from '../parts/outcome.js';
import { likelyWords } from '../parts/rating.js';
import { tooMuch } from '../parts/toomuch.js';
import { get } from '../rows.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../router.js').Params} Params */

/** @param {string} id */
export const key = (id) => `attempt/${id}`;

/** @param {Params} params */
const found = ({ id }) => {
  const one = attempt(id);
  return one?.kind === 'attempt' && !one.archived ? one : undefined;
};

export const screen = {
  /** @param {Params} params */
  title: (params) => (draft(key(params.id)) ? t('Put something right') : t('What came of it')),
  /** @param {Params} params */
  up: (params) => (found(params) ? `/step/${found(params)?.step}/history` : '/'),
  /** @param {Params} params */
  view(params) {
    const one = found(params);
    if (!one) return html`<p>${t('This entry is not here any more.')}</p><div class="dock"><a class="primary" href="#/">${t('Go to today')}</a></div>`;
    if (!isKept(one)) return html`<p>${t('This one is still open.')}</p><div class="dock"><a class="primary" href="#/try/${one.step}">${t('Go on with it')}</a></div>`;
    return draft(key(one.id)) ? resultForm(one) : result(one);
  },
};

/** @param {Attempt} one */
function result(one) {
  const step = get(one.step);
  return html`
    ${kindly(one)}
    ${foundOut(one)}
    ${one.guess ? beside(one) : nothing}
    ${bookmark(one)}
    ${numbers(one)}
    ${resultExtras(one)}
    ${lookingBack(one)}
    ${sharingChoice(one)}
    ${readyCard(one)}
    ${visitCard(one)}
    <div class="row">
      <button class="plain" type="button" @click=${() => open(one)}>${t('Add or change something')}</button>
      <a class="plain" href="#/step/${one.step}/history">${t('All times of this step')}</a>
      ${step && !step.archived ? html`<a class="plain" href="#/step/${one.step}/smaller">${t('Make it smaller')}</a><a class="plain" href="#/step/${one.step}/another">${t('Another way')}</a>` : nothing}
      ${tooMuch(one.step)}
    </div>
    <div class="dock">
      <a class="primary" href="#/">${t('That is enough for now')}</a>
      <div class="row next">
        <a class="choice" href="#/try/${one.step}">${t('Once more')}</a>
        ${step && !step.archived ? html`<a class="choice" href="#/ladder/${step.ladder}">${t('Another step')}</a>` : nothing}
      </div>
    </div>`;
}

/** The headline is what was found out; without words, that it was tried. @param {Attempt} one */
function foundOut(one) {
  const words = one.found_out.trim();
  const outcome = outcomeWords()[one.outcome ?? 'did'];
  return html`<section class="card soft">
    <p class="note">${words ? t('What was found out') : t('Tried')}</p>
    <h2 class="found">${words || one.title}</h2>
    ${words ? html`<p>${one.title}</p>` : nothing}
    <p class="row"><span class="badge">${outcome}</span><span class="note">${one.started ? momentWords(one.started) : ''}</span></p>
  </section>`;
}

/** @param {Attempt} one */
function beside(one) {
  return html`<section class="beside" aria-label=${t('Guess and what happened')}>
    <div class="card"><h3 class="note">${t('Your guess')}</h3><p>${one.guess}</p>
      ${one.likelihood !== null ? html`<p class="note">${t('{words} ({n})', { words: likelyWords(one.likelihood), n: one.likelihood })}</p>` : nothing}</div>
    <div class="card"><h3 class="note">${t('What happened')}</h3><p>${happenedIn(one) || one.found_out.trim() || t('not written down')}</p></div>
  </section>`;
}

/** Never with an arrow and never as the success (rules S3, U4). @param {Attempt} one */
function numbers(one) {
  const told = [[t('before'), one.before], [t('at its highest'), one.peak], [t('after'), one.after]].filter(([, n]) => n !== null && n !== undefined);
  if (!told.length) return nothing;
  return html`<section class="stack">
    <dl class="numbers">${told.map(([label, n]) => html`<div><dt>${label}</dt><dd>${n}</dd></div>`)}</dl>
    ${hasRise([one]) ? html`<p class="note">${t('A number may be higher afterwards. That is expected: the body takes its time.')}</p>` : higherNote(one)}
  </section>`;
}

/** @param {Attempt} one */
function open({ id, outcome, guess, likelihood, before, after, peak, happened, found_out, feelings, aids, where, first_time }) {
  saveDraft(key(id), { outcome, guess, likelihood, before, after, peak, happened, found_out, feelings, aids, where, first_time });
  window.scrollTo(0, 0);
  render();
}
