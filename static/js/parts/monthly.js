/** Once a month, on a day that already has something in it: a question that may be left (rules X8, M3). */
import { html, nothing } from 'lit-html';
import { attempts } from '../attempts.js';
import { firstDay, mayAsk, skip } from '../checkins.js';
import { localDay } from '../days.js';
import { go, toast } from '../page.js';
import { all, setting } from '../rows.js';
import { t } from '../words.js';

/** @typedef {import('../checkins.js').About} About */

export function monthlyCard() {
  const about = mayAsk(setting(), firstDay(attempts(), all('rest')), localDay(Date.now()));
  if (!about) return nothing;
  return html`<section class="card offer monthly" aria-labelledby="monthly">
    <h2 id="monthly">${about === 'harder' ? t('Has this app made anything harder?') : t('Two short questions about your days?')}</h2>
    <p class="note">${t('Asked once a month. The answer is yours alone, and you can leave it out.')}</p>
    <div class="row">
      <button class="choice" type="button" @click=${() => leave(about)}>${t('No thanks')}</button>
      <button class="choice" type="button" @click=${() => go(`/checkin/${about}`)}>${t('Answer')}</button>
    </div>
  </section>`;
}

/** @param {About} about */
async function leave(about) {
  toast(t('Left out. That is fine.'), await skip(about, Date.now()));
}
