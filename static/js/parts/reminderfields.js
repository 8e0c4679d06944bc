/** What a person chooses of a reminder: about what, when, in which words. Everything has a good beginning and can stay as it is. */
import { html, nothing } from 'lit-html';
import { cues, cueSentence } from '../cues.js';
import { localDay } from '../days.js';
import { clockWords, dayName } from '../daywords.js';
import { ladders } from '../ladders.js';
import { heldBy, quietOf } from '../manners.js';
import { addDays, endOf, hasBeen, nextTime, overMidnight, WEEK, windowOf } from '../rhythm.js';
import { get, setting } from '../rows.js';
import { stepsOf } from '../steps.js';
import { t } from '../words.js';
import { choices } from './choices.js';
import { field } from './field.js';
import { lockScreen } from './lockscreen.js';
import { outlook } from './outlook.js';

/** @typedef {import('../reminders.js').Wish} Wish */
/** @typedef {ReturnType<typeof import('./field.js').halfTyped<Wish>>['put']} Put */

const MOST_WORDS = 80;
const MOST_CUE = 200;

/** Is everything there that a reminder needs to come at all? @param {Wish} values */
export const comes = (values) => Boolean(nextTime({ ...values, on: true }, Date.now()));

/** @param {{values: Wish, put: Put, id: string, typed: Partial<Wish>}} form typed: what was changed and is not kept yet */
export const reminderFields = ({ values, put, id, typed }) => html`
  ${aboutField(values, put)}
  ${whenField(values, put)}
  ${hoursField(values, put)}
  ${outlook(values, id)}
  ${cueField(values, put, Boolean(typed.cue ?? values.cue) || typed.cue !== undefined)}
  ${field({ label: t('Your own words'), note: t('If you like: what you would want to read at that moment.'), name: 'words', value: values.words, onInput: put('words'), max: MOST_WORDS })}
  ${choices({ label: t('On the lock screen'), name: 'neutral', value: String(values.neutral), onChoose: (value) => put('neutral')(value === 'true'),
    options: [{ value: 'true', text: t('Words that tell nothing') }, { value: 'false', text: t('The words above') }] })}
  ${lockScreen(values)}`;

/** @param {Pick<Wish, 'step' | 'ladder'>} wish @returns {string} what it is about */
export const aboutWords = ({ step, ladder }) => get(step)?.title || get(ladder)?.title || t('Whichever step is today’s');

/** A step, any of a ladder, or today's one. @param {Wish} values @param {Put} put */
function aboutField({ step, ladder }, put) {
  const chosen = step ?? (ladder && `all ${ladder}`) ?? '';
  /** @param {string} value */
  const choose = (value) => {
    const whole = value.startsWith('all ') ? value.slice(4) : '';
    put('step')(whole ? null : value || null);
    put('ladder')(whole || (get(value)?.ladder ?? null));
  };
  /** @param {string} value @param {string} text */
  const option = (value, text) => html`<option value=${value} ?selected=${value === chosen}>${String(text)}</option>`;
  return html`<label class="field"><span>${t('About')}</span>
    <select autocomplete="off" name="step" @change=${(/** @type {any} */ event) => choose(event.target.value)}>
      ${option('', t('Whichever step is today’s'))}
      ${ladders().map((one) => html`<optgroup label=${one.title}>
        ${option(`all ${one.id}`, t('Any step of this ladder'))}
        ${stepsOf(one.id).map((each) => option(each.id, each.title))}</optgroup>`)}
    </select></label>`;
}

/** Days of the week, or one date. @param {Wish} values @param {Put} put */
function whenField(values, put) {
  const today = localDay(Date.now());
  return html`
    ${choices({ label: t('On which days'), name: 'when', value: values.date ? 'date' : 'days', onChoose: (value) => put('date')(value === 'date' ? addDays(today, 1) : ''),
      options: [{ value: 'days', text: t('Every week') }, { value: 'date', text: t('One date') }] })}
    ${values.date ? dateField(values, put, today) : daysField(values, put)}`;
}

