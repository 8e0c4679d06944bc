import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { begin } from '../../static/js/attempts.js';
import { localDay } from '../../static/js/days.js';
import { knownZone, ownZone } from '../../static/js/device.js';
import { leave } from '../../static/js/gate.js';
import { meta } from '../../static/js/phone.js';
import { dueNow } from '../../static/js/due.js';
import { keepReminder, reminder, suggestion } from '../../static/js/reminders.js';
import { nextTime } from '../../static/js/rhythm.js';
import { get } from '../../static/js/rows.js';

const SPACE = '00000000-0000-4000-8000-000000000001';
const ID = '00000000-0000-4000-8000-000000000201';
const NOON = Date.UTC(2026, 10, 21, 12);   // a Saturday
const STRANGE = ['Nowhere/Zone', 'Etc/Unknown', 'Not a zone', '../etc/passwd', ''];
const wish = { step: null, ladder: null, days: [0, 1, 2, 3, 4, 5, 6], date: '', time: '12:00', window: 60, cue: '', words: '', neutral: true, on: true };
const { resolvedOptions } = Intl.DateTimeFormat.prototype;

/** A device whose own clock has this zone, by name and by its hands. @param {string | undefined} name @param {string} [hands] */
function standIn(name, hands = 'UTC') {
  process.env.TZ = hands;
  Intl.DateTimeFormat.prototype.resolvedOptions = function told() {
    return { ...resolvedOptions.call(this), timeZone: /** @type {string} */ (name) };
  };
}

const before = process.env.TZ;
afterEach(async () => {
  Intl.DateTimeFormat.prototype.resolvedOptions = resolvedOptions;
  if (before === undefined) delete process.env.TZ; else process.env.TZ = before;
  await leave();
});

test('a zone this browser knows is used as it is', () => {
  standIn('Europe/London', 'Europe/London');
  assert.equal(knownZone('Asia/Tokyo'), 'Asia/Tokyo');
  assert.equal(localDay(Date.UTC(2026, 10, 20, 16), 'Asia/Tokyo'), '2026-11-21');
});

test('a zone no browser knows gives way to the own one of the device', () => {
  standIn('Asia/Tokyo', 'Asia/Tokyo');
  for (const zone of STRANGE) {
    assert.equal(knownZone(zone), 'Asia/Tokyo', zone);
    assert.equal(localDay(Date.UTC(2026, 10, 20, 16), zone), '2026-11-21', zone);
  }
});

test('a device that does not know its own zone keeps to UTC and never says a name that Intl refuses', () => {
  for (const own of ['Etc/Unknown', 'Nowhere/Zone', '', undefined]) {
    standIn(own);
    assert.equal(ownZone(), 'UTC');
    for (const zone of STRANGE) assert.equal(knownZone(zone), 'UTC');
  }
});

test('reminders and attempts with a strange zone are still shown, and still due', () => {
  for (const own of ['Etc/Unknown', 'UTC']) {
    standIn(own);
    for (const zone of STRANGE) {
      const one = /** @type {any} */ ({ ...wish, id: ID, zone });
      const earlier = /** @type {any} */ ({ step: null, ladder: null, started: NOON, zone });
      assert.deepEqual(nextTime(one, NOON - 60_000), { day: '2026-11-21', time: '12:00' }, zone);
      assert.deepEqual(dueNow(NOON, { list: [one], rests: [], done: [{ ...earlier, started: NOON - 86_400_000 }] }), [one], zone);
      assert.deepEqual(dueNow(NOON, { list: [one], rests: [], done: [earlier] }), [], zone);
      assert.equal(suggestion(null, [earlier]).time, '12:00', zone);
    }
  }
});

test('what is written on a device without a zone of its own carries UTC', async () => {
  standIn('Etc/Unknown');
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
  await keepReminder(ID, wish);
  const id = await begin(/** @type {any} */ ({ id: ID, ladder: SPACE, title: 'a walk' }), { before: null, guess: '', likelihood: null, timer: null }, NOON);
  assert.equal(reminder(ID)?.zone, 'UTC');
  assert.equal(/** @type {any} */ (get(id)).zone, 'UTC');
});
