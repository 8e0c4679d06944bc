/** Coming in from another phone: with a passkey, with name and password, or with the recovery code. */
import { html, nothing } from 'lit-html';
import { hasPasskeys, signIn, signInByCode, signInByPasskey } from '../account.js';
import { giveBack, isBorrowed } from '../borrowed.js';
import { draftsUnder } from '../drafts.js';
import { borrow } from '../keepnothing.js';
import { BLANK } from '../kinds.js';
import { go, render, toast } from '../page.js';
import { passwordFields } from '../parts/password.js';
import { all, me, setting } from '../rows.js';
import { t } from '../words.js';

/** @typedef {import('../account.js').Said} Said @typedef {'passkey' | 'password' | 'code'} Way */

/** @type {'' | 'password' | 'code'} */
let open = '';
let busy = false;
let bring = true;
let trouble = '';
/** @type {Way} */
let tried = 'passkey';

export const screen = {
  title: () => t('Sign in'),
  up: () => (me() ? '/settings' : '/welcome'),
  enter() {
    open = hasPasskeys() ? '' : 'password';
    trouble = '';
    bring = true;
  },
  view: () => html`
    <p class="lead">${t('Come in the way you once set up, on this phone or another.')}</p>
    ${hasThings() ? along() : me() ? nothing : elsewhere()}
    ${hasPasskeys() ? html`<button class="primary" type="button" ?disabled=${busy} @click=${() => enter('passkey', () => signInByPasskey(bringing()))}>${t('Come in with a passkey')}</button>` : nothing}
    ${troubled('passkey')}
    ${open === 'password' ? byPassword() : opener('password', t('With name and password'))}
    ${open === 'code' ? byCode() : opener('code', t('With the recovery code'))}`,
};

/** A guest has put something down on this phone already; what the entry itself asked is no such thing. */
const hasThings = () => Boolean(me()?.guest) && (draftsUnder('').length > 0 || hasOwnWays()
  || KINDS.some((kind) => all(kind, { archived: true }).length));
const KINDS = /** @type {(keyof typeof BLANK)[]} */ (Object.keys(BLANK)).filter((kind) => kind !== 'setting');

function hasOwnWays() {
  const { nickname: _, entry_read: __, ...now } = setting();
  return Object.entries(BLANK.setting).some(([name, blank]) => name in now && JSON.stringify(Reflect.get(now, name)) !== JSON.stringify(blank));
}
const bringing = () => hasThings() && bring;

const along = () => html`<section class="card">
  <label class="check"><input type="checkbox" .checked=${bring} @change=${(/** @type {Event} */ event) => { bring = /** @type {HTMLInputElement} */ (event.target).checked; render(); }}>
    <span>${t('Take along what I wrote on this phone')}</span></label>
  ${bring ? nothing : html`<p class="note">${t('Then what was written here without an account will be gone from this phone.')}</p>`}
</section>`;

/** A phone that is not one's own. It is said before anybody comes in, so that nothing was ever kept. */
const elsewhere = () => html`<label class="check"><input type="checkbox" .checked=${isBorrowed()} @change=${borrowOrNot}>
  <span>${t('Others use this device, too: keep nothing on it')}</span></label>`;

/** @param {Event} event */
async function borrowOrNot(event) {
  if (/** @type {HTMLInputElement} */ (event.target).checked) await borrow();
  else giveBack();
  render();
}

/** What went wrong is said where it was tried. @param {Way} way */
const troubled = (way) => (trouble && tried === way ? html`<p class="card warm" role="alert">${trouble}</p>` : nothing);

/** @param {'password' | 'code'} what @param {string} label */
const opener = (what, label) => html`<button class="quiet" type="button" @click=${() => { open = what; render(); }}>${label}</button>`;

const byPassword = () => html`<form class="card" @submit=${password}>
  ${passwordFields('current-password')}
  ${troubled('password')}
  <button class="primary" ?disabled=${busy}>${t('Come in')}</button></form>`;

const byCode = () => html`<form class="card" @submit=${code}>
  <label class="field"><span>${t('Recovery code')}</span><span class="note" id="code-note">${t('Capital or small letters, with or without lines between.')}</span>
    <input name="code" required maxlength="60" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" aria-describedby="code-note"></label>
  ${troubled('code')}
  <button class="primary" ?disabled=${busy}>${t('Come in')}</button></form>`;

/** @param {SubmitEvent} event */
function password(event) {
  event.preventDefault();
  const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
  return enter('password', () => signIn(String(given.get('username')), String(given.get('password')), bringing()));
}

/** @param {SubmitEvent} event */
function code(event) {
  event.preventDefault();
  const given = new FormData(/** @type {HTMLFormElement} */ (event.target));
  return enter('code', () => signInByCode(String(given.get('code')), bringing()), '/account');
}

/** @param {Way} way @param {() => Promise<Said>} asking @param {string} [then] after a code: make a new way in */
async function enter(way, asking, then = '/') {
  if (busy) return;
  busy = true;
  trouble = '';
  tried = way;
  render();
  try {
    const said = await asking();
    trouble = said.ok || said.error === 'quiet' ? '' : said.detail;
    if (said.ok) {
      toast(t('Everything of yours is here.'));
      go(then, { replace: true });
    }
  } finally {
    busy = false;
    render();
  }
}
