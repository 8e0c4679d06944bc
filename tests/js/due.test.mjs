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
const none = { rests: [], done: [] };

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
  assert.deepEqual(dueNow(now, { list: [stored], rests, done: [] }), []);
  assert.deepEqual(dueNow(now, { list: [stored], rests: [], done: [attempt(STEP, SATURDAY_NOON)] }), []);
  assert.deepEqual(dueNow(now, { list: [stored], rests: [], done: [attempt(OTHER, SATURDAY_NOON), attempt(STEP, SATURDAY_NOON - DAY)] }), [stored]);
  const any = { ...stored, step: null };
  assert.deepEqual(dueNow(now, { list: [any], rests: [], done: [attempt(OTHER, SATURDAY_NOON)] }), []);
});
