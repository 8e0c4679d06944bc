/** The people who let this therapist read with them: told by the house, held in memory, never on a disk. */
import { ask, NoAnswer } from '../api.js';
import { letGo, mind } from '../exchange.js';
import { onPoke } from '../live.js';
import { report, tell } from '../status.js';
import { kick } from '../sync.js';
import { meta, queued } from '../phone.js';
import { me } from '../rows.js';
import { isIn, isStillUs, onLeave } from './standing.js';

/**
 * @typedef {{space: string, role: string, title: string}} OpenLadder
 * @typedef {{entries: number, messages: number, comments: number, answers: number}} News since the last look
 * @typedef {object} Person one link; only a confirmed one lets anything be read
 * @property {string} consent
 * @property {'accepted' | 'confirmed'} state
 * @property {string} person
 * @property {string} name
 * @property {number} since
 * @property {OpenLadder[]} ladders
 * @property {string | null} thread
 * @property {string} entries
 * @property {number | null} together
 * @property {News} news
 * @property {number | null} last_look
 */

/** @type {Person[] | null} nobody asked yet */
let known = null;
let trouble = false;
/** Consents whose pages are open, and whether the messages are among them: only what is looked at is spoken of. @type {Map<string, boolean>} */
const open = new Map();
/** @type {Promise<void> | undefined} */
let asking;
let again = false;
/** @type {Set<(consent: string) => void>} */
const farewells = new Set();
/** @type {Set<(what: string) => void>} */
const ears = new Set();

/** Everybody, in the order they came; null before the house has told. */
export const people = () => known;

/** The last look at the house did not succeed; what is shown may be older. */
export const peopleTrouble = () => trouble;

/** @param {string} consent @returns {Person | undefined} */
export const personOf = (consent) => known?.find((one) => one.consent === consent);

/** @param {string} id of a person @returns {string} their name, '' for a stranger; our own for ourselves */
export const nameOf = (id) => (id === me()?.person ? me()?.nickname : known?.find((one) => one.person === id)?.name) ?? '';

/**
 * From now on this person's ladders are fetched and followed, their messages only where these are read: each of these looks
 * is told to them, and what was fetched counts as read.
 * @param {string} consent @param {boolean} [talk]
 */
export function openPerson(consent, talk = false) {
  open.set(consent, talk);
  kick(0);
}

/** Their page is left: nothing of theirs is asked for any more. @param {string} consent */
export function closePerson(consent) {
  open.delete(consent);
}

/** @param {(consent: string) => void} fn called once for each link that has ended while this page was open */
export const onFarewell = (fn) => void farewells.add(fn);

/** @param {(what: string) => void} fn is told what a poke named: a space, or a consent whose entries changed */
export const onHeard = (fn) => void ears.add(fn);

/** Before anything is asked of the house: speak only of what is open here. */
export function speakOfPeople() {
  mind({ named, missing });
  onLeave(() => {
    known = null;
    open.clear();
  });
}

const SOON = 400;                        // ms
const AGAIN = 20_000;                    // ms: a house that had no time just now tells nobody that it has some again
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/** The desk as it stands when somebody has come in. */
export function followPeople() {
  onPoke((what) => {
    // Of a ladder that lies open the words come first; who else is new can be asked when they are on the screen.
    if (named()?.includes(what)) lookLater(SOON);
    else void lookAround();
    ears.forEach((fn) => fn(what));
  });
  void lookAround();
}

/** @param {number} ms */
function lookLater(ms) {
  later ??= setTimeout(() => { later = undefined; void lookAround(); }, ms);
}

/** The spaces to speak of now. @returns {string[] | null} */
function named() {
  const own = me()?.space;
  if (!isIn() || !own) return null;
  const theirs = (known ?? []).filter(({ consent, state }) => open.has(consent) && state === 'confirmed')
    .flatMap((one) => spacesOf(one).filter((space) => space !== one.thread || open.get(one.consent)));
  return [own, ...theirs];
}

/** @param {Person} one */
const spacesOf = ({ ladders, thread }) => [...ladders.map(({ space }) => space), ...(thread ? [thread] : [])];

/** What the house no longer lets us read, of all that lies here; if it is still us who ask. @returns {Promise<string[]>} */
async function missing() {
  if (!(await isStillUs())) return [];
  await lookAround();
  const readable = new Set([me()?.space, ...(known ?? []).filter(({ state }) => state === 'confirmed').flatMap(spacesOf)]);
  return [...new Set([...Object.keys(meta.spaces ?? {}), ...queued().map(({ space }) => space)])].filter((space) => !readable.has(space));
}

/** Ask the house who is there. Many wishes at once ask twice at most. @returns {Promise<void>} */
export function lookAround() {
  if (asking) {
    again = true;
    return asking;
  }
  asking = look().finally(() => { asking = undefined; }).then(() => {
    if (!again) return undefined;
    again = false;
    return lookAround();
  });
  return asking;
}

async function look() {
  if (!isIn()) return;
  try {
    const { status, body } = await ask('GET', '/api/people');
    if (status === 401) return report({ signedOut: true });
    trouble = status !== 200;
    if (!trouble) hear(body.people);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    trouble = true;
  }
  if (trouble) lookLater(AGAIN);
  tell();
}

/** @param {Person[]} told */
function hear(told) {
  const gone = (known ?? []).filter(({ consent }) => !told.some((one) => one.consent === consent));
  const lost = (known ?? []).filter(({ consent }) => !gone.some((one) => one.consent === consent)).flatMap((one) => spacesOf(one)
    .filter((space) => !spacesOf(told.find(({ consent }) => consent === one.consent) ?? one).includes(space)));
  const before = new Set(named());
  known = told;
  // The poke that told of it may have been followed by a sync already, which did not know what to speak of.
  if (named()?.some((space) => !before.has(space))) kick(0);
  const away = [...gone.flatMap(spacesOf), ...lost];
  if (away.length) void letGo(away);
  gone.forEach(({ consent }) => {
    open.delete(consent);
    farewells.forEach((fn) => fn(consent));
  });
}
