/** When another step may be offered on a ladder (rule U2): four marks, each with the rule's own in sight. Nothing is locked by them. */
import { html } from 'lit-html';
import { RULE } from '../ready.js';
import { t } from '../words.js';
import { choices } from './choices.js';
import { valueWords } from './fieldwords.js';

/** @typedef {Record<keyof typeof OFFERED, number | null>} Marks */

const OFFERED = { ready_times: [2, 3, 4, 5, 7], ready_days: [1, 2, 3, 4], ready_rating: [10, 20, 30, 40, 50], ready_share: [25, 50, 75] };
const NAMES = /** @type {(keyof typeof OFFERED)[]} */ (Object.keys(OFFERED));

/** @param {Marks} ladder @returns {Marks} */
export const marksOf = ({ ready_times, ready_days, ready_rating, ready_share }) => ({ ready_times, ready_days, ready_rating, ready_share });

/**
 * @param {Marks} values
 * @param {(name: keyof Marks) => (value: number | null) => void} put null: as the rule has it
 */
export const readyFields = (values, put) => html`
  <p>${t('It is a question. No step is locked, and nothing moves by itself.')}</p>
  <p class="note">${t('It comes after so many times, on so many days, when one of these holds:')}</p>
  <ul class="note dots">
    <li>${t('What was feared did not come, or could be borne, in two of the last three times.')}</li>
    <li>${t('The guess has come down to this much of the first one.')}</li>
    <li>${t('The highest number has come down so far, or is this low.')}</li></ul>
  ${NAMES.map((name) => mark(name, values[name], put(name)))}`;

/** @returns {Record<keyof Marks, string>} */
const heads = () => ({ ready_times: t('How often'), ready_days: t('On how many days'), ready_rating: t('The highest number'), ready_share: t('Compared with the first number') });

/** @param {keyof Marks} name @param {number | null} value @param {(value: number | null) => void} put */
function mark(name, value, put) {
  const usual = RULE[/** @type {keyof typeof RULE} */ (name.slice('ready_'.length))];
  const offered = [...new Set([...OFFERED[name], value ?? usual])].sort((a, b) => a - b);
  return choices({
    label: heads()[name], name, fit: 'narrow', value: String(value ?? usual),
    options: offered.map((n) => ({ value: String(n), text: valueWords(name, n === usual ? null : n) })),
    onChoose: (chosen) => put(Number(chosen) === usual ? null : Number(chosen)),
  });
}
