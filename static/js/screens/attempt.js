/** What came of a step: first what was found out (rule S3), the guess beside what happened (S2), the ratings as a quiet pair. */
import { html, nothing } from 'lit-html';
import { attempt, attemptsOf, hasRise, isKept, put, takeAway } from '../attempts.js';
import { momentWords } from '../days.js';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { feelingWords } from '../feelings.js';
import { bookmark, readyCard, sharingChoice, visitCard } from '../hung.js';
import { go, render, toast } from '../page.js';
import { field } from '../parts/field.js';
import { higherNote } from '../parts/higher.js';
import { kindly, lookingBack } from '../parts/kindly.js';
import { happenedWords, outcomeForm, outcomeWords, readyToKeep } from '../parts/outcome.js';
import { anchorsOf, likelyWords, rating } from '../parts/rating.js';
import { tooMuch } from '../parts/toomuch.js';
import { get, setting } from '../rows.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../router.js').Params} Params */
/** @typedef {import('../parts/outcome.js').Told & {guess?: string, before?: number | null, likelihood?: number | null}} Corrected */

/** @param {string} id */
const key = (id) => `attempt/${id}`;

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
    return draft(key(one.id)) ? editing(one) : result(one);
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
    ${extras(one)}
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
  const happened = happenedWords()[one.happened] ?? one.happened;
  return html`<section class="beside" aria-label=${t('Guess and what happened')}>
    <div class="card"><h3 class="note">${t('Your guess')}</h3><p>${one.guess}</p>
      ${one.likelihood !== null ? html`<p class="note">${t('{words} ({n})', { words: likelyWords(one.likelihood), n: one.likelihood })}</p>` : nothing}</div>
    <div class="card"><h3 class="note">${t('What happened')}</h3><p>${happened || t('not written down')}</p></div>
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
function extras(one) {
  const feelings = feelingWords(one.feelings);
  if (!feelings.length && !one.aids && !one.where) return nothing;
  return html`<section class="stack">
    ${feelings.length ? html`<div class="row feelings" role="group" aria-label=${t('Words for how it felt')}>${feelings.map((word) => html`<span class="badge">${word}</span>`)}</div>` : nothing}
    ${one.where ? html`<p><span class="note">${t('Where it was')}</span><br>${one.where}</p>` : nothing}
    ${one.aids ? html`<p><span class="note">${t('What helped')}</span><br>${one.aids}</p>` : nothing}
  </section>`;
}

/** @param {Attempt} one */
function open({ id, outcome, guess, likelihood, before, after, peak, happened, found_out, feelings, aids, where, first_time }) {
  saveDraft(key(id), { outcome, guess, likelihood, before, after, peak, happened, found_out, feelings, aids, where, first_time });
  window.scrollTo(0, 0);
  render();
}

/** @param {Attempt} one */
function editing(one) {
  const told = /** @type {Corrected} */ (draft(key(one.id)));
  /** @param {Corrected} news */
  const tell = (news) => {
    saveDraft(key(one.id), { ...draft(key(one.id)), ...news });
    render();
  };
  const anchors = anchorsOf(setting());
  return html`
    <div class="step-head"><h2>${one.title}</h2></div>
    <section class="card">
      ${rating({ id: 'before', label: t('How was it before?'), compact: true, value: told.before, onInput: (before) => tell({ before }) })}
      ${field({ label: t('What did you think might happen?'), name: 'guess', long: true, max: 1000, value: told.guess ?? '', onInput: (guess) => tell({ guess }) })}
      ${told.guess?.trim() ? rating({
        id: 'likelihood', label: t('How likely did it seem?'), compact: true, value: told.likelihood,
        words: likelyWords, onInput: (likelihood) => tell({ likelihood }),
      }) : nothing}
    </section>
    ${outcomeForm({ told, guess: told.guess?.trim() ?? '', anchors, step: one.step, first: attemptsOf(one.step).at(-1)?.id === one.id, onTell: tell })}
    <div class="row">
      <button class="plain" type="button" @click=${() => close(one.id)}>${t('Leave it as it was')}</button>
      <button class="plain" type="button" @click=${() => remove(one)}>${t('Take this entry away')}</button>
    </div>
    <div class="dock"><button class="primary" type="button" @click=${() => save(one)}>${t('Keep it')}</button></div>`;
}

/** @param {string} id */
async function close(id) {
  await dropDraft(key(id));
  window.scrollTo(0, 0);
  render();
}

/** @param {Attempt} one */
async function save(one) {
  const told = /** @type {Corrected} */ (draft(key(one.id)));
  const undo = await put(one, {
    ...readyToKeep(told, told.outcome ?? /** @type {import('../attempts.js').Outcome} */ (one.outcome)),
    before: told.before ?? null, guess: (told.guess ?? '').trim(), likelihood: told.likelihood ?? null,
  });
  await close(one.id);
  toast(t('Changed'), undo);
}

/** @param {Attempt} one */
async function remove(one) {
  const left = attemptsOf(one.step).filter((other) => other.id !== one.id).length;
  const undo = await takeAway(one);
  await dropDraft(key(one.id));
  window.scrollTo(0, 0);
  go(left ? `/step/${one.step}/history` : '/', { replace: true });
  toast(t('Taken away'), undo);
}
