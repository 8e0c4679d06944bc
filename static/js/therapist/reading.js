/** When messages are read: days, a word of one's own, and being away. Told to a person before they write their first one. */
import { html, nothing } from 'lit-html';
import { dayName } from '../daywords.js';
import { field } from '../parts/field.js';
import { WEEK } from '../rhythm.js';
import { change, changeSetting, get, write } from '../rows.js';
import { t } from '../words.js';
import { people } from './people.js';

/** @typedef {{reads_days: number[], reads_note: string, away_until?: string}} Reading days: Monday is 0; away_until: a day, or '' */
/** @typedef {(name: any) => (value: any) => void} Put */

/** @param {Reading} values @param {Put} put @param {{away?: boolean}} [also] */
export const readingFields = (values, put, { away = false } = {}) => html`
  ${days(values.reads_days, put('reads_days'))}
  ${field({ label: t('A word about it'), note: t('For example: in the evening, after 18:00. Only if you like.'), name: 'reads_note', value: values.reads_note, onInput: put('reads_note'), max: 300 })}
  ${away ? absence(values.away_until ?? '', put('away_until')) : nothing}`;

/** @param {number[]} chosen @param {(days: number[]) => void} put */
function days(chosen, put) {
  /** @param {number} day */
  const flip = (day) => put(chosen.includes(day) ? chosen.filter((one) => one !== day) : [...chosen, day].sort());
  return html`<fieldset class="choices days"><legend>${t('Days on which you read')}</legend>
    <div class="choices-row">${WEEK.map((day) => html`<label class="choice day">
      <input class="choices-input" type="checkbox" name="day" value=${day} .checked=${chosen.includes(day)} aria-label=${dayName(day, 'long')} @change=${() => flip(day)}>
      <span aria-hidden="true">${dayName(day, 'short')}</span></label>`)}</div></fieldset>`;
}

/** @param {string} until @param {(day: string) => void} put */
const absence = (until, put) => html`<label class="field"><span>${t('Away until')}</span><span class="note" id="away-note">${t('Empty when you are not away.')}</span>
  <input type="date" name="away_until" autocomplete="off" aria-describedby="away-note" .value=${until} @input=${(/** @type {any} */ event) => put(event.target.value)}></label>`;

/**
 * From now on, and in every thread there is.
 * @param {Reading} reading
 * @param {Reading} before what held until now
 * @returns {Promise<() => unknown>} the way back
 */
export async function keepReading(reading, before) {
  const fields = { ...reading, away_until: reading.away_until || '' };
  const threads = (people() ?? []).flatMap(({ state, thread }) => (state === 'confirmed' && thread ? [thread] : []));
  await write([changeSetting(fields), ...threads.map((id) => change(get(id) ?? { id, space: id, kind: 'thread' }, fields))]);
  return () => keepReading(before, reading);
}
