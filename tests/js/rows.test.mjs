/** The rows as screens use them, on a phone that keeps nothing (Node has no IndexedDB): disk is tried in the browser. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { draft, dropDraft, saveDraft } from '../../static/js/drafts.js';
import { open } from '../../static/js/gate.js';
import { keepMeta, settle } from '../../static/js/phone.js';
import { retryRefused } from '../../static/js/refused.js';
import {
  add, all, change, changeSetting, get, listen, me, roleIn, setting, unsent, write,
} from '../../static/js/rows.js';
import { status } from '../../static/js/status.js';

/** @typedef {import('../../static/js/kinds.js').Stored} Stored */

beforeEach(async () => {
  await open('ada');
  await keepMeta({ me: { person: 'ada', space: 'mine', nickname: '', language: 'ja', guest: true } });
});

/** @param {Partial<Parameters<typeof settle>[0]>} news */
const tell = (news) => settle({ rows: [], done: [], refused: [], gone: [], rewound: [], meta: {}, ...news });

/** @param {Partial<Stored>} [more] @returns {Stored} */
const step = (more) => ({
  id: 'door', space: 'ladder', kind: 'step', revision: 3, fields: { title: 'Open the door' },
  versions: { title: 3 }, writers: { title: 'ada' }, ...more,
});

test('a browser without a disk says so and goes on', () => {
  assert.equal(status().memoryOnly, true);
  assert.equal(me()?.person, 'ada');
});

test('what is written is seen, is waiting, and can be taken back and brought again', async () => {
  const made = add('step', 'ladder', { title: '門まで' });
  const undo = await write(made);
  assert.equal(get(made.target).title, '門まで');
  assert.deepEqual([status().waiting, unsent(made.target)], [1, true]);
  const redo = /** @type {() => Promise<unknown>} */ (await undo());
  assert.deepEqual(all('step').map(({ id }) => id), []);
  assert.equal(all('step', { archived: true }).length, 1);
  await redo();
  assert.equal(all('step').length, 1);
});

test('listeners hear of a write once it is kept, and no longer when they stop listening', async () => {
  let heard = 0;
  const stop = listen(() => { heard += get('x') ? 1 : 0; });
  await write(add('step', 'ladder', { title: 'a' }, 'x'));
  assert.ok(heard > 0);
  stop();
  const before = heard;
  await write(add('step', 'ladder', { title: 'b' }, 'y'));
  assert.equal(heard, before);
});

test('undoing several edits restores each field as it was', async () => {
  await tell({ rows: [step()] });
  const undo = await write([change(get('door'), { title: 'B', predicted: 30 }), add('rest', 'mine', { day: '2026-11-21' }, 'r')]);
  await write(change(get('door'), { hint: 'slowly' }));
  await undo();
  const { title, predicted, hint } = get('door');
  assert.deepEqual([title, predicted, hint], ['Open the door', null, 'slowly']);
  assert.deepEqual(all('rest'), []);
});

test('undo leaves alone what somebody else has written since', async () => {
  await tell({ rows: [step()] });
  const undo = await write(change(get('door'), { title: 'mine' }));
  await tell({ rows: [step({ revision: 5, fields: { title: 'theirs' }, versions: { title: 5 }, writers: { title: 'theo' } })] });
  const waiting = status().waiting;
  await undo();
  assert.equal(status().waiting, waiting);
});

test('an edit carries only what changes, and nothing at all is not written', async () => {
  await tell({ rows: [step()] });
  const edit = change(get('door'), { title: 'Open the door', predicted: 20 });
  assert.deepEqual(edit.fields, { predicted: 20 });
  await write(change(get('door'), { title: 'Open the door' }));
  assert.equal(status().waiting, 0);
});

test('a form opened before somebody else wrote is based on what it showed', async () => {
  await tell({ rows: [step()] });
  const shown = get('door');
  await tell({ rows: [step({ revision: 6, fields: { title: 'theirs' }, versions: { title: 6 }, writers: { title: 'theo' } })] });
  assert.deepEqual(change(shown, { title: 'mine' }).base, { title: 3 });
  assert.deepEqual(change(shown, { title: 'Open the door' }).fields, {}, 'an untouched field does not take theirs back');
});

test('a row held for long still writes what its own person changed meanwhile', async () => {
  await tell({ rows: [step()] });
  const held = get('door');
  await write(change(held, { archived: true }));
  assert.deepEqual(change(held, { archived: false }).fields, { archived: false });
});

test('several waiting edits of one field are all based on the version that was confirmed', async () => {
  await tell({ rows: [step()] });
  const first = change(get('door'), { title: 'one' });
  await write(first);
  const second = change(get('door'), { title: 'two' });
  assert.deepEqual([first.base, second.base], [{ title: 3 }, { title: 3 }]);
});

test('settings have defaults before there are any, and are added once', async () => {
  assert.deepEqual([setting().during_ratings, setting().country, setting().id], [false, '', 'mine']);
  await write(changeSetting({ country: 'JP' }));
  const second = changeSetting({ country: 'GB' });
  assert.equal(second.verb, 'set');
  await write(second);
  assert.equal(setting().country, 'GB');
});

test('the very first setting can be taken back, too', async () => {
  const undo = await write(changeSetting({ ceiling: 2, country: 'JP' }));
  assert.deepEqual([setting().ceiling, setting().country], [2, 'JP']);
  await undo();
  assert.deepEqual([setting().ceiling, setting().country], [null, '']);
});

test('a refused edit leaves the row, stays in sight, and goes again under a new id', async () => {
  await tell({ rows: [step()] });
  const edit = change(get('door'), { title: 'refused' });
  await write(edit);
  await tell({ done: [edit], refused: [{ ...edit, reason: 'not_allowed', detail: '' }] });
  assert.equal(get('door').title, 'Open the door');
  assert.deepEqual(status().refused.map(({ id }) => id), [edit.id]);
  await retryRefused(edit.id);
  assert.equal(get('door').title, 'refused');
  assert.deepEqual([status().refused, status().waiting], [[], 1]);
});

test('when a space is gone its rows leave, and words still unsent are handed back', async () => {
  await tell({ rows: [step()], meta: { spaces: { ladder: { role: 'editor' } } } });
  assert.equal(roleIn('ladder'), 'editor');
  await write(change(get('door'), { title: 'unsent words' }));
  await tell({ gone: ['ladder'], meta: { spaces: {} } });
  assert.equal(get('door'), undefined);
  assert.equal(status().waiting, 0);
  assert.deepEqual(status().refused.map(({ reason, fields }) => [reason, fields]), [['gone', { title: 'unsent words' }]]);
});

test('the next person on the phone meets nobody else\'s rows', async () => {
  await write(add('rest', 'mine', { day: '2026-11-21' }));
  await open('theo');
  assert.deepEqual([all('rest'), status().waiting, me()], [[], 0, null]);
});

test('a draft is there until it is dropped', async () => {
  void saveDraft('step/new', { title: 'ha' });
  await saveDraft('step/new', { title: 'half' });
  assert.deepEqual(draft('step/new'), { title: 'half' });
  await dropDraft('step/new');
  assert.equal(draft('step/new'), undefined);
});
