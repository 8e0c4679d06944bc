/**
 * What a person shows by itself, one by one: pages of the diary, answers to the monthly questions, the plan for hard weeks.
 * What is not shown is not here, and nothing says that it is missing (rule T4). Pure.
 */

/** @typedef {import('../kinds.js').Diary} Diary */
/** @typedef {import('../kinds.js').Checkin} Checkin */
/** @typedef {import('../kinds.js').Plan} Plan */
/** @typedef {{diary?: Diary[], checkins?: Checkin[], plans?: Plan[]}} Opened */
/**
 * @typedef {object} Shown
 * @property {Diary[]} pages newest first
 * @property {Checkin[]} answers newest first
 * @property {Plan | null} plan the newest; it counts for as long as it is shown, whatever time is looked at
 * @property {ReadonlySet<string>} fresh which of these are new since the last look
 */

export const PLAN_PARTS = /** @type {const} */ (['signs', 'helps', 'who', 'smaller', 'words']);

/** When it was written; the day it is about when nothing is known of that. @param {{at: number | null, day?: string}} one */
export const writtenAt = ({ at, day }) => at ?? (Date.parse(day ?? '') || 0);

/**
 * @param {Opened} opened
 * @param {(one: {id: string}) => boolean} isFresh
 * @param {(one: {id: string}, at: number) => boolean} isIn the time that is looked at
 * @returns {Shown}
 */
export function shown({ diary = [], checkins = [], plans = [] }, isFresh, isIn) {
  const now = (/** @type {(Diary | Checkin)[]} */ list) => list.filter((one) => isIn(one, writtenAt(one))).sort(newestFirst);
  const [plan = null] = [...plans].filter((one) => PLAN_PARTS.some((part) => one[part].trim())).sort(newestFirst);
  return {
    pages: /** @type {Diary[]} */ (now(diary)), answers: /** @type {Checkin[]} */ (now(checkins)), plan,
    fresh: new Set([...diary, ...checkins, ...plans].filter(isFresh).map(({ id }) => id)),
  };
}

/** @param {{id: string, at: number | null, day?: string}} a @param {{id: string, at: number | null, day?: string}} b */
const newestFirst = (a, b) => (b.day ?? '').localeCompare(a.day ?? '') || writtenAt(b) - writtenAt(a) || (a.id < b.id ? -1 : 1);

/** How many of each are new, whatever time is looked at. @param {Opened} opened @param {(one: {id: string}) => boolean} isFresh */
export const freshOf = ({ diary = [], checkins = [], plans = [] }, isFresh) => ({
  pages: diary.filter(isFresh).length, answers: checkins.filter(isFresh).length, plans: plans.filter(isFresh).length,
});
