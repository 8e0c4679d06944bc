/** A result put right or added to, and what more was told of it. It hangs in the page of what came of a step (attempt.js). */
import { html, nothing } from 'lit-html';
import { attemptsOf, put, takeAway } from '../attempts.js';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { feelingWords } from '../feelings.js';
import { go, render, toast } from '../page.js';
import { setting } from '../rows.js';
import { key } from '../screens/attempt.js';
import { t } from '../words.js';
import { field } from './field.js';
import { outcomeForm, readyToKeep } from './outcome.js';
import { anchorsOf, likelyWords, rating } from './rating.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('./outcome.js').Told & {guess?: string, before?: number | null, likelihood?: number | null}} Corrected */

/** @param {Attempt} one */
export function resultExtras(one) {
  const feelings = feelingWords(one.feelings);
  if (!feelings.length && !one.aids && !one.where) return nothing;
  return html`<section class="stack">
    ${feelings.length ? html`<div class="row feelings" role="group" aria-label=${t('Words for how it felt')}>${feelings.map((word) => html`<span class="badge">${word}</span>`)}</div>` : nothing}
    ${one.where ? html`<p><span class="note">${t('Where it was')}</span><br>${one.where}</p>` : nothing}
    ${one.aids ? html`<p><span class="note">${t('What helped')}</span><br>${one.aids}</p>` : nothing}
  </section>`;
}

/** @param {Attempt} one */
export function resultForm(one) {
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
