/** Who reads with me, the words between, and ideas: what the phone makes of the rows the account sends. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { asking, consentOf, ended, nameOf, reading, readersOf } from '../../static/js/consents.js';
import { openIdeas, ideaOf, leaveIdea, takeIdea, wishFrom } from '../../static/js/ideas.js';
import { bothWant, isAway, lastSeen, markRead, messagesOf, readBy, send, takeBack, threadOf, unread, wantReceipts } from '../../static/js/messages.js';
import { open } from '../../static/js/gate.js';
import { keepMeta, settle } from '../../static/js/phone.js';
import { reminders } from '../../static/js/reminders.js';
import { get, unsent } from '../../static/js/rows.js';
import { isNothing, termsOf, widens, withLadder } from '../../static/js/terms.js';

const THEO = 'theo', UNA = 'una', LADDER = 'space-1', THREAD = 'thread-1', NOON = Date.UTC(2026, 10, 21, 3);
let person = 0, ada = '', revision = 0;

beforeEach(async () => {
  ada = `reader${person++}`;
  await open(ada);
  await keepMeta({ me: { person: ada, space: `mine-${ada}`, nickname: 'Ada', language: 'en', guest: true } });
});

/** @param {import('../../static/js/kinds.js').Kind} kind @param {string} id @param {Record<string, unknown>} fields @param {string} [space] */
const tell = (kind, id, fields, space = `mine-${ada}`) =>
  settle({ rows: [{ id, space, kind, revision: ++revision, fields }], done: [], refused: [], gone: [], rewound: [], meta: {} });

const terms = { ladders: [[LADDER, 'propose']], entries: 'chosen', messages: true };
/** @param {string} id @param {Record<string, unknown>} [more] */
const link = (id, more) => tell('consent', id, { therapist: THEO, name: 'Theo', state: 'confirmed', ...terms, thread: THREAD, accepted: 1, confirmed: 2, withdrawn: null, together: [], ...more });

/** @param {string} id */
function linked(id) {
  const consent = consentOf(id);
  assert.ok(consent);
  return consent;
}

test('whoever used an invitation waits apart from whoever reads, and from what has ended', async () => {
  await link('c1', { state: 'accepted', accepted: 3, ladders: [] });
  await link('c2', { therapist: UNA, name: 'Una' });
  await link('c3', { state: 'withdrawn', withdrawn: 9 });
  assert.deepEqual([asking(), reading(), ended()].map((list) => list.map(({ id }) => id)), [['c1'], ['c2'], ['c3']]);
  assert.deepEqual(readersOf(LADDER).map(({ name }) => name), ['Una']);
  assert.deepEqual(readersOf('another'), []);
});

test('a name is known also after the link has ended, and by the latest of several', async () => {
  await link('c1', { state: 'withdrawn', name: 'Mr Theo', accepted: 1 });
  assert.equal(nameOf(THEO), 'Mr Theo');
  await link('c2', { name: 'Theo', accepted: 5 });
  assert.equal(nameOf(THEO), 'Theo');
  assert.equal(nameOf(ada), 'you');
  assert.equal(nameOf(UNA), 'somebody you invited');
  assert.equal(nameOf(null), 'somebody you invited');
});

test('only more is asked twice: less is never called wider', () => {
  const now = { ladders: { [LADDER]: /** @type {const} */ ('propose') }, entries: /** @type {const} */ ('chosen'), messages: false };
  for (const more of [{ ...now, messages: true }, { ...now, entries: /** @type {const} */ ('all') }, withLadder(now, LADDER, 'write'), withLadder(now, 'other', 'propose')]) {
    assert.equal(widens(now, more), true);
    assert.equal(widens(more, now), false);
  }
  assert.equal(widens(now, now), false);
  // Less of one and more of another is still more of something.
  assert.equal(widens(now, { ...withLadder(now, LADDER, 'no'), messages: true }), true);
  assert.deepEqual(withLadder(now, LADDER, 'no').ladders, {});
  assert.equal(isNothing({ ladders: {}, entries: 'none', messages: false }), true);
  assert.equal(isNothing(now), false);
});

test('the terms of a link go back to the account as they came', async () => {
  await link('c1');
  assert.deepEqual(termsOf(linked('c1')), { ladders: { [LADDER]: 'propose' }, entries: 'chosen', messages: true });
});

test('words are read by the next day of reading after today, and after the days away', () => {
  const thread = { reads_days: [1, 4], away_until: '' };            // Tuesday and Friday
  assert.equal(readBy(thread, '2026-11-21'), '2026-11-24');         // a Saturday
  assert.equal(readBy(thread, '2026-11-24'), '2026-11-27');         // on a Tuesday they may have read already
  assert.equal(readBy({ ...thread, reads_days: [1] }, '2026-11-24'), '2026-12-01');
  assert.equal(readBy({ ...thread, away_until: '2026-11-27' }, '2026-11-21'), '2026-12-01');
  assert.equal(readBy({ ...thread, away_until: '2026-11-01' }, '2026-11-21'), '2026-11-24');
  assert.equal(readBy({ ...thread, reads_days: [] }, '2026-11-21'), undefined);
  assert.equal(readBy(undefined, '2026-11-21'), undefined);
  const away = /** @type {any} */ ({ away_until: '2026-11-27' });
  assert.deepEqual([isAway(away, '2026-11-27'), isAway(away, '2026-11-28'), isAway(undefined, '2026-11-21')], [true, false, false]);
});

