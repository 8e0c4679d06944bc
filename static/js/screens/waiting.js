/** What is still only on this phone, and what the account did not take: nothing of it is ever dropped by us. */
import { html, nothing } from 'lit-html';
import { momentWords } from '../days.js';
import { syncNow } from '../here.js';
import { render, toast } from '../page.js';
import { sentDrawing } from '../parts/drawings.js';
import { dropRefused, retryRefused } from '../refused.js';
import { status } from '../status.js';
import { t, tn } from '../words.js';

/** @typedef {import('../kinds.js').Refused} Refused */

let busy = false;

export const screen = {
  title: () => t('What is waiting'),
  up: () => '/settings',
  view() {
    const { waiting, refused, lastSaved, memoryOnly, signedOut, updateNeeded } = status();
    return html`
      ${memoryOnly ? html`<section class="card warm"><p>${t('This browser keeps nothing (a private window, or no space left). Please leave this page open until everything is sent.')}</p></section>` : nothing}
      ${signedOut ? html`<section class="card"><p>${t('Please sign in again on this device. Nothing written here is lost.')}</p><a class="quiet" href="#/signin">${t('Sign in')}</a></section>` : nothing}
      ${updateNeeded ? html`<section class="card"><p>${t('A newer Ippo is needed to send this. It comes by itself with a connection; until then everything is kept here.')}</p></section>` : nothing}
      <section class="stack centred">
        ${sentDrawing(waiting > 0)}
        <p class="lead">${waiting ? tn('{n} thing is only on this phone so far.', '{n} things are only on this phone so far.', waiting) : t('Everything is in your account.')}</p>
        ${lastSaved ? html`<p class="note">${t('Last sent {when}', { when: momentWords(lastSaved) })}</p>` : nothing}
        ${waiting ? html`<p class="note">${t('It goes by itself when there is a connection. There is nothing you need to do.')}</p>
          <button class="quiet" type="button" ?disabled=${busy} @click=${send}>${t('Send it now')}</button>` : nothing}
      </section>
      ${refused.length ? html`<h2>${t('Not taken, and kept here')}</h2><ul class="list">${refused.map(card)}</ul>` : nothing}`;
  },
};

/** @param {Refused} edit */
function card(edit) {
  const text = words(edit);
  return html`<li class="card">
    <h3>${kindName(edit.kind)}</h3>
    ${text ? html`<p class="kept-words" dir="auto">${text}</p>` : nothing}
    <p class="note">${edit.detail || t('This ladder is not open to you any more.')}</p>
    <div class="row">
      ${text ? html`<button class="quiet" type="button" @click=${() => copy(text)}>${t('Copy the words')}</button>` : nothing}
      <button class="quiet" type="button" @click=${() => retryRefused(edit.id)}>${t('Try again')}</button>
      <button class="quiet" type="button" @click=${() => dropRefused(edit.id)}>${t('Let it go')}</button>
    </div></li>`;
}

/** The texts of an edit, without ids and codes. @param {Refused} edit */
function words(edit) {
  const hidden = new Set(['ladder', 'step', 'position', 'from_library', 'split_from', 'varied_from', 'turned', 'form', 'zone', 'outcome', 'source', 'day', 'time', 'state', 'field', 'by', 'target', 'target_kind', 'sharing', 'away_until', 'about', 'harder', 'sort', 'book', 'ready_answer', 'fixed_time', 'breath', 'reading', 'asked_harder', 'asked_days']);
  return Object.entries(edit.fields).filter(([name, value]) => typeof value === 'string' && value && !hidden.has(name)).map(([, value]) => value).join('\n');
}

/** @param {string} kind */
function kindName(kind) {
  const names = /** @type {Record<string, string>} */ ({
    setting: t('A setting'), attempt: t('An attempt'), rest: t('A day of not doing'), reminder: t('A reminder'),
    ladder: t('A ladder'), step: t('A step'), proposal: t('A proposal'),
    message: t('A message'), comment: t('A comment'), idea: t('An idea for a reminder'),
    diary: t('A page of the diary'), checkin: t('A monthly answer'), plan: t('For hard weeks'), support: t('What supports me'),
  });
  return names[kind] ?? t('Something');
}

async function send() {
  busy = true;
  render();
  await syncNow().catch(() => false);
  busy = false;
  if (status().waiting) toast(t('There is no connection just now. What you wrote is kept; please try this again later.'));
  render();
}

/** @param {string} text */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('Copied'));
  } catch {
    toast(t('The browser did not let us copy. You can write it down.'));
  }
}
