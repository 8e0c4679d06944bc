import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batch, clean, MOST_BYTES, newId, onWire, settle } from '../../static/js/outbox.js';
import { wordsOf } from '../../static/js/therapist/unwritten.js';

/** @typedef {import('../../static/js/kinds.js').Waiting} Waiting */

/** @param {number} n @param {Partial<Waiting>} [more] @returns {Waiting} */
const edit = (n, more) => ({
  n, id: `e${n}`, space: 's', kind: 'step', target: `t${n}`, verb: 'set', fields: { title: `${n}` }, at: 1, ...more,
});
const many = (/** @type {number} */ count) => Array.from({ length: count }, (_, n) => edit(n));

test('at most 200 edits go at once, the oldest first', () => {
  const taken = batch(many(450));
  assert.equal(taken.length, 200);
  assert.deepEqual(taken.map(({ n }) => n), many(200).map(({ n }) => n));
});

test('at most 200 KiB go at once, counted in bytes and not in letters', () => {
  const heavy = Array.from({ length: 60 }, (_, n) => edit(n, { fields: { happened: 'あ'.repeat(5_000) } }));
  const taken = batch(heavy);
  const size = new TextEncoder().encode(JSON.stringify(taken.map(onWire))).length;
  assert.ok(size <= MOST_BYTES && size > MOST_BYTES - 20_000, `${size} bytes`);
});

test('a single edit that is too large goes alone: nothing stands in the queue for ever', () => {
  const giant = edit(0, { fields: { happened: 'あ'.repeat(100_000) } });
  assert.deepEqual(batch([giant, edit(1)]), [giant]);
});

test('edits of a space set aside let the others pass', () => {
  const queue = [edit(0, { space: 'sick' }), edit(1), edit(2, { space: 'sick' }), edit(3)];
  assert.deepEqual(batch(queue, 200, new Set(['sick'])).map(({ n }) => n), [1, 3]);
});

test('the place in the queue does not go over the wire', () => {
  assert.deepEqual(Object.keys(onWire(edit(7))), ['id', 'space', 'kind', 'target', 'verb', 'fields', 'at']);
  assert.deepEqual(onWire(edit(7, { base: { title: 3 } })).base, { title: 3 });
});

test('written and kept edits leave the queue; a refused one is kept with its reason', () => {
  const { done, refused } = settle(many(4), [
    { id: 'e0', outcome: 'written' }, { id: 'e1', outcome: 'kept', kept: ['title'] },
    { id: 'e2', outcome: 'refused', reason: 'not_allowed', detail: 'ここは変えられません。' },
  ], {});
  assert.deepEqual(done.map(({ id }) => id), ['e0', 'e1', 'e2']);
  assert.deepEqual(refused.map(({ id, reason, detail, fields }) => ({ id, reason, detail, fields })), [
    { id: 'e2', reason: 'not_allowed', detail: 'ここは変えられません。', fields: { title: '2' } }]);
});

test('an edit without an answer stays in the queue', () => {
  assert.deepEqual(settle(many(2), [{ id: 'e1', outcome: 'written' }], {}).done.map(({ id }) => id), ['e1']);
});

test('an edit stays over its row until the page that tells the row has come', () => {
  const answers = [{ id: 'e0', outcome: /** @type {const} */ ('written') }];
  assert.deepEqual(settle([edit(0)], answers, { s: { more: true } }).done, []);
  assert.equal(settle([edit(0)], answers, { s: { more: false } }).done.length, 1);
});

test('what strict JSON cannot carry is mended before it is kept', () => {
  assert.deepEqual(clean({ a: 'x\0y', b: ['\ud83d', '😀'], c: NaN, d: undefined, e: null, f: false }),
    { a: 'xy', b: ['\ufffd', '😀'], c: null, e: null, f: false });
});

test('ids are lower-case UUIDs, also where the page is not https', () => {
  const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  assert.match(newId(), pattern);
  const { randomUUID } = crypto;
  Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true, writable: true });
  try {
    const made = new Set(Array.from({ length: 500 }, newId));
    assert.equal(made.size, 500);
    for (const id of made) assert.match(id, pattern);
  } finally {
    Object.defineProperty(crypto, 'randomUUID', { value: randomUUID, configurable: true, writable: true });
  }
});

test('the words of an edit can be copied, the machinery around them not', () => {
  const words = edit(0, { fields: { title: '門まで', hint: 'ゆっくり', position: 'a0', predicted: 40, form: 'action' } });
  assert.equal(wordsOf(words), '門まで\nゆっくり');
});
