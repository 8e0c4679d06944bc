/** A therapist's idea for a reminder: nothing is sent unless it is taken (rule R-8). Both answers weigh the same (rule G8). */
import { html, nothing } from 'lit-html';
import { nameOf } from '../consents.js';
import { clockWords, daysWords } from '../daywords.js';
import { leaveIdea } from '../ideas.js';
import { go, toast } from '../page.js';
import { get } from '../rows.js';
import { t } from '../words.js';

/** @param {import('../kinds.js').Idea} idea */
export function ideaCard(idea) {
  const about = get(idea.step)?.title || get(idea.ladder)?.title || t('Whichever step is today’s');
  return html`<article class="card warm idea">
    <p class="note">${t('An idea of {name}. Nothing is sent unless you take it.', { name: nameOf(idea.by) })}</p>
    <p><strong class="reminder-time">${clockWords(idea.time)}</strong> ${idea.days.length ? daysWords(idea.days) : nothing}</p>
    ${idea.words ? html`<p dir="auto">${idea.words}</p>` : nothing}
    <p class="note">${about}</p>
    <div class="row">
      <button class="choice" type="button" @click=${() => leave(idea)}>${t('No thanks')}</button>
      <button class="choice" type="button" @click=${() => go(`/reminder/new?idea=${idea.id}`)}>${t('Have a look')}</button>
    </div>
  </article>`;
}

/** @param {import('../kinds.js').Idea} idea */
async function leave(idea) {
  toast(t('Left. Nothing is sent.'), await leaveIdea(idea));
}
