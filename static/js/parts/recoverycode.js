/** The one-time code, in sight once, with a way to take it along. */
import { html, nothing } from 'lit-html';
import { newCode } from '../account.js';
import { render, toast } from '../page.js';
import { t } from '../words.js';
import { provably } from './provable.js';

let code = '';

/** Fetch a new code and show it. */
export const fetchCode = () => provably(newCode, (said) => { code = said.body.code; });

export function hideCode() {
  code = '';
}

export function recoveryCode() {
  if (!code) return nothing;
  return html`<section class="card warm" aria-live="polite">
    <h2>${t('Your recovery code')}</h2>
    <p>${t('If you ever lose the other ways in, this code opens the door once. It is shown only now. On paper it is safe.')}</p>
    <p class="code" translate="no">${code.split('-').map((part) => html`<span>${part}</span>`)}</p>
    <button class="quiet" type="button" @click=${copy}>${t('Copy the code')}</button>
    <button class="quiet" type="button" @click=${() => { hideCode(); render(); }}>${t('I have kept it')}</button>
  </section>`;
}

async function copy() {
  try {
    await navigator.clipboard.writeText(code);
    toast(t('Copied'));
  } catch {
    toast(t('The browser did not let us copy. You can write it down.'));
  }
}
