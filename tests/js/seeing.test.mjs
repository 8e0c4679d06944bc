import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLANK } from '../../static/js/kinds.js';
import { places, placesToOffer } from '../../static/js/places.js';
import { riseOf, timeBefore } from '../../static/js/rise.js';
import * as seeing from '../../static/js/seeing.js';
import { dice } from './dice.mjs';

/** @typedef {import('../../static/js/kinds.js').Attempt} Attempt */

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 21, 12);

/** @param {number} n @param {Record<string, unknown>} fields */
const time = (n, fields = {}) => /** @type {Attempt} */ (/** @type {unknown} */ ({ ...BLANK.attempt, id: `a${n}`, step: 's', outcome: 'did', started: NOON + n, zone: 'UTC', ...fields }));
/** @param {string} day @param {Record<string, unknown>} fields */
const month = (day, fields = {}) => /** @type {any} */ ({ ...BLANK.checkin, id: day, day, about: 'days', ease: 40, direction: 60, at: 1, ...fields });

test('what stays: every kept time counts, however it ended, and so do places, surprises and first times', () => {
  const list = [
    time(1, { where: 'The park' }), time(2, { outcome: 'turned_back', where: ' the  PARK ' }), time(3, { step: 't', outcome: 'part', where: '公園' }),
    time(4, { guess: 'They stare', happened: 'no' }), time(5, { outcome: null, where: 'Moon' }), time(6, { archived: true, where: 'Mars' }),
  ];
  assert.deepEqual(seeing.counters(list), { tried: 4, firsts: 2, places: 2, surprises: 1 });
  assert.deepEqual(seeing.counters([]), { tried: 0, firsts: 0, places: 0, surprises: 0 });
});

test('a first time may be said of any time, and not said of a step at all', () => {
  const firsts = (/** @type {(boolean | null)[]} */ ...said) => seeing.firstTimes(said.map((first_time, n) => time(n, { first_time })));
  assert.deepEqual([firsts(null), firsts(null, null), firsts(null, true), firsts(true, true, null), firsts(false), firsts(false, null), firsts(false, true)],
    [1, 1, 1, 2, 0, 1, 1]);
});

test('no number falls when entries come from whichever phone and day, and whatever is said of them besides', () => {
  const throws = dice(20261122);
  const of = (/** @type {unknown[]} */ ...list) => list[throws(list.length)];
  for (let life = 0; life < 300; life += 1) {
    /** @type {Attempt[]} */
    let list = [];
    for (let n = 0; n < 25; n += 1) {
      const before = seeing.counters(list);
      const open = list.filter((one) => !one.outcome)[0];
      if (open && throws(2)) list = list.map((one) => (one === open ? { ...one, outcome: /** @type {'part'} */ (of('did', 'part', 'turned_back')) } : one));
      else list = [...list, time(n, {
        step: of('s', 't', 'u'), started: NOON + throws(40) * 24 * HOUR, outcome: of('did', 'part', 'turned_back', null), where: of('', 'Park', 'park', 'Shop'),
        guess: of('', 'They stare'), happened: of('', 'no', 'part', 'bearable', 'yes'), book: of(null, null, 'kept', 'left'), first_time: of(null, null, true, false),
      })];
      list = [...list].sort(() => throws(3) - 1);
      const after = seeing.counters(list);
      for (const name of /** @type {(keyof typeof before)[]} */ (Object.keys(before))) assert.ok(after[name] >= before[name], `${name} of life ${life}`);
    }
  }
});

test('places are offered as they were written last, the newest first', () => {
  const list = [time(1, { where: 'park' }), time(2, { where: 'Shop' }), time(3, { where: 'Park' }), time(4, { where: ' ' })];
  assert.deepEqual([places(list), placesToOffer(1, list)], [['Shop', 'Park'], ['Park']]);
});

test('a rise is put down to what is another way: the place, the time of day, a dial; a fall or a silence is no rise', () => {
  const told = (/** @type {Record<string, unknown>} */ now, /** @type {Record<string, unknown>} */ then, /** @type {any} */ step = undefined) =>
    riseOf(time(9, { started: NOON + 48 * HOUR, before: 60, ...now }), [time(1, { before: 40, ...then })], step);
  assert.deepEqual([
    told({ where: 'Shop' }, { where: 'Park' }), told({ where: 'Park' }, { where: 'park' }), told({ started: NOON + 35 * HOUR }, { started: NOON + 13 * HOUR }),
    told({ started: NOON + 57 * HOUR }, {}), told({ step: 'v' }, {}, { varied_from: 's', turned: 'people' }), told({}, {}, { varied_from: 's', turned: 'people' }),
  ], ['place', 'plain', 'plain', 'time', 'people', 'plain']);
  assert.deepEqual([told({}, { before: 60 }), told({ before: null }, {}), told({ step: 'v' }, {}), told({}, { outcome: null })], [undefined, undefined, undefined, undefined]);
  assert.equal(told({ before: null, peak: 70 }, {}), 'plain');
});

test('the time before is one of this step; at the first time one of the step it was varied from', () => {
  const list = [time(1), time(2, { step: 't' }), time(3, { outcome: null }), time(4), time(5, { step: 't' })];
  const varied = /** @type {any} */ ({ varied_from: 't' });
  assert.deepEqual([timeBefore(list[3], list, varied)?.id, timeBefore(list[0], list), timeBefore(time(9, { step: 'v' }), list, varied)?.id, timeBefore(list[1], list)],
    ['a1', undefined, 'a5', undefined]);
});

test('a ladder is seen from its foot, with the guess and the first and last time of every rung', () => {
  const steps = /** @type {any[]} */ ([{ id: 's', predicted: 50 }, { id: 't', predicted: null }]);
  const list = [time(3, { before: 30, after: 20 }), time(1, { before: 60 }), time(2, {}), time(4, { outcome: null, before: 99 })];
  const [first, second] = seeing.climbed('l', { list, steps });
  assert.deepEqual([first.times, first.guess, first.first?.before, first.last?.after], [3, 50, 60, 20]);
  assert.deepEqual([second.times, second.guess, second.first, second.last], [0, null, null, null]);
});

test('the two questions of a month stand once for it, and what has no answer or was taken away stands nowhere', () => {
  const list = [
    month('2026-11-20', { ease: 50 }), month('2026-10-03'), month('2026-11-02', { at: 9 }),
    month('2026-12-02', { archived: true }), month('2026-12-03', { about: 'harder' }), month('2026-12-04', { ease: null, direction: null }),
  ];
  assert.deepEqual(seeing.months(list).map(({ day, ease }) => [day, ease]), [['2026-10-03', 40], ['2026-11-20', 50]]);
});

test('a book that is printed has each day once, on the calendar of where it was', () => {
  const list = [time(0, { started: NOON, zone: 'UTC' }), time(1, { started: NOON + 4 * HOUR, zone: 'Asia/Tokyo' }), time(2, { started: NOON + HOUR, zone: 'UTC' })];
  assert.deepEqual(seeing.daysTried(list).map(([day, times]) => [day, times.map(({ id }) => id)]), [['2026-11-21', ['a0', 'a2']], ['2026-11-22', ['a1']]]);
});
