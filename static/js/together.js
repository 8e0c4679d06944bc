/**
 * Together: for a call the owner opens a ladder, and until it ends everybody on it writes directly and sees who stands at
 * which step. It ends by one tap or by itself. Presence is asked for only while somebody looks at such a ladder. No DOM here.
 */
import { ask, NoAnswer } from './api.js';
import { syncNow } from './here.js';
import { all } from './rows.js';
import { listen, tell } from './status.js';

/** @typedef {{person: string, name: string, step: string | null, you: boolean}} Here */

const LOOK = 3_000;                      // ms between two looks at who is here
const SAY = 10_000;                      // ms between two words that we are; the house forgets us after 30 s

/** Where the person looks now. @type {{space: string, step: string | null} | null} */
let place = null;
/** @type {Map<string, number | null>} until when, as the house said last: it knows before the rows do */
const heard = new Map();
/** @type {Here[]} */
let here = [];
let hereIn = '';
/** The ladder that was open when we looked last, so that its end is noticed. */
let opened = '';
/** @type {(space: string) => void} */
let over = () => {};
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let said = 0;
let looking = false;
let listening = false;

/**
 * Until when everybody writes on this ladder, in milliseconds UTC, or null.
 * @param {string} space
 * @param {number} [now]
 */
export function openUntil(space, now = Date.now()) {
  const until = heard.has(space) ? heard.get(space) : mirrored(space);
  return until && until > now ? until : null;
}

/** What the rows of the person's own links say. @param {string} space */
function mirrored(space) {
  const untils = /** @type {import('./kinds.js').Consent[]} */ (all('consent')).filter((one) => one.state === 'confirmed')
    .flatMap((one) => one.together).filter(([which]) => which === space).map(([, until]) => until);
  return untils.length ? Math.max(...untils) : null;
}

/** Who else is on this ladder now. @param {string} space @returns {readonly Here[]} */
export const others = (space) => (place?.space === space && hereIn === space && openUntil(space) ? here.filter((one) => !one.you) : []);

/** The names of those who stand at this step. @param {string} space @param {string} step */
export const namesAt = (space, step) => others(space).filter((one) => one.step === step).map((one) => one.name);

/** Told when it ends by itself, or by another hand, while one looks. @param {(space: string) => void} fn */
export const onOver = (fn) => { over = fn; };

/**
 * The house said so on another way (an answer, a list of people).
 * @param {string} space
 * @param {number | null} until
 */
export function hearUntil(space, until) {
  if (heard.get(space) === until) return;
  heard.set(space, until);
  follow();
  tell();
}

/** Open the ladder for everybody on it. @param {string} space @returns {Promise<{ok: boolean, detail: string}>} */
export const open = (space) => change(space, 'PUT');

/** Proposals again, from now on. @param {string} space @returns {Promise<{ok: boolean, detail: string}>} */
export const end = (space) => change(space, 'DELETE');

/** @param {string} space @param {'PUT' | 'DELETE'} method */
async function change(space, method) {
  try {
    const answer = await ask(method, `/api/together/${space}`, method === 'PUT' ? {} : undefined);
    const ok = answer.status < 300;
    if (ok) {
      opened = '';
      hearUntil(space, answer.body?.until ?? null);
      void syncNow();
    }
    return { ok, detail: answer.body?.detail ?? '' };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { ok: false, detail: '' };
  }
}

/**
 * The person looks at this ladder, or at one step of it.
 * @param {string} space
 * @param {string | null} [step]
 */
export function stand(space, step = null) {
  if (hereIn !== space) here = [];
  if (place?.step !== step || place?.space !== space) said = 0;
  place = { space, step };
  if (!listening && typeof document !== 'undefined') {
    listening = true;
    listen(follow);
    document.addEventListener('visibilitychange', follow);
  }
  follow();
}

/** They look at something else. */
export function goAway() {
  place = null;
  opened = '';
  follow();
}

/** Look now if there is a reason to, and stop when there is none. */
function follow() {
  const isOpen = place !== null && openUntil(place.space) !== null;
  noticeEnd(isOpen);
  const wanted = isOpen && globalThis.document?.visibilityState === 'visible';
  if (!wanted) {
    clearTimeout(timer);
    timer = undefined;
  } else if (!looking && (timer === undefined || said === 0)) {
    clearTimeout(timer);
    void look();
  }
}

/** @param {boolean} isOpen */
function noticeEnd(isOpen) {
  const before = opened;
  opened = isOpen && place ? place.space : '';
  if (!before || opened || place?.space !== before) return;
  here = [];
  over(before);
}

async function look() {
  const where = place;
  if (!where) return;
  looking = true;
  try {
    if (Date.now() - said >= SAY || !isHere(where.space)) {
      said = Date.now();
      await ask('PUT', `/api/together/${where.space}/here`, { step: where.step });
    }
    const { status, body } = await ask('GET', `/api/together/${where.space}`);
    if (status === 200) see(where.space, body);
    else if (status === 404) see(where.space, { until: null, here: [] });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    if (here.length) see(where.space, { until: openUntil(where.space), here: [] });   // nobody is seen without a network
  } finally {
    looking = false;
  }
  timer = setTimeout(() => { timer = undefined; follow(); }, LOOK);
  if (place && said === 0) follow();
}

/** Did the house know of us, at our last look? Whoever is not here themselves is told of nobody. @param {string} space */
const isHere = (space) => hereIn === space && here.some((one) => one.you);

/** @param {string} space @param {{until: number | null, here: Here[]}} news */
function see(space, news) {
  const changed = heard.get(space) !== news.until || JSON.stringify(here) !== JSON.stringify(news.here);
  const ended = openUntil(space) !== null && news.until === null;
  heard.set(space, news.until);
  ({ here } = news);
  hereIn = space;
  if (ended) void syncNow();
  if (changed) tell();
}

// What the house said holds for as long as the rows say nothing newer.
listen(() => {
  for (const [space, until] of heard) if (until === mirrored(space)) heard.delete(space);
});
