/** The saving form of a step: the same after "did it" and after "turned back" (rule S9), and again when it is put right later. */
import { html, nothing } from 'lit-html';
import { OUTCOMES } from '../attempts.js';
import { feelings } from '../feelings.js';
import { placesToOffer } from '../places.js';
import { get } from '../rows.js';
import { t } from '../words.js';
import { chips, choices, toggled } from './choices.js';
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
      ${rating({ id: 'after', label: t('How is it now?'), value: told.after, anchors, onInput: (after) => onTell({ after }) })}
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
    ${more({ told, step, first, onTell })}`;
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

/** @param {{told: Told, step: string, first: boolean, onTell: (news: Told) => void}} options */
function more({ told, step, first, onTell }) {
  const chosen = told.feelings ?? [];
  const now = told.first_time ?? first;
  return html`<details class="card more" ?open=${chosen.length > 0 || Boolean(told.aids || told.where)}>
    <summary>${t('Feelings, the place, what helped, if you like')}</summary>
    ${chips({
      label: t('Words for how it felt'), name: 'feelings', values: chosen,
      options: Object.entries(feelings()).map(([value, text]) => ({ value, text })),
      onToggle: (code) => onTell({ feelings: toggled(chosen, code) }),
    })}
    ${where(told, step, onTell)}
    <label class="check"><input type="checkbox" name="first_time" .checked=${now} @change=${() => onTell({ first_time: now === first ? !now : null })}>
      <span>${t('It was a first time')}</span></label>
    ${aids(told, onTell)}
  </details>`;
}

const OFFERED = 4;

/**
 * Where it was: the place the step names and places known by now, to be touched; or in own words.
 * @param {Told} told
 * @param {string} step
 * @param {(news: Told) => void} onTell
 */
function where(told, step, onTell) {
  const now = told.where ?? '';
  const ready = [...new Set([get(step)?.place ?? '', ...placesToOffer(OFFERED)])].filter(Boolean).slice(0, OFFERED);
  return html`${ready.length ? chips({
    label: t('Where it was'), name: 'where-ready', values: [now.trim()], options: ready.map((one) => ({ value: one, text: one })),
    onToggle: (one) => onTell({ where: now.trim() === one ? '' : one }),
  }) : nothing}
  ${field({ label: ready.length ? t('Another place') : t('Where it was'), name: 'where', value: now, max: 120, onInput: (words) => onTell({ where: words }) })}`;
}

/** Things that helped are noted without blame (rule L7). @param {Told} told @param {(news: Told) => void} onTell */
function aids(told, onTell) {
  const text = told.aids ?? '';
  const between = t(', ');
  const ready = [t('earphones'), t('a mask'), t('a cap or hood'), t('somebody with me'), t('my phone'), t('a short breath')];
  const given = text.split(between).map((one) => one.trim()).filter(Boolean);
  return html`${chips({
    label: t('What helped'), name: 'aids-ready', values: given.filter((one) => ready.includes(one)),
    options: ready.map((one) => ({ value: one, text: one })),
    onToggle: (one) => onTell({ aids: toggled(given, one).join(between).slice(0, 200) }),
  })}
  ${field({ label: t('In your own words'), name: 'aids', value: text, max: 200, onInput: (words) => onTell({ aids: words }) })}`;
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
