/** One reminder: days, time, words of one's own, and exactly what the lock screen will show. */
import { html, nothing } from 'lit-html';
import { attempts } from '../attempts.js';
import { nameOf } from '../consents.js';
import { draft, dropDraft } from '../drafts.js';
import { ideaOf, takeIdea, wishFrom } from '../ideas.js';
import { newId } from '../outbox.js';
import { go, toast } from '../page.js';
import { choices } from '../parts/choices.js';
import { deviceCard, turnItOn } from '../parts/device.js';
import { field, halfTyped } from '../parts/field.js';
import { lockScreen } from '../parts/lockscreen.js';
import { health } from '../push.js';
import { keepReminder, wishOf, putReminderAway, reminder, suggestion } from '../reminders.js';
import { WEEK } from '../rhythm.js';
import { changeSetting, get, setting, write } from '../rows.js';
import { stepsInUse } from '../steps.js';
import { t } from '../words.js';
import { dayName } from './reminders.js';

/** @typedef {import('../reminders.js').Wish} Wish */
/** @typedef {Record<string, string>} Params */

const MOST_WORDS = 80;

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
        ${aboutField(values, put)}
        ${daysField(values, put)}
        <label class="field"><span>${t('Time')}</span>
          <input type="time" name="time" required .value=${values.time} @input=${(/** @type {any} */ event) => put('time')(event.target.value)}></label>
        ${field({ label: t('Your own words'), note: t('If you like: what you would want to read at that moment.'), name: 'words', value: values.words, onInput: put('words'), max: MOST_WORDS })}
        ${choices({ label: t('On the lock screen'), name: 'neutral', value: String(values.neutral), onChoose: (value) => put('neutral')(value === 'true'),
          options: [{ value: 'true', text: t('Words that tell nothing') }, { value: 'false', text: t('The words above') }] })}
        ${lockScreen(values)}
      </form>
      ${old ? deviceCard() : nothing}
      ${old ? html`<button class="plain" type="button" @click=${() => putAway(params)}>${t('Take this reminder away')}</button>` : nothing}
      <div class="dock"><button class="primary" form="reminder" ?disabled=${!values.days.length || !values.time}>${t('Keep this reminder')}</button></div>`;
  },
};

/** @param {Params} params */
const key = ({ id, idea }) => (idea ? `reminder/idea/${idea}` : `reminder/${id}`);

/** What a new one begins with: somebody's idea, or the hour that was good before. @param {Params} params @returns {Wish} */
function beginning({ step, idea }) {
  const given = ideaOf(idea);
  return given ? wishFrom(given) : suggestion(step ?? null, attempts());
}

const gone = () => html`<p>${t('This reminder is no longer there.')}</p>
  <div class="dock"><a class="primary" href="#/reminders">${t('To the reminders')}</a></div>`;

/** @typedef {ReturnType<typeof halfTyped<Wish>>['put']} Put */

/** @param {Wish} values @param {Put} put */
function aboutField(values, put) {
  const steps = stepsInUse();
  /** @param {string} id */
  const choose = (id) => { put('step')(id || null); put('ladder')(get(id)?.ladder ?? null); };
  return html`<label class="field"><span>${t('About')}</span>
    <select name="step" @change=${(/** @type {any} */ event) => choose(event.target.value)}>
      <option value="" ?selected=${!values.step}>${t('Whichever step is today’s')}</option>
      ${steps.map((step) => html`<option value=${step.id} ?selected=${step.id === values.step}>${step.title}</option>`)}
    </select></label>`;
}

/** @param {Wish} values @param {Put} put */
function daysField({ days }, put) {
  /** @param {number} day */
  const flip = (day) => put('days')(days.includes(day) ? days.filter((one) => one !== day) : [...days, day].sort());
  return html`<fieldset class="choices days"><legend>${t('Days')}</legend>
    <div class="choices-row">${WEEK.map((day) => html`<label class="choice day">
      <input class="choices-input" type="checkbox" name="day" value=${day} .checked=${days.includes(day)} aria-label=${dayName(day, 'long')} @change=${() => flip(day)}>
      <span aria-hidden="true">${dayName(day, 'short')}</span></label>`)}</div></fieldset>`;
}

/**
 * The disk first; the browser is asked in the same tap, only where a yes was given and nothing is known yet.
 * @param {SubmitEvent} event @param {Params} params
 */
async function keep(event, params) {
  event.preventDefault();
  const { values } = halfTyped(key(params), reminder(params.id) ?? beginning(params));
  const { days, time } = values;
  if (!days.length || !time) return;
  const asking = health() === 'off' || health() === 'lost' ? turnItOn() : undefined;
  const id = params.id === 'new' ? newId() : params.id;
  const wish = wishOf(values);
  const idea = ideaOf(params.idea);
  const undo = await (idea ? takeIdea(idea, id, wish) : keepReminder(id, wish));
  if (setting().reminder_offer !== 'accepted') await write([changeSetting({ reminder_offer: 'accepted', reminder_offered_at: Date.now() })]);
  await dropDraft(key(params));
  go('/reminders', { replace: true });
  toast(t('The reminder is kept'), params.id === 'new' ? undo : undefined);
  await asking;
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
