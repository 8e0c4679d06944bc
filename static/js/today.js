/** Today: one thing, chosen from at most three (rule G3). Pure. */

/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Step} Step */
/** @typedef {import('./kinds.js').Setting} Setting */

export const AT_MOST = 3;

/**
 * At most three steps that could be today's, the likeliest first: the one tried last, its neighbours, then the ladder from its
 * foot. No step is locked and none is moved up for anybody (rule U1); this is only what lies on top.
 * @param {Step[]} steps in the person's own order, as stepsInUse() gives them
 * @param {Attempt[]} attempts
 * @returns {Step[]}
 */
export function candidates(steps, attempts) {
  const last = attempts.filter((one) => steps.some((step) => step.id === one.step))
    .reduce((/** @type {Attempt | null} */ latest, one) => (latest && latest.started >= one.started ? latest : one), null);
  const at = last ? steps.findIndex((step) => step.id === last.step) : -1;
  const near = at < 0 ? [] : [steps[at], steps[at + 1], steps[at - 1]].filter((step) => step && step.ladder === steps[at].ladder);
  return [...new Set([...near, ...steps])].slice(0, AT_MOST);
}

/**
 * The one for today: the person's own choice of this day, else the first candidate.
 * @param {Pick<Setting, 'today_step' | 'today_day'>} setting
 * @param {Step[]} steps in order
 * @param {Attempt[]} attempts
 * @param {string} day YYYY-MM-DD
 * @returns {Step | undefined}
 */
export function forToday(setting, steps, attempts, day) {
  const own = setting.today_day === day ? steps.find((step) => step.id === setting.today_step) : undefined;
  return own ?? candidates(steps, attempts)[0];
}

/**
 * The same words for everybody after any time away (rule G5): only the hour decides, never how long it has been.
 * @param {Date} now local
 * @returns {'morning' | 'day' | 'night'}
 */
export function partOfDay(now) {
  const hour = now.getHours();
  if (hour >= 4 && hour < 11) return 'morning';
  return hour >= 11 && hour < 18 ? 'day' : 'night';
}
