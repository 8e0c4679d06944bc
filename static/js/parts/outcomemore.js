/** What more may be told after a step: feelings, the place, what helped. It hangs at the foot of the saving form (outcome.js). */
import { html, nothing } from 'lit-html';
import { feelings } from '../feelings.js';
import { placesToOffer } from '../places.js';
import { get } from '../rows.js';
import { t } from '../words.js';
import { chips, toggled } from './chips.js';
import { field } from './field.js';

/** @typedef {import('./outcome.js').Told} Told */

/** @param {{told: Told, step: string, first: boolean, onTell: (news: Told) => void}} options */
export function outcomeMore({ told, step, first, onTell }) {
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
