/** What a field of a ladder or a step is called in front of a person, and how its value is said. */
import { byPosition } from '../order.js';
import { RULE } from '../ready.js';
import { stepOf, stepsOf } from '../steps.js';
import { t, tn } from '../words.js';

/** @typedef {{id: string, kind: string}} Row */

/** @type {(field: string, kind: string) => string} */
let otherwise = () => '';

/** Not everybody speaks of their own: a therapist's desk has other words for some. @param {typeof otherwise} fn */
export const nameFieldsBy = (fn) => { otherwise = fn; };

/** @param {string} field @param {string} [kind] of the row */
export function fieldName(field, kind = 'step') {
  const other = otherwise(field, kind);
  if (other) return other;
  return {
    title: kind === 'ladder' ? t('Name of the ladder') : t('Words'), hint: t('A hint for myself'), wish: t('The wish'), wish_unknown: t('The wish'),
    time: t('When'), place: t('Where'), people: t('With whom'), aids: t('What helps'), length: t('How long'),
    predicted: t('My own number'), archived: t('On the ladder, or taken off'), position: t('Place on the ladder'), form: t('Kind of step'),
    ready_times: t('Before another step is offered: times'), ready_days: t('Before another step is offered: days'),
    ready_rating: t('Before another step is offered: the highest number'), ready_share: t('Before another step is offered: compared with the first number'),
  }[field] ?? field;
}

/**
 * A value as one reads it.
 * @param {string} field
 * @param {unknown} value
 * @param {Row} [row] whose field it is; a place on the ladder is told by its neighbour
 * @returns {string}
 */
export function valueWords(field, value, row) {
  if (field === 'archived') return value ? t('taken off') : t('on it');
  if (field === 'position') return row ? placeWords(row, String(value)) : '';
  if (field === 'form') return { action: t('in real life'), imaginal: t('in imagination'), body: t('in the body') }[String(value)] ?? String(value);
  if (field.startsWith('ready_')) return markWords(field, /** @type {number | null} */ (value));
  if (field === 'wish_unknown') return value ? t('I don’t know yet') : t('written down');
  return value === null || value === undefined || value === '' ? t('nothing') : String(value);
}

/** A mark of a ladder (rule U2); null is the rule's own. @param {string} field @param {number | null} value @returns {string} */
function markWords(field, value) {
  if (value === null) return t('{mark}, as usual', { mark: markWords(field, RULE[/** @type {keyof typeof RULE} */ (field.slice('ready_'.length))]) });
  if (field === 'ready_times') return tn('{n} time', '{n} times', value);
  if (field === 'ready_days') return tn('{n} day', '{n} days', value);
  if (field === 'ready_rating') return t('{n} or lower', { n: value });
  return { 25: t('a quarter of it'), 50: t('half of it'), 75: t('three quarters of it') }[value] ?? t('{n} of 100', { n: value });
}

/**
 * Where a key would put a step, told by the step just below.
 * @param {{id: string, ladder?: string}} row
 * @param {string} position
 */
export function placeWords(row, position) {
  const ladder = row.ladder ?? stepOf(row.id)?.ladder;
  const below = ladder ? stepsOf(ladder).filter((one) => one.id !== row.id && byPosition(one, { id: row.id, position }) < 0).at(-1) : undefined;
  return below ? t('just above “{title}”', { title: below.title }) : t('at the foot');
}
