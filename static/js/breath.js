/** Breathing together: where in a breath one is after so many seconds. Pure; company, never a condition of anything. */

/** @typedef {'slow' | 'even'} Pace @typedef {'in' | 'out'} Turn */

/** Seconds of breathing in and out. @type {Record<Pace, Record<Turn, number>>} */
export const PACES = { slow: { in: 4, out: 6 }, even: { in: 4, out: 4 } };

/**
 * @param {Pace} pace
 * @param {number} elapsed milliseconds since the first breath began
 * @returns {{turn: Turn, beat: number, of: number}} beat counts from 1, within this turn
 */
export function breathAt(pace, elapsed) {
  const { in: inwards, out } = PACES[pace];
  const second = Math.floor(Math.max(0, elapsed) / 1000) % (inwards + out);
  return second < inwards ? { turn: 'in', beat: second + 1, of: inwards } : { turn: 'out', beat: second - inwards + 1, of: out };
}

/** What the senses may find, one sense after the other, and how many things of each. */
export const SENSES = /** @type {const} */ ([['see', 5], ['touch', 4], ['hear', 3], ['smell', 2], ['taste', 1]]);

/** A minute of kindness has three thoughts, each its third of the time. */
export const MINUTE = 60;
const THOUGHTS = 3;

/**
 * Which of the three it is time for; 3 when the minute is over.
 * @param {number} elapsed milliseconds
 */
export const thoughtAt = (elapsed) => Math.min(THOUGHTS, Math.max(0, Math.floor(elapsed / (MINUTE * 1000 / THOUGHTS))));
