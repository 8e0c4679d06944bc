/** What has not been sent, and what came back: the words themselves, to copy and to try again. */
import { html, nothing } from 'lit-html';
import { wordsOf } from '../unwritten.js';
import { dropRefused, retryRefused } from '../../refused.js';
import { status } from '../../status.js';
import { t, tn } from '../../words.js';

export const screen = {
  title: () => t('Not sent yet'),
  view: () => html`
    <p class="lead">${status().waiting ? tn('{n} thing waits to be sent', '{n} things wait to be sent', status().waiting) : t('Nothing waits.')}</p>
    ${status().refused.length ? html`<ul class="list">${status().refused.map(card)}</ul>` : nothing}`,
};

/** @param {import('../../kinds.js').Refused} edit */
const card = (edit) => html`<li class="card">
  <p>${edit.detail || t('This is not open to you any more.')}</p>
  <p class="kept-words">${wordsOf(edit)}</p>
  <div class="row">
    <button class="quiet" type="button" @click=${() => retryRefused(edit.id)}>${t('Try again')}</button>
    <button class="plain" type="button" @click=${() => dropRefused(edit.id)}>${t('Let it go')}</button></div>
</li>`;
