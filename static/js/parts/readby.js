/** When somebody reads, said plainly wherever one writes to them; nobody watches live (rule T6). */
import { html, nothing } from 'lit-html';
import { dayWords, daysWords } from '../daywords.js';
import { readingOf } from '../messages.js';
import { called } from '../names.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Consent} Consent */

/** One sentence: by which day today's words are read. @param {Consent} consent @param {number} now */
export function readByWords(consent, now) {
  const { by } = readingOf(consent, now);
  return by ? t('{name} reads this by {day}, maybe sooner.', { name: called(consent.name), day: dayWords(by) })
    : t('{name} has not said when they read. It may take a while.', { name: called(consent.name) });
}

/** The whole of it, before the first word. @param {Consent} consent @param {number} now */
export function readByCard(consent, now) {
  const { days, note, away } = readingOf(consent, now);
  return html`<section class="card soft" aria-label=${t('When your words are read')}>
    ${days.length ? html`<p class="lead">${t('{name} reads messages on these days: {days}.', { name: called(consent.name), days: daysWords(days) })}</p>` : nothing}
    ${away ? html`<p>${t('{name} is away until {day}.', { name: called(consent.name), day: dayWords(away) })}</p>` : nothing}
    ${note ? html`<p dir="auto">${t('In their words: {note}', { note })}</p>` : nothing}
    <p>${readByWords(consent, now)}</p>
    <p>${t('Nobody watches live. It is not for emergencies; for those there are people who help.')}</p>
  </section>`;
}
