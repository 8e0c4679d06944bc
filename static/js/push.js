/**
 * Push on this phone: asked for only when a person said yes to us, compared with the account at every start, and told
 * calmly when it got lost. A reminder is kept whether push works or not; push only carries it.
 */
import { ask, NoAnswer } from './api.js';
import { isApple, standalone } from './onhome.js';
import { render } from './page.js';
import { keepMeta, meta } from './phone.js';
import { me } from './rows.js';
import { listen, status } from './status.js';

/**
 * @typedef {'on' | 'off' | 'lost' | 'blocked' | 'install' | 'none'} Health
 *   on: reminders reach this phone · off: nobody has asked yet · lost: they did, and no longer do ·
 *   blocked: the browser was told no · install: an iPhone wants the app on its home screen first · none: no push here
 * @typedef {'' | 'blocked' | 'slow' | 'offline' | 'later'} Trouble why switching on did not work; '' when it did
 */

// Chromium without its push service never answers; a person should not wait for ever either.
const PATIENCE = 20_000;

let subscribed = false;
let busy = false;

/** A subscription is being made just now. */
export const isBusy = () => busy;

/** How things stand on this phone. @returns {Health} */
export function health() {
  if (!('PushManager' in globalThis) || !('serviceWorker' in navigator)) return isApple() && !standalone() ? 'install' : 'none';
  const { permission } = Notification;
  if (permission === 'denied') return 'blocked';
  if (permission === 'granted' && subscribed) return 'on';
  return meta.push ? 'lost' : 'off';
}

/**
 * At every start: is the subscription still there, is it ours, does the account know it? Browsers lose them silently.
 */
export async function startPush() {
  if (status().locked) return onceOpened();
  if (!me() || health() === 'none' || health() === 'install') return;
  const registration = await navigator.serviceWorker.ready;
  const found = await registration.pushManager.getSubscription();
  if (!meta.push) return;
  if (Notification.permission !== 'granted') return render();
  await connect(found).catch(() => undefined);
  render();
}

/** What is known of it lies behind the lock. */
function onceOpened() {
  const stop = listen(() => {
    if (status().locked) return;
    stop();
    startPush().catch(() => undefined);
  });
}

/**
 * Switch it on: the browser's question, the subscription, the account. Call it straight from a tap, before any
 * waiting, or phones refuse to ask.
 * @param {boolean} [anew] leave the subscription there is: nothing reaches it any more
 * @returns {Promise<Trouble>}
 */
export async function switchOn(anew = false) {
  // A question of the browser may be left standing for ever; only what comes after the answer counts as busy.
  if ((await Notification.requestPermission()) !== 'granted') return 'blocked';
  busy = true;
  render();
  try {
    const registration = await withPatience(navigator.serviceWorker.ready);
    const found = await registration.pushManager.getSubscription();
    if (anew && found) await drop(found);
    await connect(anew ? null : found);
    return '';
  } catch (error) {
    if (error instanceof NoAnswer) return 'offline';
    return error instanceof Slow ? 'slow' : 'later';
  } finally {
    busy = false;
    render();
  }
}

/** No more reminders on this phone; those on other phones go on. */
export async function switchOff() {
  const registration = await navigator.serviceWorker.ready;
  const found = await registration.pushManager.getSubscription();
  if (found) await drop(found);
  subscribed = false;
  await keepMeta({ push: undefined });
  render();
}

/** @param {PushSubscription} found */
async function drop(found) {
  await ask('DELETE', '/api/push', { endpoint: found.endpoint }).catch(() => undefined);
  await found.unsubscribe();
}

/**
 * One notification now, to see what it looks like.
 * @returns {Promise<boolean>} whether it is on its way
 */
export async function sendTest() {
  const registration = await navigator.serviceWorker.ready;
  const found = await registration.pushManager.getSubscription();
  if (!found) return false;
  const { status, body } = await ask('POST', '/api/push/test', { endpoint: found.endpoint });
  // The service has forgotten this phone: a fresh subscription, and the test once more next time.
  if (status === 410 || body?.gone) {
    await found.unsubscribe();
    await connect(null);
    return false;
  }
  return status < 300;
}

/**
 * A subscription made with the account's present key, known to the account.
 * @param {PushSubscription | null} found
 */
async function connect(found) {
  const key = await accountKey();
  const registration = await navigator.serviceWorker.ready;
  let current = found;
  if (current && !sameKey(current.options.applicationServerKey, key)) {
    await current.unsubscribe();
    current = null;
  }
  current ??= await withPatience(registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  if ((await tell(current)) === 410) {   // the account knows that the service has forgotten it
    await current.unsubscribe();
    current = await withPatience(registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
    await tell(current);
  }
  subscribed = true;
}

/**
 * Noted here first: a page that dies before the answer tells the account at its next start.
 * @param {PushSubscription} subscription
 * @returns {Promise<number>} the status of the answer
 */
async function tell(subscription) {
  const { endpoint, keys } = subscription.toJSON();
  await keepMeta({ push: { endpoint } });
  const { status } = await ask('PUT', '/api/push', { endpoint, keys });
  if (status >= 400 && status !== 410) throw new Error(`the account answered ${status}`);
  return status;
}

/** The key subscriptions are bound to; asked for when this phone began before it knew. */
async function accountKey() {
  const known = me()?.vapid ?? (await ask('GET', '/api/me')).body?.vapid;
  if (!known) throw new Error('this server sends no push');
  return bytes(known);
}

/** @param {string} text base64url */
const bytes = (text) => new Uint8Array([...atob(text.replaceAll('-', '+').replaceAll('_', '/'))].map((sign) => sign.charCodeAt(0)));

/** @param {ArrayBuffer | null} one @param {Uint8Array} other */
function sameKey(one, other) {
  const mine = new Uint8Array(one ?? new ArrayBuffer(0));
  return mine.length === other.length && mine.every((byte, i) => byte === other[i]);
}

class Slow extends Error {}

/**
 * @template T
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
function withPatience(work) {
  return Promise.race([work, new Promise((_, no) => setTimeout(() => no(new Slow()), PATIENCE))]);
}
