/**
 * The live stream: the server pokes with the name of a space, never with content, and we fetch. Only while the page is
 * visible, and only in one tab: each stream holds a thread of the server, and browsers allow six connections in all.
 */
import { kick } from './sync.js';
import { meta } from './phone.js';
import { listen, status } from './status.js';
import { keepsNothing } from './store.js';

const POLL = 20_000;                     // when the server has no room for another stream
const REOPEN = 60_000;

/** @type {EventSource | undefined} */
let stream;
/** @type {(() => void) | undefined} gives the lock of the one streaming tab away */
let letGo;
/** @type {ReturnType<typeof setInterval> | undefined} */
let polling;
let heard = false;                       // the stream was open
let watching = false;
let ours = false;                        // this is the one streaming tab
/** @type {(what: string) => void} */
let hear = () => {};

/** @param {(what: string) => void} fn is told what a poke named, and '' when the stream has begun anew */
export const onPoke = (fn) => { hear = fn; };

/** Follow the account while somebody is looking. */
export function watch() {
  if (watching || typeof document === 'undefined') return;
  watching = true;
  document.addEventListener('visibilitychange', follow);
  window.addEventListener('pagehide', stop);
  window.addEventListener('pageshow', follow);
  listen(() => ours && !stream && !polling && open());
  follow();
}

function follow() {
  if (document.visibilityState !== 'visible') return stop();
  if (letGo) return;
  const held = new Promise((resolve) => { letGo = () => resolve(undefined); });
  const asked = letGo;
  const body = () => {
    ours = letGo === asked;
    if (ours) open();
    return held;
  };
  if (navigator.locks && !keepsNothing()) void navigator.locks.request('ippo-live', body).catch(() => undefined);
  else void body();
}

function stop() {
  close();
  letGo?.();
  letGo = undefined;
  ours = false;
}

function open() {
  close();
  if (!known()) return;                  // whoever comes in is heard of by `listen`
  stream = new EventSource('/api/live');
  stream.onopen = () => {
    heard = true;
    poked('');
  };
  stream.onmessage = ({ data }) => poked(data);
  // A stream that ended by itself opens again by itself; a refused one (503 full, 401) does not.
  stream.onerror = () => {
    const ended = heard;
    heard = false;
    if (stream?.readyState === EventSource.CLOSED) poll();
    else if (ended) poked('');           // once: it may have ended because whoever was here was signed out elsewhere
  };
}

/** @param {string} what */
function poked(what) {
  kick(0);
  hear(what);
}

/** Ask now and then, and now and then ask for a stream again. */
function poll() {
  close();
  let waited = 0;
  polling = setInterval(() => {
    if (!known()) return close();
    poked('');
    waited += POLL;
    if (waited >= REOPEN) open();
  }, POLL);
  poked('');
}

function close() {
  stream?.close();
  stream = undefined;
  heard = false;
  clearInterval(polling);
  polling = undefined;
}

/** Does the account know who is here, and let them in? */
const known = () => meta.me && !meta.secret && !status().signedOut;
