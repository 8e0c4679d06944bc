/** What waits to be sent, in the bar above every screen: nothing while all is well. */
import { html, nothing } from 'lit-html';
import { render } from '../page.js';
import { status } from '../status.js';
import { t, tn } from '../words.js';
import { waitingIcon } from './moreicons.js';

/** Sending takes a moment; only what waits longer is worth a word, in milliseconds. */
const PATIENCE = 2_500;
let since = 0;

/** Whether something has been waiting for long, or is known not to get through. @param {import('../status.js').Status} standing */
function waitsLong({ waiting, offline }) {
  if (!waiting) since = 0;
  else if (!since) {
    since = Date.now();
    setTimeout(render, PATIENCE + 50);
  }
  return waiting > 0 && (offline || Date.now() - since > PATIENCE);
}

/** Saving says nothing while all is well; this appears only when something is still on this phone alone. */
export function waitingChip() {
  const standing = status();
  const { waiting, memoryOnly, signedOut, updateNeeded } = standing;
  const stuck = standing.refused.length;
  if (!waitsLong(standing) && !stuck && !memoryOnly && !signedOut && !updateNeeded) return nothing;
  const words = stuck ? tn('{n} thing could not be sent', '{n} things could not be sent', stuck)
    : waiting ? tn('{n} thing waits to be sent', '{n} things wait to be sent', waiting)
      : t('Not everything can be kept or sent just now');
  return html`<a class="chip" href="#/waiting" aria-label=${words} title=${words}>
    ${waitingIcon}${stuck || waiting ? html`<span aria-hidden="true">${stuck || waiting}</span>` : nothing}</a>`;
}
