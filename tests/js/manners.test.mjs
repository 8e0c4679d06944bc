import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { ceilingOf, crowded, endPause, heldBy, inQuiet, isPaused, nextTold, pauseAll, pauseEnd, quietOf } from '../../static/js/manners.js';
import { leave } from '../../static/js/gate.js';
import { meta } from '../../static/js/phone.js';
import { clock } from '../../static/js/rhythm.js';
import { setting } from '../../static/js/rows.js';

const SPACE = '00000000-0000-4000-8000-000000000001';
const SATURDAY_NOON = Date.UTC(2026, 10, 21, 3);   // in Tokyo
const HOUR = 3_600_000;
const blank = /** @type {const} */ ({ paused: '', paused_until: null, quiet_from: '', quiet_to: '' });
const evening = { days: [0, 2, 5], date: '', time: '19:00', window: 60, zone: 'Asia/Tokyo', on: true };
const day = { ...blank, quiet_from: '06:00', quiet_to: '15:00' };   // somebody who sleeps by day
const night = { ...blank, quiet_from: '23:00', quiet_to: '08:00' };

beforeEach(async () => {
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
});

test('there are quiet hours only once both ends of them are told, and one a day while nothing is', () => {
  assert.deepEqual([quietOf(blank), quietOf({ quiet_from: '23:00', quiet_to: '' }), quietOf({ quiet_from: '08:00', quiet_to: '08:00' })], [null, null, null]);
  assert.deepEqual(quietOf(night), { from: '23:00', to: '08:00' });
  assert.deepEqual([ceilingOf({ ceiling: null }), ceilingOf({ ceiling: 3 })], [1, 3]);
});

test('quiet hours hold every minute between their ends, the first of them and not the last, on whichever side of midnight', () => {
  for (const quiet of [{ from: '23:00', to: '08:00' }, { from: '06:00', to: '15:00' }, { from: '00:00', to: '00:01' }]) {
    const inside = Array.from({ length: 1440 }, (_, minute) => clock(minute)).filter((time) => inQuiet(time, quiet));
    const over = quiet.from > quiet.to;
    const meant = Array.from({ length: 1440 }, (_, minute) => clock(minute))
      .filter((time) => (over ? time >= quiet.from || time < quiet.to : time >= quiet.from && time < quiet.to));
    assert.deepEqual(inside, meant);
  }
});

test('what falls into quiet hours comes at their end if its window is still open then, else it waits in the app', () => {
  const quiet = { from: '23:00', to: '08:00' };
  assert.equal(heldBy({ time: '22:59', window: 60 }, quiet), '');
  assert.equal(heldBy({ time: '07:30', window: 60 }, quiet), 'after');
  assert.equal(heldBy({ time: '07:00', window: 60 }, quiet), 'waits');
  assert.equal(heldBy({ time: '23:00', window: 541 }, quiet), 'after');
  assert.equal(heldBy({ time: '23:00', window: 540 }, quiet), 'waits');
  assert.equal(heldBy({ time: '23:00', window: 540 }, null), '');
  assert.equal(heldBy({ time: '', window: 60 }, quiet), '');
});

test('the next time takes quiet hours and a pause into account', () => {
  const now = SATURDAY_NOON;
  assert.deepEqual(nextTold(evening, now, blank), { day: '2026-11-21', time: '19:00', waits: false });
  assert.deepEqual(nextTold({ ...evening, time: '14:30' }, now, day), { day: '2026-11-21', time: '15:00', waits: false });
  assert.deepEqual(nextTold({ ...evening, time: '13:00' }, now, day), { day: '2026-11-21', time: '13:00', waits: true });
  assert.deepEqual(nextTold({ ...evening, time: '23:30', window: 600 }, now, night), { day: '2026-11-22', time: '08:00', waits: false });
  assert.equal(nextTold(evening, now, { ...blank, paused: 'open' }), undefined);
  assert.equal(nextTold(evening, now, { ...blank, paused: 'until', paused_until: now + 24 * HOUR })?.day, '2026-11-23');
  assert.equal(nextTold(evening, now, { ...blank, paused: 'until', paused_until: now - HOUR })?.day, '2026-11-21');
  assert.equal(nextTold({ ...evening, on: false }, now, blank), undefined);
});

test('a day is crowded when more would come on it than the person wants, and those that rest do not count', () => {
  const other = { ...evening, id: 'a', days: [2, 3] };
  assert.deepEqual(crowded(evening, [other], 1), [2]);
  assert.deepEqual(crowded(evening, [other], 2), []);
  assert.deepEqual(crowded(evening, [other, { ...other, id: 'b' }], 2), [2]);
  assert.deepEqual(crowded(evening, [{ ...other, on: false }], 1), []);
  assert.deepEqual(crowded(evening, [{ ...other, date: '2026-11-25' }], 1), []);
  assert.deepEqual(crowded({ ...evening, days: [], date: '2026-11-25' }, [other], 1), [2]);
  assert.deepEqual(crowded({ ...evening, days: [], date: '2026-11-25' }, [{ ...other, days: [], date: '2026-11-25' }], 1), [2]);
  assert.deepEqual(crowded({ ...evening, days: [], date: '2026-11-24' }, [other], 1), []);
});

test('a pause ends at the same time on the wall, also over a change of the clock', () => {
  const before = process.env.TZ;
  process.env.TZ = 'Europe/London';
  const evening_before = new Date(2026, 2, 28, 21, 15).getTime();   // the clocks go forward that night
  assert.equal(pauseEnd('day', evening_before) - evening_before, 23 * HOUR);
  assert.equal(new Date(pauseEnd('week', evening_before)).getHours(), 21);
  if (before === undefined) delete process.env.TZ; else process.env.TZ = before;
});

test('all may rest for a day, a week or until one says, come again, and each of it can be undone', async () => {
  const now = SATURDAY_NOON;
  assert.equal(isPaused(setting(), now), false);
  const undo = await pauseAll('day', now);
  assert.deepEqual([isPaused(setting(), now), isPaused(setting(), now + 25 * HOUR)], [true, false]);
  await undo();
  assert.equal(isPaused(setting(), now), false);
  await pauseAll('open', now);
  assert.equal(isPaused(setting(), now + 10_000 * HOUR), true);
  const back = await endPause();
  assert.equal(isPaused(setting(), now), false);
  await back();
  assert.equal(isPaused(setting(), now), true);
});
