import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { asItIs, isUnanswered, laterChoices, laterThen, mightNow, notToday } from '../../static/js/answers.js';
import { leave } from '../../static/js/gate.js';
import { meta } from '../../static/js/phone.js';
import { keepReminder, reminder } from '../../static/js/reminders.js';
import { all } from '../../static/js/rows.js';

/** @typedef {import('../../static/js/kinds.js').Reminder} Reminder */

const SPACE = '00000000-0000-4000-8000-000000000001';
const ID = '00000000-0000-4000-8000-000000000201';
const HOUR = 3_600_000;
const none = { quiet_from: '', quiet_to: '' };
/** @param {number} hour @param {number} [minute] on this machine's own clock, a Saturday in November */
const at = (hour, minute = 0) => new Date(2026, 10, 21, hour, minute).getTime();
const said = () => /** @type {any[]} */ (all('answer')).map(({ choice, day, again }) => [choice, day, again]);
const mine = () => /** @type {Reminder} */ (reminder(ID));

beforeEach(async () => {
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
  await keepReminder(ID, { step: null, ladder: null, days: [5], date: '', time: '23:30', window: 120, cue: '', words: '', neutral: true, on: true });
});

test('an answer belongs to the day of its window, also past midnight, and to today outside of it', async () => {
  await mightNow(mine(), at(23, 45));
  await laterThen(mine(), at(24, 40), at(26));
  await asItIs(mine(), at(26));
  assert.deepEqual(said(), [['might', '2026-11-21', null], ['later', '2026-11-21', at(26)], ['as_is', '2026-11-22', null]]);
});

test('not today is an answer and a day of not doing, and one undo takes both back', async () => {
  const undo = await notToday(mine(), at(24, 40));
  assert.deepEqual(said(), [['not_today', '2026-11-21', null]]);
  assert.deepEqual(all('rest').map(({ day, source }) => [day, source]), [['2026-11-21', 'reminder']]);
  await undo();
  assert.deepEqual([all('answer'), all('rest')], [[], []]);
});

test('a day that is one of not doing already gets no second rest, and one without its reminder still a rest', async () => {
  await notToday(undefined, at(12));
  await notToday(mine(), at(23, 40));
  assert.equal(all('rest').length, 1);
  assert.deepEqual(said(), [['not_today', '2026-11-21', null]]);
});

test('an address may answer a coming once: not what was answered or taken back, and once more when "later" has come', async () => {
  assert.ok(isUnanswered(mine(), at(23, 40)));
  await asItIs(mine(), at(23, 41));
  assert.ok(isUnanswered(mine(), at(23, 42)));                       // that was said of all its days
  await laterThen(mine(), at(23, 45), at(24, 50));
  assert.deepEqual([at(24, 49), at(24, 50)].map((now) => isUnanswered(mine(), now)), [false, true]);
  const undo = await notToday(mine(), at(24, 55));
  assert.equal(isUnanswered(mine(), at(24, 56)), false);
  await undo();
  assert.equal(isUnanswered(mine(), at(24, 57)), false);
  assert.ok(isUnanswered(mine(), at(47, 40)));                       // the next evening
  await laterThen(mine(), at(47, 41), null);
  assert.equal(isUnanswered(mine(), at(47, 42)), false);
});

/** @param {number} now @param {any} [manners] */
const offered = (now, manners = none) => laterChoices(now, manners).map(({ when, at: then }) => [when, new Date(then).getHours(), new Date(then).getMinutes()]);

test('later is in an hour, this evening or tomorrow at this time; in the evening, in three hours', () => {
  assert.deepEqual(offered(at(13, 2)), [['hour', 14, 5], ['evening', 19, 0], ['tomorrow', 12, 55]]);
  assert.deepEqual(offered(at(18)), [['hour', 19, 0], ['hours', 21, 0], ['tomorrow', 17, 55]]);
  assert.deepEqual(offered(at(2, 30)), [['hour', 3, 30], ['evening', 19, 0], ['tomorrow', 2, 25]]);
});

test('no later is further than a day, whatever the clock does meanwhile, and none lies in the past', () => {
  for (let hour = 0; hour < 24 * 366; hour += 7) {
    const now = at(hour, hour % 60);
    for (const { at: then } of laterChoices(now, none)) assert.ok(then > now && then - now < 24 * HOUR, `${new Date(now)} ${new Date(then)}`);
  }
});

test('nobody is offered an hour in which they sleep', () => {
  const asleep = { quiet_from: '22:00', quiet_to: '08:00' };
  assert.deepEqual(offered(at(20, 30), asleep).map(([when]) => when), ['hour', 'tomorrow']);
  assert.deepEqual(offered(at(21, 30), asleep).map(([when]) => when), ['tomorrow']);
  assert.deepEqual(offered(at(12), { quiet_from: '09:00', quiet_to: '17:00' }).map(([when]) => when), ['evening']);
});
