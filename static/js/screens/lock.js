/** Lock and hide: six digits or the phone's own lock, a page that hides at one touch, and a phone that is shared. */
import { html, nothing } from 'lit-html';
import { isBorrowed } from '../borrowed.js';
import { hide } from '../cover.js';
import { liveHereNoMore } from '../keepnothing.js';
import { addWay, lockWithDigits, lockWithPasskey, mayUsePasskey, prove, standing, unlockForGood } from '../lock.js';
import { turnstile } from '../once.js';
import { go, render, toast } from '../page.js';
import { dialog } from '../parts/dialog.js';
import { hideIcon } from '../parts/icons.js';
import { doorDrawing } from '../parts/lockicons.js';
import { pinpad, typing } from '../parts/pinpad.js';
import { keepMeta, meta } from '../phone.js';
import { me } from '../rows.js';
import { canSeal } from '../seal.js';
import { status } from '../status.js';
import { t, tn } from '../words.js';

/** @typedef {'' | 'new' | 'again' | 'now'} Phase new: choose digits; again: once more; now: the ones there are @typedef {'change' | 'passkey' | 'off'} Wish */

/** @type {Phase} */
let phase = '';
/** @type {Wish | null} what is to be done once somebody has shown the digits */
let wish = null;
let chosen = '';
let proven = '';
let trouble = '';
let shared = false;
/** @type {(() => unknown) | null} what is to be done once somebody without a way back has been asked */
let asking = null;
/** @type {Awaited<ReturnType<typeof standing>> | undefined} */
let known;
const { busy, once } = turnstile();
const pad = typing((digits) => once(() => entered(digits)), render);

export const screen = {
  title: () => t('Lock and hide'),
  up: () => '/settings',
  enter() {
    begin();
    void ask();
  },
  leave: begin,
  view: () => (phase ? digits() : html`${lockOf()}${hiding()}${sharing()}`),
};

function begin() {
  [phase, wish, chosen, proven, trouble, shared, asking] = ['', null, '', '', '', false, null];
  pad.clear();
}

async function ask() {
  known = await standing().catch(() => undefined);
  render();
}

function lockOf() {
  if (isBorrowed() || !canSeal()) return nothing;
  return html`<section class="lock-room">${doorDrawing}${status().lock ? locked() : open()}</section>`;
}

const open = () => html`
  <h2>${t('A lock for this device')}</h2>
  <p>${t('It locks when you are away for five minutes, and each time the app opens.')}</p>
  <div class="stack">
    <button class="choice even" type="button" ?disabled=${busy()} @click=${() => first(() => start('new'))}>${t('With six digits')}</button>
    ${mayUsePasskey() ? html`<button class="choice even" type="button" ?disabled=${busy()} @click=${() => first(byPasskey)}>${t('With this device’s own lock')}</button>` : nothing}
  </div>
  ${trouble ? html`<p class="card warm" role="alert">${trouble}</p>` : nothing}
  ${asking ? askFirst(asking) : nothing}
  <p class="note">${t('After five wrong tries everything of this app leaves this device. ')}${me()?.guest ? t('There is no way back in yet. Without a passkey or a password nobody can open this again, not even you.') : t('What has been sent comes back when you sign in.')}</p>
  <p class="note">${t('Six digits keep curious eyes out. Against somebody with skill and time they are not enough; the device’s own lock is stronger.')}</p>`;

/** Whoever has no way back in is asked before. @param {() => unknown} then */
function first(then) {
  if (!me()?.guest) return void then();
  asking = then;
  return render();
}

/** @param {() => unknown} then */
function askFirst(then) {
  const close = () => { asking = null; render(); };
  return dialog({
    title: t('No way back in yet'), onClose: close,
    body: html`<p>${t('So far this device is the only key. Without the digits there would be no way back.')}</p>`,
    actions: html`<div class="stack"><a class="choice even" href="#/account">${t('Make a way back in first')}</a>
      <button class="choice even" type="button" @click=${() => { asking = null; render(); then(); }}>${t('Lock it all the same')}</button></div>`,
  });
}

const locked = () => html`
  <h2>${t('This device has a lock')}</h2>
  <div class="stack">
    <button class="primary" type="button" @click=${hide}>${t('Lock it now')}</button>
    <p class="note">${t('A calendar comes then. “Open” on it leads back here.')}</p>
    ${known?.digits ? html`<button class="choice even" type="button" @click=${() => start('now', 'change')}>${t('Other digits')}</button>
      ${known.passkey || !mayUsePasskey() ? nothing : html`<button class="choice even" type="button" @click=${() => start('now', 'passkey')}>${t('Open it with this device’s own lock, too')}</button>`}` : nothing}
    <button class="choice even" type="button" ?disabled=${busy()} @click=${() => (known?.digits ? start('now', 'off') : once(takeOff))}>${t('Take the lock away')}</button>
  </div>
  ${trouble ? html`<p class="card warm" role="alert">${trouble}</p>` : nothing}`;

