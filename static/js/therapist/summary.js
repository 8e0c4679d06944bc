/**
 * What a person's page says in five minutes, made from the entries they let be seen (rule T5): what was tried and rested,
 * the biggest surprise, where it sticks, what helped, what they wrote and what they show by itself. No percentage, no ranking, nothing that counts
 * absence. Pure: `now` and the last look are parameters; the words are elsewhere.
 */
import { HAPPENED, isSurprise } from '../tries.js';
import { localDay } from '../days.js';
import { BLANK } from '../kinds.js';
import { freshOf, shown, writtenAt } from './shown.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../kinds.js').Rest} Rest */
/** @typedef {'look' | 'weeks' | 'all'} Period since the last look, four weeks, everything that was told */
/** @typedef {{id: string, kind?: string, fields: Record<string, unknown>}} Wire a row as the house tells it */
/**
 * @typedef {object} Tried everything tried on one step
 * @property {string} step
 * @property {string} ladder
 * @property {string} title as it was called the last time
 * @property {Attempt[]} attempts newest first
 * @property {Record<'did' | 'part' | 'turned_back', number>} outcomes
 * @property {boolean} fresh something of it is new since the last look
 */
/**
 * @typedef {object} Stuck
 * @property {string} step
 * @property {string} title
 * @property {'turned_back' | 'came_true' | 'as_likely'} why
 * @property {number} n of the last `of` times; for 'as_likely' the first likelihood and the last
 * @property {number} of
 */
/** @typedef {{one: Attempt, by: 'guess' | 'numbers'}} Surprise */
/** @typedef {{attempts: Attempt[], rests: Rest[], fresh: ReadonlySet<string>} & import('./shown.js').Opened} Entries fresh: came or were changed since the last look */
/** @typedef {{at: number, day?: string, title: string, text: string, fresh: boolean}} Note */
/**
 * @typedef {object} Summary
 * @property {Tried[]} tried the one tried last comes first
 * @property {Rest[]} rested newest first
 * @property {Surprise | null} surprise
 * @property {Stuck[]} sticks
 * @property {Note[]} notes newest first
 * @property {string[]} helped
 * @property {import('./shown.js').Shown} shown by itself
 * @property {{attempts: number, rests: number, pages: number, answers: number, plans: number}} fresh everything new since the last look, of whatever time
 */

const FOUR_WEEKS = 28 * 86_400_000;
const RECENT = 3;           // the times of one step that say whether it sticks
const FAR = 30;             // how far before and peak lie apart to be a surprise, on a scale of 100
const SURE = { no: 1, bearable: 0.8, part: 0.6 };

/**
 * Rows as the house tells them → rows as the nouns know them.
 * @template {'attempt' | 'rest' | 'diary' | 'checkin' | 'plan'} K
 * @param {K} kind
 * @param {readonly Wire[]} rows
 * @returns {import('../kinds.js').Kinds[K][]}
 */
export const opened = (kind, rows) => /** @type {any[]} */ (rows.map(({ id, fields }) => ({ ...BLANK[kind], ...fields, id, space: '', kind })));

/** Where a period begins, milliseconds UTC; what is new has no beginning, it is known by name. @param {Period} period @param {number} now */
export const beginning = (period, now) => (period === 'all' ? 0 : now - FOUR_WEEKS);

/**
 * What to open the page with: what is new, when something is; four weeks, when something lies in them; else everything.
 * @param {Entries} entries @param {number | null} lastLook @param {number} now
 * @returns {Period}
 */
export function firstPeriod({ attempts, rests, diary = [], checkins = [], plans = [], fresh }, lastLook, now) {
  const moments = [...attempts.map(momentOf), ...rests.map(({ at }) => at ?? 0), ...[...diary, ...checkins].map(writtenAt)];
  if (lastLook !== null && [...attempts, ...rests, ...diary, ...checkins, ...plans].some(({ id }) => fresh.has(id))) return 'look';
  return !moments.length || moments.some((at) => at > beginning('weeks', now)) ? 'weeks' : 'all';
}

/** When an entry was finished. @param {Attempt} one */
const momentOf = (one) => one.ended ?? one.started ?? 0;

/**
 * @param {Entries} entries
 * @param {{since: number, news?: boolean}} frame news: of the entries that came since the last look, whenever they happened
 * @returns {Summary}
 */
export function summary({ attempts, rests, fresh, ...opened }, { since, news = false }) {
  const isFresh = (/** @type {{id: string}} */ { id }) => fresh.has(id);
  const isIn = (/** @type {{id: string}} */ one, /** @type {number} */ at) => (news ? isFresh(one) : at > since);
  const kept = attempts.filter((one) => one.outcome && !one.archived);
  const told = kept.filter((one) => isIn(one, momentOf(one))).sort((a, b) => momentOf(b) - momentOf(a));
  const rested = onePerDay(rests.filter((one) => !one.archived && isIn(one, one.at ?? 0)));
  return {
    tried: byStep(told, isFresh),
    rested,
    surprise: biggestSurprise(told),
    sticks: sticking(kept, new Set(told.map(({ step }) => step))),
    notes: notesOf(told, rested, isFresh),
    helped: [...new Set(told.flatMap(({ aids }) => aids.split(/[,、]/)).map((one) => one.trim()).filter(Boolean))],
    shown: shown(opened, isFresh, isIn),
    fresh: { attempts: kept.filter(isFresh).length, rests: onePerDay(rests.filter((one) => !one.archived && isFresh(one))).length, ...freshOf(opened, isFresh) },
  };
}

