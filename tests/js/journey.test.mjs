/** Between the steps: breath, a look back, the diary, what supports, the plan, one fixed point. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { breathAt, PACES, thoughtAt } from '../../static/js/breath.js';
import { addEntry, byMonth, entries, entryOf, foundIn, putEntry, takeEntryAway } from '../../static/js/diary.js';
import { fixedPoint, putFixedPoint } from '../../static/js/fixedpoint.js';
import { lookBack, toLookBackOn } from '../../static/js/lookback.js';
import { leave } from '../../static/js/gate.js';
import { meta } from '../../static/js/phone.js';
import { hasLine, isBare, keepPlan, PARTS, planWords, takePlanAway, thePlan, withLine } from '../../static/js/plan.js';
import { add, all, get, setting, write } from '../../static/js/rows.js';
import { addSupport, BLANK_SUPPORT, frame, onceLiked, putSupport, RINGS, short, standing, supports, WIDTH } from '../../static/js/support.js';
import { onTheDay, readyPoints } from '../../static/js/theday.js';

const ADA = '00000000-0000-4000-8000-000000000001';
const NOW = Date.UTC(2026, 10, 22, 3);
const DAY = 86_400_000;

beforeEach(async () => {
  await leave();
  meta.me = { person: ADA, space: ADA, nickname: '', language: 'en', guest: true };
});

test('a breath goes in and out for ever, and every second of it has its place', () => {
  for (const [pace, { in: inwards, out }] of /** @type {['slow' | 'even', {in: number, out: number}][]} */ (Object.entries(PACES))) {
    const said = Array.from({ length: 3 * (inwards + out) }, (_, second) => breathAt(pace, second * 1000 + 999));
    assert.deepEqual(said.slice(0, inwards + out), said.slice(inwards + out, 2 * (inwards + out)), pace);
    assert.equal(said.slice(0, inwards + out).filter(({ turn }) => turn === 'in').length, inwards);
    assert.ok(said.every(({ beat, of, turn }) => beat >= 1 && beat <= of && of === { in: inwards, out }[turn]));
  }
  assert.deepEqual(breathAt('slow', -5), { turn: 'in', beat: 1, of: 4 }, 'a phone clock set back');
});

test('out is never shorter than in', () => {
  assert.ok(Object.values(PACES).every((pace) => pace.out >= pace.in));
});

test('a minute has three thoughts of twenty seconds, and then it is over', () => {
  assert.deepEqual([0, 19_999, 20_000, 40_000, 59_999, 60_000, 600_000, -1].map(thoughtAt), [0, 0, 1, 2, 2, 3, 3, 0]);
});

const tried = (/** @type {number} */ n, /** @type {number} */ started, more = {}) =>
  /** @type {any} */ ({ id: `a${n}`, step: 's', started, outcome: 'did', looked_back_at: null, ...more });
const day = (/** @type {any} */ one) => new Date(one.started).toISOString().slice(0, 10);
const backOn = (/** @type {any[]} */ ...list) => toLookBackOn(list, '2026-11-22', day)?.id;

test('the look back is at the last one of the day before, whatever came of it, and at nothing older', () => {
  assert.equal(backOn(tried(1, NOW - DAY), tried(2, NOW - DAY + 60_000, { outcome: 'turned_back' })), 'a2');
  assert.equal(backOn(tried(1, NOW)), undefined, 'today is for today');
  assert.equal(backOn(tried(1, NOW - 2 * DAY)), undefined, 'nobody asks later');
  assert.equal(backOn(tried(1, NOW - DAY, { outcome: null })), undefined, 'still open');
});

test('it is asked once: an answer or a no ends it for all of that day', async () => {
  assert.equal(backOn(tried(1, NOW - DAY, { looked_back_at: NOW }), tried(2, NOW - DAY + 1)), undefined);
  await write(add('attempt', ADA, { step: ADA, title: 't', outcome: 'part', started: NOW - DAY }, 'one'));
  const undo = await lookBack(get('one'), ' the wind ', NOW);
  assert.deepEqual([get('one').looked_back, get('one').looked_back_at], ['the wind', NOW]);
  await undo();
  assert.deepEqual([get('one').looked_back, get('one').looked_back_at], ['', null]);
});

const write3 = async () => {
  await addEntry({ day: '2026-10-30', text: 'ネコが来た', feelings: [] }, NOW - 3);
  await addEntry({ day: '2026-11-21', text: 'Rain on the ROOF\nand tea', feelings: ['calm'] }, NOW - 2);
  await addEntry({ day: '2026-11-21', text: '', feelings: ['unsure'] }, NOW - 1);
  return entries();
};

test('the diary begins with its newest page, month by month, and is nobody’s but mine', async () => {
  const list = await write3();
  assert.deepEqual(byMonth(list).map(([month, those]) => [month, those.length]), [['2026-11', 2], ['2026-10', 1]]);
  assert.deepEqual(list.map((one) => one.text), ['', 'Rain on the ROOF\nand tea', 'ネコが来た']);
  assert.deepEqual([...new Set(list.map((one) => one.sharing))], ['private']);
});

test('a page is found by any words of it, in any writing, by its feelings and by its day', async () => {
  const list = await write3();
  const found = (/** @type {string} */ sought) => foundIn(list, sought, (said) => `day ${said}`).map((one) => one.day);
  assert.deepEqual(found('tea roof'), ['2026-11-21']);
  assert.deepEqual(found('ねこ'), ['2026-10-30']);
  assert.deepEqual(found('CALM'), ['2026-11-21']);
  assert.deepEqual(found('2026-10'), ['2026-10-30']);
  assert.deepEqual([found('nothing of it'), found('').length], [[], 3]);
});

