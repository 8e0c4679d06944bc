import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { keepVisits, leaveVisits, stepToVisit, visitDays } from '../../static/js/comeback.js';
import { leave } from '../../static/js/gate.js';
import { meta } from '../../static/js/phone.js';
import { reminders } from '../../static/js/reminders.js';
import { add, change, get, setting, write } from '../../static/js/rows.js';

const SPACE = '00000000-0000-4000-8000-000000000001';
const NOW = Date.UTC(2026, 10, 21, 3);
const DAY = 86_400_000;
const id = (/** @type {number} */ n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const step = (/** @type {number} */ n, ladder = 900) => /** @type {any} */ ({ id: id(n), ladder: id(ladder), title: `step ${n}` });
const steps = [step(1), step(2), step(3), step(4, 901)];
let made = 1000;
const kept = (/** @type {any} */ at, /** @type {number} */ started, /** @type {string | null} */ outcome = 'did') =>
  /** @type {any} */ ({ id: id(made += 1), step: at.id, ladder: at.ladder, started, outcome, zone: 'UTC' });
const [foot, middle, top, elsewhere] = steps;
const known = [kept(foot, NOW - 5 * DAY), kept(foot, NOW - 4 * DAY), kept(foot, NOW - 3 * DAY)];
const first = kept(middle, NOW - 60_000);
const bare = { steps, list: [], offered: [] };

/** @param {any} one @param {any[]} tried @param {object} [more] */
const offered = (one, tried, more) => stepToVisit(one, NOW, { ...bare, tried, ...more })?.title;

beforeEach(async () => {
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
});

test('a visit is offered for the days one week and three weeks later', () => {
  assert.deepEqual(visitDays('2026-11-21'), ['2026-11-28', '2026-12-12']);
  assert.deepEqual(visitDays('2026-12-29'), ['2027-01-05', '2027-01-19']);
});

test('it is offered after the first time on a higher step, for the one before it that is well known', () => {
  assert.equal(offered(first, [...known, first]), 'step 1');
  assert.equal(offered({ ...first, outcome: 'turned_back' }, [...known, { ...first, outcome: 'turned_back' }]), 'step 1');
});

test('not without a move: the same step, a lower one, one of another ladder, a second time, an old result', () => {
  const onTop = [kept(top, NOW - 5 * DAY), kept(top, NOW - 4 * DAY), kept(top, NOW - 3 * DAY)];
  assert.equal(offered(known[2], known), undefined);
  assert.equal(offered(first, [...onTop, first]), undefined);
  const other = kept(elsewhere, NOW - 60_000);
  assert.equal(offered(other, [...known, other]), undefined);
  assert.equal(offered(first, [...known, kept(middle, NOW - DAY), first]), undefined);
  const old = kept(middle, NOW - DAY);
  assert.equal(offered(old, [...known, old]), undefined);
});

test('not for a step that is hardly known: two times, one day, or left open', () => {
  assert.equal(offered(first, [...known.slice(1), first]), undefined);
  const oneDay = [kept(foot, NOW - 3 * DAY), kept(foot, NOW - 3 * DAY + 1), kept(foot, NOW - 3 * DAY + 2)];
  assert.equal(offered(first, [...oneDay, first]), undefined);
  assert.equal(offered(first, [...known.slice(1), kept(foot, NOW - 2 * DAY, null), first]), undefined);
});

test('not twice, not when a visit is set already, and not for a step that is put away', () => {
  const tried = [...known, first];
  assert.equal(offered(first, tried, { offered: [foot.id] }), undefined);
  assert.equal(offered(first, tried, { list: [{ step: foot.id, date: '2026-12-01' }] }), undefined);
  assert.equal(offered(first, tried, { list: [{ step: foot.id, date: '' }] }), 'step 1');
  assert.equal(offered(first, tried, { steps: [middle, top] }), undefined);
});

test('the yes makes a reminder for each day, the no makes none; both are remembered and both can be undone', async () => {
  const undo = await keepVisits(foot, ['2026-11-28', '2026-12-12'], '15:30');
  assert.deepEqual(reminders().map((one) => [one.step, one.ladder, one.date, one.days, one.time, one.neutral, one.on]).sort(),
    ['2026-11-28', '2026-12-12'].map((date) => [foot.id, foot.ladder, date, [], '15:30', true, true]));
  assert.deepEqual(setting().visits_offered, [foot.id]);
  await undo();
  assert.deepEqual([reminders(), setting().visits_offered], [[], []]);
  const back = await leaveVisits(foot);
  assert.deepEqual([reminders(), setting().visits_offered], [[], [foot.id]]);
  await back();
  assert.deepEqual(setting().visits_offered, []);
});

test('only the latest fifty are remembered, the account takes no more', async () => {
  for (let n = 1; n <= 53; n += 1) await leaveVisits(step(n));
  assert.deepEqual([setting().visits_offered.length, setting().visits_offered.at(-1)], [50, id(53)]);
});

test('a ladder with thresholds of its own decides when a step is well known', async () => {
  const twice = [kept(foot, NOW - 5 * DAY), kept(foot, NOW - 4 * DAY), first];
  assert.equal(offered(first, twice), undefined);
  await write([add('ladder', SPACE, { title: 'own', position: 'a0', ready_times: 2 }, foot.ladder)]);
  assert.equal(offered(first, twice), 'step 1');
  await write([change(get(foot.ladder), { ready_days: 3 })]);
  assert.equal(offered(first, twice), undefined);
});
