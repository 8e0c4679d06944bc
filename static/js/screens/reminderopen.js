/**
 * Where a reminder leads: its step, and three answers of the same size (rule R-4). Nobody asks why. A notification leads
 * here with an answer behind the question mark where the system could not keep it by itself; it counts once, and only for a
 * reminder of this person's that still waits for one: an address can be followed from anywhere, and again and again.
 */
import { html, nothing } from 'lit-html';
import { isUnanswered, laterChoices, laterThen, mightNow, notToday } from '../answers.js';
import { attempts } from '../attempts.js';
import { cueSentence } from '../cues.js';
import { localDay } from '../days.js';
import { timeWords } from '../daywords.js';
import { go, toast } from '../page.js';
import { reminder } from '../reminders.js';
import { get, setting } from '../rows.js';
import { stepsInUse } from '../steps.js';
import { forToday } from '../today.js';
import { t } from '../words.js';

/** @typedef {import('../router.js').Params} Params */
/** @typedef {import('../kinds.js').Step} Step */
/** @typedef {import('../kinds.js').Reminder} Reminder */
/** @typedef {import('../answers.js').Later} Later */

export const screen = {
  title: (/** @type {Params} */ { later }) => (later === undefined ? t('One for today') : t('Later')),
  up: (/** @type {Params} */ { id, later }) => (later === undefined ? '/' : `/reminder/${id}/open`),
  enter(/** @type {Params} */ { id, might, nottoday }) {
    if (nottoday !== undefined) void arrive(id, 'not_today');
    else if (might !== undefined) void arrive(id, 'might');
  },
  view: (/** @type {Params} */ params) => (params.later === undefined ? asking(params.id) : choosing(params.id)),
};

/** @param {string} id @returns {Reminder | undefined} nothing where it was put away meanwhile */
const known = (id) => {
  const found = reminder(id);
  return found?.kind === 'reminder' && !found.archived ? found : undefined;
};

/** @param {string} id */
function asking(id) {
  const found = known(id);
  const step = stepOf(found);
  return html`
    <p class="lead" dir="auto">${found?.words || t('Only if you like. Any answer is a good one.')}</p>
    ${step ? html`<article class="card soft"><h2>${found?.cue ? cueSentence(found.cue, step.title) : step.title}</h2>${step.hint ? html`<p class="note">${step.hint}</p>` : nothing}</article>` : nothing}
    ${found ? html`<a class="plain" href="#/reminder/${found.id}">${t('Change this reminder')}</a>` : nothing}
    <div class="dock answers" role="group" aria-label=${t('Your answer')}>
      <button class="choice" type="button" @click=${() => start(id)}>${t('I might')}</button>
      <button class="choice" type="button" @click=${() => go(`/reminder/${id}/open?later`, { replace: true })}>${t('Later')}</button>
      <button class="choice" type="button" @click=${() => today(id)}>${t('Not today')}</button>
    </div>`;
}

/** @param {string} id */
function choosing(id) {
  const choices = known(id) ? laterChoices(Date.now(), setting()) : [];
  return html`
    <p class="lead">${t('When would be good? It comes once more then.')}</p>
    <div class="dock answers later" role="group" aria-label=${t('When')}>
      ${choices.map(({ when, at }) => html`<button class="choice" type="button" @click=${() => later(id, at)}>
        <span>${named(when)}</span><span class="note">${timeWords(at)}</span></button>`)}
      <button class="choice" type="button" @click=${() => later(id, null)}>${t('I will look in myself')}</button>
    </div>`;
}

/** @param {Later['when']} when */
function named(when) {
  switch (when) {
    case 'hour': return t('In an hour');
    case 'hours': return t('In three hours');
    case 'evening': return t('This evening');
    default: return t('Tomorrow at this time');
  }
}

/** The step it is about, else today's: of its ladder, where it is about one. @param {Reminder | undefined} one @returns {Step | undefined} */
function stepOf(one) {
  const own = get(one?.step);
  if (own && !own.archived) return own;
  const steps = stepsInUse();
  const ofLadder = steps.filter((step) => step.ladder === one?.ladder);
  return forToday(setting(), ofLadder.length ? ofLadder : steps, attempts(), localDay(Date.now()));
}

/** The address said an answer. Where it says nothing any more, the page asks. @param {string} id @param {'might' | 'not_today'} choice */
async function arrive(id, choice) {
  const found = known(id);
  const counts = found !== undefined && isUnanswered(found, Date.now());
  if (counts && choice === 'not_today') return today(id);
  const undo = counts ? await mightNow(found, Date.now()) : await undefined;
  if (choice === 'not_today' || !found) return go(`/reminder/${id}/open`, { replace: true });
  toStep(found);
  if (undo) toast(t('Noted'), undo);
}

/** @param {string} id */
async function start(id) {
  const found = known(id);
  if (found) await mightNow(found, Date.now());
  toStep(found);
}

/** @param {Reminder | undefined} found */
function toStep(found) {
  const step = stepOf(found);
  go(step ? `/try/${step.id}` : '/ladders', { replace: true });
}

/** @param {string} id @param {number | null} again */
async function later(id, again) {
  const found = known(id);
  const undo = found && (await laterThen(found, Date.now(), again));
  go('/', { replace: true });
  toast(again ? t('Later is fine. It comes once more at {time}.', { time: timeWords(again) }) : t('Later is fine. It waits here for you.'), undo);
}

/** @param {string} id */
async function today(id) {
  const undo = await notToday(known(id), Date.now());
  go('/', { replace: true });
  toast(t('Today is a day of not doing. That is enough.'), undo);
}
