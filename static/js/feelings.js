/** Feelings: words a person may choose after a step, never has to (rule S5). Stored as codes, shown in the person's language. */
import { t } from './words.js';

/** @returns {Record<string, string>} code → word, in the order shown */
export function feelings() {
  return {
    relieved: t('relieved'),
    pleased: t('pleased'),
    proud: t('a little proud'),
    calm: t('calm'),
    surprised: t('surprised'),
    curious: t('curious'),
    tired: t('tired'),
    tense: t('tense'),
    afraid: t('afraid'),
    restless: t('restless'),
    ashamed: t('ashamed'),
    frustrated: t('frustrated'),
    sad: t('sad'),
    lonely: t('lonely'),
    numb: t('empty'),
    unsure: t('not sure'),
  };
}

/**
 * @param {string[] | undefined} codes
 * @returns {string[]} words; a code from a newer version of the app is left out
 */
export function feelingWords(codes = []) {
  const words = feelings();
  return codes.filter((code) => words[code]).map((code) => words[code]);
}
