/** After a step, whatever came of it (rule S6): one kind sentence, and a minute of kindness for who likes. */
import { html } from 'lit-html';
import { kindSentence } from '../kindness.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */

/** @param {Attempt} one */
export const kindly = (one) => html`<section class="kindly">
  <p class="lead kind">${kindSentence(one.outcome, one.id)}</p>
  <a class="plain" href="#/kind">${t('A minute of kindness')}</a>
</section>`;
