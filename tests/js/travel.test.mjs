import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leave } from '../../static/js/gate.js';
import { meta } from '../../static/js/phone.js';
import { setting, write, add, get } from '../../static/js/rows.js';
import { elsewhere, leaveAsTheyAre, moveTo, sameClock } from '../../static/js/travel.js';

const SPACE = '00000000-0000-4000-8000-000000000001';
const NOVEMBER = Date.UTC(2026, 10, 21, 3);
const one = /** @type {any} */ ({ id: 'r1', on: true, days: [0], date: '', time: '19:00', zone: 'Asia/Tokyo' });

test('two names for one clock are one clock, and one that is the same in winter only is another', () => {
  assert.ok(sameClock('Asia/Tokyo', 'Asia/Seoul', NOVEMBER));
  assert.ok(sameClock('Europe/Berlin', 'Europe/Paris', NOVEMBER));
  assert.ok(!sameClock('Europe/London', 'Atlantic/Reykjavik', NOVEMBER));
  assert.ok(!sameClock('Asia/Tokyo', 'Europe/London', NOVEMBER));
});

test('the question is about those that are on and still to come, in a zone it was not answered for', () => {
  const list = [one, { ...one, id: 'r2', on: false }, { ...one, id: 'r3', zone: 'Europe/London' }, { ...one, id: 'r4', date: '2026-11-01' }];
  assert.deepEqual(elsewhere('Europe/London', '', NOVEMBER, list).map(({ id }) => id), ['r1']);
  assert.deepEqual(elsewhere('Europe/London', 'Asia/Tokyo', NOVEMBER, list).map(({ id }) => id), ['r1']);
  assert.deepEqual(elsewhere('Europe/London', 'Europe/London', NOVEMBER, list), []);
  assert.deepEqual(elsewhere('Asia/Seoul', '', NOVEMBER, [one]), []);
});

test('they move when it is said, or stay and nobody asks again there; both can be undone', async () => {
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
  await write(add('reminder', SPACE, { days: [0], time: '19:00', zone: 'Asia/Tokyo', on: true }, 'r1'));
  const back = await moveTo([get('r1')], 'Europe/London');
  assert.equal(get('r1').zone, 'Europe/London');
  await back();
  assert.equal(get('r1').zone, 'Asia/Tokyo');
  const undo = await leaveAsTheyAre('Europe/London');
  assert.deepEqual(elsewhere('Europe/London', setting().zone_kept, NOVEMBER), []);
  await undo();
  assert.equal(elsewhere('Europe/London', setting().zone_kept, NOVEMBER).length, 1);
});
