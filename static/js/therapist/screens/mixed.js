/** Before the desk: nobody answered yet, or this browser is somebody's own notebook and must stay so. */
import { html } from 'lit-html';
import { toast } from '../../page.js';
import { t } from '../../words.js';
import { knock, standing } from '../standing.js';

export const screen = {
  title: () => t('For therapists'),
  view() {
    switch (standing()) {
      case 'starting': return html`<p class="note">${t('One moment…')}</p>`;
      case 'away': return html`
        <p>${t('There is no connection just now. This page needs one, for it keeps nothing on this computer.')}</p>
        <button class="primary" type="button" @click=${knock}>${t('Try again')}</button>`;
      default: return own();
    }
  },
};

const own = () => html`
  <section class="card warm">
    <p>${t('This browser holds somebody’s own notebook. So that neither gets in the way of the other, the two never share one browser.')}</p>
    <p>${t('Please open this address in another browser, or in a private window.')}</p>
  </section>
  <button class="primary" type="button" @click=${copy}>${t('Copy the address')}</button>
  <a class="plain" href="/app">${t('To the notebook')}</a>`;

async function copy() {
  try {
    await navigator.clipboard.writeText(location.href);
    toast(t('Copied'));
  } catch {
    toast(t('The browser did not let us copy. You can copy it from the address bar.'));
  }
}
