/** The second key: shown at each coming in, set up the first time. */
import { html } from 'lit-html';
import { t } from '../../words.js';

export const screen = {
  title: () => t('A second key'),
  view: () => html`<p>${t('One moment…')}</p>`,
};
