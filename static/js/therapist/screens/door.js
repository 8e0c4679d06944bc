/** The door: what this is for, and the two ways in. */
import { html } from 'lit-html';
import { tongues } from '../tongues.js';
import { ways } from '../ways.js';
import { t } from '../../words.js';

export const screen = {
  title: () => t('For therapists'),
  view: () => html`
    ${tongues()}
    <p class="lead">${t('Read a ladder together with somebody who invited you, and write on it at their pace.')}</p>
    <a class="primary" href="#/join">${t('I have an invitation')}</a>
    <section class="stack">
      <h2>${t('Come in again')}</h2>
      ${ways()}
    </section>
    <p class="note">${t('Nothing to install. This browser keeps nothing of what you read here.')}</p>
    <a class="plain" href="/privacy">${t('What we keep, and what we do not')}</a>`,
};
