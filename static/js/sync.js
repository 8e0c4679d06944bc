/**
 * Sending and fetching, in one request at a time over all tabs. Everything here may stop at any moment (a killed
 * browser, a lost answer): each edit carries its own id, and the same request again changes nothing twice.
 */
import { ask, NoAnswer } from './api.js';
import { batch, MOST_EDITS, onWire, refuse, settle as sort } from './outbox.js';
import { call, keepMeta, meta, reloadQueue, settle } from './phone.js';
import { report, status } from './status.js';

/** @typedef {import('./kinds.js').Waiting} Waiting */

const SOON = 50;                         // ms: several edits of one tap go together
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;
const PATIENCE = 3;                      // 5xx answers before we suspect one edit instead of a restarting server
const LONGEST_ANSWER = 30_000;           // a line that hangs is no line; a first page of 2,000 rows may take its time
const PER_EDIT = 250;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let due = Infinity;
let pause = FIRST_PAUSE;
let most = MOST_EDITS;
/** @type {Set<string>} spaces whose edit the server cannot stomach just now; the others go on */
const aside = new Set();
/** @type {Promise<boolean> | undefined} */
let running;
/** @type {Promise<boolean> | undefined} */
let next;
let awake = false;
let broken = 0;                          // 5xx answers in a row

/** Begin to listen for reasons to sync. */
export function rouse() {
  call({ written: () => kick() });
  kick(0);
  if (awake || typeof window === 'undefined') return;
  awake = true;
  window.addEventListener('online', () => eager());
  window.addEventListener('offline', () => report({ offline: true }));
  window.addEventListener('pageshow', () => eager());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && eager());
}

/** The IANA name of the clock on the wall here. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the list of signed-in devices calls this one, for example 'Android Chrome'. */
function deviceName() {
  const agent = globalThis.navigator?.userAgent ?? '';
  const system = /Android|iPhone|iPad|Windows|Mac OS|CrOS|Linux/.exec(agent)?.[0] ?? '';
  const browser = /Firefox|Edg|SamsungBrowser|Chrome|Safari/.exec(agent)?.[0] ?? '';
  return `${system} ${browser}`.replace('Edg', 'Edge').replace('Mac OS', 'Mac').trim();
}

function eager() {
  pause = FIRST_PAUSE;
  void reloadQueue();
  kick(0);
}

/** Sync soon. The nearest wish wins; a failed try makes its own later one, so nothing hangs on an event. @param {number} [ms] */
export function kick(ms = SOON) {
  if (Date.now() + ms >= due) return;
  clearTimeout(timer);
  due = Date.now() + ms;
  timer = setTimeout(() => {
    due = Infinity;
    void syncNow();
  }, ms);
}

/**
 * Sync now, also when we are signed out or waiting for the next try. A run that is under way may have looked at the
 * queue before the last word was written, so this is always a run that begins after the call.
 * @returns {Promise<boolean>} everything sent and fetched
 */
export function syncNow() {
  if (!running) return (running = alone(run).finally(() => { running = undefined; }));
  return (next ??= running.then(begin, begin));
}

function begin() {
  next = undefined;
  return syncNow();
}

/**
 * One tab at a time. The lock only saves requests: where it is missing, or a frozen tab sits on it, syncing twice is
 * harmless, so we do not wait for ever.
 * @param {() => Promise<boolean>} work
 * @returns {Promise<boolean>}
 */
async function alone(work) {
  const locks = globalThis.navigator?.locks;
  if (!locks) return work();
  try {
    return await locks.request('ippo-sync', { signal: AbortSignal.timeout(30_000) }, work);
  } catch (error) {
    if (error instanceof DOMException && /Timeout|Abort/.test(error.name)) return work();
    throw error;
  }
}

/** @returns {Promise<boolean>} */
async function run() {
  if (!meta.me) return false;
  report({ syncing: true });
  try {
    if (meta.secret && !(await register())) return false;
    aside.clear();
    let step = await roundTrip();
    while (step === 'more') step = await roundTrip();
    if (step === 'stopped') return false;
    pause = FIRST_PAUSE;
    most = MOST_EDITS;
    if (aside.size) later();
    return aside.size === 0;
  } catch (error) {
    if (error instanceof NoAnswer) {
      report({ offline: true });
      most = Math.max(10, most >> 1);     // a thin line may carry half where it did not carry the whole
    }
    later();
    return false;
  } finally {
    report({ syncing: false });
  }
}

/** Try again by ourselves, later each time, never all phones at once. */
function later() {
  kick(pause * (0.75 + Math.random() / 2));
  pause = Math.min(pause * 2, LONGEST_PAUSE);
}

