/** What others propose and say, on a phone that keeps nothing: taking, leaving, asking, undoing; whose words they were. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { commentOn, commentsOn, hear, isOwn, reword, say, takeBack, unheard } from '../../static/js/comments.js';
import { difference } from '../../static/js/difference.js';
import { addLadder, ladderOf } from '../../static/js/ladders.js';
import { onWire } from '../../static/js/outbox.js';
import { open } from '../../static/js/gate.js';
import { keepMeta, reloadQueue, settle } from '../../static/js/phone.js';
import { askAbout, decided, isAbout, isAnswered, leave, proposalsFor, proposalsIn, reopen, stepsProposed, take } from '../../static/js/proposals.js';
import { get, write, change } from '../../static/js/rows.js';
import { addSteps, stepOf, stepsOf } from '../../static/js/steps.js';

/** @typedef {import('../../static/js/kinds.js').Proposal} Proposal */
/** @typedef {import('../../static/js/kinds.js').Ladder} Ladder */

let person = 0;
let at = 0;
/** @type {Ladder} */
let ladder;
/** @type {import('../../static/js/kinds.js').Step} */
let step;

beforeEach(async () => {
  const ada = `ada${person++}`;
  await open(ada);
  await keepMeta({ me: { person: ada, space: `mine-${ada}`, nickname: '', language: 'ja', guest: true } });
  ladder = /** @type {Ladder} */ (ladderOf(await addLadder({ title: '外に出る' })));
  const { ids } = await addSteps(ladder, [{ title: 'to the corner' }, { title: 'to the shop' }]);
  step = /** @type {typeof step} */ (stepOf(String(ids[0])));
});

/** @param {string} kind @param {string} id @param {Record<string, unknown>} fields @param {Record<string, unknown>} [more] */
const told = (kind, id, fields, more) => settle(/** @type {any} */ ({
  rows: [{ id, space: ladder.space, kind, revision: 100 + at, fields, ...more }], done: [], refused: [], gone: [], rewound: [], meta: {},
}));

/** @param {Record<string, unknown>} fields @returns {Promise<Proposal>} */
async function proposed(fields) {
  const id = `p${at++}`;
  await told('proposal', id, { state: 'open', by: 'theo', at, conflict: false, target_kind: 'step', target: step.id, field: 'title', value: 'x', ...fields });
  return get(id);
}

const words = () => stepsOf(ladder.id).map(({ title }) => title);

test('another wording waits beside the old one; taking it changes the words and undo brings both back', async () => {
  const proposal = await proposed({ value: 'to the gate' });
  assert.deepEqual(proposalsFor(step).map(({ value }) => value), ['to the gate']);
  const undo = await take(proposal);
  assert.deepEqual([stepOf(step.id)?.title, proposalsFor(step).length, get(proposal.id).state], ['to the gate', 0, 'taken']);
  await undo();
  assert.deepEqual([stepOf(step.id)?.title, proposalsFor(step).length], ['to the corner', 1]);
});

test('what is taken goes to the account with the name of the proposal it came from', async () => {
  const proposal = await proposed({ value: 'to the gate' });
  await take(proposal);
  const sent = (await reloadQueue()).map(onWire);
  const [taken] = sent.filter((edit) => edit.took);
  assert.ok(sent.every((edit) => !edit.undo));
  assert.deepEqual([taken?.target, taken?.took, taken?.fields], [step.id, proposal.id, { title: 'to the gate' }]);
});

test('what takes something back says so, and the account then spares what others wrote since', async () => {
  const proposal = await proposed({ value: 'to the gate' });
  const before = (await reloadQueue()).length;
  const undo = await take(proposal);
  await undo();
  const flags = (await reloadQueue()).slice(before).map((edit) => Boolean(onWire(edit).undo));
  assert.deepEqual(flags, [false, false, true, true]);
});

test('a wording left leaves the words as they are, asks no more, and can be looked at again', async () => {
  const proposal = await proposed({ value: 'other' });
  await leave(proposal);
  assert.deepEqual([words(), proposalsFor(step).length], [['to the corner', 'to the shop'], 0]);
  assert.deepEqual(decided(ladder.space).map(({ id }) => id), [proposal.id]);
  await reopen(get(proposal.id));
  assert.equal(proposalsFor(step).length, 1);
});

test('a whole step comes onto the ladder only when it is taken; taken, undone and taken again it stands there once', async () => {
  const proposal = await proposed({ target: 'new', field: '', value: { title: 'from Theo', ladder: ladder.id, position: 'zz' } });
  assert.deepEqual([words().length, stepsProposed(ladder).length, isAbout(proposal)], [2, 1, true]);
  const undo = await take(proposal);
  assert.deepEqual([words().at(-1), stepsProposed(ladder).length], ['from Theo', 0]);
  await undo();
  assert.deepEqual([words().length, stepsProposed(ladder).length], [2, 1]);
  await take(get(proposal.id));
  assert.deepEqual(words().filter((title) => title === 'from Theo').length, 1);
});

