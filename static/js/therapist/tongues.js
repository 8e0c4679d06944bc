/** Which language the desk speaks: a choice for this visit, and for the account once there is one. */
import { html } from 'lit-html';
import { tellLanguage } from '../knowing.js';
import { LANGUAGES, speak } from '../language.js';
import { render } from '../page.js';
import { me } from '../rows.js';
import { language, t } from '../words.js';

export const tongues = () => html`<div class="tongues" role="group" aria-label=${t('Language')}>${LANGUAGES.map(([code, name]) => html`
  <button class="choice" type="button" lang=${code} aria-pressed=${code === language()} @click=${() => choose(code)}>${name}</button>`)}</div>`;

/** @param {string} code */
async function choose(code) {
  await speak(code);
  render();
  if (me()) void tellLanguage(code);
}