/** @param {Wish} values @param {Put} put */
function daysField({ days }, put) {
  /** @param {number} day */
  const flip = (day) => put('days')(days.includes(day) ? days.filter((one) => one !== day) : [...days, day].sort());
  return html`<fieldset class="choices days"><legend class="unseen">${t('Days')}</legend>
    <div class="choices-row">${WEEK.map((day) => html`<label class="choice day">
      <input class="choices-input" type="checkbox" name="day" value=${day} .checked=${days.includes(day)} aria-label=${dayName(day, 'long')} @change=${() => flip(day)}>
      <span aria-hidden="true">${dayName(day, 'short')}</span></label>`)}</div></fieldset>`;
}

/** @param {Wish} values @param {Put} put @param {string} today */
function dateField({ date, time }, put, today) {
  const near = [{ days: 1, text: t('Tomorrow') }, { days: 7, text: t('In a week') }, { days: 21, text: t('In three weeks') }];
  return html`<div class="stack near">
    ${choices({ label: t('Date'), name: 'near', fit: 'three', value: date, onChoose: put('date'), options: near.map(({ days, text }) => ({ value: addDays(today, days), text })) })}
    <input autocomplete="off" type="date" name="date" aria-label=${t('Date')} min=${today} .value=${date} @input=${(/** @type {any} */ { target }) => target.value && put('date')(target.value)}>
    ${time && hasBeen({ days: [], date, time }, Date.now()) ? html`<p class="note" role="status">${t('That moment has been. You might choose another date or time.')}</p>` : nothing}
  </div>`;
}

/** From when until when it may come: the time it is meant for, and how long it may still come after it. @param {Wish} values @param {Put} put */
function hoursField(values, put) {
  const { time } = values;
  const to = time ? endOf(values) : '';
  const said = time && { from: clockWords(time), to: clockWords(to) };
  /** @param {any} event */
  const until = ({ target: { value } }) => value && time && put('window')(windowOf(time, value));
  return html`<fieldset class="field"><legend>${t('Hours')}</legend>
    <div class="hours">
      <label><span class="note">${t('from')}</span><input autocomplete="off" type="time" name="time" required .value=${time} @input=${(/** @type {any} */ event) => put('time')(event.target.value)}></label>
      <label><span class="note">${t('until')}</span><input autocomplete="off" type="time" name="until" .value=${to} @input=${until}></label>
    </div>
    ${said && !heldBy(values, quietOf(setting())) ? html`<p class="note">${overMidnight(values) ? t('It comes at {from}. If your phone is off then, it may still come until {to} the next day.', said)
      : t('It comes at {from}. If your phone is off then, it may still come until {to}.', said)}</p>` : nothing}
  </fieldset>`;
}

/** When …, I might … (rule R-10). Folded away until somebody wants it. @param {Wish} values @param {Put} put @param {boolean} open */
function cueField(values, put, open) {
  const sentence = values.cue.trim() ? cueSentence(values.cue, aboutWords(values)) : '';
  return html`<details class="cue" ?open=${open}><summary>${t('Tie it to a moment of the day')}</summary>
    <div class="stack">
      <p class="note">${t('If you like: a moment that comes by itself anyway.')}</p>
      ${choices({ label: t('When …'), name: 'ready', fit: 'narrow', value: values.cue, onChoose: put('cue'), options: cues().map((one) => ({ value: one, text: one })) })}
      ${field({ label: t('Or in your own words: when …'), name: 'cue', value: values.cue, onInput: put('cue'), max: MOST_CUE })}
      ${sentence ? html`<p class="cue-whole">${sentence}</p>` : nothing}
      ${sentence && sentence.length <= MOST_WORDS && values.words !== sentence
        ? html`<button class="plain" type="button" @click=${() => put('words')(sentence)}>${t('Take this as your own words')}</button>` : nothing}
    </div></details>`;
}
