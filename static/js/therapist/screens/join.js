/** An invitation: looked at, an account if there is none, the second key, and then it waits for the person's yes. */
import { html } from 'lit-html';
import { t } from '../../words.js';

export const screen = {
  title: () => t('Your invitation'),
  view: () => html`<p>${t('One moment…')}</p>`,
};
