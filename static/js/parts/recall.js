/** Before a step: the page of the book of surprises that fits it best, quietly, as something remembered and not as a promise. */
import { html, nothing } from 'lit-html';
import { attempts } from '../attempts.js';
import { render } from '../page.js';
import { matching } from '../surprises.js';
import { t } from '../words.js';
import { closeIcon } from './icons.js';
import { happenedIn } from './outcome.js';

/** @typedef {import('../kinds.js').Step} Step */

/** Put aside for this visit. @type {string | null} */
let aside = null;

/** While a thumb moves a number the screen is drawn many times, the book stays as it is. */
let asked = { list: /** @type {unknown} */ (null), step: '', one: /** @type {ReturnType<typeof matching>} */ (undefined) };

/** @param {Step} step */
function pageFor(step) {
  const list = attempts();
  if (asked.list !== list || asked.step !== step.id) asked = { list, step: step.id, one: matching(step, { list }) };
  return asked.one;
}

/** @param {Step} step */
export function recall(step) {
  const one = aside === step.id ? undefined : pageFor(step);
  if (!one) return nothing;
  const came = one.found_out.trim() || happenedIn(one);
  const put = () => {
    aside = step.id;
    render();
  };
  return html`<aside class="recall" aria-label=${t('From your book of surprises')}>
    <a href="#/surprises?page=${one.id}">
      <span class="note">${one.step === step.id ? t('What surprised you here once') : t('What surprised you at a step like this')}</span>
      ${one.guess.trim() ? html`<span class="recall-guess">${t('You thought: {guess}', { guess: one.guess })}</span>` : nothing}
      <strong>${came || one.title}</strong>
    </a>
    <button class="icon" type="button" aria-label=${t('Put it aside')} @click=${put}>${closeIcon}</button>
  </aside>`;
}
