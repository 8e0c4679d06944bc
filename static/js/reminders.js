/**
 * Reminders: which days, what time on one's own clock, in whose words. The server sends them; here they are written,
 * and shown inside the app when they are due, for phones that get no push. `now` is a parameter; no DOM here.
 */
import { attempts } from './attempts.js';
import { localDay } from './days.js';
import { knownZone, ownZone } from './device.js';
import { restOn } from './rests.js';
import { add, all, change, get, me, write } from './rows.js';

/** @typedef {import('./kinds.js').Reminder} Reminder */
/** @typedef {import('./kinds.js').Attempt} Attempt */
/** @typedef {import('./kinds.js').Rest} Rest */
/** @typedef {Pick<Reminder, 'step' | 'ladder' | 'days' | 'time' | 'words' | 'neutral' | 'on'>} Wish what a person chooses */

export const WEEK = [0, 1, 2, 3, 4, 5, 6];   // Monday is 0, as on the server
const DAY = 86_400_000;
const AGAIN_AFTER = 30 * DAY;

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
  return { step, ladder: null, days: [0, 2, 4], time: last ? halfHour(last.started, last.zone) : '19:00', words: '', neutral: true, on: true };
}

/** @param {number} at milliseconds UTC @param {string} zone @returns {string} HH:MM, the half hour it lies in */
function halfHour(at, zone) {
  const { minutes } = wall(at, zone);
  return clock(minutes - (minutes % 30));
}

/** @param {number} minutes since midnight */
const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/**
 * Put it on the disk. The zone is this phone's: the time is meant on the clock the person looks at.
 * @param {string} id of a new one, or of the one that changes
 * @param {Wish} wish
 */
export const keepReminder = (id, wish) => write([reminderEdit(id, wish)]);

/** @param {string} id @param {Wish} wish @returns {import('./kinds.js').Edit} */
export function reminderEdit(id, wish) {
  const space = me()?.space;
  if (!space) throw new Error('nobody is here yet');
  const old = reminder(id);
  const fields = { ...wish, words: wish.words.trim(), zone: ownZone(), window: old?.window ?? 60 };
  return old ? change(old, fields) : add('reminder', space, fields, id);
}

/** @param {Reminder} one @param {boolean} on */
export const switchReminder = (one, on) => write([change(one, { on })]);

/** @param {Reminder} one @returns {Promise<() => Promise<unknown>>} undo */
export const putReminderAway = (one) => write([change(one, { archived: true })]);

/**
 * The next day and time it falls due on its own clock; nothing when it is off or has no days.
 * @param {Wish & {zone?: string}} one
 * @param {number} now milliseconds UTC
 * @returns {{day: string, time: string} | undefined} day as YYYY-MM-DD
 */
export function nextTime(one, now) {
  if (!one.on || !one.days.length || !one.time) return undefined;
  const at = minutesOf(one.time);
  const today = wall(now, one.zone);
  const ahead = [...WEEK, 7].find((days) => one.days.includes((today.weekday + days) % 7) && (days > 0 || at > today.minutes));
  if (ahead === undefined) return undefined;
  return { day: new Date(Date.parse(`${today.day}T00:00:00Z`) + ahead * DAY).toISOString().slice(0, 10), time: one.time };
}

/**
 * Those whose hour is now and that are still wanted: not on a day of not doing, not for what was done today
 * (the same rule as exposure/reminders.py `is_wanted`).
 * @param {number} now milliseconds UTC
 * @param {{list?: Reminder[], rests?: Rest[], done?: Attempt[]}} [given]
 * @returns {Reminder[]}
 */
export function dueNow(now, { list = reminders(), rests = all('rest'), done = attempts() } = {}) {
  return list.filter((one) => {
    const day = one.on ? openDay(one, now) : undefined;
    if (!day || restOn(day, rests)) return false;
    return !done.some((attempt) => localDay(attempt.started, one.zone) === day && isAbout(one, attempt));
  });
}

/** @param {Reminder} one @param {Attempt} attempt */
function isAbout(one, attempt) {
  if (one.step) return attempt.step === one.step;
  return one.ladder ? attempt.ladder === one.ladder : true;
}

/** The local date in whose window `now` stands; a window may reach over midnight. @param {Reminder} one @param {number} now */
function openDay(one, now) {
  const at = minutesOf(one.time);
  for (const [back, from] of /** @type {const} */ ([[0, 0], [DAY, 1440]])) {
    const here = wall(now - back, one.zone);
    const minutes = here.minutes + from;
    if (one.days.includes(here.weekday) && at <= minutes && minutes < at + one.window) return here.day;
  }
  return undefined;
}

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

/** @param {string} time HH:MM */
const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** What a clock on the wall of a zone shows. @param {number} at milliseconds UTC @param {string} [zone] */
function wall(at, zone) {
  const day = localDay(at, zone);
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: knownZone(zone), hourCycle: 'h23', hour: '2-digit', minute: '2-digit' }).formatToParts(at);
  const [hour, minute] = ['hour', 'minute'].map((type) => Number(parts.find((part) => part.type === type)?.value));
  return { day, weekday: (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7, minutes: hour * 60 + minute };
}
