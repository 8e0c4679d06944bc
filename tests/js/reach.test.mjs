import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { leave } from '../../static/js/gate.js';
import { meta } from '../../static/js/phone.js';
import { asksAtHome, going, isSilent, lookAgain, mayAsk, noteQuestions } from '../../static/js/reach.js';
import { add, write } from '../../static/js/rows.js';

const SPACE = '00000000-0000-4000-8000-000000000001';
const [ONE, TWO] = ['00000000-0000-4000-8000-000000000201', '00000000-0000-4000-8000-000000000202'];
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 3);
const rare = { unanswered: 3, rarer: true, silent: false, told: NOW - DAY, next: NOW + DAY };
const realFetch = globalThis.fetch;

beforeEach(async () => {
  globalThis.fetch = realFetch;
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
  meta.reach = { at: NOW, devices: [], reminders: [{ id: ONE, ...rare }, { id: TWO, ...rare, silent: true }] };
});

test('a reminder that comes less often, or no more, is to be asked about', () => {
  assert.deepEqual([mayAsk(ONE), isSilent(ONE), mayAsk(TWO), isSilent(TWO)], [true, false, true, true]);
  meta.reach.reminders[0].rarer = false;
  assert.equal(mayAsk(ONE), false);
  assert.equal(mayAsk('unknown'), false);
});

test('whatever was done since the account was asked is an answer', async () => {
  await write(add('answer', SPACE, { reminder: ONE, day: '2026-11-20', choice: 'as_is', at: NOW - 1 }));
  assert.ok(mayAsk(ONE));
  await write(add('answer', SPACE, { reminder: ONE, day: '2026-11-21', choice: 'as_is', at: NOW + 1 }));
  assert.deepEqual([going(ONE), mayAsk(TWO)], [undefined, true]);
  await write(add('rest', SPACE, { day: '2026-11-21', at: NOW + 1 }));
  assert.equal(mayAsk(TWO), false);
});

test('an attempt answers all of them', async () => {
  await write(add('attempt', SPACE, { step: 's', started: NOW + 1 }));
  assert.deepEqual([mayAsk(ONE), mayAsk(TWO)], [false, false]);
});

test('home asks about one at a time, for a day, and once for a series', async () => {
  const asks = async (/** @type {number} */ now) => {
    noteQuestions(now);
    await write([]);                           // in turn: what was noted is on the disk
    return [asksAtHome(ONE, now), asksAtHome(TWO, now)];
  };
  assert.equal(asksAtHome(ONE, NOW), false);   // nothing slips in before home is entered
  assert.deepEqual(await asks(NOW), [true, false]);
  assert.deepEqual(await asks(NOW + DAY - 1), [true, false]);
  assert.deepEqual(await asks(NOW + DAY), [false, true]);
  assert.deepEqual(await asks(NOW + 2 * DAY), [false, false]);
  meta.reach.reminders[0].rarer = false;       // answered: the series is over
  assert.deepEqual(await asks(NOW + 3 * DAY), [false, false]);
  meta.reach.reminders[0].rarer = true;        // another one, weeks later
  assert.deepEqual(await asks(NOW + 30 * DAY), [true, false]);
});

test('of what the account says only how reminders go and which devices they reach is kept on the phone', async () => {
  await write(add('reminder', SPACE, { days: [0], time: '19:00', zone: 'Asia/Tokyo' }, ONE));
  const said = { reminders: [{ id: ONE, ...rare }], devices: [] };
  globalThis.fetch = async () => Response.json({ ...said, mail: { address: 'ada@example.org', state: 'on' }, calendar: true });
  assert.equal(await lookAgain(), true);
  const { at, ...kept } = meta.reach;
  assert.deepEqual(kept, said);
});

test('what cannot be fetched stays as it was, and the account is not asked where there is no reminder', async () => {
  let asked = 0;
  globalThis.fetch = async () => { asked += 1; throw new TypeError('no network'); };
  assert.equal(await lookAgain(), false);
  assert.equal(asked, 0);
  await write(add('reminder', SPACE, { days: [0], time: '19:00', zone: 'Asia/Tokyo' }, ONE));
  assert.equal(await lookAgain(), false);
  assert.deepEqual([asked, meta.reach.at], [1, NOW]);
});
