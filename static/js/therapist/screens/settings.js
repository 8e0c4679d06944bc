/** Settings of the desk. */
import { html } from 'lit-html';
import { toast } from '../../page.js';
import { t } from '../../words.js';
import { leave } from '../standing.js';
import { tongues } from '../tongues.js';

export const screen = {
  title: () => t('Settings'),
  view: () => html`${tongues()}
    <button class="quiet" type="button" @click=${out}>${t('Sign out')}</button>`,
};

async function out() {
  if (!(await leave())) toast(t('There is no connection just now, so the session is not ended yet. Please try again.'));
}
