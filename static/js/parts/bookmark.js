/** A result and the book of surprises: in it or not, said in one line and changed in one touch. */
import { html } from 'lit-html';
import { toast } from '../page.js';
import { inBook, putIn, takeOut } from '../surprises.js';
import { t } from '../words.js';
import { bird } from './bird.js';
import { bookIcon } from './icons.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */

/** @param {Attempt} one kept */
export const bookmark = (one) => (inBook(one)
  ? html`<a class="card soft bookmark" href="#/surprises?page=${one.id}">${bird}<span>${t('A small surprise. It has a page in your book.')}</span></a>`
  : html`<button class="plain" type="button" @click=${() => into(one)}>${bookIcon}${t('Put it into the book of surprises')}</button>`);

/** @param {Attempt} one */
const into = async (one) => toast(t('It has a page in the book now.'), await putIn(one));

/** The entry stays, only its page goes. @param {Attempt} one */
export const outOf = async (one) => toast(t('Out of the book. The entry itself stays.'), await takeOut(one));
