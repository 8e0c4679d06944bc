/** Cards of the home screen that have to do with reminders: the offer, the one that is due, the new version. */
import { html, nothing } from 'lit-html';
import { attempts, isKept } from '../attempts.js';
import { dueNow } from '../due.js';
import { go } from '../page.js';
import { declined, mayOffer, reminders } from '../reminders.js';
import { changeSetting, get, setting, write } from '../rows.js';
import { t } from '../words.js';

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

/** The reminder whose hour is now, for phones that get no push, and for all others too. */
export function dueCard() {
  const [due] = dueNow(Date.now());
  if (!due) return nothing;
  return html`<a class="card soft due" href="#/reminder/${due.id}/open">
    <strong>${due.words || t('Your reminder is here. Only if you like.')}</strong>
    <span class="note">${due.time}</span></a>`;
}
