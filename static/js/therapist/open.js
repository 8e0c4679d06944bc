/**
 * The page that is open: one person's shared entries, asked for while their page is looked at (each look is told to them),
 * held in memory, gone with the link. What was being written when a link ended is kept for the one who wrote it.
 */
import { ask, NoAnswer } from '../api.js';
import { heardBefore } from '../comments.js';
import { nameBy } from '../consents.js';
import { draftsUnder, dropDraft } from '../drafts.js';
import { called } from '../names.js';
import { render } from '../page.js';
import { meta } from '../phone.js';
import { get } from '../rows.js';
import { listen, status } from '../status.js';
import { kick } from '../sync.js';
import { hearUntil } from '../together.js';
import { t } from '../words.js';
import { closePerson, lookAround, nameOf, onFarewell, onHeard, openPerson, people, personOf } from './people.js';
import { isIn } from './standing.js';
import { opened } from './summary.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../kinds.js').Rest} Rest */
/** @typedef {import('../kinds.js').Diary} Diary */
/** @typedef {import('../kinds.js').Checkin} Checkin */
/** @typedef {import('../kinds.js').Plan} Plan */
/** @typedef {import('./people.js').Person} Person */
/**
 * @typedef {object} Entries
 * @property {Attempt[]} attempts
 * @property {Rest[]} rests
 * @property {Diary[]} diary
 * @property {Checkin[]} checkins
 * @property {Plan[]} plans
 * @property {number | null} lastLook the look before this visit of the desk; later looks do not move it
 * @property {ReadonlySet<string>} fresh what came or was changed since then
 * @property {import('./people.js').News} news what else was new since then
 * @property {string} terms under which they were read: none, chosen, all
 * @property {boolean} more older ones are still there
 * @property {boolean} trouble the last asking got no answer
 */
/** @typedef {{name: string, words: {id: string, text: string}[]}} Ended what is left of a link that ended under our eyes */

const AGAIN = 1_000;        // ms: a burst of entries is one asking
const WORDS_FIRST = 150;    // ms: what a poke brings is on the screen before anything else is asked

/** @type {Map<string, Entries>} */
const known = new Map();
/** @type {Set<string>} whose page was asked for, without an answer */
const unread = new Set();
/** @type {Map<string, {name: string, spaces: string[]}>} those whose pages were open, for the day their link ends */
const met = new Map();
/** @type {Map<string, Ended>} */
const ended = new Map();
/** Whose page is looked at, by its consent. */
let here = '';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;
/** The ladder that is looked at, once it is known. @type {(() => string | undefined) | null} */
let ladder = null;
let peeked = '';
/** @type {ReturnType<typeof setTimeout> | undefined} */
let peeking;

/** Where half-typed words about a link lie. @param {string} consent @param {string} what */
export const shelf = (consent, what) => `person/${consent}/${what}`;

/** One of a person's screens is entered. @param {string} consent @param {{talk?: boolean}} [what] talk: their messages are read there */
export function attend(consent, { talk = false } = {}) {
  here = consent;
  heardBefore(known.get(consent)?.lastLook ?? personOf(consent)?.last_look ?? 0);
  openPerson(consent, talk);
  void lookAround();
}

/** And left. */
export function depart() {
  closePerson(here);
  here = '';
  ladder = null;
  peeked = '';
}

/** A ladder is looked at: is it open for a call? Whoever opens it later is heard of by a poke. @param {() => string | undefined} space */
export function followTogether(space) {
  ladder = space;
  void peek();
}

async function peek() {
  const space = ladder?.();
  if (!space || peeked === space) return;
  peeked = space;
  const answer = await ask('GET', `/api/together/${space}`).catch(() => null);
  if (answer?.status !== 200) return;
  if (answer.body.until !== null) kick(0);
  hearUntil(space, answer.body.until);
}

/** @param {string} consent @returns {Person | undefined} a confirmed one; their name is kept for the day the link ends */
export function openedPerson(consent) {
  const found = personOf(consent);
  if (found?.state !== 'confirmed') return undefined;
  met.set(consent, { name: called(found.name), spaces: [...found.ladders.map(({ space }) => space), ...(found.thread ? [found.thread] : [])] });
  return { ...found, name: called(found.name || t('Somebody without a name')) };
}

/** All their ladders have been told: what is not among them is not ours to read. @param {Pick<Person, 'ladders'>} person */
export const hasCome = ({ ladders }) => !status().syncing && ladders.every(({ space }) => meta.spaces?.[space]);

/** Has the house told who is there at all? */
export const isKnown = () => people() !== null;

/** @param {string} consent @returns {Entries | undefined} nothing before the first answer */
export const entriesOf = (consent) => known.get(consent);

/** Was it asked for and not answered? @param {string} consent */
export const isUnread = (consent) => unread.has(consent);

/** @param {string} consent @returns {Ended | undefined} */
export const endedOf = (consent) => ended.get(consent);

