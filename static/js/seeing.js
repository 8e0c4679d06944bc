/**
 * Seeing change: rows of what cannot shrink, and what numbers did over time. Nothing here is a goal, a comparison with others
 * or a judgement (rules S3, U4, G4, G6). Pure but for what it reads when nothing is handed in; no DOM here.
 */
import { attempts } from './attempts.js';
import { localDay } from './days.js';
import { counted, oldestFirst, places } from './places.js';
import { stepsOf } from './steps.js';
import { surprises } from './surprises.js';

/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Checkin} Checkin */
/** @typedef {import('./kinds.js').Step} Step */

/**
 * What stays. Of these no number falls but by the person's own hand: taking an entry away, a page out of the book, a word back.
 * Whatever becomes of steps and ladders, days that pass and settings change nothing here.
 * @param {Attempt[]} [list]
 */
export const counters = (list = attempts()) => ({
  tried: list.filter(counted).length,
  firsts: firstTimes(list),
  places: places(list).length,
  surprises: surprises(list).length,
});

/**
 * First times: each step was tried a first time once, however it ended; and every other time of which the person says it was one.
 * Counted so that another entry, from whichever phone and day, never makes it fewer.
 * @param {Attempt[]} list
 */
export function firstTimes(list) {
  /** @type {Map<string, {said: number, open: number}>} */
  const steps = new Map();
  for (const { step, first_time: said } of list.filter(counted)) {
    const seen = steps.get(step) ?? { said: 0, open: 0 };
    steps.set(step, { said: seen.said + (said ? 1 : 0), open: seen.open || said === false ? seen.open : 1 });
  }
  return [...steps.values()].reduce((sum, { said, open }) => sum + Math.max(said, open), 0);
}

/**
 * A ladder as its rungs stand now, the lowest first: the person's own guess, what was felt before at the first and the last time,
 * and after at the last.
 * @param {string} ladder
 * @param {{list?: Attempt[], steps?: Step[]}} [given]
 */
export function climbed(ladder, { list = attempts(), steps = stepsOf(ladder) } = {}) {
  const kept = list.filter(counted).sort(oldestFirst);
  return steps.map((step) => {
    const times = kept.filter((one) => one.step === step.id);
    const rated = times.filter((one) => one.before !== null || one.after !== null);
    return { step, times: times.length, guess: step.predicted, first: rated[0] ?? null, last: rated.at(-1) ?? null };
  });
}

/**
 * The guesses of a history with what came of them, oldest first: how likely it seemed, 0-100, and what happened, as a code.
 * @param {Attempt[]} list
 */
export const guesses = (list) => list.filter((one) => counted(one) && one.guess.trim() && (one.likelihood !== null || one.happened))
  .sort(oldestFirst);

/**
 * The two own questions over time (rule M3): the newest answer of each month, oldest first. One without an answer stands nowhere.
 * @param {Checkin[]} list
 */
export function months(list) {
  /** @type {Map<string, Checkin>} */
  const told = new Map();
  const answered = list.filter((one) => one.about === 'days' && !one.archived && (one.ease !== null || one.direction !== null));
  for (const one of answered.sort((a, b) => (a.day < b.day ? -1 : 1) || (a.at ?? 0) - (b.at ?? 0))) told.set(one.day.slice(0, 7), one);
  return [...told.values()];
}

/** The days on which something was tried, for a book that is printed: newest day first. @param {Attempt[]} [list] */
export function daysTried(list = attempts()) {
  /** @type {Map<string, Attempt[]>} */
  const days = new Map();
  for (const one of list.filter(counted).sort(oldestFirst)) {
    const day = localDay(one.started ?? 0, one.zone);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days];
}
