/** The saving form of a step: the same after "did it" and after "turned back" (rule S9), and again when it is put right later. */
import { html, nothing } from 'lit-html';
import { OUTCOMES } from '../attempts.js';
import { outcomeMore } from '../hung.js';
import { t } from '../words.js';
import { choices } from './choices.js';
import { field } from './field.js';
import { rating } from './rating.js';

/**
 * @typedef {object} Told what the person tells afterwards; everything but the outcome may stay empty
 * @property {import('../attempts.js').Outcome | null} [outcome]
 * @property {number | null} [after] 0-100
 * @property {number | null} [peak] 0-100
 * @property {string} [happened] one of HAPPENED or ''
 * @property {string} [found_out]
 * @property {string[]} [feelings]
 * @property {string} [aids]
 * @property {string} [where]
 * @property {boolean | null} [first_time] null: as it is by itself
 */

/** @returns {Record<string, string>} */
export const outcomeWords = () => ({ did: t('Did it'), part: t('Part of it'), turned_back: t('Turned back') });

/** @returns {Record<string, string>} */
export const happenedWords = () => ({
  no: t('It did not happen'),
  part: t('A little of it'),
  bearable: t('It did, and I could bear it'),
  yes: t('It did'),
});

/** Whether the guess came about, in words; '' where it was not answered. @param {import('../kinds.js').Attempt} one */
export const happenedIn = ({ happened }) => happenedWords()[happened] ?? happened;

/**
 * @param {{told: Told, guess: string, anchors: Record<number, string>, step: string, first: boolean, onTell: (news: Told) => void}} options
 *   first: by itself it is the first time of this step
 */
export function outcomeForm({ told, guess, anchors, step, first, onTell }) {
  return html`
    ${choices({
      label: t('How it went'), name: 'outcome', fit: 'three', value: told.outcome ?? null,
      options: OUTCOMES.map((value) => ({ value, text: outcomeWords()[value] })),
      onChoose: (value) => onTell({ outcome: /** @type {Told['outcome']} */ (value) }),
    })}
    <section class="card">
      ${rating({ id: 'after', label: t('How hard is it now?'), value: told.after, anchors, onInput: (after) => onTell({ after }) })}
    </section>
    <section class="card">
      ${rating({ id: 'peak', label: t('How was it at its highest?'), value: told.peak, compact: true, onInput: (peak) => onTell({ peak }) })}
    </section>
    <section class="card">
      ${guess ? guessBeside(guess, told, onTell) : nothing}
      ${field({
        label: guess ? t('How was it really?') : t('How was it? What did you find out?'), name: 'found_out', long: true, max: 5000,
        note: t('You can leave this empty.'), value: told.found_out ?? '', onInput: (found_out) => onTell({ found_out }),
      })}
    </section>
    ${outcomeMore({ told, step, first, onTell })}`;
}

/**
 * What was guessed stands beside the question what came of it (rule S2).
 * @param {string} guess
 * @param {Told} told
 * @param {(news: Told) => void} onTell
 */
function guessBeside(guess, told, onTell) {
  const words = happenedWords();
  return html`<blockquote class="guess"><span class="note">${t('Your guess')}</span>${guess}</blockquote>
    ${choices({
      label: t('Did it happen?'), name: 'happened', value: told.happened || null, fit: 'narrow',
      options: Object.entries(words).map(([value, text]) => ({ value, text })),
      onChoose: (happened) => onTell({ happened }),
    })}`;
}

/**
 * Only what was really told, ready to be written.
 * @param {Told} told
 * @param {import('../attempts.js').Outcome} outcome
 */
export const readyToKeep = (told, outcome) => ({
  outcome,
  after: told.after ?? null,
  peak: told.peak ?? null,
  happened: told.happened ?? '',
  found_out: (told.found_out ?? '').trim(),
  feelings: told.feelings ?? [],
  aids: (told.aids ?? '').trim(),
  where: (told.where ?? '').trim(),
  first_time: told.first_time ?? null,
});
