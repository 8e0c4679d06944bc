/**
 * One conversation with the house: what waits here goes up, what changed there comes down. Everything may stop at any
 * moment (a killed browser, a lost answer): each edit carries its own id, and saying it again changes nothing twice.
 */
import { ask } from './api.js';
import { deviceName, ownZone } from './device.js';
import { batch, MOST_EDITS, onWire, refuse, settle as sort } from './outbox.js';
import { keepMeta, meta, queued, reloadQueue, settle } from './phone.js';
import { report, status } from './status.js';

/** @typedef {import('./kinds.js').Waiting} Waiting */
/** @typedef {'more' | 'done' | 'stopped'} Step is there more to send or to fetch at once, or nothing to be had now? */

const PATIENCE = 3;                      // 5xx answers before we suspect one edit instead of a restarting server
const LONGEST_ANSWER = 30_000;           // ms; a line that hangs is no line, a first page of 2,000 rows takes its time
const PER_EDIT = 250;                    // ms

let most = MOST_EDITS;
let broken = 0;                          // 5xx answers in a row
/** @type {Set<string>} spaces whose edit the house cannot stomach just now; the others go on */
const aside = new Set();

/** In this run an answer has said already that nobody is signed in here. */
let crossed = false;
const COOKIE_COMES = 500;                // ms

/**
 * @typedef {object} Manners how a page speaks that is not a person's own phone
 * @property {() => string[] | null} named the spaces to speak of now; null: say nothing at present
 * @property {() => Promise<string[]>} missing one of them is no longer ours: which of them are gone?
 */
/** @type {Manners | undefined} a person's phone speaks of all that is theirs */
let manners;

/** @param {Manners} wished a therapist's page names what it wants to read, for each reading is told to its owner */
export const mind = (wished) => { manners = wished; };

/**
 * Everything up and everything down, page by page.
 * @returns {Promise<boolean>} nothing is left to send or to fetch; else another try is due
 * @throws {import('./api.js').NoAnswer}
 */
export async function exchange() {
  if (manners && !manners.named()) return true;
  if (meta.secret && !(await register())) return false;
  aside.clear();
  crossed = false;
  let step = await roundTrip();
  while (step === 'more') step = await roundTrip();
  if (step === 'done') most = MOST_EDITS;
  return step === 'done' && aside.size === 0;
}

/** The line did not carry the last request: a thin one may carry half. */
export function ease() {
  most = Math.max(10, most >> 1);
}

/** Tell the account of a person who began without it. Repeating it is harmless. @returns {Promise<boolean>} */
async function register() {
  const { me, secret, bring } = meta;
  const { person, space, language, zone } = me;
  // The nickname comes with the setting row, as an edit like any other: told here too it would be logged twice.
  const who = { person, space, secret, nickname: '', language, zone, device: deviceName(), bring };
  const { status: code, body } = await ask('POST', '/api/start', who);
  if (isAnother(person)) return false;
  if (code === 200 || code === 201) {
    await keepMeta({ me: { ...me, ...body, nickname: me.nickname }, secret: undefined, spare: secret });   // spare: anew.js
    return true;
  }
  answered(code);
  return false;
}

/** Whoever asked has gone, or is locked out: the answer is for nobody here. @param {string} person */
const isAnother = (person) => meta.me?.person !== person;

/**
 * @param {number} code of an answer that is not a success
 * @returns {Step}
 */
function answered(code) {
  report({ offline: false });
  if (code === 401) report({ signedOut: true });
  if (code === 426) report({ updateNeeded: true });
  return 'stopped';
}

/** @returns {Promise<Step>} */
async function roundTrip() {
  // What this page knows to wait goes at once; what others have put on the disk meanwhile is asked for after the answer.
  const { edits, manner } = deal(batch(queued(), most, aside));
  const { me, cursors = {} } = meta;
  const request = { v: 1, device: meta.device, zone: ownZone(), cursors: only(cursors, manner.spaces), edits: edits.map(onWire), ...manner };
  const { status: code, body } = await ask('POST', '/api/sync', request, LONGEST_ANSWER + edits.length * PER_EDIT);
  if (isAnother(me.person)) return 'stopped';
  if (code !== 200) return troubled(code, body, edits);
  broken = 0;
  report({ offline: false, signedOut: false, updateNeeded: false });
  const { more, moved } = await take(body, edits, cursors);
  if (manner.blind && moved) return 'more';
  const left = batch(await reloadQueue(), 1, aside).length > 0;
  if (!left && !more) return 'done';
  return more || moved ? 'more' : 'stopped';      // an answer without answers: do not spin
}

/**
 * Words for a page that is not open any more go first and alone, blind: what is there now is not fetched with them, for
 * nobody is looking.
 * @param {Waiting[]} waiting
 * @returns {{edits: Waiting[], manner: {spaces?: string[], blind?: boolean}}}
 */
function deal(waiting) {
  const open = manners?.named();
  if (!open) return { edits: waiting, manner: {} };
  const shut = waiting.filter(({ space }) => !open.includes(space));
  if (!shut.length) return { edits: waiting, manner: { spaces: open } };
  return { edits: shut, manner: { spaces: [...new Set(shut.map(({ space }) => space))], blind: true } };
}

/** @param {Record<string, number>} cursors @param {string[]} [spaces] */
const only = (cursors, spaces) => (spaces ? Object.fromEntries(Object.entries(cursors).filter(([space]) => spaces.includes(space))) : cursors);

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
    const cursor = asked[space] ?? 0;
    const reached = cursorAfter(news, fresh, cursor);
    // The house was restored from a backup: it begins again from 0, and so do we.
    if (reached < cursor) rewound.push(space);
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
 * A page that is not the last one reaches as far as its last row, whatever the space has grown to; the page may have
 * been full before it came to this space at all.
 * @param {import('./outbox.js').SpaceNews} news
 * @param {import('./kinds.js').Stored[]} rows
 * @param {number} asked the cursor of the request
 */
function cursorAfter(news, rows, asked) {
  if (!news.more) return news.revision ?? 0;
  return rows.length ? Math.max(...rows.map(({ revision }) => revision)) : asked;
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
  if (code === 404 && manners) return letGo(await manners.missing());
  if (code === 401 && !crossed) {        // a new password brings a new cookie, and this may have crossed it
    crossed = true;
    await new Promise((later) => setTimeout(later, COOKIE_COMES));
    return meta.me ? 'more' : 'stopped'; // whoever was here may have left meanwhile
  }
  const [edit] = edits;
  const sick = [500, 502, 504].includes(code);      // busy (503) or full (507) by its own word: that is no edit's doing
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

/**
 * What was open to us is so no more: it leaves the screens, and words on their way there come back to who wrote them.
 * @param {string[]} gone
 * @returns {Promise<Step>}
 */
export async function letGo(gone) {
  if (!gone.length) return answered(404);
  const [cursors, spaces] = [meta.cursors, meta.spaces].map((all) => Object.fromEntries(Object.entries(all ?? {}).filter(([space]) => !gone.includes(space))));
  await settle({ rows: [], done: [], refused: [], gone, rewound: [], meta: { cursors, spaces } });
  return 'more';
}
