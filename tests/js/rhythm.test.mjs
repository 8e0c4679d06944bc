import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, clock, endOf, hasBeen, minutesBetween, nextTime, openDay, overMidnight, weekdayOf, windowOf } from '../../static/js/rhythm.js';

const SATURDAY_NOON = Date.UTC(2026, 10, 21, 3);   // in Tokyo
const DAY = 86_400_000;
const stored = { days: [0, 2, 5], date: '', time: '12:30', window: 60, zone: 'Asia/Tokyo', on: true };

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

test('a one-off comes on its date, whatever the days say, and never again', () => {
  const once = { ...stored, days: [], date: '2026-11-24' };
  assert.deepEqual(nextTime(once, SATURDAY_NOON), { day: '2026-11-24', time: '12:30' });
  assert.deepEqual(nextTime({ ...once, days: [5] }, SATURDAY_NOON), { day: '2026-11-24', time: '12:30' });
  const at = Date.UTC(2026, 10, 24, 3, 30);
  assert.deepEqual(nextTime(once, at - 60_000), { day: '2026-11-24', time: '12:30' });
  assert.equal(nextTime(once, at), undefined);
  assert.equal(nextTime({ ...once, date: '2027-03-01' }, SATURDAY_NOON)?.day, '2027-03-01');
  assert.deepEqual([hasBeen(once, at - 60_000), hasBeen(once, at), hasBeen({ ...once, on: false }, at - 60_000), hasBeen(stored, at)], [false, true, false, false]);
});

test('a window is told by where it ends, also over midnight, and is never shorter or longer than the account takes', () => {
  assert.deepEqual([windowOf('19:00', '20:00'), windowOf('22:00', '02:00'), windowOf('10:00', '10:00'), windowOf('10:00', '10:01'), windowOf('10:01', '10:00')],
    [60, 240, 1440, 5, 1439]);
  assert.equal(minutesBetween('10:00', '10:01'), 1);
  assert.deepEqual(['00:00', '02:00', '22:00'].map((time) => endOf({ time, window: 240 })), ['04:00', '06:00', '02:00']);
  assert.deepEqual([[1380, 60], [1380, 61], [600, 1440]].map(([at, window]) => overMidnight({ time: clock(at), window })), [false, true, true]);
  for (let from = 0; from < 1440; from += 7) {
    for (let window = 5; window <= 1440; window += 31) {
      assert.equal(windowOf(clock(from), endOf({ time: clock(from), window })), window);
    }
  }
});

test('the day whose window is open is the one it began on', () => {
  const night = { ...stored, time: '23:30', window: 120 };
  const one = Date.UTC(2026, 10, 21, 16);   // Sunday 1:00 in Tokyo
  assert.equal(openDay(night, one), '2026-11-21');
  assert.equal(openDay({ ...night, days: [], date: '2026-11-21' }, one), '2026-11-21');
  assert.equal(openDay({ ...night, date: '2026-11-22' }, one), undefined);
  assert.equal(openDay(night, one + 30 * 60_000), undefined);
});

test('days are counted over the ends of months and years', () => {
  assert.deepEqual([addDays('2026-12-31', 1), addDays('2027-03-01', -1), addDays('2028-02-22', 7), addDays('2026-11-21', 21)],
    ['2027-01-01', '2027-02-28', '2028-02-29', '2026-12-12']);
  assert.deepEqual(['2026-11-23', '2026-11-21', '2026-11-22'].map(weekdayOf), [0, 5, 6]);
});
