/**
 * Small surprises: times when it went otherwise than was guessed. Together they are a book that one can leaf through, and the
 * page that fits best is shown before the next similar step (rule S2; retrieval cues, Craske 2022). No DOM here.
 */
import { attempts, isKept, newestFirst } from './attempts.js';
import { isSurprise } from './tries.js';
import { all, change, write } from './rows.js';
import { finds } from './seek.js';

/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Step} Step */

/**
 * A page of the book: put in by hand, or by the rule (guessed, and it did not come so) unless taken out by hand.
 * @param {Attempt} one
 */
export const inBook = (one) => isKept(one) && !one.archived && (one.book === 'kept' || (one.book !== 'left' && isSurprise(one)));

/** The book, newest page first. @param {Attempt[]} [list] */
export const surprises = (list = attempts()) => list.filter(inBook).sort(newestFirst);

/**
 * Leafing by a word. What came of a guess is stored as a code, and how the day is said belongs to the screen: both are handed in.
 * @param {string} sought
 * @param {Attempt[]} book
 * @param {(one: Attempt) => string} [said] more words of a page
 */
export const leafed = (sought, book, said = () => '') => book.filter((one) =>
  finds(sought, [one.title, one.guess, one.found_out, one.aids, one.where, said(one)]));

/** Into the book by hand; the way back is undo. @param {Attempt} one */
export const putIn = (one) => write([change(one, { book: isSurprise(one) ? null : 'kept' })]);

/** Out of the book; the entry itself stays. @param {Attempt} one */
export const takeOut = (one) => write([change(one, { book: isSurprise(one) ? 'left' : null })]);

/**
 * The step at the beginning of a family: what it was split or varied from, and that again. Also of steps put away.
 * @param {string} id
 * @param {Map<string, Step>} steps
 */
export function rootOf(id, steps) {
  const seen = new Set([id]);
  for (let at = id; ;) {
    const step = steps.get(at);
    const from = step?.varied_from || step?.split_from;
    if (!from || seen.has(from)) return at;
    seen.add(from);
    at = from;
  }
}

/** How near a page is to a step: the same one, its family, the same ladder. */
const NEAR = 3;

/**
 * The page to look at before this step: of the same step, else of one it was made from or that was made from it, else of the
 * same ladder; the newest of these, those with words of the person's own first.
 * @param {Pick<Step, 'id' | 'ladder'>} step
 * @param {{list?: Attempt[], steps?: Step[]}} [given]
 * @returns {Attempt | undefined}
 */
export function matching(step, { list = attempts(), steps = /** @type {Step[]} */ (all('step', { archived: true })) } = {}) {
  const known = new Map(steps.map((one) => [one.id, one]));
  const root = rootOf(step.id, known);
  /** @type {Map<string, number>} */
  const far = new Map();
  const distance = (/** @type {Attempt} */ one) => {
    if (!far.has(one.step)) far.set(one.step, distanceOf(one, step, root, known));
    return far.get(one.step) ?? NEAR;
  };
  const before = (/** @type {Attempt} */ a, /** @type {Attempt} */ b) =>
    distance(a) - distance(b) || Number(!a.found_out.trim()) - Number(!b.found_out.trim()) || newestFirst(a, b);
  return list.filter((one) => inBook(one) && distance(one) < NEAR)
    .reduce((/** @type {Attempt | undefined} */ best, one) => (best && before(best, one) <= 0 ? best : one), undefined);
}

/** @param {Attempt} one @param {Pick<Step, 'id' | 'ladder'>} step @param {string} root of its family @param {Map<string, Step>} known */
function distanceOf(one, step, root, known) {
  if (one.step === step.id) return 0;
  if (rootOf(one.step, known) === root) return 1;
  return (known.get(one.step)?.ladder ?? one.ladder) === step.ladder ? 2 : NEAR;
}
