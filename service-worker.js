/**
 * Ippo's service worker. Its rules are read from top to bottom: install, update, answer, push, click.
 * Sent as a classic script in one piece, because module workers are younger than the phones we serve.
 *
 * The server writes its list in place of `self.__PRECACHE`, so a deploy changes these bytes and every browser notices.
 * @typedef {{build: string, files: import('./static/js/larder.js').File[]}} Precache
 */
import { accountOnDisk, dayAt, known, putAway, somebody } from './static/js/disk.js';
import { bring, bringTheRest, cannotWait, fetched, isWhole, list, OURS } from './static/js/larder.js';

const worker = /** @type {ServiceWorkerGlobalScope & {__PRECACHE?: Precache}} */ (/** @type {unknown} */ (self));
const { build, files } = worker.__PRECACHE ?? { build: 'bare', files: [] };

const CACHE = OURS + build;
const SHELL = '/app';
const DESK = '/therapist'; // never answered from here: a therapist's browser keeps nothing

// ---- install: all of it or nothing; a failure leaves the version before in charge. The very first brings what cannot wait:
// the first shelf, and the words of the phone's languages. The page asks for the rest when its first screen stands.

worker.addEventListener('install', (event) => event.waitUntil(fill()));

async function fill() {
  const [cache, wanted] = [await caches.open(CACHE), worker.registration.active ? files : files.filter(cannotWait)];
  await bring(CACHE, wanted);
  const shell = await fetched(SHELL, { cache: 'no-cache' });
  // Half-way through a deploy the page may come from another build than this script.
  if (!shell.headers.get('etag')?.includes(build)) throw new Error('the shell is of another build');
  await cache.put(SHELL, shell);
  await list(CACHE, wanted);
}

// ---- the second shelf: is it here, and the page's wish that it be

worker.addEventListener('message', (event) => {
  if (event.data !== 'held' && event.data !== 'fetch') return;
  const answer = event.data === 'held' ? isWhole(CACHE, files) : bringTheRest(CACHE, files);
  event.waitUntil(answer.then((whole) => event.ports[0].postMessage(whole)));
});

// ---- update: only when the person says so; the page keeps half-typed words first

worker.addEventListener('message', (event) => {
  if (event.data === 'go') event.waitUntil(worker.skipWaiting());
});

worker.addEventListener('activate', (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
})()));

// ---- answer: the shell and its files from here, everything of a person's own from the network alone

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin || pathname.startsWith('/api/')) return;
  if (pathname.startsWith('/static/')) event.respondWith(kept(request));
  else if (request.mode !== 'navigate' || pathname === DESK) return;
  else if (pathname === SHELL) event.respondWith(kept(SHELL));
  else if (pathname === '/' && !search) event.respondWith(somebody().then((here) => (here ? toShell('') : door(request))));
  else event.respondWith(door(request));
});

/** @param {Request | string} wanted */
async function kept(wanted) {
  return (await caches.match(wanted, { cacheName: CACHE, ignoreSearch: true, ignoreVary: true })) ?? fetch(wanted);
}

/** A page of the server; with no network, the app, where help is the same page. @param {Request} request */
function door(request) {
  return fetch(request).catch(() => toShell(new URL(request.url).pathname === '/help' ? '#/help' : ''));
}

/** @param {string} hash */
const toShell = (hash) => Response.redirect(SHELL + hash);

// ---- push: every message shows something, whatever it holds; browsers take the right away from those that stay silent

worker.addEventListener('push', (event) => event.waitUntil(show(event.data)));

/** Most systems show two answers; where there is room, "I might" stands before them. The page has all three. */
const ROOM = Math.max(2, /** @type {any} */ (worker).Notification?.maxActions ?? 0);

/** @param {PushMessageData | null} data */
async function show(data) {
  const sent = notificationOf(data);
  const about = /** @type {Record<string, unknown>} */ (sent.data ?? {});
  const [tag, due] = [text(sent.tag) || 'ippo', Number(about.occurrence) || 0];
  const actions = (Array.isArray(sent.actions) ? sent.actions : []).slice(0, ROOM)
    .map((one) => ({ action: text(one?.action), title: text(one?.title), navigate: ours(one?.navigate) }))
    .filter((one) => one.action && one.title).sort((a, b) => Number(b.action === 'start') - Number(a.action === 'start'));
  // The same told twice stays still; another day's is heard, though yesterday's still lies there.
  const lying = await worker.registration.getNotifications({ tag }).catch(() => []);
  await worker.registration.showNotification(text(sent.title) || 'Ippo', /** @type {NotificationOptions} */ ({
    body: text(sent.body), tag, renotify: lying.some((one) => one.data?.due !== due),
    lang: text(sent.lang), dir: sent.dir === 'ltr' ? 'ltr' : 'auto', silent: sent.silent === true,
    icon: '/static/icons/icon-192.png', badge: '/static/icons/badge-96.png',
    actions: actions.map(({ action, title }) => ({ action, title })),
    data: { navigate: ours(sent.navigate), actions: Object.fromEntries(actions.map((one) => [one.action, one.navigate])),
      reminder: /^[\da-f-]{36}$/.exec(text(about.reminder))?.[0] ?? '', due },
  }));
}

/** @param {PushMessageData | null} data @returns {Record<string, unknown>} */
function notificationOf(data) {
  try {
    const { notification } = data?.json();
    return notification && typeof notification === 'object' ? notification : {};
  } catch {
    return {};
  }
}

/** @param {unknown} value */
const text = (value) => (typeof value === 'string' ? value.slice(0, 200) : '');

