/** The word at the foot of the page, with its undo. */
import { html, nothing } from 'lit-html';
import { dropToast, say, toasted } from '../page.js';
import { t } from '../words.js';

export function toastLine() {
  const toast = toasted();
  if (!toast) return nothing;
  const undo = async () => {
    dropToast();
    await toast.undo?.();
    say(t('Undone'));
  };
  return html`<div class="toast"><span>${toast.text}</span>
    ${toast.undo ? html`<button type="button" @click=${undo}>${t('Undo')}</button>` : nothing}</div>`;
}