test('of several wordings of one author for one field the latest is shown, and the word about it is about all', async () => {
  const first = await proposed({ value: 'one' });
  const second = await proposed({ value: 'two' });
  const elses = await proposed({ value: 'three', by: 'una' });
  assert.deepEqual(proposalsFor(step).map(({ value }) => value), ['two', 'three']);
  await take(second);
  assert.deepEqual([first, second, elses].map(({ id }) => get(id).state), ['left', 'taken', 'open']);
});

test('all at once is one undo, and of two wordings of one field the later is taken', async () => {
  const one = await proposed({ value: 'one' });
  const hint = await proposed({ field: 'hint', value: 'slowly' });
  const other = await proposed({ value: 'other', by: 'una' });
  const undo = await take(...proposalsIn(ladder.space));
  assert.deepEqual([stepOf(step.id)?.title, stepOf(step.id)?.hint], ['other', 'slowly']);
  assert.deepEqual([one, hint, other].map(({ id }) => get(id).state), ['left', 'taken', 'taken']);
  await undo();
  assert.deepEqual([stepOf(step.id)?.title, stepOf(step.id)?.hint, proposalsIn(ladder.space).length], ['to the corner', '', 3]);
});

test('all can be left at once', async () => {
  await proposed({ value: 'one' });
  await proposed({ field: 'hint', value: 'slowly' });
  const undo = await leave(...proposalsIn(ladder.space));
  assert.deepEqual([stepOf(step.id)?.title, proposalsIn(ladder.space).length], ['to the corner', 0]);
  await undo();
  assert.equal(proposalsIn(ladder.space).length, 2);
});

test('a place on the ladder can be proposed and taken, too', async () => {
  const upper = stepsOf(ladder.id)[1];
  const proposal = await proposed({ field: 'position', value: 'zz' });
  assert.equal(proposalsFor(step).length, 1);
  await take(proposal);
  assert.deepEqual(words(), ['to the shop', 'to the corner']);
  assert.ok(upper);
});

test('asking about it keeps it waiting, with the question beside it, until somebody has answered', async () => {
  const proposal = await proposed({ value: 'to the gate' });
  const undo = await askAbout(proposal, ' Which gate? ');
  const asked = get(proposal.id);
  assert.deepEqual([asked.state, commentsOn(asked.id).map(({ text }) => text), isAnswered(asked)], ['asked', ['Which gate?'], false]);
  assert.equal(proposalsFor(step).length, 1);
  await told('comment', 'c', { target: asked.id, target_kind: 'proposal', text: 'The green one.', by: 'theo', at: Date.now() + 5000 });
  assert.equal(isAnswered(asked), true);
  await undo();
  assert.deepEqual([get(proposal.id).state, commentsOn(proposal.id).length], ['open', 1]);
});

test('taking back never takes what somebody else has written since', async () => {
  const undoWords = await write(change(step, { title: 'mine' }));
  const { ids, undo: undoAdd } = await addSteps(ladder, [{ title: 'together' }]);
  const added = String(ids[0]);
  at += 1;
  await told('step', step.id, { ...get(step.id), title: 'theirs' }, { versions: { title: 300 }, writers: { title: 'theo' } });
  await told('step', added, { ...get(added), hint: 'theirs' }, { versions: { hint: 301, title: 1 }, writers: { hint: 'theo' } });
  const before = (await reloadQueue()).length;
  await undoWords();
  await undoAdd();
  assert.equal((await reloadQueue()).length, before);
  assert.equal(get(added).archived, false);
});

test('a comment belongs to who said it: reworded, taken away and brought back', async () => {
  const undo = await say(step, 'step', ' 雨の日がいい ');
  const own = () => commentsOn(step.id)[0];
  assert.deepEqual([own()?.text, own() && isOwn(own()), unheard(step.id).length], ['雨の日がいい', true, 0]);
  await reword(own(), '雨の日がすき');
  assert.equal(own()?.text, '雨の日がすき');
  const back = await takeBack(own());
  assert.equal(commentsOn(step.id).length, 0);
  await back();
  assert.equal(commentsOn(step.id).length, 1);
  await undo();
  assert.equal(commentsOn(step.id).length, 0);
});

test('what somebody else said is new until it was looked at', async () => {
  await told('comment', 'c1', { target: step.id, target_kind: 'step', text: 'How was the rain?', by: 'theo', at: 5 });
  assert.equal(unheard(step.id).length, 1);
  await hear(step.id);
  assert.equal(unheard(step.id).length, 0);
  await told('comment', 'c2', { target: step.id, target_kind: 'step', text: 'And the wind?', by: 'theo', at: 6 });
  assert.deepEqual(unheard(step.id).map(({ text }) => text), ['And the wind?']);
});

test('a comment is cut to what the account takes', () => {
  assert.equal(String(commentOn(step, 'step', 'あ'.repeat(1200)).fields.text).length, 1000);
});

test('what is new in another wording is found, also in writing without spaces', () => {
  assert.deepEqual(difference('to the corner', 'to the gate'), ['to the ', 'gate', '']);
  assert.deepEqual(difference('角まで歩く', '門まで歩く'), ['', '門', 'まで歩く']);
  assert.deepEqual(difference('a', 'something else'), ['something else', '', '']);
  assert.deepEqual(difference('same', 'same'), ['same', '', '']);
});
