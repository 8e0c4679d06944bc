/**
 * Reminders: which days, what time on one's own clock, in whose words. The server sends them; here they are written. What
 * days and hours mean is `rhythm.js`, what is due now `due.js`. `now` is a parameter; no DOM here.
 */
import { ownZone } from './device.js';
import { clock, wall } from './rhythm.js';
import { add, all, change, get, me, setting, write } from './rows.js';

/** @typedef {import('./kinds.js').Reminder} Reminder */
/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {Pick<Reminder, 'step' | 'ladder' | 'days' | 'date' | 'time' | 'window' | 'cue' | 'words' | 'neutral' | 'on'>} Wish what a person chooses */

const DAY = 86_400_000;
const AGAIN_AFTER = 30 * DAY;

/** What a new one is before anything is chosen. @type {Wish} */
export const BLANK_WISH = { step: null, ladder: null, days: [0, 2, 4], date: '', time: '19:00', window: 60, cue: '', words: '', neutral: true, on: true };

/** @returns {Reminder[]} in the order of the day */
export const reminders = () => [...all('reminder')].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.id < b.id ? -1 : 1));

/** @param {string} id @returns {Reminder | undefined} */
export const reminder = (id) => get(id);

/**
 * A first suggestion: at the hour when a step was possible before, on a few days of the week.
 * @param {string | null} step
 * @param {Attempt[]} done
 * @returns {Wish}
 */
export function suggestion(step, done) {
  const last = done.reduce((/** @type {Attempt | null} */ best, one) => (best && best.started >= one.started ? best : one), null);
  return { ...BLANK_WISH, step, ...(last && { time: halfHour(last.started, last.zone) }) };
}

/** @param {number} at milliseconds UTC @param {string} zone @returns {string} HH:MM, the half hour it lies in */
function halfHour(at, zone) {
  const { minutes } = wall(at, zone);
  return clock(minutes - (minutes % 30));
}

/**
 * Put it on the disk. A time that was chosen now is meant on the clock the person looks at: this phone's.
 * @param {string} id of a new one, or of the one that changes
 * @param {Wish} wish
 */
export const keepReminder = (id, wish) => write([reminderEdit(id, wish)]);

/**
 * The clock it follows from now on. Somebody who travels and changes its words alone, or said "leave them", does not move it:
 * the app asks before it does (travel.js).
 * @param {Reminder | undefined} old
 * @param {Pick<Wish, 'time' | 'date' | 'days'>} wish
 */
export function zoneFor(old, wish) {
  const when = (/** @type {typeof wish} */ { time, date, days }) => [time, date, ...[...days].sort()].join(' ');
  const stays = old?.zone && (when(old) === when(wish) || setting().zone_kept === ownZone());
  return stays ? old.zone : ownZone();
}

/** @param {string} id @param {Wish} wish @returns {import('./kinds.js').Edit} */
export function reminderEdit(id, wish) {
  const space = me()?.space;
  if (!space) throw new Error('nobody is here yet');
  const old = reminder(id);
  const fields = { ...wish, words: wish.words.trim(), cue: wish.cue.trim(), zone: zoneFor(old, wish) };
  return old ? change(old, fields) : add('reminder', space, fields, id);
}

/** Of more than a wish, the wish: what the form keeps. @param {Wish} values @returns {Wish} */
export const wishOf = ({ step, ladder, days, date, time, window, cue, words, neutral }) =>
  ({ step, ladder, days: date ? [] : days, date, time, window, cue, words, neutral, on: true });

/** @param {Reminder} one @param {boolean} on */
export const switchReminder = (one, on) => write([change(one, { on })]);

/** @param {Reminder} one @returns {Promise<() => Promise<unknown>>} undo */
export const putReminderAway = (one) => write([change(one, { archived: true })]);

/**
 * Whether to offer a reminder: after the first finished attempt, and once more after a month, never a third time (rule G8).
 * @param {{reminder_offer: string, reminder_offered_at: number | null}} setting
 * @param {number} finished how many attempts have an outcome
 * @param {number} now milliseconds UTC
 */
export function mayOffer({ reminder_offer: answer, reminder_offered_at: at }, finished, now) {
  if (!finished || answer === 'accepted') return false;
  return answer === '' || (at !== null && now - at >= AGAIN_AFTER);
}

/**
 * What "no thanks" leaves behind. The second one carries no date, so that there is no third question.
 * @param {{reminder_offer: string}} setting
 * @param {number} now milliseconds UTC
 */
export const declined = ({ reminder_offer: before }, now) =>
  ({ reminder_offer: 'declined', reminder_offered_at: before === 'declined' ? null : now });
