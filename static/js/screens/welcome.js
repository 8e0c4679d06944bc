/** The entry: what this is and what it is not (rule X4), one tap to begin, with no name, no e-mail and no network. */
import { html } from 'lit-html';
import { ownZone } from '../device.js';
import { dropDraft } from '../drafts.js';
import { startHere } from '../here.js';
import { parted } from '../hung.js';
import { chooseLanguage, LANGUAGES } from '../language.js';
import { go, render, toast } from '../page.js';
import { field, halfTyped } from '../parts/field.js';
import { bareLadder } from '../parts/ladderdrawing.js';
import { changeSetting, me, write } from '../rows.js';
import { language, t } from '../words.js';

const DRAFT = 'welcome';
let busy = false;

export const screen = {
  title: () => t('Ippo'),
  view: () => {
    const { values, put } = halfTyped(DRAFT, { nickname: '' });
    return html`
      <div class="entry">${bareLadder}<div class="tongues" role="group" aria-label=${t('Language')}>${LANGUAGES.map(([code, name]) => html`
        <button class="choice" type="button" lang=${code} aria-pressed=${code === language()} @click=${() => speak(code)}>${name}</button>`)}
      </div></div>
      ${parted()}<p class="lead">${t('Write down small steps, try one when you like, and see what really happens.')}</p>
      <p class="note">${t('You decide everything here. Not doing anything is fine too.')}</p>
      ${me() ? honestly() : html`
        <form id="begin" @submit=${start}>
          ${field({
            label: t('What may we call you?'), note: t('A nickname, or nothing at all.'), name: 'nickname', value: values.nickname,
            onInput: put('nickname'), max: 40,
          })}
        </form>
        ${honestly()}
        <div class="stack tight">
          <p class="note">${t('No name and no e-mail are needed. What you write is seen by nobody unless you choose to show it.')}</p>
          <p><a class="plain" href="/privacy">${t('How it is kept')}</a></p>
        </div>`}
      <div class="dock">${me() ? html`<a class="primary" href="#/">${t('Go to today')}</a>` : html`
        <button class="primary" form="begin" ?disabled=${busy}>${t('Begin')}</button>
        <a class="plain" href="#/signin">${t('I have used this before')}</a>`}
      </div>`;
  },
};

/** It names plainly when a professional leads; it closes no door. */
const honestly = () => html`
  <section class="card honest" aria-labelledby="honest">
    <h2 id="honest">${t('What this is, and what it is not')}</h2>
    <p>${t('This is a notebook for trying things in small steps. It does not take the place of a doctor or a counsellor.')}</p>
    <p>${t('With any of these, it is better to have a professional lead from the start:')}</p>
    <ul class="dots">
      <li>${t('thoughts of dying or of hurting yourself')}</li>
      <li>${t('hearing or seeing what others do not, or feeling watched all the time')}</li>
      <li>${t('a very low mood that does not lift, or days of hardly any sleep and racing ideas')}</li>
      <li>${t('alcohol or drugs that have become hard to be without')}</li>
      <li>${t('violence at home, or something terrible that happened not long ago')}</li>
      <li>${t('a serious illness of the heart or the lungs')}</li>
    </ul>
    <p>${t('You can look around here all the same.')}</p>
    <a class="plain" href="#/help">${t('People you can talk to')}</a>
  </section>`;

/** @param {string} code */
async function speak(code) {
  if (!(await chooseLanguage(code))) toast(t('It could not be fetched just now. Everything you write and try works without it.'));
  render();
}

/** @param {SubmitEvent} event */
async function start(event) {
  event.preventDefault();
  if (busy) return;
  busy = true;
  const nickname = String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('nickname') ?? '').trim();
  try {
    go('/ladders', { replace: true });    // still the entry, until somebody is here
    await startHere({ nickname, language: language(), zone: ownZone() });
    await write(changeSetting({ entry_read: true }));
    await dropDraft(DRAFT);
  } catch (error) {
    console.error(error);
    toast(t('That did not work just now. Your words are still here; please try once more.'));
  } finally {
    busy = false;
    render();
  }
}
