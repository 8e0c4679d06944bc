import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueNow } from '../../static/js/due.js';

/** @typedef {import('../../static/js/kinds.js').Reminder} Reminder */

const STEP = '00000000-0000-4000-8000-000000000101';
const OTHER = '00000000-0000-4000-8000-000000000102';
const SATURDAY_NOON = Date.UTC(2026, 10, 21, 3);   // in Tokyo
const DAY = 86_400_000;
const stored = /** @type {Reminder} */ ({
  id: '00000000-0000-4000-8000-000000000201', space: '', kind: 'reminder', step: STEP, ladder: null, days: [0, 2, 5], date: '',
  time: '12:30', window: 60, zone: 'Asia/Tokyo', cue: '', words: 'a walk', neutral: true, on: true, archived: false,
});
const attempt = (/** @type {string} */ step, /** @type {number} */ started) => /** @type {any} */ ({ step, ladder: null, started, zone: 'Asia/Tokyo' });
const none = { rests: [], done: [], answers: [], silent: () => false };

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
  const rests = /** @type {any} */ ([{ day: '2026-11-21', at: now, id: OTHER }]);
  assert.deepEqual(dueNow(now, { list: [stored], ...none, rests }), []);
  assert.deepEqual(dueNow(now, { list: [stored], ...none, done: [attempt(STEP, SATURDAY_NOON)] }), []);
  assert.deepEqual(dueNow(now, { list: [stored], ...none, done: [attempt(OTHER, SATURDAY_NOON), attempt(STEP, SATURDAY_NOON - DAY)] }), [stored]);
  const any = { ...stored, step: null };
  assert.deepEqual(dueNow(now, { list: [any], ...none, done: [attempt(OTHER, SATURDAY_NOON)] }), []);
});

const HOUR = DAY / 24;
const DUE = SATURDAY_NOON + HOUR / 2;
const manners = { quiet_from: '', quiet_to: '', ceiling: null, paused: /** @type {'' | 'until' | 'open'} */ (''), paused_until: /** @type {number | null} */ (null) };
/** @param {string} choice @param {number} at @param {number | null} [again] @param {string} [day] */
const said = (choice, at, again = null, day = '2026-11-21') => /** @type {any} */ ({ reminder: stored.id, choice, at, again, day });
/** @param {number} now @param {object} [given] */
const is = (now, given) => dueNow(now, { list: [stored], ...none, manners, ...given }).length === 1;

test('whatever was answered is gone for the day, and the newest word stands', () => {
  assert.equal(is(DUE + 1, { answers: [said('might', DUE)] }), false);
  assert.equal(is(DUE + 1, { answers: [said('not_today', DUE)] }), false);
  assert.equal(is(DUE + 1, { answers: [said('as_is', DUE)] }), true);
  assert.equal(is(DUE + 1, { answers: [said('might', DUE - 2 * DAY, null, '2026-11-19')] }), true);
  assert.equal(is(DUE + 1, { answers: [said('might', DUE), said('later', DUE + 1)] }), true);
  assert.equal(is(DUE + 1, { answers: [said('later', DUE + 1), said('might', DUE)] }), true);
});

test('later waits in the app without a time, and with one comes again for its window, also on another day', () => {
  assert.deepEqual([0.5, 8, 12].map((hours) => is(DUE + hours * HOUR, { answers: [said('later', DUE)] })), [true, true, false]);
  const answers = [said('later', DUE, DUE + 5 * HOUR)];
  assert.deepEqual([1, 4.9, 5, 5.9, 6].map((hours) => is(DUE + hours * HOUR, { answers })), [false, false, true, true, false]);
  assert.equal(is(DUE + 23 * HOUR, { answers: [said('later', DUE, DUE + 23 * HOUR)] }), true);
});

test('nothing is due in a pause, and what it took in is over when it ends', () => {
  assert.equal(is(DUE + 1, { manners: { ...manners, paused: 'open' } }), false);
  assert.equal(is(DUE + 1, { manners: { ...manners, paused: 'until', paused_until: DUE + 2 } }), false);
  assert.equal(is(DUE + 2, { manners: { ...manners, paused: 'until', paused_until: DUE + 2 } }), false);
  assert.equal(is(DUE + 2, { manners: { ...manners, paused: 'until', paused_until: DUE - HOUR } }), true);
});

test('what quiet hours keep back waits until the day they end on is over', () => {
  const asleep = { manners: { ...manners, quiet_from: '09:00', quiet_to: '17:00' } };
  assert.deepEqual([0, 4, 11.4, 11.6].map((hours) => is(DUE + hours * HOUR, asleep)), [true, true, true, false]);
  const early = { manners: { ...manners, quiet_from: '09:00', quiet_to: '13:00' } };    // told at 13:00, within its window
  assert.deepEqual([0.4, 0.9, 1.1].map((hours) => is(DUE + hours * HOUR, early)), [true, true, false]);
  const night = { ...stored, time: '23:30' };
  const over = { ...none, list: [night], manners: { ...manners, quiet_from: '22:00', quiet_to: '08:00' } };
  assert.deepEqual([12, 20, 35.9, 36.1].map((hours) => dueNow(SATURDAY_NOON + hours * HOUR, over).length), [1, 1, 1, 0]);
});

test('what the ceiling keeps back waits until its day is over, the first of the day for its window', () => {
  const other = { ...stored, id: '00000000-0000-4000-8000-000000000202', time: '14:00' };
  const ids = (/** @type {number} */ hours, /** @type {number | null} */ ceiling) =>
    dueNow(SATURDAY_NOON + hours * HOUR, { ...none, list: [stored, other], manners: { ...manners, ceiling } }).map(({ time }) => time);
  assert.deepEqual([0.5, 2.2, 8, 12].map((hours) => ids(hours, null)), [['12:30'], ['14:00'], ['14:00'], []]);
  assert.deepEqual([0.5, 2.2, 8, 12].map((hours) => ids(hours, 2)), [['12:30'], ['14:00'], [], []]);
  assert.deepEqual(dueNow(SATURDAY_NOON + 8 * HOUR, { ...none, list: [{ ...stored, on: false }, other], manners }), []);
});

test('one date comes on that day and no other, and what has become silent does not come', () => {
  const once = { ...stored, days: [], date: '2026-11-21' };
  assert.equal(is(DUE, { list: [once] }), true);
  assert.equal(is(DUE + 7 * DAY, { list: [once] }), false);
  assert.equal(is(DUE, { silent: (/** @type {string} */ id) => id === stored.id }), false);
});

test('a day of not doing counts for both sides of midnight', () => {
  const night = { ...stored, time: '23:30', window: 120 };
  const one = SATURDAY_NOON + 12.75 * HOUR;
  const rests = (/** @type {string} */ day) => /** @type {any} */ ([{ day, at: one, id: OTHER }]);
  assert.deepEqual(['2026-11-20', '2026-11-21', '2026-11-22'].map((day) => dueNow(one, { ...none, manners, list: [night], rests: rests(day) }).length), [1, 0, 0]);
});
