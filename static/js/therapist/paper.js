/** Ten codes to keep on paper: in sight once, to print, to copy, to write down. */
import { html, nothing } from 'lit-html';
import { render, toast } from '../page.js';
import { t } from '../words.js';

/** @type {string[]} */
let codes = [];
/** @type {() => void} */
let then = () => {};

/** @param {string[]} fresh @param {() => void} [kept] called when they are put away */
export function showPaper(fresh, kept = () => {}) {
  codes = fresh;
  then = kept;
  render();
}

export const hidePaper = () => showPaper([]);

/** Are they in sight? */
export const hasPaper = () => codes.length > 0;

export const paper = () => (codes.length ? html`<section class="card warm paper" aria-labelledby="paper">
  <h2 id="paper">${t('Codes for the day your phone is lost')}</h2>
  <p>${t('Each of these opens once, in place of a code from the app. They are shown only now. On paper they are safe.')}</p>
  <ol class="codes" translate="no">${codes.map((code) => html`<li>${code}</li>`)}</ol>
  <div class="row">
    <button class="quiet" type="button" @click=${() => print()}>${t('Print')}</button>
    <button class="quiet" type="button" @click=${copy}>${t('Copy')}</button>
  </div>
  <button class="primary" type="button" @click=${put}>${t('I have kept them')}</button>
</section>` : nothing);

async function copy() {
  try {
    await navigator.clipboard.writeText(codes.join('\n'));
    toast(t('Copied'));
  } catch {
    toast(t('The browser did not let us copy. You can write it down.'));
  }
}

function put() {
  const after = then;
  hidePaper();
  return after();
}
