/** What the fields of a ladder and a step are called at the desk, where nobody speaks of their own. */
import { fieldName, nameFieldsBy } from '../parts/fieldwords.js';
import { t } from '../words.js';

nameFieldsBy((field) => ({ hint: t('A hint'), predicted: t('How hard it looks, 0–100') })[field] ?? '');

export { fieldName };