/** Two phones may each have kept the rest of a day: one day is one rest. @param {Rest[]} rests @returns {Rest[]} newest first */
function onePerDay(rests) {
  const days = new Map();
  for (const one of [...rests].sort((a, b) => Number(Boolean(a.note)) - Number(Boolean(b.note)))) days.set(one.day, one);
  return [...days.values()].sort((a, b) => (a.day < b.day ? 1 : -1));
}

/** @param {Attempt[]} told newest first @param {(one: {id: string}) => boolean} isFresh @returns {Tried[]} */
function byStep(told, isFresh) {
  /** @type {Map<string, Attempt[]>} */
  const steps = new Map();
  for (const one of told) steps.set(one.step, [...(steps.get(one.step) ?? []), one]);
  return [...steps].map(([step, attempts]) => ({
    step, ladder: attempts[0].ladder, title: attempts[0].title, attempts, fresh: attempts.some(isFresh),
    outcomes: { did: countOf(attempts, 'did'), part: countOf(attempts, 'part'), turned_back: countOf(attempts, 'turned_back') },
  }));
}

/** @param {Attempt[]} list @param {Attempt['outcome']} outcome */
const countOf = (list, outcome) => list.filter((one) => one.outcome === outcome).length;

/**
 * The guess that came otherwise, the surer it was the bigger; without guesses, the try whose peak lay farthest from the
 * number before it, in either direction. The newest of equals.
 * @param {Attempt[]} told newest first
 * @returns {Surprise | null}
 */
function biggestSurprise(told) {
  const guessed = largest(told.filter(isSurprise), (one) => SURE[/** @type {'no'} */ (one.happened)] * (one.likelihood ?? 50));
  if (guessed) return { one: guessed, by: 'guess' };
  const numbered = largest(told.filter((one) => distance(one) >= FAR), distance);
  return numbered ? { one: numbered, by: 'numbers' } : null;
}

/** @param {Attempt} one */
const distance = ({ before, peak }) => (before === null || peak === null ? 0 : Math.abs(before - peak));

/** @param {Attempt[]} list @param {(one: Attempt) => number} size @returns {Attempt | undefined} the first of the largest */
const largest = (list, size) => list.reduce((/** @type {Attempt | undefined} */ best, one) => (best && size(best) >= size(one) ? best : one), undefined);

/**
 * Where it sticks: the last times of a step say so, however long ago. A step that was left alone does not stick, it rests.
 * @param {Attempt[]} kept every kept attempt
 * @param {ReadonlySet<string>} tried only these steps
 * @returns {Stuck[]}
 */
function sticking(kept, tried) {
  const newest = [...kept].sort((a, b) => momentOf(b) - momentOf(a));
  return byStep(newest, () => false).filter(({ step }) => tried.has(step))
    .flatMap(({ step, title, attempts }) => {
      const found = why(attempts);
      return found ? [{ step, title, ...found }] : [];
    });
}

/** @param {Attempt[]} attempts of one step, newest first @returns {Pick<Stuck, 'why' | 'n' | 'of'> | null} */
function why(attempts) {
  const last = attempts.slice(0, RECENT);
  const of = last.length;
  const back = countOf(last, 'turned_back');
  if (back >= 2) return { why: 'turned_back', n: back, of };
  const cameTrue = last.filter((one) => one.guess.trim() && one.happened === 'yes').length;
  if (cameTrue >= 2) return { why: 'came_true', n: cameTrue, of };
  const likely = attempts.map(({ likelihood }) => likelihood).filter((n) => n !== null);
  const days = new Set(attempts.map((one) => localDay(momentOf(one), one.zone || undefined)));
  if (likely.length >= RECENT && days.size >= 2 && likely[0] >= FAR && likely[0] >= /** @type {number} */ (likely.at(-1))) {
    return { why: 'as_likely', n: /** @type {number} */ (likely.at(-1)), of: likely[0] };
  }
  return null;
}

/** @param {Attempt[]} told @param {Rest[]} rested @param {(one: {id: string}) => boolean} isFresh @returns {Note[]} */
function notesOf(told, rested, isFresh) {
  const found = told.flatMap((one) => wordsOf(one).map((text) => ({ at: momentOf(one), title: one.title, text, fresh: isFresh(one) })));
  const quiet = rested.filter(({ note }) => note.trim()).map((one) => ({ at: one.at ?? 0, day: one.day, title: '', text: one.note.trim(), fresh: isFresh(one) }));
  return [...found, ...quiet].sort((a, b) => b.at - a.at);
}

/** What somebody wrote afterwards; a code in `happened` is an answer, not a note. @param {Attempt} one */
const wordsOf = (one) => [one.found_out, /** @type {readonly string[]} */ (HAPPENED).includes(one.happened) ? '' : one.happened, one.looked_back].map((text) => text.trim()).filter(Boolean);
