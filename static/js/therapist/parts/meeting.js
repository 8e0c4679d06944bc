/** How this pen writes here, and who is here while a ladder is open for a call. */
import { html, nothing } from 'lit-html';
import { timeWords } from '../../daywords.js';
import { called } from '../../names.js';
import { personIcon } from '../../parts/moreicons.js';
import { stepOf } from '../../steps.js';
import { openUntil, others } from '../../together.js';
import { t } from '../../words.js';
import { writes } from '../pens.js';

/** @param {string} space @param {string} owner their name */
export function pen(space, owner) {
  const until = openUntil(space);
  if (until) return together(space, owner, until);
  return html`<p class="note">${writes(space) ? t('{name} lets you write here. What you change stands at once.', { name: owner })
    : t('What you change here is a proposal. The words stay as they are until {name} takes it.', { name: owner })}</p>`;
}

/** @param {string} space @param {string} owner @param {number} until */
const together = (space, owner, until) => html`<section class="card soft" id="together" aria-labelledby="together-title">
  <h2 id="together-title">${t('Writing together')}</h2>
  <p>${t('You and {name} write here directly, until {time}. {name} can end it at any moment.', { name: owner, time: timeWords(until) })}</p>
  <ul class="here" aria-live="polite">${presence(space)}</ul></section>`;

/** @param {string} space */
function presence(space) {
  const list = others(space);
  if (!list.length) return html`<li class="note">${t('Nobody else is here just now.')}</li>`;
  return list.map(({ name: plain, step }) => {
    const name = called(plain);
    return html`<li>${personIcon}<span>${step && stepOf(step) ? t('{name} is at “{title}”', { name, title: stepOf(step)?.title ?? '' }) : t('{name} is on this ladder', { name })}</span></li>`;
  });
}

/** Who stands at this step. @param {string[]} names */
export const standers = (names) => (names.length ? html`<span class="badge here">${personIcon}${t('Here now: {names}', { names: names.map(called).join(t(', ')) })}</span>` : nothing);
