/**
 * A step, from the rating before to the rating after, as one quiet way: before → during → after.
 * Where on the way we are is read from the disk (attempts.js), so that a killed browser comes back to the same place.
 */
import { html, nothing } from 'lit-html';
import { attempts, attemptsOf, begin, end, goOn, isKept, keep, openAttempt } from '../attempts.js';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { ratingNow, recall, sharingChoice } from '../hung.js';
import { go, render, say } from '../page.js';
import { choices } from '../parts/choices.js';
import { field } from '../parts/field.js';
import { bodyNote } from '../parts/healthnote.js';
import { outcomeForm, readyToKeep } from '../parts/outcome.js';
import { anchorsOf, likelyWords, rating } from '../parts/rating.js';
import { keepAwake, LENGTHS, letSleep, ring, secondsLeft, shortLength, stopTicking, tick } from '../parts/timer.js';
import { tooMuch } from '../parts/toomuch.js';
import { get, setting } from '../rows.js';
import { keepSafe } from '../store.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../kinds.js').Step} Step */
/** @typedef {import('../router.js').Params} Params */
/** @typedef {{before?: number | null, guess?: string, likelihood?: number | null, timer?: number | null}} Beginning */

/** @param {string} id */
const stepOf = (id) => /** @type {Step | undefined} */ (get(id));

/** @param {Params} params */
const phase = ({ id }) => {
  const open = openAttempt(id);
  if (!open) return 'before';
  return open.ended ? 'after' : 'during';
};

let busy = false;   // between a tap and the disk, so that a double tap begins one attempt and not two

/** @param {() => Promise<unknown>} act */
async function once(act) {
  if (busy) return;
  busy = true;
  try {
    await act();
  } finally {
    busy = false;
    render();
  }
}

export const screen = {
  /** @param {Params} params */
  title: (params) => ({ before: t('Before'), during: t('Now'), after: t('Afterwards') })[phase(params)],
  /** @param {Params} params */
  up: (params) => `/step/${params.id}`,
  /** @param {Params} params */
  enter: (params) => settle(params.id),
  leave() {
    letSleep();
    stopTicking();
  },
  /** @param {Params} params */
  view(params) {
    const open = openAttempt(params.id);
    const step = stepOf(params.id);
    if (!open && !step) return html`<p>${t('This step is not on this phone.')}</p><div class="dock"><a class="primary" href="#/">${t('Go to today')}</a></div>`;
    if (!open) return before(/** @type {Step} */ (step));
    return open.ended ? after(open) : during(open, step);
  },
};

/** The lamp and the clock follow the phase. @param {string} id */
function settle(id) {
  const open = openAttempt(id);
  if (!open || open.ended) {
    letSleep();
    stopTicking();
    return;
  }
  keepAwake();
  if (open.timer) tick(() => secondsLeft(open.started, /** @type {number} */ (open.timer), Date.now()));
}

/** The next phase begins at its top, with its name read out. @param {string} id @param {string} words */
async function moveOn(id, words) {
  settle(id);
  await render();
  window.scrollTo(0, 0);
  document.querySelector('h1')?.focus({ preventScroll: true });
  say(words);
}

/** @param {Step} step */
function before(step) {
  const key = `before/${step.id}`;
  const given = /** @type {Beginning} */ (draft(key) ?? {});
  /** @param {Beginning} news */
  const tell = (news) => {
    saveDraft(key, { .../** @type {Beginning} */ (draft(key) ?? {}), ...news });
    render();
  };
  const start = () => once(async () => {
    const { before: rated = null, guess = '', likelihood = null, timer = null } = /** @type {Beginning} */ (draft(key) ?? {});
    await begin(step, { before: rated, guess, likelihood, timer }, Date.now());
    dropDraft(key);
    await moveOn(step.id, t('Begun. You can stop at any time.'));
  });
  return html`
    ${stepHead(step.title, step.hint)}
    ${bodyNote(step)}
    ${recall(step)}
    ${choices({
      label: t('A timer, if you like'), name: 'timer', fit: 'even', value: String(given.timer ?? 0),
      options: [{ value: '0', text: t('none') }, ...LENGTHS.map((n) => ({ value: String(n), text: shortLength(n) }))],
      onChoose: (n) => tell({ timer: Number(n) || null }),
    })}
    <section class="card">
      ${rating({ id: 'before', label: t('How hard is it, before you begin?'), value: given.before, anchors: anchorsOf(setting()), onInput: (n) => tell({ before: n }) })}
    </section>
    ${guessing(given, tell)}
    <a class="plain" href="#/step/${step.id}/another">${t('Another way')}</a>
    <div class="dock"><button class="primary" type="button" @click=${start}>${t('Begin')}</button>
      <div class="row centre ways-out"><a class="plain" href="#/step/${step.id}/smaller">${t('Make it smaller')}</a>${tooMuch(step.id)}</div></div>`;
}

