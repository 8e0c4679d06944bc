/**
 * A reminder that nobody answered comes less often and then no more; here the person is asked once what they wish
 * (rule R-5). Four answers of one size; nobody counts and nobody asks why.
 */
import { html, nothing } from 'lit-html';
import { asItIs } from '../answers.js';
import { clockWords } from '../daywords.js';
import { go, toast } from '../page.js';
import { asksAtHome, isSilent, mayAsk } from '../reach.js';
import { putReminderAway, reminders, switchReminder } from '../reminders.js';
import { get } from '../rows.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Reminder} Reminder */

/** On the home screen, about one at a time. @param {number} now milliseconds UTC */
export function questionAtHome(now) {
  const one = reminders().find(({ id, on }) => on && asksAtHome(id, now));
  return one ? questionCard(one) : nothing;
}

/** With the reminder itself, for as long as it is open. @param {Reminder} one */
export function questionCard(one) {
  if (!one.on || !mayAsk(one.id)) return nothing;
  const silent = isSilent(one.id);
  return html`<section class="card warm question" aria-labelledby="question-${one.id}">
    <h2 id="question-${one.id}">${silent ? t('This reminder has become silent') : t('Is this reminder still right for you?')}</h2>
    <p><strong>${clockWords(one.time)}</strong> ${one.words || get(one.step)?.title || ''}</p>
    <p>${silent ? t('Nothing of it is sent any more. It can begin again whenever you like.') : t('It comes less often for now. Whatever you choose is fine.')}</p>
    <div class="answers-grid">
      <button class="choice" type="button" @click=${() => keep(one, silent)}>${silent ? t('Begin again') : t('As it is')}</button>
      <button class="choice" type="button" @click=${() => go(`/reminder/${one.id}`)}>${t('Other days or another time')}</button>
      <button class="choice" type="button" @click=${() => rest(one)}>${t('Let it rest')}</button>
      <button class="choice" type="button" @click=${() => away(one)}>${t('Take it away')}</button>
    </div>
  </section>`;
}

/** @param {Reminder} one @param {boolean} silent */
async function keep(one, silent) {
  await asItIs(one, Date.now());
  toast(silent ? t('It begins again.') : t('It stays as it is.'));
}

/** @param {Reminder} one */
const rest = async (one) => toast(t('This reminder rests now'), await switchReminder(one, false));

/** @param {Reminder} one */
const away = async (one) => toast(t('The reminder is taken away'), await putReminderAway(one));
