/** Everything as a file, to keep or to bring in elsewhere. */
import { html } from 'lit-html';
import { bringIn } from '../account.js';
import { toast } from '../page.js';
import { t, tn } from '../words.js';

export const takeaway = () => html`<section class="stack">
  <h2>${t('Take it with you')}</h2>
  <p class="note">${t('Everything you made here, with every change, as a file of your own.')}</p>
  <a class="quiet" href="/api/export" download>${t('Save everything (JSON)')}</a>
  <a class="quiet" href="/api/export.csv" download>${t('Save as a table (CSV)')}</a>
  <label class="quiet filepick"><span>${t('Bring in a saved file')}</span>
    <input class="unseen" type="file" accept="application/json,.json" @change=${read}></label>
</section>`;

/** @param {Event} event */
async function read(event) {
  const input = /** @type {HTMLInputElement} */ (event.target);
  const [file] = input.files ?? [];
  input.value = '';
  if (!file) return;
  const said = await bringIn(file);
  toast(said.ok ? tn('{n} entry was brought in. What was here stays.', '{n} entries were brought in. What was here stays.', said.body.added) : said.detail);
}
