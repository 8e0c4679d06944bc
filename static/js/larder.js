/**
 * What the service worker keeps of the app, and how it comes to have it. A cache belongs to one build. Files that an earlier
 * one holds, by their contents, are not fetched again, and neither is what has come before a worker was killed.
 */
import { fitting } from './tongues.js';

/** @typedef {[url: string, sha256: string, shelf: string]} File shelf: '' the first, 'near' the second; or of which language */

export const OURS = 'ippo-shell-';
const LIST = '/shell-list';   // under this key a cache remembers what it surely holds; never fetched

/** The first shelf, with the words of the language this phone speaks. @param {File} file */
export const cannotWait = ([, , shelf]) => !shelf || shelf === fitting(navigator.languages);

/** @param {string} name @param {readonly File[]} files */
export const list = async (name, files) => (await caches.open(name)).put(LIST, Response.json(files));

/** @param {string} cacheName @returns {Promise<File[]>} */
const listed = async (cacheName) => (await caches.match(LIST, { cacheName }))?.json() ?? [];

/** All of it or an error. @param {string} name @param {readonly File[]} wanted */
export async function bring(name, wanted) {
  const [cache, held] = [await caches.open(name), await heldBefore()];
  await Promise.all(wanted.map(async ([url, sha256]) => {
    if (await cache.match(url, { ignoreVary: true })) return;
    const same = held.get(sha256);
    const kept = same && (await caches.match(same.url, { cacheName: same.cacheName, ignoreVary: true }));
    // Without the address it came from: a script looks for its neighbours where it thinks it lies.
    await cache.put(url, kept ? new Response(kept.body, { headers: kept.headers }) : (await fetched(url, { integrity: `sha256-${sha256}` })));
  }));
}

/** What finished caches of earlier builds hold, by content. @returns {Promise<Map<string, {url: string, cacheName: string}>>} */
async function heldBefore() {
  const held = new Map();
  for (const cacheName of (await caches.keys()).filter((name) => name.startsWith(OURS))) {
    for (const [url, sha256] of await listed(cacheName)) held.set(sha256, { url, cacheName });
  }
  return held;
}

/** @param {string} url @param {RequestInit} how */
export async function fetched(url, how) {
  const answer = await fetch(url, how);
  if (!answer.ok || answer.redirected) throw new Error(`${url} answered ${answer.status}`);
  return answer;
}

/** Does it hold all shelves that are kept? @param {string} name @param {readonly File[]} files */
export const isWhole = async (name, files) => (await listed(name)).length === files.length;

/** @type {Promise<boolean> | undefined} */
let coming;

/** @param {string} name @param {readonly File[]} files @returns {Promise<boolean>} whether all of it is here now */
export function bringTheRest(name, files) {
  coming ??= rest(name, files).then(() => true, () => false).finally(() => { coming = undefined; });
  return coming;
}

/** @param {string} name @param {readonly File[]} files */
async function rest(name, files) {
  if (await isWhole(name, files)) return;
  await bring(name, files);
  await list(name, files);
}
