/**
 * What stands before everything else: a plain page when the person hides this one, and the lock. Both say nothing of what
 * is behind them, in the title and the small picture of the tab neither.
 */
import { html } from 'lit-html';
import { isBorrowed } from './borrowed.js';
import { signOutHere, syncNow } from './here.js';
import { calendar, face } from './hung.js';
import { dropToast, render } from './page.js';
import { shut } from './gate.js';
import { meta } from './phone.js';
import { me } from './rows.js';
import { listen, status } from './status.js';
import { t } from './words.js';

const PATIENCE = 5 * 60_000;              // ms out of sight, and the lock falls shut
const IDLE = 15 * 60_000;                 // ms without a touch on a shared phone
const PLAIN = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><path fill='none' stroke='%23777' stroke-width='2' d='M4 6h16v14H4zM4 10h16M8 3v4M16 3v4'/></svg>";

let hidden = false;
let since = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let clock;
/** @type {() => void} */
let lookAgain = () => {};

/** People who help can be reached through the lock (rule X1); through the plain page goes nothing. */
export const covered = () => hidden || (status().locked && location.hash !== '#/help');

/** Is there a way to hide this page in sight? */
export const mayHide = () => status().lock || Boolean(meta.hide);

/** Out of sight at once; where there is a lock, behind it. */
export function hide() {
  hidden = true;
  lookAgain();
  render();
  void shut();
}

function forgetWords() {
  const live = document.getElementById('live');
  if (live) live.textContent = '';
  dropToast();
}

/** @param {() => unknown} opened somebody is inside again */
export function startCover(opened) {
  const icon = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel=icon]'));
  const own = icon?.href ?? '';
  let was = covered();
  const look = () => {
    const is = covered();
    if (is === was) return;
    was = is;
    if (is) forgetWords();
    else void opened();
    if (icon) icon.href = is ? PLAIN : own;
  };
  if (was && icon) icon.href = PLAIN;
  lookAgain = look;
  listen(look);
  document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? away() : back()));
  for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, touched, { passive: true });
  touched();
  addEventListener('beforeunload', hold);
}

/** The clock goes on while a phone sleeps, timers do not: it is looked at when the page is seen again, too. */
function away() {
  since = Date.now();
  clock = setTimeout(() => void shut(false), PATIENCE);
  document.body.classList.toggle('veiled', status().lock);
}

function back() {
  clearTimeout(clock);
  const gone = Date.now() - since;
  const late = since > 0 && (gone >= PATIENCE || gone < 0);
  since = 0;
  const unveil = () => document.body.classList.remove('veiled');
  if (late) void shut(false).then(unveil);
  else unveil();
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let idle;

/** On a phone of somebody else's the session ends by itself. */
function touched() {
  clearTimeout(idle);
  if (isBorrowed()) idle = setTimeout(end, IDLE);
}

/** What can still be sent is sent before; what cannot is not thrown away. */
async function end() {
  if (!isBorrowed() || !me()) return;
  if (status().waiting) await syncNow().catch(() => false);
  if (status().waiting) return void (idle = setTimeout(end, 60_000));
  await signOutHere();
  location.replace('/app');
}

/** Nothing outlives the page there: whoever closes it with words unsent is asked first. @param {BeforeUnloadEvent} event */
function hold(event) {
  if (isBorrowed() && status().waiting) event.preventDefault();
}

/** The tab says what the page looks like. */
export const coverTitle = () => t('Calendar');

export const cover = () => (hidden ? html`<main id="main" tabindex="-1" class="plainpage">${calendar()}
    <button class="plain" type="button" @click=${comeBack}>${t('Open')}</button></main>`
  : html`<main id="main" tabindex="-1" class="lockpage" data-screen="locked">${face()}</main>`);

function comeBack() {
  hidden = false;
  lookAgain();
  render();
}
