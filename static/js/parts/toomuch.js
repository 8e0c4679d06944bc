/** The way out that stands on every screen of a step (rule X7). */
import { html } from 'lit-html';
import { t } from '../words.js';

/** @param {string} [step] the one it is about */
export const tooMuch = (step) => html`<a class="plain too-much" href="#/toomuch${step ? `?step=${step}` : ''}">${t('It is too much right now')}</a>`;
