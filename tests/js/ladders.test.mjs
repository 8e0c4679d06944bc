/** Ladders and steps on a phone that keeps nothing: order by hand, putting away, splitting. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { addLadder, inOrder, ladderOf, ladders } from '../../static/js/ladders.js';
import { laddersAway, putAway, takeOut } from '../../static/js/putaway.js';
import { open } from '../../static/js/gate.js';
import { keepMeta } from '../../static/js/phone.js';
import { addSteps, stepsInUse, stepsOf } from '../../static/js/steps.js';
import { copyStep, moveStep, putStep, putStepAway, splitStep, stepsAway } from '../../static/js/stepchanges.js';

let person = 0;

beforeEach(async () => {
  const ada = `ada${person++}`;
  await open(ada);
  await keepMeta({ me: { person: ada, space: `mine-${ada}`, nickname: '', language: 'ja', guest: true } });
});

/** @param {string[]} titles */
async function ladderWith(...titles) {
  const ladder = ladderOf(await addLadder({ title: '外に出る' }));
  assert.ok(ladder);
  await addSteps(ladder, titles.map((title) => ({ title })));
  return ladder;
}

/** @param {{id: string}} ladder */
const titles = ({ id }) => stepsOf(id).map((step) => step.title);

/** @param {{id: string}} ladder @param {string} title */
function named({ id }, title) {
  const step = stepsOf(id).find((one) => one.title === title);
  assert.ok(step);
  return step;
}

test('a ladder of one step is a ladder (rule L1)', async () => {
  const ladder = await ladderWith('curtain');
  assert.deepEqual(titles(ladder), ['curtain']);
  assert.equal(stepsOf(ladder.id)[0]?.predicted, null);
});

test('every ladder lives in a space of its own', async () => {
  const [one, other] = [await ladderWith(), await ladderWith()];
  assert.notEqual(one.space, other.space);
  assert.deepEqual(ladders().map(({ id }) => id), [one.id, other.id]);
});

test('new steps come to stand on top, in the order they were given', async () => {
  const ladder = await ladderWith('a', 'b');
  await addSteps(ladder, [{ title: 'c' }, { title: ' d ' }]);
  assert.deepEqual(titles(ladder), ['a', 'b', 'c', 'd']);
});

test('a step moved goes exactly where it was put, and undo puts it back', async () => {
  const ladder = await ladderWith('a', 'b', 'c', 'd');
  const undo = await moveStep(named(ladder, 'd'), 1);
  assert.deepEqual(titles(ladder), ['a', 'd', 'b', 'c']);
  await undo();
  assert.deepEqual(titles(ladder), ['a', 'b', 'c', 'd']);
});

test('a step moved beyond either end stays at the end', async () => {
  const ladder = await ladderWith('a', 'b', 'c');
  await moveStep(named(ladder, 'a'), 99);
  await moveStep(named(ladder, 'c'), -5);
  assert.deepEqual(titles(ladder), ['c', 'b', 'a']);
});

test('the order by hand stays when the numbers disagree (rule L4)', async () => {
  const ladder = await ladderWith('a', 'b', 'c');
  await putStep(named(ladder, 'a'), { predicted: 90 });
  await putStep(named(ladder, 'c'), { predicted: 5 });
  assert.deepEqual(titles(ladder), ['a', 'b', 'c']);
});

test('two steps on one and the same place can still be parted', async () => {
  const ladder = await ladderWith('a', 'b', 'c');
  await putStep(named(ladder, 'b'), { position: named(ladder, 'a').position });
  const [first, second] = stepsOf(ladder.id);
  await moveStep(named(ladder, 'c'), 1);
  assert.deepEqual(titles(ladder), [first?.title, 'c', second?.title]);
});

test('a step taken off leaves the ladder and can be found and brought back', async () => {
  const ladder = await ladderWith('a', 'b');
  const undo = await putStepAway(named(ladder, 'a'));
  assert.deepEqual([titles(ladder), stepsAway(ladder.id).map(({ title }) => title)], [['b'], ['a']]);
  await undo();
  assert.deepEqual(titles(ladder), ['a', 'b']);
});

test('steps of a ladder put away are in use no longer, until it is taken out', async () => {
  const ladder = await ladderWith('a');
  await putAway(ladder);
  assert.deepEqual([ladders().length, laddersAway().length, stepsInUse().length], [0, 1, 0]);
  await takeOut(/** @type {import('../../static/js/kinds.js').Ladder} */ (ladderOf(ladder.id)));
  assert.deepEqual([ladders().length, laddersAway().length, stepsInUse().length], [1, 0, 1]);
});

test('smaller steps lie just below the one they come from, the smallest lowest (rule L10)', async () => {
  const ladder = await ladderWith('a', 'b', 'c');
  const from = named(ladder, 'b');
  const { undo } = await splitStep(from, [{ title: 'b1' }, { title: 'b2' }]);
  assert.deepEqual(titles(ladder), ['a', 'b1', 'b2', 'b', 'c']);
  assert.deepEqual([named(ladder, 'b1').split_from, named(ladder, 'b').split_from], [from.id, null]);
  await undo();
  assert.deepEqual(titles(ladder), ['a', 'b', 'c']);
});

test('a copy stands just above, without the number: it is another step', async () => {
  const ladder = await ladderWith('a', 'b');
  await putStep(named(ladder, 'a'), { predicted: 40, place: 'by the window' });
  await copyStep(named(ladder, 'a'), 'a again');
  assert.deepEqual(titles(ladder), ['a', 'a again', 'b']);
  assert.deepEqual([named(ladder, 'a again').predicted, named(ladder, 'a again').place], [null, 'by the window']);
});

test('rows on the same place go by their id, so that every phone shows the same order', () => {
  const rows = [{ id: 'b', position: 'a1' }, { id: 'a', position: 'a1' }, { id: 'c', position: 'Zz' }];
  assert.deepEqual(inOrder(rows).map(({ id }) => id), ['c', 'a', 'b']);
});
