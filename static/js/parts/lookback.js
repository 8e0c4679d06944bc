/** On the day after a step: one offer to look back, where it was wished; both answers weigh the same (rules S6, G8). */
import { html, nothing } from 'lit-html';
import { lookBack, lookBackNow } from '../lookback.js';
import { go, toast } from '../page.js';
import { t } from '../words.js';

/** @param {number} now milliseconds UTC */
export function lookBackCard(now) {
  const one = lookBackNow(now);
  if (!one) return nothing;
  return html`<section class="card warm offer" aria-labelledby="look-back">
    <p class="note">${t('Yesterday')}</p>
    <h2 id="look-back">${one.title}</h2>
    <p>${t('Is there something of it that may stay with you?')}</p>
    <div class="row">
      <button class="choice" type="button" @click=${async () => toast(t('Left as it is.'), await lookBack(one, '', Date.now()))}>${t('No thanks')}</button>
      <button class="choice" type="button" @click=${() => go(`/lookback/${one.id}`)}>${t('Look back')}</button>
    </div>
  </section>`;
}
