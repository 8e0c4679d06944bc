/** After moving on: would a visit to the step before be nice, after a week and after three (rule U3)? The no is as large as the yes. */
import { html, nothing } from 'lit-html';
import { attempts } from '../attempts.js';
import { keepVisits, leaveVisits, stepToVisit, visitDays } from '../comeback.js';
import { localDay } from '../days.js';
import { dayWords } from '../daywords.js';
import { draft, dropDraft } from '../drafts.js';
import { toast } from '../page.js';
import { suggestion } from '../reminders.js';
import { reminderWished, turnOnIfWanted } from '../screens/reminder.js';
import { t } from '../words.js';
import { chips, toggled } from './chips.js';
import { halfTyped } from './field.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../kinds.js').Step} Step */

/** @param {Step} step */
const key = (step) => `visits/${step.id}`;

/** @param {Attempt} one just kept */
export function visitCard(one) {
  const now = Date.now();
  const step = stepToVisit(one, now);
  if (!step) return nothing;
  const near = visitDays(localDay(now));
  const { values: { days, time }, put } = halfTyped(key(step), { days: near, time: suggestion(step.id, attempts()).time });
  return html`<section class="card warm offer visit" aria-labelledby="visit">
    <h2 id="visit">${t('Look in on an earlier step now and then?')}</h2>
    <p>${step.title}</p>
    <p class="note">${t('Perhaps at another hour, or in another place. It may feel different each time, and that is expected.')}</p>
    <a class="plain" href="#/step/${step.id}/another">${t('Another way')}</a>
    ${chips({ label: t('A reminder on'), name: 'visit', values: days, onToggle: (day) => put('days')(toggled(days, day).sort()),
      options: near.map((day) => ({ value: day, text: dayWords(day) })) })}
    <label class="field"><span>${t('Time')}</span><input autocomplete="off" type="time" name="visit-time" .value=${time} @input=${(/** @type {any} */ event) => put('time')(event.target.value)}></label>
    <div class="row">
      <button class="choice" type="button" @click=${() => leave(step)}>${t('No thanks')}</button>
      <button class="choice" type="button" ?disabled=${!days.length || !time} @click=${() => keep(step, days, time)}>${t('Yes, please')}</button>
    </div></section>`;
}

/** @param {Step} step @param {string[]} days @param {string} time */
async function keep(step, days, time) {
  const asking = turnOnIfWanted();
  const undo = await keepVisits(step, days, time);
  await reminderWished();
  await forget(step);
  toast(t('Kept. They stand among your reminders.'), undo);
  await asking;
}

/** @param {Step} step */
async function leave(step) {
  const undo = await leaveVisits(step);
  await forget(step);
  toast(t('Left. Nothing is sent.'), undo);
}

/** @param {Step} step */
const forget = async (step) => draft(key(step)) && dropDraft(key(step));
