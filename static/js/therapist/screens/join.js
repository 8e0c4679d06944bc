/** An invitation: looked at, an account if there is none, the second key, the answer; then it waits for the person's yes. */
import { html, nothing } from 'lit-html';
import { momentWords } from '../../days.js';
import { dropDraft } from '../../drafts.js';
import { turnstile } from '../../once.js';
import { go, render, toast } from '../../page.js';
import { field, halfTyped, wantsWords } from '../../parts/field.js';
import { changeSetting, me, setting, write } from '../../rows.js';
import { t } from '../../words.js';
import { acceptInvitation, begin, lookAtInvitation, shownCode, tidyCode } from '../link.js';
import { lookAround } from '../people.js';
import { readingFields } from '../reading.js';
import { isIn } from '../standing.js';
import { tongues } from '../tongues.js';
import { forgetWays, ways } from '../ways.js';

/** @typedef {import('../../router.js').Params} Params */

const DRAFT = 'join';
const LETTERS = 10;
const { busy, once } = turnstile();
let trouble = '';
/** The code that was looked at, and until when it opens something. @type {{code: string, expires: number} | null} */
let found = null;

export const screen = {
  title: () => t('Your invitation'),
  /** @param {Params} params */
  enter({ code }) {
    trouble = '';
    if (code) void look(tidyCode(code));
  },
  leave: forgetWays,
  /** @param {Params} params */
  view: ({ code }) => html`
    ${isIn() ? nothing : tongues()}
    ${!code ? typing('') : found?.code === tidyCode(code) ? opened() : trouble ? typing(code) : html`<p class="note">${t('One moment…')}</p>`}`,
};

// ---- the code

/** @param {string} code */
const typing = (code) => html`<form class="stack" @submit=${typed}>
  <p class="lead">${t('The person you work with makes the invitation on their own phone: a link, a picture, or ten letters.')}</p>
  <label class="field"><span>${t('The ten letters')}</span><span class="note" id="code-note">${t('Capital or small, with or without the line between.')}</span>
    <input class="letters" name="code" required maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false" enterkeyhint="go"
      aria-describedby="code-note" placeholder="ABCDE-FGHJK" value=${code}></label>
  ${trouble ? html`<p role="alert">${trouble}</p>` : nothing}
  <button class="primary" ?disabled=${busy()}>${t('Go on')}</button>
</form>`;

/** @param {SubmitEvent} event */
function typed(event) {
  event.preventDefault();
  const code = tidyCode(String(new FormData(/** @type {HTMLFormElement} */ (event.target)).get('code')));
  if (code.length !== LETTERS) {
    trouble = t('That is not yet the whole code: it has ten letters and digits.');
    return render();
  }
  return once(async () => {
    await look(code);
    if (found?.code === code) go(`/join/${shownCode(code)}`, { replace: true });
  });
}

/** @param {string} code */
async function look(code) {
  if (found?.code === code) return;
  const said = await lookAtInvitation(code);
  found = said.ok ? { code, expires: said.body.expires } : null;
  trouble = said.ok ? '' : said.detail;
  render();
}

// ---- what it opens

function opened() {
  return html`
    <section class="card soft">
      <h2>${t('This invitation is open')}</h2>
      <p>${t('Somebody asks you to read with them. You see who it is, and what they share, only once they have said yes to you.')}</p>
      <p class="note">${t('It can be answered until {moment}.', { moment: momentWords(found?.expires ?? 0) })}</p>
    </section>
    ${isIn() ? answering() : beginning()}`;
}

/** No account yet, or one to come in to. */
function beginning() {
  const { values, put } = halfTyped(DRAFT, { name: '' });
  return html`<form class="stack" @submit=${start}>
    <h2>${t('Is this your first time here?')}</h2>
    ${field({ label: t('Your name, as the person knows you'), note: t('They see it when they decide.'), name: 'name', value: values.name, onInput: put('name'), max: 80, required: true })}
    ${trouble ? html`<p role="alert">${trouble}</p>` : nothing}
    <button class="primary" ?disabled=${busy()}>${t('Go on')}</button>
    <p class="note">${t('You get an account of your own, guarded by two keys. Nothing is installed, and this browser keeps nothing of what you read.')}</p>
  </form>
  <details><summary>${t('I have an account here already')}</summary><div class="stack">${ways()}</div></details>`;
}

/** @param {SubmitEvent} event */
function start(event) {
  event.preventDefault();
  const name = halfTyped(DRAFT, { name: '' }).values.name.trim();
  if (!name) return wantsWords(event, 'name');
  return once(async () => {
    const said = await begin(name);
    trouble = said.ok ? '' : said.detail;
  });
}

// ---- the answer

const given = () => {
  const { reads_days, reads_note } = /** @type {any} */ (setting());
  return halfTyped(DRAFT, { name: me()?.nickname ?? '', reads_days: reads_days ?? [], reads_note: reads_note ?? '' });
};

function answering() {
  const { values, put } = given();
  return html`<form class="stack wide" @submit=${answer}>
    ${field({ label: t('Your name, as the person knows you'), name: 'name', value: values.name, onInput: put('name'), max: 80, required: true })}
    ${readingFields(values, put)}
    <p class="note">${t('The person reads this before their first message. Nobody expects you to watch live.')}</p>
    ${trouble ? html`<p role="alert">${trouble}</p>` : nothing}
    <button class="primary" ?disabled=${busy()}>${t('Accept the invitation')}</button>
  </form>`;
}

/** @param {SubmitEvent} event */
function answer(event) {
  event.preventDefault();
  const { values } = given();
  const { name, reads_days, reads_note } = values;
  if (!name.trim()) return wantsWords(event, 'name');
  return once(async () => {
    const said = await acceptInvitation({ code: found?.code ?? '', name: name.trim(), reads_days, reads_note: reads_note.trim() });
    trouble = said.ok ? '' : said.detail;
    if (!said.ok) return;
    await write(changeSetting({ reads_days, reads_note: reads_note.trim(), ...(!me()?.nickname && { nickname: name.trim() }) }));
    found = null;
    await dropDraft(DRAFT);
    await lookAround();
    toast(t('Answered. Now it waits for the person’s yes.'));
    go('/', { replace: true });
  });
}
