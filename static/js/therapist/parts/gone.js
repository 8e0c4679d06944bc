/** A page that is open no more: empty, told plainly, with the words of one's own that were on their way there. */
import { html, nothing } from 'lit-html';
import { wordsOf } from '../unwritten.js';
import { render, toast } from '../../page.js';
import { dropRefused } from '../../refused.js';
import { all } from '../../rows.js';
import { status } from '../../status.js';
import { t } from '../../words.js';
import { endedOf, isKnown, letGoOf } from '../open.js';
import { lookAround, peopleTrouble } from '../people.js';

/** What stands in place of a person's screen. @param {string} consent */
export function gone(consent) {
  if (!isKnown() && peopleTrouble()) return html`<section class="card warm" role="status"><p>${t('There is no connection just now.')}</p>
    <button class="quiet" type="button" @click=${lookAround}>${t('Try again')}</button></section>`;
  if (!isKnown()) return html`<p class="note" role="status">${t('One moment…')}</p>`;
  const ended = endedOf(consent);
  const notes = all('note').some((one) => one.about === consent);
  return html`<section class="card warm" role="status">
      <h2>${ended?.name ? t('{name} has closed this page', { name: ended.name }) : t('This page is not open to you')}</h2>
      <p>${t('It is theirs to open and to close, without giving a reason. Nothing of theirs is kept on this screen.')}</p>
    </section>
    ${left(consent, ended?.words ?? [])}
    ${notes ? html`<a class="quiet" href="#/person/${consent}/notes">${t('My own notes')}</a>` : nothing}
    <a class="quiet" href="#/">${t('People')}</a>`;
}

/** @param {string} consent @param {{id: string, text: string}[]} drafts half-typed words */
function left(consent, drafts) {
  const refused = status().refused.filter(({ reason }) => reason === 'gone').map((edit) => ({ id: edit.id, text: wordsOf(edit) }));
  if (!drafts.length && !refused.length) return nothing;
  return html`<section class="stack" aria-labelledby="left">
    <h2 id="left">${t('Your words that were not sent')}</h2>
    <p class="note">${t('They reached nobody. They are here until this page is closed.')}</p>
    <ul class="list">${refused.map((one) => card(one, () => dropRefused(one.id)))}${drafts.map((one) => card(one, () => letGoOf(consent, one.id)))}</ul>
  </section>`;
}

/** @param {{text: string}} one @param {() => unknown} drop */
const card = ({ text }, drop) => html`<li class="card">
  <p class="kept-words" dir="auto">${text || t('A change without words')}</p>
  <div class="row">
    ${text ? html`<button class="quiet" type="button" @click=${() => copyText(text)}>${t('Copy the words')}</button>` : nothing}
    <button class="quiet" type="button" @click=${async () => { await drop(); render(); }}>${t('Let it go')}</button>
  </div></li>`;

/** @param {string} text */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('Copied'));
  } catch {
    toast(t('The browser did not let us copy. You can write it down.'));
  }
}
