/**
 * The way back when a service worker has gone wrong: served in place of service-worker.js while IPPO_WORKER_KILL is on.
 * It forgets the shell and takes itself away. It never touches IndexedDB: what a person wrote stays on the phone.
 */
const leaving = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

leaving.addEventListener('install', (event) => event.waitUntil(leaving.skipWaiting()));

leaving.addEventListener('activate', (event) => event.waitUntil((async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith('ippo-'));
  await Promise.all(names.map((name) => caches.delete(name)));
  await leaving.registration.unregister();
})()));
