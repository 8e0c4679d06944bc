/** The session is over: nothing is to be seen any more, and what was typed waits for the one who typed it. */
import { html, nothing } from 'lit-html';
import { status } from '../../status.js';
import { t, tn } from '../../words.js';
import { forgetWays, ways } from '../ways.js';

export const screen = {
  title: () => t('Locked'),
  leave: forgetWays,
  view: () => html`
    <p class="lead">${t('Each session ends after 12 hours, or when it is ended elsewhere. Please come in again.')}</p>
    ${status().waiting ? html`<p class="card warm">${tn('{n} thing you wrote has not been sent yet. It stays in this window and is sent once you are back.', '{n} things you wrote have not been sent yet. They stay in this window and are sent once you are back.', status().waiting)}</p>` : nothing}
    ${ways()}`,
};
