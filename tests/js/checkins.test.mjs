import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { checkIn, checkinOf, checkins, firstDay, mayAsk, skip, takeCheckinAway } from '../../static/js/checkins.js';
import { leave } from '../../static/js/gate.js';
import { meta } from '../../static/js/phone.js';
import { addDays } from '../../static/js/rhythm.js';
import { setting } from '../../static/js/rows.js';

const SPACE = '00000000-0000-4000-8000-000000000001';
const NOW = new Date(2026, 10, 22, 21).getTime();
const TODAY = '2026-11-22';
const ago = (/** @type {number} */ days) => addDays(TODAY, -days);
const asked = (harder = '', days = '') => ({ asked_harder: harder, asked_days: days });

beforeEach(async () => {
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
});

test('nothing is asked in the first month, nor of somebody who has kept nothing yet', () => {
  assert.equal(mayAsk(asked(), undefined, TODAY), undefined);
  assert.equal(mayAsk(asked(), ago(29), TODAY), undefined);
  assert.equal(mayAsk(asked(), ago(30), TODAY), 'harder');
});

test('each comes once in thirty days, and the two never in one week', () => {
  const long = ago(400);
  assert.equal(mayAsk(asked(ago(6)), long, TODAY), undefined);
  assert.equal(mayAsk(asked(ago(7)), long, TODAY), 'days');
  assert.equal(mayAsk(asked(ago(30), ago(7)), long, TODAY), 'harder');
  assert.equal(mayAsk(asked(ago(30), ago(6)), long, TODAY), undefined);
  assert.equal(mayAsk(asked(ago(29), ago(29)), long, TODAY), undefined);
});

test('over two years of opening the app each day, no question comes sooner than a month after itself', () => {
  let given = asked();
  /** @type {Record<string, string[]>} */
  const came = { harder: [], days: [] };
  for (let n = 0; n < 730; n += 1) {
    const day = addDays('2026-01-01', n);
    const about = mayAsk(given, '2026-01-01', day);
    if (!about) continue;
    came[about].push(day);
    given = { ...given, [`asked_${about}`]: day };
  }
  for (const list of Object.values(came)) {
    assert.ok(list.length >= 20, String(list.length));
    assert.ok(list.every((day, i) => !i || addDays(list[i - 1], 30) <= day));
  }
  assert.ok(came.harder.every((day) => came.days.every((other) => Math.abs(Date.parse(day) - Date.parse(other)) >= 7 * 86_400_000)));
});

test('the first day is that of the first thing kept, tried or rested', () => {
  const kept = { started: Date.UTC(2026, 9, 3, 16), zone: 'Asia/Tokyo', outcome: 'turned_back' };
  assert.equal(firstDay([kept], []), '2026-10-04');
  assert.equal(firstDay([{ ...kept, outcome: null }], [{ day: '2026-10-20' }]), '2026-10-20');
  assert.equal(firstDay([], []), undefined);
});

test('an answer is kept for oneself alone, with its day, and one undo takes both back', async () => {
  const undo = await checkIn('harder', { harder: 'a_little', note: ' the bell ' }, NOW);
  const [one] = checkins();
  assert.deepEqual([one.day, one.about, one.harder, one.note, one.sharing, one.ease, setting().asked_harder, setting().asked_days],
    [TODAY, 'harder', 'a_little', 'the bell', 'private', null, TODAY, '']);
  assert.equal(checkinOf(one.id)?.id, one.id);
  await undo();
  assert.deepEqual([checkins(), checkinOf(one.id), setting().asked_harder], [[], undefined, '']);
});

test('of the two questions about the days either may be left out, the newest stands first, and one can be taken away', async () => {
  await checkIn('days', { ease: 40 }, NOW - 1);
  await checkIn('days', { direction: 0, ease: null }, NOW);
  assert.deepEqual(checkins().map(({ ease, direction, harder }) => [ease, direction, harder]), [[null, 0, null], [40, null, null]]);
  await takeCheckinAway(checkins()[0]);
  assert.deepEqual(checkins().map(({ ease }) => ease), [40]);
});

test('a skipped question leaves the day it was offered on and no entry', async () => {
  const undo = await skip('days', NOW);
  assert.deepEqual([checkins(), setting().asked_days], [[], TODAY]);
  await undo();
  assert.equal(setting().asked_days, '');
});