test('a message is kept on the phone before any network, and can be taken back', async () => {
  await link('c1');
  await send(linked('c1'), { text: ' hello ', worry: true }, NOON);
  const [one] = messagesOf(linked('c1'));
  assert.ok(one);
  assert.deepEqual([one.text, one.worry, one.by, one.at, unsent(one.id)], ['hello', true, ada, NOON, true]);
  const undo = await takeBack(one);
  assert.deepEqual(messagesOf(linked('c1')), []);
  await undo();
  assert.equal(messagesOf(linked('c1')).length, 1);
});

test('words of the other one are news until they were shown on this phone, and only those', async () => {
  await link('c1');
  await tell('message', 'm1', { text: 'one', by: THEO, at: NOON }, THREAD);
  await tell('message', 'm2', { text: 'elsewhere', by: THEO, at: NOON + 5 }, 'another-thread');
  await send(linked('c1'), { text: 'mine', worry: false }, NOON + 9);
  assert.deepEqual(unread(linked('c1')).map(({ id }) => id), ['m1']);
  await markRead(linked('c1'));
  assert.deepEqual(unread(linked('c1')), []);
  await tell('message', 'm3', { text: 'two', by: THEO, at: NOON + 1 }, THREAD);
  assert.deepEqual(unread(linked('c1')).map(({ id }) => id), ['m3']);
  await markRead(linked('c1'));
  // Written offline before all of it, and come last.
  await tell('message', 'm0', { text: 'late', by: THEO, at: NOON - 99 }, THREAD);
  assert.deepEqual(unread(linked('c1')).map(({ id }) => id), ['m0']);
});

test('nobody is told what was read unless both wish it', async () => {
  await link('c1');
  await tell('thread', THREAD, { reads_days: [1], receipts_person: false, receipts_therapist: true, seen_therapist: NOON + 99 }, THREAD);
  await tell('message', 'm1', { text: 'one', by: THEO, at: NOON }, THREAD);
  await send(linked('c1'), { text: 'mine', worry: false }, NOON + 9);
  await markRead(linked('c1'));
  assert.equal(bothWant(threadOf(linked('c1'))), false);
  assert.equal(threadOf(linked('c1'))?.seen_person ?? null, null);
  assert.equal(lastSeen(linked('c1')), undefined);
  await wantReceipts(/** @type {any} */ (threadOf(linked('c1'))), true);
  assert.equal(lastSeen(linked('c1'))?.text, 'mine');
  await tell('message', 'm2', { text: 'two', by: THEO, at: NOON + 20 }, THREAD);
  await markRead(linked('c1'));
  assert.equal(threadOf(linked('c1'))?.seen_person, NOON + 20);
});

test('after the end nothing is told any more', async () => {
  await link('c1', { state: 'withdrawn' });
  await tell('thread', THREAD, { reads_days: [1], receipts_person: true, receipts_therapist: true }, THREAD);
  await tell('message', 'm1', { text: 'one', by: THEO, at: NOON }, THREAD);
  await markRead(linked('c1'));
  assert.equal(threadOf(linked('c1'))?.seen_person ?? null, null);
});

test('an idea is no reminder before it was taken, and none after it was left (rule R-8)', async () => {
  await tell('idea', 'i1', { days: [4, 1], time: '15:00', words: 'the curtain', by: THEO, state: 'open', at: NOON }, LADDER);
  await tell('idea', 'i2', { days: [0], time: '08:00', words: '', by: THEO, state: 'open', at: NOON - 1 }, LADDER);
  assert.deepEqual(openIdeas().map(({ id }) => id), ['i2', 'i1']);
  assert.deepEqual(reminders(), []);
  const idea = /** @type {import('../../static/js/kinds.js').Idea} */ (ideaOf('i1'));
  const undo = await takeIdea(idea, 'r1', { ...wishFrom(idea), time: '16:00' });
  assert.deepEqual(reminders().map(({ time, words, days, on }) => [time, words, days, on]), [['16:00', 'the curtain', [1, 4], true]]);
  assert.equal(get('i1').state, 'taken');
  await undo();
  assert.deepEqual([reminders().length, get('i1').state], [0, 'open']);
  const back = await leaveIdea(/** @type {any} */ (ideaOf('i2')));
  assert.deepEqual(openIdeas().map(({ id }) => id), ['i1']);
  await back();
  assert.equal(openIdeas().length, 2);
});

test('an idea for a step that is gone is about whichever is today’s', async () => {
  await tell('idea', 'i1', { step: 'gone', days: [1], time: '15:00', by: THEO, state: 'open', at: NOON }, LADDER);
  assert.equal(wishFrom(/** @type {any} */ (ideaOf('i1'))).step, null);
});

test('my own idea waits for nobody', async () => {
  await tell('idea', 'i1', { days: [1], time: '15:00', by: ada, state: 'open', at: NOON }, LADDER);
  assert.deepEqual(openIdeas(), []);
});
