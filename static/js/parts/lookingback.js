/** After a step: the wish to look back once, softly, on the next day. */
import { html, nothing } from 'lit-html';
import { localDay } from '../days.js';
import { toast } from '../page.js';
import { changeSetting, setting, write } from '../rows.js';
import { answers, listed, seers, share } from '../sharing.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */

/** On the day itself: is a look-back tomorrow wished? Later: what was written then. @param {Attempt} one */
export function lookingBack(one) {
  if (one.looked_back) return html`<section class="card"><p class="note">${t('The day after')}</p><p dir="auto">${one.looked_back}</p>${whoSees(one)}<a class="plain" href="#/lookback/${one.id}">${t('Change it')}</a></section>`;
  if (localDay(one.started) !== localDay(Date.now())) return nothing;
  const wished = setting().look_back;
  return html`<button class="plain" type="button" aria-pressed=${wished} @click=${() => wish(!wished)}>
    ${wished ? t('No look back tomorrow') : t('Look back once, softly, tomorrow')}</button>`;
}

/** No agreement reaches it (shareable.py, LATER); it goes along where the attempt is shown by itself. @param {Attempt} one */
function whoSees(one) {
  const names = listed(seers(one));
  if (!names) return nothing;
  if (one.sharing === 'open') return html`<p class="note">${t('{names} can see it', { names })}</p>`;
  return html`<p class="note">${t('Only you see this look back.')}</p>
    ${answers(one).length > 2 ? nothing : html`<button class="plain" type="button" @click=${() => show(one, names)}>${t('Show it, too')}</button>`}`;
}

/** @param {Attempt} one @param {string} names */
async function show(one, names) {
  const undo = await share(one, 'open');
  toast(t('{names} can see it.', { names }), undo);
}

/** @param {boolean} wished */
async function wish(wished) {
  const undo = await write(changeSetting({ look_back: wished }));
  toast(wished ? t('The day after a step there is one soft question.') : t('Nothing is asked the day after.'), undo);
}