const hiding = () => html`<section class="stack lock-part">
  <h2>${t('Out of sight at one touch')}</h2>
  <p>${t('A small button at the top turns the page into a plain calendar.')}</p>
  ${status().lock ? html`<p class="note">${t('With a lock it is always there, and locks as well.')}</p>` : html`
  <label class="check"><input type="checkbox" .checked=${Boolean(meta.hide)} @change=${toggle}><span>${t('Show the button')}</span><span class="lock-eye">${hideIcon}</span></label>`}
</section>`;

/** @param {Event} event */
const toggle = (event) => keepMeta({ hide: /** @type {HTMLInputElement} */ (event.target).checked });

const sharing = () => html`<section class="stack lock-part">
  <h2>${t('A device that others use, too')}</h2>
  ${isBorrowed() ? html`<p>${t('Nothing is kept on this device. Sign out when you go.')}</p>` : html`
  <p>${t('Then nothing is kept here. You sign in each time, and it works with a connection only.')}</p>
  <button class="quiet" type="button" @click=${() => { shared = true; render(); }}>${t('Keep nothing on this device')}</button>`}
  ${shared ? askShared() : nothing}
</section>`;

function askShared() {
  const close = () => { shared = false; render(); };
  const { waiting } = status();
  const body = me()?.guest ? html`<p>${t('There is no way back in yet. Without a passkey or a password nobody can open this again, not even you.')}</p>`
    : waiting ? html`<p>${tn('{n} thing waits to be sent. Please wait until it is.', '{n} things wait to be sent. Please wait until they are.', waiting)}</p>`
      : html`<p>${t('Everything of yours leaves this device now. It stays in your account, and on this page until you close it.')}</p>`;
  const ready = !me()?.guest && !waiting;
  return dialog({
    title: t('Keep nothing here?'), body, onClose: close,
    actions: html`<div class="stack"><button class="choice even" type="button" @click=${close}>${t('Leave it as it is')}</button>
      ${me()?.guest ? html`<a class="choice even" href="#/account">${t('Make a way back in first')}</a>` : nothing}
      ${ready ? html`<button class="choice even" type="button" ?disabled=${busy()} @click=${() => once(keepNothingHere)}>${t('Keep nothing here')}</button>` : nothing}</div>`,
  });
}

async function keepNothingHere() {
  await liveHereNoMore();
  begin();
  toast(t('Nothing is kept on this device. Sign out when you go.'));
  go('/', { replace: true });
}

// ---- six digits -----------------------------------------------------------------------------------------------------

/** @param {Phase} next @param {Wish} [then] */
function start(next, then) {
  [phase, wish, trouble] = [next, then ?? wish, ''];
  pad.clear();
  render();
}

const digits = () => html`<section class="lock-digits">
  <p class="lockpage-says" role="status">${{ new: t('Choose six digits'), again: t('Once more, the same'), now: t('The digits of now'), '': '' }[phase]}</p>
  ${pinpad({ ...pad, typed: pad.typed(), busy: busy() })}
  ${trouble ? html`<p class="card soft" role="alert">${trouble}</p>` : nothing}
  <button class="plain" type="button" ?disabled=${busy()} @click=${stop}>${t('Leave it as it is')}</button></section>`;

function stop() {
  begin();
  render();
}

/** @param {string} typed */
async function entered(typed) {
  pad.clear();
  if (phase === 'new') {
    chosen = typed;
    return start('again');
  }
  if (phase === 'now') return shown(typed);
  if (typed !== chosen) {
    start('new');
    trouble = t('These were two different ones. Choose again, please.');
    return render();
  }
  if (proven) await addWay(proven, typed);
  else await lockWithDigits(typed);
  return done(proven ? t('The digits are changed.') : t('The lock is on. After five minutes away it locks by itself.'));
}

/** @param {string} typed */
async function shown(typed) {
  const came = wish === 'passkey' ? await addWay(typed) : await prove(typed);
  if (came === 'gone') return hide();      // too many: the lock itself says what becomes of it
  if (came === 'wrong') {
    await ask();
    trouble = t('These are not the digits.');
    return render();
  }
  if (wish === 'change') {
    proven = typed;
    return start('new');
  }
  if (wish === 'off') return takeOff();
  return came === 'quiet' ? done('', NO_PASSKEY()) : done(t('The device’s own lock opens it now, too.'));
}

const NO_PASSKEY = () => t('This device gives no key for this. Six digits work everywhere.');

const byPasskey = () => once(async () => (await lockWithPasskey()
  ? done(t('The lock is on. After five minutes away it locks by itself.')) : done('', NO_PASSKEY())));

async function takeOff() {
  await unlockForGood();
  done(t('The lock is gone.'));
}

/** @param {string} words @param {string} [why] */
function done(words, why = '') {
  begin();
  trouble = why;
  if (words) toast(words);
  void ask();
}
