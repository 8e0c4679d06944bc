/** Boxes and covers: what goes in comes out, under the same key and in the same place only. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Boxes } from '../../static/js/boxes.js';
import { isBoxed, keyOf, newSecret, Pad } from '../../static/js/seal.js';

const key = await keyOf(newSecret());
const boxes = new Boxes({ id: 'k', key });
const WORDS = { id: 'a', space: 's', kind: 'rest', fields: { note: 'カーテンを開けた 🌱', at: 1 } };
const bytes = (/** @type {unknown} */ value) => Buffer.from(JSON.stringify(value)).toString();

test('a row comes out of its box as it went in, and nothing of it can be read from outside', async () => {
  const [box] = await boxes.list('rows', [WORDS]);
  assert.deepEqual(Object.keys(box).sort(), ['box', 'id', 'space']);
  assert.ok(isBoxed(box) && !bytes([...box.box]).includes('rest'));
  assert.deepEqual(await boxes.opened('rows', [['a', box]]), [WORDS]);
});

test('the same words never make the same box', async () => {
  const [one, other] = await boxes.list('rows', [WORDS, WORDS]);
  assert.notDeepEqual(one.box, other.box);
});

test('a box opens in its own place only, under its own key only', async () => {
  const [box] = await boxes.list('rows', [WORDS]);
  await assert.rejects(boxes.opened('rows', [['b', { ...box, id: 'b' }]]));
  await assert.rejects(boxes.opened('refused', [['a', box]]));
  const [[, draft]] = /** @type {[[string, any]]} */ (await boxes.named('drafts', { one: 'x' }));
  await assert.rejects(boxes.opened('drafts', [['other', draft]]));
  await assert.rejects(new Boxes({ id: 'n', key: await keyOf(newSecret()) }).opened('rows', [['a', box]]));
});

test('an edit keeps its place in the queue; what never was in a box comes out as it is', async () => {
  const [box] = await boxes.list('outbox', [{ id: 'e', fields: { note: 'x' } }]);
  const plain = { n: 8, id: 'f', fields: { day: '2026-11-21' } };
  assert.deepEqual(await boxes.opened('outbox', [['7', { ...box, n: 7 }], ['8', plain]]), [{ n: 7, id: 'e', fields: { note: 'x' } }, plain]);
});

test('what is dropped stays dropped', async () => {
  assert.deepEqual(await boxes.named('meta', { secret: undefined }), [['secret', undefined]]);
});

/** The next pad has been made. @param {Pad} pad */
async function madeReady(pad) {
  while (!pad.ready) await new Promise((done) => { setTimeout(done); });
}

/** @param {Pad} pad @param {string} words */
async function covered(pad, words) {
  await madeReady(pad);
  return /** @type {string} */ (pad.cover(words));
}

test('last words come out from under their cover, each time under another one', async () => {
  const pad = new Pad(key);
  const words = JSON.stringify({ diary: '半分の虹 🌈', gone: null });
  const [one, other] = [await covered(pad, words), await covered(pad, words)];
  assert.notEqual(one, other);
  assert.equal(await pad.uncover(one), words);
  assert.equal(await new Pad(key).uncover(other), words);
});

test('too many last words are left to the disk', async () => {
  const pad = new Pad(key);
  await madeReady(pad);
  assert.equal(pad.cover('あ'.repeat(11_000)), null);
  assert.notEqual(pad.cover('あ'.repeat(10_000)), null);
  assert.equal(pad.cover('too soon'), null);
});
