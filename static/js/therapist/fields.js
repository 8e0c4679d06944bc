/** What the fields of a ladder and a step are called at the desk. How a value is said is the same on both sides. */
import { t } from '../words.js';

/** @param {string} field @param {string} kind of the row */
export const fieldName = (field, kind) => ({
  title: kind === 'ladder' ? t('Name of the ladder') : t('Words'), hint: t('A hint'), time: t('When'), place: t('Where'), people: t('With whom'),
  aids: t('What helps'), length: t('How long'), predicted: t('How hard it looks, 0–100'), archived: t('On the ladder'), form: t('Kind of step'),
})[field] ?? field;
