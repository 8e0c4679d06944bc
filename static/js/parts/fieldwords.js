/** What a field of a ladder or a step is called in front of a person, and how its value is said. */
import { byPosition } from '../order.js';
import { stepOf, stepsOf } from '../steps.js';
import { t } from '../words.js';

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
  if (field === 'wish_unknown') return value ? t('I don’t know yet') : t('written down');
  return value === null || value === undefined || value === '' ? t('nothing') : String(value);
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
