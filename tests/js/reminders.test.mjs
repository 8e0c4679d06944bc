import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { leave } from '../../static/js/gate.js';
import { meta } from '../../static/js/phone.js';
import { declined, keepReminder, mayOffer, putReminderAway, reminder, reminders, suggestion, switchReminder, wishOf } from '../../static/js/reminders.js';
import { change, changeSetting, write } from '../../static/js/rows.js';

/** @typedef {import('../../static/js/kinds.js').Reminder} Reminder */

const SPACE = '00000000-0000-4000-8000-000000000001';
const STEP = '00000000-0000-4000-8000-000000000101';
const ID = '00000000-0000-4000-8000-000000000201';
const SATURDAY_NOON = Date.UTC(2026, 10, 21, 3);   // in Tokyo
const DAY = 86_400_000;
const wish = { step: STEP, ladder: null, days: [0, 2, 5], date: '', time: '12:30', window: 60, cue: '', words: ' a walk ', neutral: true, on: true };
const attempt = (/** @type {string} */ step, /** @type {number} */ started) => /** @type {any} */ ({ step, ladder: null, started, zone: 'Asia/Tokyo' });

beforeEach(async () => {
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
});

test('a reminder is offered after the first finished attempt, once more after a month, and never a third time', () => {
  const now = SATURDAY_NOON;
  let setting = { reminder_offer: '', reminder_offered_at: /** @type {number | null} */ (null) };
  assert.equal(mayOffer(setting, 0, now), false);
  assert.equal(mayOffer(setting, 1, now), true);
  setting = declined(setting, now);
  assert.equal(mayOffer(setting, 5, now + 30 * DAY - 1), false);
  assert.equal(mayOffer(setting, 5, now + 30 * DAY), true);
  setting = declined(setting, now + 30 * DAY);
  assert.equal(mayOffer(setting, 50, now + 1000 * DAY), false);
  assert.equal(mayOffer({ reminder_offer: 'accepted', reminder_offered_at: now }, 50, now + 1000 * DAY), false);
});

test('the first suggestion is the half hour in which a step was possible before', () => {
  assert.equal(suggestion(STEP, [attempt(STEP, SATURDAY_NOON - DAY), attempt(STEP, SATURDAY_NOON + 44 * 60_000)]).time, '12:30');
  assert.equal(suggestion(STEP, [attempt(STEP, Date.UTC(2026, 10, 21, 17, 5))]).time, '02:00');
  assert.deepEqual([suggestion(null, []).time, suggestion(null, []).neutral, suggestion(null, []).words], ['19:00', true, '']);
});

test('a reminder is kept, changed, rested and taken away, and each of it can be undone', async () => {
  await keepReminder(ID, wish);
  assert.deepEqual([reminder(ID)?.words, reminder(ID)?.window, reminder(ID)?.zone], ['a walk', 60, Intl.DateTimeFormat().resolvedOptions().timeZone]);
  await keepReminder(ID, { ...wish, time: '08:00' });
  assert.deepEqual(reminders().map(({ time }) => time), ['08:00']);
  const undo = await switchReminder(/** @type {Reminder} */ (reminder(ID)), false);
  assert.equal(reminder(ID)?.on, false);
  await undo();
  assert.equal(reminder(ID)?.on, true);
  const back = await putReminderAway(/** @type {Reminder} */ (reminder(ID)));
  assert.deepEqual(reminders(), []);
  await back();
  assert.equal(reminders().length, 1);
});

test('of a row with everything around it only the wish is kept, and it is on', async () => {
  await keepReminder(ID, wish);
  const row = /** @type {Reminder} */ (reminder(ID));
  assert.deepEqual(wishOf({ ...row, on: false }), { ...wish, words: 'a walk' });
});

test('somebody who said "leave them" keeps the clock of a reminder when its words change, and a new one follows the phone', async () => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  await keepReminder(ID, wish);
  const row = /** @type {Reminder} */ (reminder(ID));
  await write([change(row, { zone: 'Pacific/Apia' }), changeSetting({ zone_kept: here })]);
  await keepReminder(ID, { ...wish, words: 'other words' });
  assert.deepEqual([reminder(ID)?.zone, reminder(ID)?.words], ['Pacific/Apia', 'other words']);
  await write([changeSetting({ zone_kept: 'Asia/Tokyo' === here ? 'Asia/Seoul' : 'Asia/Tokyo' })]);
  await keepReminder(ID, { ...wish, time: '08:00' });
  assert.equal(reminder(ID)?.zone, here);
});

test('who travels and was not asked yet moves a reminder with a new time, days or date, and with nothing else', async () => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const away = async (/** @type {object} */ changed) => {
    await keepReminder(ID, wish);
    await write(change(/** @type {Reminder} */ (reminder(ID)), { ...wish, zone: 'Pacific/Apia' }));
    await keepReminder(ID, { ...wish, ...changed });
    return reminder(ID)?.zone;
  };
  for (const changed of [{ words: 'other words' }, { neutral: false }, { cue: 'I come home' }, { step: null }, { days: [5, 2, 0] }]) {
    assert.equal(await away(changed), 'Pacific/Apia', JSON.stringify(changed));
  }
  for (const changed of [{ time: '08:00' }, { days: [1] }, { days: [], date: '2026-12-01' }]) assert.equal(await away(changed), here, JSON.stringify(changed));
});
