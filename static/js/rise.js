/** Why a number is higher than the time before: expected, and said so; never an arrow, never "worse" (rule U4). Pure. */
import { knownZone } from './device.js';
import { placeName } from './places.js';

/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {Exclude<Step['turned'], ''> | 'plain'} Change which dial was another way; 'plain' when nothing else is known */

const FAR = 4;   // hours: another part of the day

/**
 * What was another way when the number is higher than the time before, as far as it is written down.
 * @param {Attempt} one kept
 * @param {readonly Attempt[]} list every attempt, in any order
 * @param {Pick<Step, 'varied_from' | 'turned'>} [step] the one it belongs to
 * @returns {Change | undefined} nothing where it is not higher
 */
export function riseOf(one, list, step) {
  const earlier = timeBefore(one, list, step);
  const now = heightOf(one), then = earlier && heightOf(earlier);
  if (!earlier || now === null || then === null || then === undefined || now <= then) return undefined;
  if (earlier.step !== one.step && step?.turned) return step.turned;
  if (one.where && earlier.where && placeName(one.where) !== placeName(earlier.where)) return 'place';
  return hoursApart(one, earlier) >= FAR ? 'time' : 'plain';
}

/**
 * The time with which to compare: the one before on this step; at the first time, the last on the step it was varied from.
 * @param {Attempt} one
 * @param {readonly Attempt[]} list
 * @param {Pick<Step, 'varied_from'>} [step]
 */
export function timeBefore(one, list, step) {
  const before = list.filter((each) => each.outcome && each.id !== one.id && each.started <= one.started).sort((a, b) => b.started - a.started);
  return before.find((each) => each.step === one.step) ?? before.find((each) => step?.varied_from && each.step === step.varied_from);
}

/** @param {Attempt} one */
const heightOf = (one) => one.before ?? one.peak ?? one.after ?? null;

/** How far apart they lie on the clock of where they were, over midnight too. @param {Attempt} one @param {Attempt} other */
function hoursApart(one, other) {
  const apart = Math.abs(hourOf(one) - hourOf(other));
  return Math.min(apart, 24 - apart);
}

/** @param {Attempt} one */
const hourOf = ({ started, zone }) => Number(new Intl.DateTimeFormat('en-GB', {
  timeZone: zone ? knownZone(zone) : undefined, hour: '2-digit', hourCycle: 'h23',
}).format(started ?? 0));
