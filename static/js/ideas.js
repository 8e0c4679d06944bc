/** A therapist's idea for a reminder. Nothing is ever sent because of it: a reminder exists only once it was taken (rule R-8). No DOM here. */
import { BLANK_WISH, reminderEdit } from './reminders.js';
import { add, all, change, get, me, roleIn, write } from './rows.js';

/** @typedef {import('./kinds.js').Idea} Idea */
/** @typedef {import('./reminders.js').Wish} Wish */

/** @returns {Idea[]} those that wait for my word, the oldest first */
export const openIdeas = () => /** @type {Idea[]} */ (all('idea'))
  .filter((one) => one.state === 'open' && one.by !== me()?.person && roleIn(one.space) === 'owner')
  .sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.id < b.id ? -1 : 1));

/** @param {string | undefined} id @returns {Idea | undefined} */
export const ideaOf = (id) => {
  const row = get(id);
  return row?.kind === 'idea' ? row : undefined;
};

/** What the form begins with; everything of it can be changed. @param {Idea} idea @returns {Wish} */
export const wishFrom = ({ step, ladder, days, time, window, words }) => ({
  ...BLANK_WISH, step: get(step)?.archived === false ? step : null, ladder, days: [...days].sort(), words, window, ...(time && { time }),
});

/**
 * Take it, as it is or changed: the reminder is the person's own from here on.
 * @param {Idea} idea
 * @param {string} id of the new reminder
 * @param {Wish} wish
 * @returns {Promise<() => Promise<unknown>>} undo
 */
export const takeIdea = (idea, id, wish) => write([reminderEdit(id, wish), change(idea, { state: 'taken' })]);

/** @param {Idea} idea @returns {Promise<() => Promise<unknown>>} undo */
export const leaveIdea = (idea) => write([change(idea, { state: 'left' })]);

/**
 * From the other side: an idea for a ladder somebody let me see.
 * @param {string} space
 * @param {Pick<Idea, 'step' | 'ladder' | 'days' | 'time' | 'words'>} given
 * @param {number} now milliseconds UTC
 */
export const addIdea = (space, given, now) =>
  write([add('idea', space, { ...given, window: 60, by: me()?.person, at: now, state: 'open' })]);
