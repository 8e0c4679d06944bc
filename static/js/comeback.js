/**
 * Coming back: after somebody has moved on to the next step, a visit to the one before may be offered, after one week and after
 * three, in another setting if they like (rule U3). Offered once for each step, never set by itself. No DOM here.
 */
import { attempts as ours, attemptsOf } from './attempts.js';
import { ladderOf } from './ladders.js';
import { newId } from './outbox.js';
import { isKnown, ruleOf, seriesOf } from './ready.js';
import { reminderEdit, reminders, suggestion } from './reminders.js';
import { addDays } from './rhythm.js';
import { changeSetting, setting, write } from './rows.js';
import { stepsInUse } from './steps.js';

/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {import('./kinds.js').Reminder} Reminder */

/** After so many days. */
export const SPACED = [7, 21];
const FRESH = 86_400_000;
const REMEMBERED = 50;   // what the account takes

/** @param {string} day YYYY-MM-DD @returns {string[]} one week and three weeks later */
export const visitDays = (day) => SPACED.map((days) => addDays(day, days));

/**
 * The step to which a visit could be offered beside the result of this attempt: it was the first on its step, just now, and the
 * step tried before it lies below on the same ladder and is well known.
 * @param {Attempt} one kept
 * @param {number} now milliseconds UTC
 * @param {{steps?: Step[], tried?: Attempt[], list?: Pick<Reminder, 'step' | 'date'>[], offered?: string[]}} [given]
 * @returns {Step | undefined}
 */
export function stepToVisit(one, now, { steps = stepsInUse(), tried = ours(), list = reminders(), offered = setting().visits_offered } = {}) {
  const here = steps.find(({ id }) => id === one.step);
  if (!here || now - one.started >= FRESH || attemptsOf(here.id, tried).length > 1) return undefined;
  const below = steps.slice(0, steps.indexOf(here)).filter(({ ladder }) => ladder === here.ladder);
  const before = tried.filter(({ ladder, started, outcome, id }) => outcome && id !== one.id && ladder === here.ladder && started <= one.started)
    .reduce((/** @type {Attempt | null} */ last, each) => (last && last.started > each.started ? last : each), null);
  const known = below.find(({ id }) => id === before?.step);
  if (!known || offered.includes(known.id) || list.some(({ step, date }) => date && step === known.id)) return undefined;
  return isKnown(seriesOf(known.id, tried), ruleOf(ladderOf(known.ladder))) ? known : undefined;   // as for moving on (rule U2)
}

/**
 * The yes: a reminder for each day, like any other from then on, and nobody offers it again.
 * @param {Step} step
 * @param {string[]} days YYYY-MM-DD
 * @param {string} time HH:MM
 * @returns {Promise<() => Promise<unknown>>} undo
 */
export const keepVisits = (step, days, time) => write([
  ...days.map((date) => reminderEdit(newId(), { ...suggestion(step.id, []), ladder: step.ladder, days: [], date, time })),
  changeSetting(offeredOnce(step.id)),
]);

/** The no, of the same size. @param {Step} step @returns {Promise<() => Promise<unknown>>} undo */
export const leaveVisits = (step) => write(changeSetting(offeredOnce(step.id)));

/** @param {string} id */
const offeredOnce = (id) => ({ visits_offered: [...setting().visits_offered.filter((one) => one !== id), id].slice(-REMEMBERED) });
