/** Cards of the home screen that have to do with reminders: the offer, the one that is due, the new version. */
import { html, nothing } from 'lit-html';
import { attempts, isKept } from '../attempts.js';
import { clockWords } from '../daywords.js';
import { dueNow } from '../due.js';
import { go } from '../page.js';
import { declined, mayOffer, reminders } from '../reminders.js';
import { changeSetting, get, setting, write } from '../rows.js';
import { t } from '../words.js';
import { questionAtHome } from './question.js';
import { travelCard } from './travel.js';

/**
 * After the first finished attempt: would a reminder help? "No thanks" is as large as "yes" and costs nothing; only "yes"
 * leads to where the browser is asked (rules R-1, G8).
 */
export function offerCard() {
  const kept = attempts().filter(isKept);
  if (reminders().length || !mayOffer(setting(), kept.length, Date.now())) return nothing;
  const last = kept.reduce((best, one) => (best.started >= one.started ? best : one));
  return html`<section class="card warm offer" aria-labelledby="offer">
    <h2 id="offer">${t('Would a reminder help?')}</h2>
    <p>${t('On days and at an hour of your choice, in words that tell nobody anything.')}</p>
    <div class="row">
      <button class="choice" type="button" @click=${() => write([changeSetting(declined(setting(), Date.now()))])}>${t('No thanks')}</button>
      <button class="choice" type="button" @click=${() => go(get(last.step) ? `/reminder/new?step=${last.step}` : '/reminder/new')}>${t('Yes, please')}</button>
    </div>
  </section>`;
}

/**
 * One thing of the reminders at a time: the one whose hour is now, for phones that get no push and for all others too; else
 * the clock of another place; else the question about one that nobody answered.
 */
export function reminderCard() {
  const now = Date.now();
  const [due] = dueNow(now);
  if (!due) return [travelCard(), questionAtHome(now)].find((card) => card !== nothing) ?? nothing;
  return html`<a class="card soft due" href="#/reminder/${due.id}/open">
    <strong dir="auto">${due.words || t('Your reminder is here. Only if you like.')}</strong>
    <span class="note">${clockWords(due.time)}</span></a>`;
}