/** Tell the account of a person who began without it. Repeating it is harmless. @returns {Promise<boolean>} */
async function register() {
  const { me, secret } = meta;
  const { person, space, language, zone } = me;
  // The nickname comes with the setting row, as an edit like any other: told here too it would be logged twice.
  const who = { person, space, secret, nickname: '', language, zone, device: deviceName() };
  const { status: code, body } = await ask('POST', '/api/start', who);
  if (code === 200 || code === 201) {
    await keepMeta({ me: { ...me, ...body, nickname: me.nickname }, secret: undefined });
    return true;
  }
  answered(code);
  return false;
}

/**
 * @param {number} code of an answer that is not a success
 * @returns {Step}
 */
function answered(code) {
  report({ offline: false });
  if (code === 401) report({ signedOut: true });
  else if (code === 426) report({ updateNeeded: true });
  else later();
  return 'stopped';
}

/** @typedef {'more' | 'done' | 'stopped'} Step is there more to send or to fetch at once, or nothing to be had now? */

/** @returns {Promise<Step>} */
async function roundTrip() {
  const edits = batch(await reloadQueue(), most, aside);
  const cursors = meta.cursors ?? {};
  const request = { v: 1, device: meta.device, zone: ownZone(), cursors, edits: edits.map(onWire) };
  const { status: code, body } = await ask('POST', '/api/sync', request, LONGEST_ANSWER + edits.length * PER_EDIT);
  if (code !== 200) return troubled(code, body, edits);
  broken = 0;
  report({ offline: false, signedOut: false, updateNeeded: false });
  const { more, moved } = await take(body, edits, cursors);
  const left = batch(await reloadQueue(), 1, aside).length > 0;
  if (!left && !more) return 'done';
  if (more || moved) return 'more';
  later();                                // an answer without answers: do not spin
  return 'stopped';
}

/**
 * @param {{answers: import('./outbox.js').Answer[], spaces: Record<string, import('./outbox.js').SpaceNews>}} answer
 * @param {Waiting[]} sent
 * @param {Record<string, number>} asked the cursors of the request
 */
async function take({ answers, spaces }, sent, asked) {
  const { done, refused } = sort(sent, answers, spaces);
  const cursors = { ...meta.cursors };
  const standing = { ...meta.spaces };
  /** @type {string[]} */
  const gone = [];
  /** @type {string[]} */
  const rewound = [];
  const rows = [];
  let more = false;
  for (const [space, news] of Object.entries(spaces)) {
    if (news.gone) {
      gone.push(space);
      delete cursors[space];
      delete standing[space];
      continue;
    }
    const fresh = (news.rows ?? []).map((row) => ({ ...row, space }));
    rows.push(...fresh);
    const reached = cursorAfter(news, fresh);
    // The house was restored from a backup: it begins again from 0, and so do we.
    if (reached < (asked[space] ?? 0)) rewound.push(space);
    cursors[space] = rewound.includes(space) ? reached : Math.max(cursors[space] ?? 0, reached);
    standing[space] = { kind: news.kind, role: news.role };
    more ||= news.more ?? false;
  }
  const saved = more || status().waiting > done.length ? {} : { lastSaved: Date.now() };
  await settle({ rows, done, refused, gone, rewound, meta: { cursors, spaces: standing, ...saved } });
  report(saved);
  return { more, moved: done.length > 0 };
}

/**
 * A page that is not the last one reaches as far as its last row, whatever the space has grown to.
 * @param {import('./outbox.js').SpaceNews} news
 * @param {import('./kinds.js').Stored[]} rows
 */
function cursorAfter(news, rows) {
  return news.more ? Math.max(0, ...rows.map(({ revision }) => revision)) : (news.revision ?? 0);
}

/**
 * The request itself was not taken. Narrow it down until one edit stands alone: that one goes back to the person with
 * the reason (4xx) or waits with its space (5xx), and those behind it go on.
 * @param {number} code
 * @param {{error?: string, detail?: string} | null} body
 * @param {Waiting[]} edits
 * @returns {Promise<Step>}
 */
async function troubled(code, body, edits) {
  const [edit] = edits;
  const sick = code >= 500;
  broken = sick ? broken + 1 : 0;
  const ours = [400, 413, 422].includes(code);
  if (!edit || (sick && broken < PATIENCE) || !(ours || sick)) return answered(code);
  if (edits.length > 1) {
    most = edits.length >> 1;
    return 'more';
  }
  most = MOST_EDITS;
  if (sick) aside.add(edit.space);
  else {
    const refused = [refuse(edit, body?.error ?? 'not_taken', body?.detail ?? '')];
    await settle({ rows: [], done: [edit], refused, gone: [], rewound: [], meta: {} });
  }
  return 'more';
}
