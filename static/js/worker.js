/**
 * The service worker as the page sees it: registered once, asked for news now and then, and never swapped under the
 * person's hands. A new version waits until somebody says so; half-typed words are drafts on the disk by then.
 */
import { go, render } from './page.js';

const SCRIPT = '/service-worker.js';
const HOUR = 3_600_000;

/** @type {ServiceWorkerRegistration | undefined} */
let registration;
let waiting = false;
let leaving = false;
let asked = 0;

/** Trusted Types: the only script address this app ever makes is its own worker. */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('ippo', {
  createScriptURL: (/** @type {string} */ url) => {
    if (url !== SCRIPT) throw new TypeError('not our worker');
    return url;
  },
});

/** Whether a new version lies ready. */
export const updateReady = () => waiting;

/** Register, and listen for what the worker has to say. Never throws: the app works without one. */
export async function startWorker() {
  const container = globalThis.navigator?.serviceWorker;
  if (!container) return;
  container.addEventListener('message', hear);
  container.startMessages();
  // The first worker of all takes over quietly; a later one only after it was asked to.
  let had = container.controller !== null;
  container.addEventListener('controllerchange', () => {
    if (leaving) location.reload();
    // Another window took the new version: this one may follow when it likes. (Signing out takes the worker away.)
    else if (had && container.controller) notice();
    had = container.controller !== null;
  });
  try {
    registration = await container.register(policy?.createScriptURL(SCRIPT) ?? SCRIPT, { updateViaCache: 'none' });
  } catch {
    return;                            // a private window, or the server is away: next time
  }
  if (registration) watch(registration);   // some browsers that block workers say nothing instead of no
  document.addEventListener('visibilitychange', askForNews);
}

/** @param {ServiceWorkerRegistration} found */
function watch(found) {
  if (found.waiting && navigator.serviceWorker.controller) notice();
  found.addEventListener('updatefound', () => {
    const coming = found.installing;
    coming?.addEventListener('statechange', () => {
      if (coming.state === 'installed' && navigator.serviceWorker.controller) notice();
    });
  });
}

function notice() {
  waiting = true;
  render();
}

/** An app that lies open for days still hears of a new version. */
function askForNews() {
  if (document.visibilityState !== 'visible' || Date.now() - asked < HOUR) return;
  asked = Date.now();
  registration?.update().catch(() => undefined);
}

/**
 * @param {'held' | 'fetch'} wanted does it hold all of the app; and: may it fetch what it does not
 * @param {number} [patience] milliseconds
 * @returns {Promise<boolean | undefined>} undefined where there is no worker
 */
export function askWorker(wanted, patience) {
  const asked = globalThis.navigator?.serviceWorker?.controller;
  if (!asked) return Promise.resolve(undefined);
  const { port1, port2 } = new MessageChannel();
  return new Promise((answer) => {
    port1.onmessage = ({ data }) => answer(data);
    if (patience) setTimeout(answer, patience, false);
    asked.postMessage(wanted, [port2]);
  });
}

/** When there is one to ask; at once where there will be none. */
export async function workerReady() {
  const { active = null } = (registration && (await navigator.serviceWorker.ready)) ?? {};
  // It takes this page over while it comes awake.
  if (active?.state === 'activating') await new Promise((awake) => active.addEventListener('statechange', awake, { once: true }));
}

/** The person said yes. What is typed has been kept as drafts with each letter; the page comes back where it was. */
export function update() {
  leaving = true;
  if (registration?.waiting) registration.waiting.postMessage('go');
  else location.reload();
}

/** A notification was opened while this window was there. @param {MessageEvent} event */
function hear({ data, ports }) {
  if (data?.type !== 'open') return;
  const url = new URL(String(data.url), location.href);
  if (url.origin === location.origin) go(url.hash || '#/');
  ports[0]?.postMessage('here');
}
