/**
 * Ready: when another step may be offered (rule U2). A reading of what was written down and nothing else: no step is opened,
 * closed or moved by it (U1). Why a number may be higher than before stands in rise.js (U4). Pure; no DOM here.
 */
import { localDay } from './days.js';

/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {{times: number, days: number, rating: number, share: number}} Rule */
/** @typedef {'bearable' | 'guess' | 'rating'} Reason */
/** @typedef {{step: Step, next: Step | undefined, last: Attempt, reasons: Reason[]}} Offer `next` undefined: the ladder ends here */

/** The rule's own thresholds: so many times on so many days; a rating this low or this share, in hundredths, of the first. */
export const RULE = Object.freeze({ times: 3, days: 2, rating: 30, share: 50 });

const LAST = 3;          // of the last three …
const OF_THEM = 2;       // … in two it did not happen, or was bearable
const HELD = ['no', 'bearable'];

/**
 * A ladder's thresholds: its own where somebody has written one, else the rule's.
 * @param {{ready_times?: number | null, ready_days?: number | null, ready_rating?: number | null, ready_share?: number | null} | undefined} [ladder]
 * @returns {Rule}
 */
export const ruleOf = (ladder) => ({
  times: ladder?.ready_times ?? RULE.times, days: ladder?.ready_days ?? RULE.days,
  rating: ladder?.ready_rating ?? RULE.rating, share: ladder?.ready_share ?? RULE.share,
});

/**
 * The kept attempts of a step, the oldest first; however they ended, they count alike (rule S7).
 * @param {string} step
 * @param {readonly Attempt[]} list
 */
export const seriesOf = (step, list) => list.filter((one) => one.step === step && one.outcome).sort(oldestFirst);

/** Tried so often, on so many days of the person's own calendar. @param {readonly Attempt[]} series @param {Rule} rule */
export const isKnown = (series, { times, days }) => series.length >= times
  && new Set(series.map(({ started, zone }) => localDay(started, zone))).size >= days;

/**
 * Rule U2: the reasons for which another step may be offered; none, and nothing is said.
 * @param {readonly Attempt[]} series as seriesOf() gives it
 * @param {Rule} [rule]
 * @returns {Reason[]}
 */
export function reasonsFor(series, rule = RULE) {
  if (!isKnown(series, rule)) return [];
  const held = series.slice(-LAST).filter(({ happened }) => HELD.includes(happened)).length >= OF_THEM;
  const guesses = series.map(({ likelihood }) => likelihood).filter(isNumber);
  const highest = series.map(highestOf).filter(isNumber);
  return [
    ...(held ? [/** @type {const} */ ('bearable')] : []),
    ...(isShare(guesses, rule.share) ? [/** @type {const} */ ('guess')] : []),
    ...(isShare(highest, rule.share) || (highest.at(-1) ?? Infinity) <= rule.rating ? [/** @type {const} */ ('rating')] : []),
  ];
}

/** The last of several is at most so many hundredths of the first. @param {number[]} told @param {number} share */
const isShare = (told, share) => told.length > 1 && /** @type {number} */ (told.at(-1)) * 100 <= told[0] * share;

/** The highest number of one attempt, at whatever moment of it. @param {Attempt} one @returns {number | null} */
export function highestOf({ before, peak, after, during }) {
  const told = [before, peak, after, ...(during ?? []).map(([, value]) => value)].filter(isNumber);
  return told.length ? Math.max(...told) : null;
}

/**
 * What could be offered beside this step. An answer, yes or no, is remembered on the attempt it was given at; the question
 * comes again only when the step has been tried as often anew. Whoever has tried everything above has long moved on.
 * @param {Step} step
 * @param {readonly Step[]} steps in the person's own order
 * @param {readonly Attempt[]} tried
 * @param {Rule} [rule]
 * @returns {Offer | undefined}
 */
export function offerFor(step, steps, tried, rule = RULE) {
  const series = seriesOf(step.id, tried);
  const since = series.length - 1 - series.findLastIndex((one) => one.ready_answer);
  if (since < rule.times) return undefined;
  const reasons = reasonsFor(series, rule);
  if (!reasons.length) return undefined;
  const same = steps.filter(({ ladder }) => ladder === step.ladder);
  const above = same.slice(same.findIndex(({ id }) => id === step.id) + 1);
  const next = above.find(({ id }) => !seriesOf(id, tried).length);
  return above.length && !next ? undefined : { step, next, last: /** @type {Attempt} */ (series.at(-1)), reasons };
}

/**
 * On the home screen: about the step tried last, and no other. How long ago that was does not matter (rule G5).
 * @param {readonly Step[]} steps in order
 * @param {readonly Attempt[]} tried
 * @param {(ladder: string) => Rule} rule
 */
export function offerAtHome(steps, tried, rule = () => RULE) {
  const last = tried.filter((one) => one.outcome && steps.some(({ id }) => id === one.step)).sort(oldestFirst).at(-1);
  const step = steps.find(({ id }) => id === last?.step);
  return step && offerFor(step, steps, tried, rule(step.ladder));
}

/** @param {unknown} value @returns {value is number} */
const isNumber = (value) => typeof value === 'number';

/** @param {Attempt} a @param {Attempt} b */
const oldestFirst = (a, b) => (a.started ?? 0) - (b.started ?? 0) || (a.id < b.id ? -1 : 1);
