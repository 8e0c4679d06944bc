/** One reminder: what it is about, when it may come, in whose words, and exactly what the lock screen will show. */
import { html, nothing } from 'lit-html';
import { attempts } from '../attempts.js';
import { nameOf } from '../consents.js';
import { draft, dropDraft } from '../drafts.js';
import { ideaOf, takeIdea, wishFrom } from '../ideas.js';
import { newId } from '../outbox.js';
import { go, toast } from '../page.js';
import { deviceCard, turnItOn } from '../parts/device.js';
import { halfTyped } from '../parts/field.js';
import { comes, reminderFields } from '../parts/reminderfields.js';
import { health } from '../push.js';
import { keepReminder, putReminderAway, reminder, suggestion, wishOf } from '../reminders.js';
import { addDays, wall } from '../rhythm.js';
import { changeSetting, get, setting, write } from '../rows.js';
import { t } from '../words.js';

/** @typedef {import('../reminders.js').Wish} Wish */
/** @typedef {Record<string, string>} Params */

export const screen = {
  title: (/** @type {Params} */ { id }) => (id === 'new' ? t('A new reminder') : t('Reminder')),
  up: () => '/reminders',
  view: (/** @type {Params} */ params) => {
    const old = reminder(params.id);
    if (params.id !== 'new' && (!old || old.archived)) return gone();
    const { values, put } = halfTyped(key(params), old ?? beginning(params));
    const idea = ideaOf(params.idea);
    return html`
      ${idea ? html`<p class="card warm">${t('An idea of {name}. Change whatever you like; nothing is sent before you keep it.', { name: nameOf(idea.by) })}</p>` : nothing}
      <form id="reminder" class="stack wide" @submit=${(/** @type {SubmitEvent} */ event) => keep(event, params)}>
        ${reminderFields({ values, put, id: params.id, typed: draft(key(params)) ?? {} })}
      </form>
      ${old ? deviceCard() : nothing}
      ${old ? html`<button class="plain" type="button" @click=${() => putAway(params)}>${t('Take this reminder away')}</button>` : nothing}
      <div class="dock"><button class="primary" form="reminder" ?disabled=${!comes(values)}>${t('Keep this reminder')}</button></div>`;
  },
};

/** @param {Params} params */
const key = ({ id, idea, step, in: days, fixed }) => (idea ? `reminder/idea/${idea}` : fixed ? 'reminder/fixed' : days ? `reminder/visit/${step}` : `reminder/${id}`);

/** What a new one begins with: somebody's idea, or the hour that was good before. @param {Params} params @returns {Wish} */
function beginning({ step, idea, in: days, fixed }) {
  const given = ideaOf(idea);
  if (given) return wishFrom(given);
  const wish = { ...suggestion(step ?? null, attempts()), ladder: get(step)?.ladder ?? null };
  const { fixed_time: time, fixed_point: words } = setting();
  if (fixed) return { ...wish, words: words.slice(0, 80), ...(time && { time }) };
  return Number(days) > 0 ? { ...wish, date: addDays(wall(Date.now()).day, Number(days)) } : wish;
}

const gone = () => html`<p>${t('This reminder is no longer there.')}</p>
  <div class="dock"><a class="primary" href="#/reminders">${t('To the reminders')}</a></div>`;

/**
 * The disk first; the browser is asked in the same tap, only where a yes was given and nothing is known yet.
 * @param {SubmitEvent} event @param {Params} params
 */
async function keep(event, params) {
  event.preventDefault();
  const { values } = halfTyped(key(params), reminder(params.id) ?? beginning(params));
  if (!comes(values)) return;
  const asking = turnOnIfWanted();
  const id = params.id === 'new' ? newId() : params.id;
  const idea = ideaOf(params.idea);
  const wish = wishOf(values);
  const undo = await (idea ? takeIdea(idea, id, wish) : keepReminder(id, wish));
  await reminderWished();
  await dropDraft(key(params));
  go('/reminders', { replace: true });
  toast(t('The reminder is kept'), undo);
  await asking;
}

/** Straight from a tap that said yes to a reminder. */
export const turnOnIfWanted = async () => (health() === 'off' || health() === 'lost' ? turnItOn() : undefined);

/** Nobody who has one needs to be offered one. */
export async function reminderWished() {
  if (setting().reminder_offer !== 'accepted') await write([changeSetting({ reminder_offer: 'accepted', reminder_offered_at: Date.now() })]);
}

/** @param {Params} params */
async function putAway(params) {
  const old = reminder(params.id);
  if (!old) return;
  const undo = await putReminderAway(old);
  if (draft(key(params))) await dropDraft(key(params));
  go('/reminders', { replace: true });
  toast(t('The reminder is taken away'), undo);
}
