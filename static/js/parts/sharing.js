/** Who sees this entry, said and chosen where it is read; both answers weigh the same (rules T4, G8). */
import { html, nothing } from 'lit-html';
import { reading } from '../consents.js';
import { toast } from '../page.js';
import { agreed, answerOf, answers, listed, mayBeSeen, seers, share } from '../sharing.js';
import { t } from '../words.js';
import { choices } from './choices.js';

/** @typedef {import('../sharing.js').Entry} Entry */
/** @typedef {import('../sharing.js').Sharing} Sharing */

/**
 * Nothing at all where nobody reads along.
 * @param {Entry} entry
 * @param {{id?: string, running?: boolean}} [how] running: nobody sees it before it is kept
 */
export function sharingChoice(entry, { id = 'sharing', running = false } = {}) {
  const list = mayBeSeen();
  if (!list.length) return reading().length ? html`<p class="note">${t('Only you see this entry.')}</p>` : nothing;
  return html`<section class="card sharing" id=${id}>
    ${choices({
      label: t('Who sees this entry?'), name: id, value: answerOf(entry, list), fit: 'wide',
      options: answers(entry, list).map((value) => ({ value, text: answerWords(entry, value) })),
      onChoose: (value) => chosen(entry, /** @type {Sharing} */ (value), running),
    })}
    <p class="note">${consequence(entry, running)}</p>
  </section>`;
}

/** @param {Entry} entry @param {Sharing} value */
function answerWords(entry, value) {
  if (value === 'private') return t('Only I');
  return value === 'open' ? t('{names}, too', { names: listed(mayBeSeen()) })
    : t('As agreed with each: {names}', { names: listed(agreed(entry)) });
}

/** What it means, as it stands. @param {Entry} entry @param {boolean} running */
function consequence(entry, running) {
  const names = listed(seers(entry));
  if (!names) return t('It leaves no trace for anybody else, not even a number.');
  return running ? t('{names} can read it once you have kept it: the numbers and all words of it.', { names })
    : t('{names} can read the numbers and all words of it. What was seen cannot be unseen.', { names });
}

/** @param {Entry} entry @param {Sharing} value @param {boolean} running */
async function chosen(entry, value, running) {
  const undo = await share(entry, value);
  if (running) return;
  toast(value === 'private' ? t('Only you see it from now on.') : t('{names} can see it.', { names: listed(value ? mayBeSeen() : agreed(entry)) }), undo);
}

/** In a list: in a few words, for who has somebody reading along. @param {Entry} entry */
export function sharingNote(entry) {
  if (!mayBeSeen().length) return nothing;
  const names = listed(seers(entry));
  return html`<span class="note">${names ? t('{names} can see it', { names }) : t('only you see it')}</span>`;
}
