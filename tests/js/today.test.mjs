import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localDay } from '../../static/js/days.js';
import { choices, gentle, smaller } from '../../static/js/instead.js';
import { candidates, forToday, partOfDay } from '../../static/js/today.js';
import { dice } from './dice.mjs';

/** @typedef {import('../../static/js/kinds.js').Step} Step */

/** @param {string} id @param {number | null} predicted @param {string} ladder */
const step = (id, predicted = null, ladder = 'L') => /** @type {Step} */ (/** @type {unknown} */ ({ id, predicted, ladder, title: id }));
const ladder = [step('a', 10), step('b', 30), step('c', 50), step('d', 20), step('e', 70)];
const tried = (/** @type {string} */ id, started = 1) => /** @type {any} */ ({ step: id, started });
const ids = (/** @type {Step[]} */ list) => list.map(({ id }) => id).join('');

test('before anything was tried the foot of the ladder lies on top', () => {
  assert.equal(ids(candidates(ladder, [])), 'abc');
});

test('after a try the same step, the one above and the one below lie on top', () => {
  assert.equal(ids(candidates(ladder, [tried('c', 2), tried('e', 1)])), 'cdb');
});

test('a step on a ladder put away is not brought back by its attempts', () => {
  assert.equal(ids(candidates(ladder, [tried('gone', 9)])), 'abc');
});

test('never more than three are offered, never one twice, and the one for today is always among them', () => {
  const throwIt = dice(5);
  for (let n = 0; n < 300; n += 1) {
    const steps = ladder.slice(0, 1 + throwIt(5));
    const list = Array.from({ length: throwIt(6) }, (_, i) => tried('abcdex'[throwIt(6)], i));
    const now = /** @type {Step} */ (forToday({ today_step: 'abcde'[throwIt(5)], today_day: 'D' }, steps, list, 'D'));
    const offered = choices(now, steps, list);
    assert.ok(offered.length <= 3 && new Set(offered).size === offered.length && offered.includes(now), ids(offered));
  }
});

test("the person's own choice holds for its day only", () => {
  const setting = { today_step: 'e', today_day: '2026-11-21' };
  assert.equal(forToday(setting, ladder, [], '2026-11-21')?.id, 'e');
  assert.equal(forToday(setting, ladder, [], '2026-11-22')?.id, 'a');
  assert.equal(forToday({ today_step: 'gone', today_day: 'D' }, ladder, [], 'D')?.id, 'a');
  assert.equal(forToday(setting, [], [], '2026-11-21'), undefined);
});

test("something smaller goes by the person's own numbers, and by the rung where there are none", () => {
  assert.equal(smaller(ladder[2], ladder)?.id, 'b');
  assert.equal(smaller(ladder[1], ladder)?.id, 'd');
  assert.equal(smaller(ladder[0], ladder), undefined);
  const bare = [step('x'), step('y'), step('z', null, 'other')];
  assert.equal(smaller(bare[1], bare)?.id, 'x');
  assert.equal(smaller(bare[0], bare), undefined);
  assert.equal(smaller(bare[2], bare), undefined);
});

test('a gentle surprise is never bigger than the one for today, but for the two lowest rungs, and never that one itself', () => {
  assert.equal(ids(gentle(ladder[2], ladder)), 'abd');
  assert.equal(ids(gentle(ladder[0], ladder)), 'b');
  const bare = [step('v'), step('w'), step('x'), step('y'), step('m', null, 'other'), step('n', null, 'other'), step('o', null, 'other')];
  assert.equal(ids(gentle(bare[3], bare)), 'vwxmno');
  assert.equal(ids(gentle(bare[0], bare)), 'wmn');
  assert.deepEqual(gentle(bare[0], bare.slice(0, 1)), []);
  assert.equal(ids(gentle(step('c', 50), [...ladder.slice(0, 2), step('p', 50), step('q', 51)])), 'abp');
  const high = ['i', 'j', 'k', 'l'].map((id) => step(id, null, 'high'));
  assert.equal(ids(gentle(bare[2], [...bare.slice(0, 4), ...high])), 'vwijk');
});

test('a second surprise is another one, while there is another one', () => {
  assert.equal(ids(gentle(ladder[2], ladder, 'a')), 'bd');
  assert.equal(ids(gentle(ladder[0], ladder.slice(0, 2), 'b')), 'b');
});

test('the greeting knows the hour and nothing else', () => {
  assert.deepEqual([3, 4, 10, 11, 17, 18, 0].map((hour) => partOfDay(new Date(2026, 10, 21, hour))),
    ['night', 'morning', 'morning', 'day', 'day', 'night', 'night']);
});

test('a day is the day of the zone, also beside the date line', () => {
  const at = Date.UTC(2026, 10, 21, 15, 30);
  assert.equal(localDay(at, 'Asia/Tokyo'), '2026-11-22');
  assert.equal(localDay(at, 'Europe/London'), '2026-11-21');
  assert.equal(localDay(Date.UTC(2026, 0, 1, 9), 'Pacific/Pago_Pago'), '2025-12-31');
  assert.match(localDay(at), /^\d{4}-\d\d-\d\d$/);
});
