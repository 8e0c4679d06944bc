/** Who is here on this phone: waking up, starting as a guest, signing in from another phone, leaving. */
import { ask } from './api.js';
import { giveBack, isBorrowed } from './borrowed.js';
import { ownZone } from './device.js';
import { newId } from './outbox.js';
import { leave, open } from './gate.js';
import { KEYS } from './keyfile.js';
import { call, keep, keepMeta, inTurn, meta } from './phone.js';
import { add, me, roleIn } from './rows.js';
import { listen, report, status } from './status.js';
import { forgetAll, keepsNothing, leaving, recall, remember } from './store.js';
import { kick, rouse, syncNow } from './sync.js';

/** @typedef {import('./kinds.js').Me} Me */

/** Stays behind when somebody leaves without a network, for 400 days at most: the session has yet to be ended. */
const LEFT = 'ippo-left=1';
const STAYS = `${LEFT}; path=/; max-age=34560000; SameSite=Lax`;

/**
 * There is a lock on this phone. A browser that clears its databases takes the lock away with them and leaves cookies: then
 * this says that the session alone must not open what the account has.
 */
const LOCK = 'ippo-lock=1';

/** @param {boolean} wish */
function markLock(wish) {
  if (wish || document.cookie.includes(LOCK)) document.cookie = `${LOCK}; path=/; max-age=${wish ? 34560000 : 0}; SameSite=Strict`;
}

/** The mark follows the lock; while nobody is here, nothing is known of one. */
function noteLock() {
  const { lock, memoryOnly } = status();
  if (lock === marked || !(lock || (me() && !memoryOnly))) return;
  markLock(marked = lock);
  if (lock) void ask('GET', '/api/me').catch(() => undefined);   // the server lays it anew, for longer
}

/** @type {boolean | undefined} what the mark was last made to say */
let marked;

/**
 * The first thing the app does: open what this phone has. Resolves before any network, with the person or null.
 * @returns {Promise<Me | null>}
 */
export async function wake() {
  call({ left: () => globalThis.location?.reload() });
  listen(noteLock);
  const person = await recall('current').catch(() => undefined);
  const locked = Boolean(person) && !(await open(person));
  rouse();
  if (!locked) look();
  return me();
}

/** Again and again while nobody is here: the house may be busy, the line thin. */
const look = () => me() || comeBack().catch(() => setTimeout(look, 20_000));

/**
 * Nobody is here, as far as this phone remembers. A browser may have cleared its databases (Safari does after seven days
 * without a visit) and still know the session: then everything that was sent comes back by itself. Who left while there
 * was no network has not left the account yet: that is done now instead. Where there was a lock, whoever has a way back in
 * is asked for it; a guest has none, and gets what they wrote.
 */
async function comeBack() {
  if (document.cookie.includes(LEFT) && !isBorrowed()) return (await ended()) && arrived();
  const { status: answer, body } = await ask('GET', '/api/me');
  if (answer >= 429) throw new Error('later');
  if (answer !== 200 || me()) return undefined;
  if (!document.cookie.includes(LOCK) || body.guest || isBorrowed()) return adopt(body);
  if (!(await ended())) return undefined;
  markLock(false);
  return report({ parted: 'cleared' });
}

/** Has the house ended the session? One that is too busy has not, and the cookie would open everything again. */
export const ended = async () => ask('POST', '/api/signout', await leaving(), 5_000).then(({ status: answer }) => answer < 429, () => false);

function arrived() {
  // On a phone that is not one's own, whoever opens it next begins by ending this session.
  document.cookie = isBorrowed() ? STAYS : `${LEFT}; path=/; max-age=0`;
}

/**
 * Begin on this phone, with or without a network: the account is told when it can be.
 * @param {{nickname?: string, language: string, zone?: string}} who
 * @returns {Promise<Me>}
 */
export async function startHere({ nickname = '', language, zone = ownZone() }) {
  // Whoever is here already and was not seen is not begun anew over.
  if (status().parted === 'shut' && await recall('current').catch(() => undefined)) return location.reload(), new Promise(() => {});
  const person = newId();
  const space = newId();
  const secret = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  /** @type {Me} */
  const mine = { person, space, nickname, language, zone, kind: 'person', guest: true, vapid: null };
  await open(person);
  // Before anything is shown: a page that ends the next moment is found again.
  await remember('current', person).catch(() => report({ memoryOnly: true }));
  // What this browser still knows a session of comes along, unless whoever that was has left.
  await keepMeta({ me: mine, device: newId(), cursors: {}, secret, bring: !document.cookie.includes(LEFT) });
  await inTurn(() => keep([add('setting', space, { nickname }, space)]));
  report({ parted: '' });
  arrived();
  kick();
  return mine;
}

/**
 * Somebody signed in: what they have in the account comes to this phone. The same person again goes on where the
 * session ended, with everything that waited.
 * @param {Me} who the answer of `/api/me` or of a sign-in
 * @returns {Promise<boolean>} did the account answer with what it has?
 */
export async function adopt(who) {
  // A therapist's desk is next door, and nothing of it may come to lie on this disk.
  if (who.kind === 'therapist' && (!keepsNothing() || isBorrowed())) return nextDoor();
  if (me()?.person !== who.person) await open(who.person);
  await keepMeta({ me: who, device: meta.device ?? newId(), cursors: meta.cursors ?? {}, secret: undefined });
  await remember('current', who.person).catch(() => report({ memoryOnly: true }));
  report({ signedOut: false, parted: '' });
  arrived();
  return syncNow();
}

/** @returns {Promise<boolean>} never: the page is on its way out */
function nextDoor() {
  location.assign('/therapist');
  return new Promise(() => {});
}

/**
 * Leave this phone: the session ends, and everything of the person on it is wiped, also without a network. Ask first
 * when `status().waiting` is not 0. What is in the account stays there.
 */
export async function signOutHere() {
  const heard = await ended();
  markLock(marked = false);
  document.cookie = heard ? `${LEFT}; path=/; max-age=0` : STAYS;
  // First forget who is here: a tab that starts again meanwhile would make the database anew.
  await remember('current', undefined).catch(() => undefined);
  await leave();
  await forgetAll().catch(() => undefined);
  giveBack();
  const registrations = await globalThis.navigator?.serviceWorker?.getRegistrations?.().catch(() => []);
  await Promise.all((registrations ?? []).map((registration) => registration.unregister()));
  const names = await globalThis.caches?.keys?.().catch(() => []);
  // Somebody else's words may wait here for their key.
  await Promise.all((names ?? []).filter((name) => name !== KEYS).map((name) => caches.delete(name)));
}

export { roleIn, syncNow };
