/** Ready beginnings for "when …, I might …" (rule R-10): quiet moments of any day, at any hour, alone and at home. */
import { t } from './words.js';

/** @returns {string[]} in the language of now; each may be changed */
export const cues = () => [t('I have had something warm to drink'), t('I have brushed my teeth'), t('I open the curtain'), t('the washing machine is done'),
  t('I come out of the bath'), t('the house is quiet')];

/**
 * The whole sentence, as it is shown.
 * @param {string} cue
 * @param {string} what the step, the ladder or today's one
 */
export const cueSentence = (cue, what) => t('When {cue}, I might: {what}', { cue: cue.trim(), what });