/** An address of ours, or the front of the app. @param {unknown} value */
function ours(value) {
  try {
    const url = new URL(text(value) || SHELL, location.origin);
    if (url.origin === location.origin) return url.href;
  } catch {
    // no address at all
  }
  return location.origin + SHELL;
}

worker.addEventListener('pushsubscriptionchange', (event) => {
  const { newSubscription, oldSubscription } = /** @type {{newSubscription?: PushSubscription, oldSubscription?: PushSubscription}} */ (event);
  /** @type {ExtendableEvent} */ (event).waitUntil((async () => {
    // Firefox tells neither the old nor the new one; the account knows the key that subscriptions are bound to.
    const key = oldSubscription?.options.applicationServerKey ?? (await (await fetch('/api/me')).json()).vapid;
    const fresh = newSubscription ?? (await worker.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
    const { endpoint, keys } = fresh.toJSON();
    await fetch('/api/push', { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ endpoint, keys }) });
  })().catch(() => undefined)); // the app compares at its next start
});

// ---- click: each of the three answers is kept at once, on this phone; "not today" needs no window, the others open the app

worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { navigate = location.origin + SHELL, actions = {}, reminder = '', due = 0 } = event.notification.data ?? {};
  const there = actions[event.action] ?? navigate;
  const choice = { later: 'later', nottoday: 'not_today', start: 'might' }[event.action];
  // Touching the notification itself says nothing yet: it opens the page, where all three answers are.
  if (!choice) return event.waitUntil(open(there));
  const kept = keep({ choice, reminder, due });
  event.waitUntil(choice === 'not_today' ? kept.then((noted) => noted || open(there)) : Promise.all([open(there), kept]));
});

/**
 * Focus first: a click allows it only while it is fresh, and navigating would use it up. A page that sleeps too
 * deeply to answer is sent there by the browser instead. @param {string} url
 */
async function open(url) {
  const windows = (await worker.clients.matchAll({ type: 'window', includeUncontrolled: true }))
    .filter((one) => new URL(one.url).pathname === SHELL);
  const best = windows.find((one) => one.focused) ?? windows.find((one) => one.visibilityState === 'visible') ?? windows[0];
  const front = best && (await best.focus().catch(() => null));
  if (!front) return void (await worker.clients.openWindow(url));
  if (!(await heard(front, { type: 'open', url }))) await front.navigate(url).catch(() => worker.clients.openWindow(url));
}

/** @param {WindowClient} page @param {unknown} message @returns {Promise<boolean>} */
function heard(page, message) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(true);
    setTimeout(resolve, 1500, false);
    page.postMessage(message, [port2]);
  });
}

// ---- an answer, written where the app would write it (static/js/store.js, answers.js), sent by whoever is first

/** @typedef {{choice: string, reminder: string, due: number}} Said `reminder` is '' where a notification named none */

/** @param {Said} said @returns {Promise<boolean>} whether it is on the disk */
async function keep(said) {
  const home = said.reminder || said.choice === 'not_today' ? await accountOnDisk() : null;
  if (!home) return false;
  try {
    const body = await outgoing(home, said);
    new BroadcastChannel('ippo').postMessage({ type: 'outbox' });
    await send(body, true);
    return true;
  } catch {
    return false;
  } finally {
    home.close();
  }
}

worker.addEventListener('sync', (event) => /** @type {ExtendableEvent} */ (event).waitUntil((async () => {
  const home = await accountOnDisk();
  if (home) await outgoing(home).then((body) => send(body, false)).finally(() => home.close());
})()));

/**
 * While the app is locked, an answer lies in the outbox as it is: ids, a date and a choice, no words. Nothing is fetched then.
 * @param {IDBDatabase} home @param {Said} [said] what to add first; else everything that waits is sent @returns {Promise<unknown>}
 */
async function outgoing(home, said) {
  const held = await known(home, said?.reminder);
  const fresh = said ? edits(said, held.about, held.space) : [];
  if (fresh.length && !(await putAway(home, held, fresh))) return outgoing(home, said);
  const sent = said ? fresh : held.waiting.map(({ n, ...bare }) => bare);
  const manner = held.locked ? { spaces: [held.space], blind: true } : {};
  return { v: 1, device: held.device, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, cursors: held.cursors, edits: sent, ...manner };
}

/**
 * The answer, and for "not today" a rest. A window may reach over midnight: while it is open, its day is still today.
 * @param {Said} said @param {{zone?: string, window?: number}} about the reminder, where this phone has it @param {string} space
 */
function edits({ choice, reminder, due }, { zone, window = 60 }, space) {
  const at = Date.now();
  const its = dayAt(due || at, zone);
  const day = due && at >= due + window * 60_000 ? dayAt(at, zone) : its;
  /** @type {[string, object][]} */
  const rows = choice === 'not_today' ? [['rest', { day, note: '', source: 'notification', at }]] : [];
  if (reminder) rows.push(['answer', { reminder, day: its, choice, again: null, at }]);
  return rows.map(([kind, fields]) => ({ id: crypto.randomUUID(), space, kind, target: crypto.randomUUID(), verb: 'add', fields, at }));
}

/**
 * The outbox keeps its edits: the app sends them again, the server knows their ids and answers the same.
 * @param {unknown} body @param {boolean} keepalive
 */
async function send(body, keepalive) {
  try {
    const answered = await fetch('/api/sync', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body), keepalive });
    if (answered.status >= 500) throw new Error('later');
  } catch (error) {
    if (!keepalive) throw error; // the browser tries a failed background sync again by itself
    await /** @type {any} */ (worker.registration).sync?.register('outbox').catch(() => undefined);
  }
}
