/** Six digits, by keys of our own: no keyboard of the phone learns them, and none covers half the page. */
import { html, nothing } from 'lit-html';
import { DIGITS } from '../lock.js';
import { t } from '../words.js';
import { eraseIcon, keyIcon } from './lockicons.js';

/** @typedef {{typed: string, busy: boolean, onDigit: (digit: string) => void, onErase: () => void, onPasskey?: () => unknown}} Pad */

/** @type {Pad | undefined} the one that is drawn */
let drawn;

if (typeof addEventListener === 'function') addEventListener('keydown', press);

/** @param {KeyboardEvent} event a real keyboard works as well */
function press(event) {
  if (!drawn || drawn.busy || !document.querySelector('.pad') || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^\d$/.test(event.key)) drawn.onDigit(event.key);
  else if (event.key === 'Backspace') drawn.onErase();
}

/** @param {Pad} pad */
export function pinpad(pad) {
  drawn = pad;
  const { typed, busy, onDigit, onErase, onPasskey } = pad;
  return html`
    <p class="dots-row" role="status" aria-label=${t('{n} of {all} digits', { n: typed.length, all: DIGITS })}>
      ${Array.from({ length: DIGITS }, (_, at) => html`<span class=${at < typed.length ? 'full' : nothing}></span>`)}</p>
    <div class="pad" aria-busy=${busy}>
      ${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => html`<button type="button" ?disabled=${busy} @click=${() => onDigit(String(n))}>${n}</button>`)}
      ${onPasskey ? html`<button class="mute" type="button" ?disabled=${busy} aria-label=${t('Open with this device’s own lock')} @click=${onPasskey}>${keyIcon}</button>` : html`<span></span>`}
      <button type="button" ?disabled=${busy} @click=${() => onDigit('0')}>0</button>
      <button class="mute" type="button" ?disabled=${busy} aria-label=${t('Erase one digit')} @click=${onErase}>${eraseIcon}</button>
    </div>`;
}

/**
 * What a pad has heard so far.
 * @param {(digits: string) => unknown} whole called with the last digit
 * @param {() => void} changed
 */
export function typing(whole, changed) {
  let typed = '';
  return {
    typed: () => typed,
    clear() { typed = ''; },
    /** @param {string} digit */
    onDigit(digit) {
      if (typed.length < DIGITS) typed += digit;
      changed();
      if (typed.length === DIGITS) whole(typed);
    },
    onErase() {
      typed = typed.slice(0, -1);
      changed();
    },
  };
}
