/** On the entry: what was here went away, or is not to be had just now, and what that means. It stays until somebody begins. */
import { html, nothing } from 'lit-html';
import { me } from '../rows.js';
import { status } from '../status.js';
import { t } from '../words.js';

export function parted() {
  const why = status().parted;
  const words = {
    sent: () => t('Everything of this app has left this device. What has been sent comes back when you sign in again.'),
    lost: () => t('Everything of this app has left this device. There was no way back in yet, so what was written cannot be opened any more. You can begin here at any time.'),
    cleared: () => t('The browser has cleared this device’s copy, and its lock with it. Sign in, and what has been sent is back.'),
    shut: () => t('What is on this device could not be opened just now. It is still here; it often opens a little later.'),
    '': null,
  }[why];
  if (!words || me()) return nothing;
  return html`<div class="card soft" role="status"><p>${words()}</p>
    ${why === 'shut' ? html`<button class="quiet" type="button" @click=${() => location.reload()}>${t('Try again')}</button>` : nothing}</div>`;
}