test('a page can be changed, taken away, and both taken back', async () => {
  const { id } = await addEntry({ day: '2026-11-21', text: 'a', feelings: [] }, NOW);
  const undo = await putEntry(get(id), { day: '2026-11-20', text: 'b ', feelings: ['sad'] });
  assert.deepEqual([get(id).text, get(id).day, get(id).feelings], ['b', '2026-11-20', ['sad']]);
  await undo();
  assert.equal(get(id).text, 'a');
  const back = await takeEntryAway(get(id));
  assert.equal(entryOf(id), undefined);
  await back();
  assert.equal(entryOf(id)?.text, 'a');
});

const some = (/** @type {number} */ n, /** @type {number | null} */ near) => /** @type {any} */ ({ id: `s${n}`, near, name: `s${n}` });

test('on the map everything stands on the ring it belongs to, apart from the others and inside the drawing', () => {
  const full = standing([0, 1, 2].flatMap((near) => Array.from({ length: 20 }, (_, i) => some(near * 20 + i, near))));
  assert.equal(full.length, RINGS.reduce((sum, { at }) => sum + at.length, 0), 'a full ring takes no more');
  const { top, height } = frame(full);
  for (const { one, x, y } of full) {
    assert.ok(x > 44 && x < WIDTH - 44 && y - 29 >= top && y + 44 < top + height, `${one.id} ${x} ${y}`);
    for (const other of full.filter((each) => each.one !== one)) assert.ok(Math.hypot(other.x - x, other.y - y) > 58, `${one.id} ${other.one.id}`);
  }
  const near = frame(standing([some(1, 0)]));
  assert.deepEqual([near.rings, near.height < height], [2, true], 'what is not on the map takes no room');
  assert.deepEqual(standing([some(1, null)]).map(({ one }) => one.id), ['s1'], 'with no distance said it is a far one');
});

test('a name is cut where its letters would reach the next mark, wide ones sooner', () => {
  assert.deepEqual(['Mio', 'grandmothers', 'grandmother’s', 'おばあちゃん', 'おばあちゃんち', ''].map((name) => short(name)),
    ['Mio', 'grandmothers', 'grandmother…', 'おばあちゃん', 'おばあちゃ…', '']);
});

test('what supports me keeps its order, and what was once liked is found', async () => {
  await addSupport({ ...BLANK_SUPPORT, name: ' Mio ', sort: 'animal', near: 0 });
  await addSupport({ ...BLANK_SUPPORT, name: 'guitar', sort: 'thing', near: 2, liked: true, tiny: 'open the case' });
  assert.deepEqual(supports().map(({ name, near }) => [name, near]), [['Mio', 0], ['guitar', 2]]);
  assert.deepEqual(onceLiked().map(({ tiny }) => tiny), ['open the case']);
  await putSupport(supports()[0], { near: 1 });
  assert.deepEqual(supports().map(({ near }) => near), [1, 2]);
});

test('there is one plan: kept again it is changed, and taken back it is as before', async () => {
  const bare = /** @type {import('../../static/js/plan.js').Given} */ (Object.fromEntries(PARTS.map((part) => [part, ' '])));
  assert.ok(isBare(bare));
  await keepPlan({ ...bare, signs: 'I sleep by day ' }, NOW);
  const undo = await keepPlan({ ...bare, signs: 'I sleep by day', words: 'slowly' }, NOW + 5);
  assert.deepEqual([all('plan').length, thePlan()?.signs, thePlan()?.words, thePlan()?.sharing], [1, 'I sleep by day', 'slowly', 'private']);
  await undo();
  assert.equal(thePlan()?.words, '');
  const back = await takePlanAway(/** @type {any} */ (thePlan()));
  assert.equal(thePlan(), undefined);
  await back();
  assert.equal(thePlan()?.signs, 'I sleep by day');
});

test('of two plans from two phones the newest is the one', async () => {
  await write([add('plan', ADA, { signs: 'old', at: NOW }), add('plan', ADA, { signs: 'new', at: NOW + 1 })]);
  assert.equal(thePlan()?.signs, 'new');
});

test('a ready line goes in and out and leaves other words alone', () => {
  const line = planWords().helps.ready[0];
  const both = withLine('my own way', line);
  assert.deepEqual([hasLine(both, line), withLine(both, line), withLine('', line)], [true, 'my own way', line]);
});

test('the one fixed point stands only while it is wished, with an hour or with none', async () => {
  assert.equal(fixedPoint(), null);
  await putFixedPoint({ fixed_point: ' the curtain ', fixed_time: '', fixed_on: true });
  assert.deepEqual(fixedPoint(), { what: 'the curtain', time: '' });
  await putFixedPoint({ fixed_on: false });
  assert.deepEqual([fixedPoint(), setting().fixed_point], [null, ' the curtain ']);
});

test('noon stands at the top of a day, midnight at its foot, morning on the left', () => {
  const round = (/** @type {string} */ time) => { const { x, y, night } = onTheDay(time); return [Math.round(x), Math.round(y), night]; };
  assert.deepEqual(['00:00', '06:00', '12:00', '18:00'].map(round), [[-0, 1, true], [-1, 0, false], [-0, -1, false], [1, -0, true]].map(([x, y, n]) => [x, y, n]));
  assert.equal(readyPoints().length, new Set(readyPoints()).size);
});