/**
 * Ask for the entries. The first asking of this visit says since when something is new.
 * @param {string} consent
 * @param {{older?: boolean}} [how] older: go on behind the oldest one that is here
 */
export async function readEntries(consent, { older = false } = {}) {
  const before = known.get(consent);
  const news = personOf(consent)?.news;
  const from = older ? `?before=${encodeURIComponent(String(cursors.get(consent) ?? ''))}` : '';
  try {
    const { status: code, body } = await ask('GET', `/api/people/${consent}${from}`);
    if (code === 200) keep(consent, body, before, older, news);
    else if (code === 404) void lookAround();
    else missed(consent);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    missed(consent);
  }
  render();
}

/** @param {string} consent */
function missed(consent) {
  const before = known.get(consent);
  if (before) before.trouble = true;
  else unread.add(consent);
}

/** @type {Map<string, unknown>} where the older entries begin */
const cursors = new Map();

/**
 * @param {string} consent @param {any} body @param {Entries | undefined} before @param {boolean} older
 * @param {import('./people.js').News} [news]
 */
function keep(consent, body, before, older, news) {
  const attempts = opened('attempt', body.attempts);
  cursors.set(consent, body.before ?? null);
  unread.delete(consent);
  known.set(consent, {
    attempts: [...(older ? before?.attempts ?? [] : []), ...attempts],
    ...(older && before ? beside(before) : { rests: opened('rest', body.rests), diary: opened('diary', body.diary), checkins: opened('checkin', body.checkins), plans: opened('plan', body.plans) }),
    lastLook: before ? before.lastLook : body.last_look ?? null,
    // Whoever comes back from the list finds here what it told them.
    fresh: new Set([...before?.fresh ?? [], ...body.fresh]),
    news: most(before?.news, news),
    terms: body.terms.entries, more: Boolean(body.before), trouble: false,
  });
}

/** What came with the first page. @param {Entries} before */
const beside = ({ rests, diary, checkins, plans }) => ({ rests, diary, checkins, plans });

/** What is new was told once; looking again does not make it old. @param {...(import('./people.js').News | undefined)} told */
const most = (...told) => /** @type {import('./people.js').News} */ (Object.fromEntries(['entries', 'messages', 'comments', 'answers']
  .map((name) => [name, Math.max(0, ...told.map((/** @type {any} */ one) => one?.[name] ?? 0))])));

/** The person shows more or less than when their page was read: what is closed now leaves at once. */
function followTerms() {
  const read = known.get(here), now = personOf(here)?.entries;
  if (!read || !now || read.terms === now) return;
  if (now === 'none') known.set(here, emptied(read));
  else known.delete(here);
  render();
  if (now !== 'none') void readEntries(here);
}

/** Nothing is left to ask for, and so nobody is told of a look. @param {Entries} read @returns {Entries} */
const emptied = (read) => ({ ...read, attempts: [], rests: [], diary: [], checkins: [], plans: [], fresh: new Set(), terms: 'none', more: false });

/** The desk is left, or locked: nothing of anybody stays. */
function forgetEntries() {
  [known, met, ended, cursors, unread].forEach((held) => held.clear());
  here = '';
}

/** Words that stood in a half-filled form. @param {unknown} value @returns {string} */
function wordsIn(value) {
  if (typeof value === 'string') return value.trim();
  if (!value || typeof value !== 'object') return '';
  return Object.values(value).map(wordsIn).filter(Boolean).join('\n');
}

onFarewell((consent) => {
  const { name, spaces } = met.get(consent) ?? { name: '', spaces: [] };
  const said = ['comment/', 'reword/'].flatMap(draftsUnder).filter(([key]) => spaces.includes(get(key.split('/')[1])?.space));
  const words = [...draftsUnder(shelf(consent, '')), ...said].map(([key, value]) => ({ id: key, text: wordsIn(value) })).filter(({ text }) => text);
  ended.set(consent, { name, words });
  known.delete(consent);
  cursors.delete(consent);
  render();
});

/** Words kept for us are let go. @param {string} consent @param {string} key */
export function letGoOf(consent, key) {
  const left = ended.get(consent);
  if (left) ended.set(consent, { ...left, words: left.words.filter(({ id }) => id !== key) });
  void dropDraft(key);
  render();
}

nameBy((person) => { const name = nameOf(person); return name && called(name); });
listen(() => {
  if (isIn()) {
    void peek();
    followTerms();
  }
  else if (met.size) forgetEntries();
});

onHeard((what) => {
  if (ladder && (what === '' || what === ladder())) {
    clearTimeout(peeking);
    peeking = setTimeout(() => { peeked = ''; void peek(); }, WORDS_FIRST);
  }
  if (what === '' && unread.has(here)) void readEntries(here);
  if (what !== here || !known.has(here) || document.visibilityState !== 'visible') return;
  clearTimeout(soon);
  soon = setTimeout(() => { if (what === here) void readEntries(what); }, AGAIN);
});
