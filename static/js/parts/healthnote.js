/** A step that moves the body on purpose never comes without this (rule L8). */
import { html, nothing } from 'lit-html';
import { t } from '../words.js';

export const healthNote = () => html`<p class="card soft health-note" role="note">${t('This step moves the body on purpose. '
  + 'With anything of the heart, breathing, blood pressure, fits, dizziness, or when pregnant, '
  + 'please leave it out or ask a doctor first. Stop whenever it does not feel right.')}</p>`;

/** @param {{form?: string}} step */
export const bodyNote = (step) => (step.form === 'body' ? healthNote() : nothing);

/** In real life, in imagination, in the body. @returns {Record<string, string>} */
export const formWords = () => ({ action: t('in real life'), imaginal: t('in imagination'), body: t('in the body') });
