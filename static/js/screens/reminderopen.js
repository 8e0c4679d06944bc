/** Where a reminder leads: its step, and three answers of the same size (rule R-4). Nobody asks why. */
import { html, nothing } from 'lit-html';
import { attempts } from '../attempts.js';
import { localDay } from '../days.js';
import { go, toast } from '../page.js';
import { reminder } from '../reminders.js';
import { rest } from '../rests.js';
import { get, setting } from '../rows.js';
import { stepsInUse } from '../steps.js';
import { forToday } from '../today.js';
import { t } from '../words.js';

/** @typedef {Record<string, string>} Params */
/** @typedef {import('../kinds.js').Step} Step */

export const screen = {
  title: () => t('One for today'),
  view: (/** @type {Params} */ { id }) => {
    const found = reminder(id);
    const step = stepOf(found?.step ?? null);
    return html`
      ${found?.words ? html`<p class="lead">${found.words}</p>` : html`<p class="lead">${t('Only if you like. Any answer is a good one.')}</p>`}
      ${step ? html`<article class="card soft"><h2>${step.title}</h2>${step.hint ? html`<p class="note">${step.hint}</p>` : nothing}</article>` : nothing}
      ${found ? html`<a class="plain" href="#/reminder/${found.id}">${t('Change this reminder')}</a>` : nothing}
      <div class="dock answers" role="group" aria-label=${t('Your answer')}>
        <button class="choice" type="button" @click=${() => go(step ? `/try/${step.id}` : '/ladders')}>${t('I might')}</button>
        <button class="choice" type="button" @click=${later}>${t('Later')}</button>
        <button class="choice" type="button" @click=${notToday}>${t('Not today')}</button>
      </div>`;
  },
};

/** The step it is about, or today's. @param {string | null} id @returns {Step | undefined} */
function stepOf(id) {
  const own = get(id);
  if (own && !own.archived) return own;
  const now = Date.now();
  return forToday(setting(), stepsInUse(), attempts(), localDay(now));
}

function later() {
  go('/', { replace: true });
  toast(t('Later is fine. It waits here for you.'));
}

async function notToday() {
  const undo = await rest(Date.now(), 'reminder');
  go('/', { replace: true });
  toast(t('Today is a day of not doing. That is enough.'), undo);
}
