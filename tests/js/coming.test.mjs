import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { comingOf } from '../../static/js/coming.js';
import { leave } from '../../static/js/gate.js';
import { meta, settle } from '../../static/js/phone.js';
import { BLANK_WISH } from '../../static/js/reminders.js';
import { add, changeSetting, write } from '../../static/js/rows.js';

const SPACE = '00000000-0000-4000-8000-000000000001';
const ID = '00000000-0000-4000-8000-000000000201';
const NOW = Date.UTC(2026, 10, 21, 3);   // Saturday noon in Tokyo
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const one = { ...BLANK_WISH, id: ID, zone: 'Asia/Tokyo' };
const told = { id: ID, unanswered: 0, rarer: false, silent: false, told: NOW - DAY, next: /** @type {number | null} */ (NOW + 2 * DAY + 7 * HOUR) };
const hears = (/** @type {object} */ news) => { meta.reach = { at: NOW - HOUR, devices: [], reminders: [{ ...told, ...news }] }; };
const monday = { day: '2026-11-23', time: '19:00', waits: false };

beforeEach(async () => {
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
});

test('without a word of the account it is reckoned here', () => {
  assert.deepEqual(comingOf(one, NOW), monday);
  assert.equal(comingOf({ ...one, on: false }, NOW), 'rests');
  assert.equal(comingOf({ ...one, date: '2026-11-20' }, NOW), 'been');
  assert.equal(comingOf({ ...one, id: undefined, days: [] }, NOW), 'rests');
});

test('the account knows what is left out when nobody answers', () => {
  hears({ unanswered: 3, rarer: true, next: NOW + 4 * DAY + 7 * HOUR });
  assert.deepEqual(comingOf(one, NOW), { ...monday, day: '2026-11-25' });
  hears({ unanswered: 7, silent: true, next: null });
  assert.equal(comingOf(one, NOW), 'silent');
});

test('what the account will not send is not promised: it waits inside the app, until its wishes are others', async () => {
  hears({ next: null });
  await write(add('reminder', SPACE, { ...BLANK_WISH, zone: 'Asia/Tokyo' }, ID));
  assert.deepEqual(comingOf(one, NOW), monday);   // written since, and not sent yet: the account spoke of another version
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
  hears({ next: null });
  assert.deepEqual(comingOf(one, NOW), { ...monday, waits: true });
  const paused = { paused: 'until', paused_until: NOW + HOUR };
  await settle(/** @type {any} */ ({ rows: [{ id: SPACE, space: SPACE, kind: 'setting', revision: 1, fields: paused }], done: [], refused: [], gone: [], rewound: [], meta: {} }));
  assert.deepEqual(comingOf(one, NOW), monday);   // a pause that the account knows of is why
});

test('what the account said is over once its moment has been, and when the person changed their manners since', async () => {
  hears({ next: NOW - HOUR });
  assert.deepEqual(comingOf(one, NOW), monday);
  hears({ next: NOW + 4 * DAY + 7 * HOUR });
  await write(changeSetting({ quiet_from: '18:00', quiet_to: '19:30' }));
  assert.deepEqual(comingOf(one, NOW), { ...monday, time: '19:30' });
});

test('a "later" said with no network is the next time, until something else is said', async () => {
  const say = (/** @type {object} */ fields) => write(add('answer', SPACE, { reminder: ID, day: '2026-11-21', ...fields }));
  hears({});
  await say({ choice: 'later', at: NOW - HOUR / 2, again: NOW + HOUR });
  assert.deepEqual(comingOf(one, NOW), { day: '2026-11-21', time: '13:00', waits: false });
  await say({ choice: 'might', at: NOW - HOUR / 4 });
  assert.deepEqual(comingOf(one, NOW), monday);
});

test('in a pause nothing comes, also no "later"', async () => {
  await write([changeSetting({ paused: 'open' }), add('answer', SPACE, { reminder: ID, day: '2026-11-21', choice: 'later', at: NOW - HOUR, again: NOW + HOUR })]);
  assert.equal(comingOf(one, NOW), 'rests');
});
