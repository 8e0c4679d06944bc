import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { leave, meta } from '../../static/js/phone.js';
import { declined, dueNow, keepReminder, mayOffer, nextTime, putReminderAway, reminder, reminders, suggestion, switchReminder } from '../../static/js/reminders.js';

/** @typedef {import('../../static/js/kinds.js').Reminder} Reminder */

const SPACE = '00000000-0000-4000-8000-000000000001';
const STEP = '00000000-0000-4000-8000-000000000101';
const OTHER = '00000000-0000-4000-8000-000000000102';
const ID = '00000000-0000-4000-8000-000000000201';
const SATURDAY_NOON = Date.UTC(2026, 10, 21, 3);   // in Tokyo
const DAY = 86_400_000;
const wish = { step: STEP, ladder: null, days: [0, 2, 5], time: '12:30', words: ' a walk ', neutral: true, on: true };
const stored = /** @type {Reminder} */ ({ ...wish, id: ID, space: SPACE, kind: 'reminder', words: 'a walk', window: 60, zone: 'Asia/Tokyo', archived: false });
const attempt = (/** @type {string} */ step, /** @type {number} */ started) => /** @type {any} */ ({ step, ladder: null, started, zone: 'Asia/Tokyo' });
const none = { rests: [], done: [] };

beforeEach(async () => {
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
});

test('the next time is today while its hour is still to come, else the next chosen day', () => {
  assert.deepEqual(nextTime(stored, SATURDAY_NOON), { day: '2026-11-21', time: '12:30' });
  assert.deepEqual(nextTime(stored, SATURDAY_NOON + DAY / 24), { day: '2026-11-23', time: '12:30' });
  assert.deepEqual(nextTime({ ...stored, days: [5] }, SATURDAY_NOON + DAY / 24), { day: '2026-11-28', time: '12:30' });
  assert.equal(nextTime({ ...stored, on: false }, SATURDAY_NOON), undefined);
  assert.equal(nextTime({ ...stored, days: [] }, SATURDAY_NOON), undefined);
});

test('the next time is counted on the clock of the reminder, not on that of the phone', () => {
  const late = Date.UTC(2026, 10, 20, 16);   // Friday in London, Saturday 1:00 in Tokyo
  assert.deepEqual(nextTime(stored, late), { day: '2026-11-21', time: '12:30' });
  assert.deepEqual(nextTime({ ...stored, zone: 'Europe/London', days: [4] }, late), { day: '2026-11-27', time: '12:30' });
});

test('a reminder is due for its window and no longer', () => {
  const half = DAY / 48;
  const due = (/** @type {number} */ now) => dueNow(now, { list: [stored], ...none }).length;
  assert.equal(due(SATURDAY_NOON + half - 1), 0);
  assert.equal(due(SATURDAY_NOON + half), 1);
  assert.equal(due(SATURDAY_NOON + 3 * half - 1), 1);
  assert.equal(due(SATURDAY_NOON + 3 * half), 0);
});

test('a window may reach over midnight', () => {
  const night = { ...stored, time: '23:30', window: 120 };
  const one = Date.UTC(2026, 10, 21, 16);   // Sunday 1:00 in Tokyo; Sunday is not among its days, Saturday is
  assert.deepEqual(dueNow(one, { list: [night], ...none }), [night]);
  assert.deepEqual(dueNow(one + DAY, { list: [night], ...none }), []);
});

test('nothing is due on a day of not doing, nor for what was done that day', () => {
  const now = SATURDAY_NOON + DAY / 48;
  const rests = /** @type {any} */ ([{ day: '2026-11-21', at: now, id: ID }]);
  assert.deepEqual(dueNow(now, { list: [stored], rests, done: [] }), []);
  assert.deepEqual(dueNow(now, { list: [stored], rests: [], done: [attempt(STEP, SATURDAY_NOON)] }), []);
  assert.deepEqual(dueNow(now, { list: [stored], rests: [], done: [attempt(OTHER, SATURDAY_NOON), attempt(STEP, SATURDAY_NOON - DAY)] }), [stored]);
  const any = { ...stored, step: null };
  assert.deepEqual(dueNow(now, { list: [any], rests: [], done: [attempt(OTHER, SATURDAY_NOON)] }), []);
});

test('a reminder is offered after the first finished attempt, once more after a month, and never a third time', () => {
  const now = SATURDAY_NOON;
  let setting = { reminder_offer: '', reminder_offered_at: /** @type {number | null} */ (null) };
  assert.equal(mayOffer(setting, 0, now), false);
  assert.equal(mayOffer(setting, 1, now), true);
  setting = declined(setting, now);
  assert.equal(mayOffer(setting, 5, now + 30 * DAY - 1), false);
  assert.equal(mayOffer(setting, 5, now + 30 * DAY), true);
  setting = declined(setting, now + 30 * DAY);
  assert.equal(mayOffer(setting, 50, now + 1000 * DAY), false);
  assert.equal(mayOffer({ reminder_offer: 'accepted', reminder_offered_at: now }, 50, now + 1000 * DAY), false);
});

test('the first suggestion is the half hour in which a step was possible before', () => {
  assert.equal(suggestion(STEP, [attempt(STEP, SATURDAY_NOON - DAY), attempt(STEP, SATURDAY_NOON + 44 * 60_000)]).time, '12:30');
  assert.equal(suggestion(STEP, [attempt(STEP, Date.UTC(2026, 10, 21, 17, 5))]).time, '02:00');
  assert.deepEqual([suggestion(null, []).time, suggestion(null, []).neutral, suggestion(null, []).words], ['19:00', true, '']);
});

test('a reminder is kept, changed, rested and taken away, and each of it can be undone', async () => {
  await keepReminder(ID, wish);
  assert.deepEqual([reminder(ID)?.words, reminder(ID)?.window, reminder(ID)?.zone], ['a walk', 60, Intl.DateTimeFormat().resolvedOptions().timeZone]);
  await keepReminder(ID, { ...wish, time: '08:00' });
  assert.deepEqual(reminders().map(({ time }) => time), ['08:00']);
  const undo = await switchReminder(/** @type {Reminder} */ (reminder(ID)), false);
  assert.equal(reminder(ID)?.on, false);
  await undo();
  assert.equal(reminder(ID)?.on, true);
  const back = await putReminderAway(/** @type {Reminder} */ (reminder(ID)));
  assert.deepEqual(reminders(), []);
  await back();
  assert.equal(reminders().length, 1);
});
