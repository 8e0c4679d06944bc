/** A new version lies ready: said once, quietly, never in the way. */
import { html, nothing } from 'lit-html';
import { t } from '../words.js';
import { update, updateReady } from '../worker.js';

export function updateCard() {
  if (!updateReady()) return nothing;
  return html`<aside class="update" role="status">
    <p>${t('A new version is ready.')}</p>
    <button class="quiet" type="button" @click=${update}>${t('Take it now')}</button>
  </aside>`;
}
