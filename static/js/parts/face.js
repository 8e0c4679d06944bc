/** The lock's own face: six digits or the phone's own lock, what is at stake before the last try, and a way out. */
import { html, nothing } from 'lit-html';
import { signOutHere } from '../here.js';
import { enterWithDigits, enterWithPasskey, standing, TRIES } from '../lock.js';
import { go, render } from '../page.js';
import { report } from '../status.js';
import { t, tn } from '../words.js';
import { dialog } from './dialog.js';
import { pinpad, typing } from './pinpad.js';

/** @type {Awaited<ReturnType<typeof standing>> | undefined} */
let known;
let busy = false;
let wrong = false;
let giving = false;
/** What the last try would cost has been read. */
let heard = false;

const pad = typing((digits) => tried(() => enterWithDigits(digits)), render);

async function ask() {
  known = await standing().catch(() => undefined);
  // The page died between the last wrong try and its end: that comes now.
  if (known && !known.left) await tried(async () => 'gone');
  render();
}

/** @param {() => Promise<import('../lock.js').Came>} way */
async function tried(way) {
  if (busy) return;
  busy = true;
  render();
  /** @type {typeof known} */
  let next;
  try {
    const came = await way();
    wrong = came === 'wrong';
    if (came === 'gone') await takeAway();
    // Nothing more is typed before it is known how many tries are left.
    else if (came !== 'open') next = await standing();
  } finally {
    busy = false;
    heard = false;
    pad.clear();
    known = next;
    scrollTo(0, 0);
    render();
  }
}

/** Nothing of the person stays on this device; what was sent stays in the account. */
async function takeAway() {
  const { guest } = await standing().catch(() => ({ guest: false }));
  await signOutHere();
  giving = false;
  report({ parted: guest ? 'lost' : 'sent' });
  go('/welcome', { replace: true });
}

export function face() {
  if (!known) void ask();
  return html`
    <h1 class="unseen" tabindex="-1">${t('It is locked')}</h1>
    ${known?.digits && known.left <= 1 && !heard ? beforeLast(known) : door()}
    <div class="row lockpage-ways">
      <button class="plain" type="button" @click=${() => { giving = true; render(); }}>${t('I have forgotten them')}</button>
      <a class="plain" href="#/help">${t('Help')}</a>
    </div>
    ${giving && known ? giveUp(known) : nothing}`;
}

/** The pad stands where it stood: what is said above it is short, and has a room of its own. */
const door = () => html`<div class="lockpage-slot">${says()}</div>
    ${known && !known.digits ? html`<button class="primary" type="button" ?disabled=${busy} @click=${byPasskey}>${t('Open')}</button>`
    : pinpad({ ...pad, typed: pad.typed(), busy, onPasskey: known?.passkey ? byPasskey : undefined })}`;

function says() {
  if (known?.digits && known.left <= 1) return html`<div class="card warm"><p><strong>${t('This is the last try.')}</strong></p></div>`;
  if (known && (wrong || known.left < TRIES)) return html`<div class="card soft" role="alert">${wrong ? html`<p>${t('These are not the digits.')}</p>` : nothing}
    <p>${tn('{n} more try.', '{n} more tries.', known.left)}</p></div>`;
  return html`<p class="lockpage-says">${known && !known.digits ? t('Open with this device’s own lock') : t('Six digits')}</p>`;
}

const byPasskey = () => tried(enterWithPasskey);

/** In place of the pad: it has to be read before. @param {NonNullable<typeof known>} now */
const beforeLast = ({ guest, waiting, passkey }) => html`<div class="lockpage-slot"><div class="card warm" role="alert">
  ${wrong ? html`<p>${t('These are not the digits.')}</p>` : nothing}<p><strong>${t('This is the last try.')}</strong></p>
  <p>${t('If it does not fit either, everything of this app leaves this device.')}</p>${atStake(guest, waiting)}</div></div>
  ${passkey ? html`<button class="choice even" type="button" ?disabled=${busy} @click=${byPasskey}>${t('Open with this device’s own lock')}</button>` : nothing}
  <button class="choice even" type="button" ?disabled=${busy} @click=${() => { heard = true; render(); }}>${t('Try the digits again')}</button>`;

/** @param {boolean} guest @param {number} waiting */
const atStake = (guest, waiting) => html`
  ${guest ? html`<p>${t('There is no other way in yet, so it would not come back.')}</p>`
    : html`<p>${t('What has been sent comes back when you sign in again.')}</p>`}
  ${waiting && !guest ? html`<p><strong>${tn('{n} thing has not been sent yet and would be lost.', '{n} things have not been sent yet and would be lost.', waiting)}</strong></p>` : nothing}`;

/** @param {NonNullable<typeof known>} now */
function giveUp({ guest, waiting }) {
  const close = () => { giving = false; render(); };
  return dialog({
    title: t('Begin anew on this device?'), onClose: close,
    body: html`<p>${t('Nobody can look the digits up, not even we.')}</p><p>${t('Everything of this app would leave this device.')}</p>${atStake(guest, waiting)}`,
    actions: html`<div class="stack">
      <button class="choice even" type="button" @click=${close}>${t('Try the digits again')}</button>
      <button class="choice even" type="button" ?disabled=${busy} @click=${() => tried(async () => 'gone')}>${t('Take it off this device')}</button></div>`,
  });
}