/**
 * "What might happen, how likely?" – asked, and free to leave out (rule S2).
 * @param {Beginning} given
 * @param {(news: Beginning) => void} tell
 */
function guessing(given, tell) {
  return html`<section class="card">
    ${field({
      label: t('What might happen?'), name: 'guess', long: true, max: 1000, note: t('Your guess, to look at again later. You can leave this empty.'),
      value: given.guess ?? '', onInput: (guess) => tell({ guess }),
    })}
    ${given.guess?.trim() ? rating({
      id: 'likelihood', label: t('How likely does it seem?'), compact: true, value: given.likelihood,
      words: likelyWords, onInput: (likelihood) => tell({ likelihood }),
    }) : nothing}
  </section>`;
}

/** @param {Attempt} open @param {Step | undefined} step */
function during(open, step) {
  /** @param {import('../attempts.js').Outcome} outcome */
  const stop = (outcome) => once(async () => {
    await saveDraft(`after/${open.id}`, { .../** @type {object} */ (draft(`after/${open.id}`) ?? {}), outcome });
    await end(open, Date.now());
    await moveOn(open.step, t('Over. Whatever came of it, it can be kept.'));
  });
  return html`
    <div class="during">
      ${stepHead(open.title || step?.title || '', step?.hint ?? '')}
      ${open.timer ? ring(open.started, open.timer, Date.now()) : nothing}
      <p class="during-words">${timeIsOver(open) ? t('The time is over. You may go on or stop, as you like.') : t('At your own pace. You can stop at any time.')}</p>
      ${setting().during_ratings ? ratingNow(open, once) : nothing}
      ${tooMuch(open.step)}
    </div>
    <div class="dock">
      <p class="note dock-words" id="stop-words">${t('When it is over, one of these. They all count.')}</p>
      <div class="outcomes" role="group" aria-labelledby="stop-words">
        <button class="choice" type="button" @click=${() => stop('did')}>${t('Did it')}</button>
        <button class="choice" type="button" @click=${() => stop('part')}>${t('Part of it')}</button>
        <button class="choice" type="button" @click=${() => stop('turned_back')}>${t('Stop here')}</button>
      </div>
    </div>`;
}

/** @param {Attempt} open */
const timeIsOver = (open) => Boolean(open.timer) && secondsLeft(open.started, /** @type {number} */ (open.timer), Date.now()) === 0;

/** @param {Attempt} open */
function after(open) {
  const key = `after/${open.id}`;
  const told = /** @type {import('../parts/outcome.js').Told} */ (draft(key) ?? {});
  /** @param {import('../parts/outcome.js').Told} news */
  const tell = (news) => {
    saveDraft(key, { .../** @type {object} */ (draft(key) ?? {}), ...news });
    render();
  };
  const back = () => once(async () => {
    await goOn(open);
    await moveOn(open.step, t('Begun. You can stop at any time.'));
  });
  return html`
    ${stepHead(open.title, '')}
    ${outcomeForm({ told, guess: open.guess, anchors: anchorsOf(setting()), step: open.step, first: !attemptsOf(open.step).length, onTell: tell })}
    ${sharingChoice(open, { running: true })}
    <button class="plain" type="button" @click=${back}>${t('I am still in the middle of it')}</button>
    ${tooMuch(open.step)}
    <div class="dock"><button class="primary" type="button" @click=${() => save(open)}>${t('Keep it')}</button></div>`;
}

/** @param {Attempt} open */
const save = (open) => once(async () => {
  const key = `after/${open.id}`;
  const told = /** @type {import('../parts/outcome.js').Told} */ (draft(key) ?? {});
  if (!told.outcome) {
    say(t('Which of these three was it?'));
    /** @type {HTMLElement | null} */ (document.querySelector('input[name="outcome"]'))?.focus();
    return;
  }
  const first = !attempts().some(isKept);
  await keep(open, readyToKeep(told, told.outcome), Date.now());
  await dropDraft(key);
  if (first) keepSafe();
  window.scrollTo(0, 0);   // a replaced page inherits its scroll, and the result is read from its top
  go(`/attempt/${open.id}`, { replace: true });
});

/** @param {string} title @param {string} hint */
const stepHead = (title, hint) => html`<div class="step-head"><h2>${title}</h2>${hint ? html`<p class="note">${hint}</p>` : nothing}</div>`;
