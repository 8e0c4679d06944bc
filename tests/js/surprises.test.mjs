import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { BLANK } from '../../static/js/kinds.js';
import { leave } from '../../static/js/gate.js';
import { meta } from '../../static/js/phone.js';
import { add, get, write } from '../../static/js/rows.js';
import { finds } from '../../static/js/seek.js';
import * as book from '../../static/js/surprises.js';

/** @typedef {import('../../static/js/kinds.js').Attempt} Attempt */

const SPACE = '00000000-0000-4000-8000-000000000001';

beforeEach(async () => {
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
});

/** @param {number} n @param {Record<string, unknown>} fields */
const page = (n, fields) => /** @type {Attempt} */ (/** @type {unknown} */ ({ ...BLANK.attempt, id: `a${n}`, outcome: 'did', started: n, guess: 'They stare', happened: 'no', ...fields }));
/** @param {string} id @param {Record<string, unknown>} fields */
const rung = (id, fields = {}) => /** @type {any} */ ({ ...BLANK.step, id, ladder: 'l', title: id, ...fields });
/** @param {Attempt[]} list */
const ids = (list) => list.map((one) => one.id);

test('the book holds what the rule finds and what a hand put in, and nothing a hand took out', () => {
  const list = [
    page(1, {}), page(2, { happened: 'yes' }), page(3, { happened: 'yes', book: 'kept' }), page(4, { book: 'left' }),
    page(5, { outcome: null }), page(6, { archived: true }), page(7, { guess: '', found_out: 'A bird sang', book: 'kept' }),
    page(8, { outcome: 'turned_back', happened: 'bearable' }),
  ];
  assert.deepEqual(ids(book.surprises(list)), ['a8', 'a7', 'a3', 'a1']);
});

test('putting in and taking out lead back to the rule where they can, and undo leads back in any case', async () => {
  const id = '00000000-0000-4000-8000-0000000000a1';
  await write(add('attempt', SPACE, { step: SPACE, guess: 'They stare', happened: 'no', outcome: 'did', started: 1 }, id));
  const one = () => /** @type {Attempt} */ (get(id));
  const undo = await book.takeOut(one());
  assert.deepEqual([one().book, book.inBook(one())], ['left', false]);
  await undo();
  assert.deepEqual([one().book, book.inBook(one())], [null, true]);
  await book.takeOut(one());
  await book.putIn(one());
  assert.deepEqual([one().book, book.inBook(one())], [null, true]);
});

test('leafing by a word finds it however it is written, in every field of a page, and all words have to be there', () => {
  const list = [
    page(1, { title: 'コンビニまで行ってみる', found_out: 'だれも見ていなかった' }), page(2, { where: 'Ｐａｒｋ' }), page(3, { aids: 'earphones' }),
  ];
  const said = (/** @type {Attempt} */ one) => (one.id === 'a3' ? 'November' : '');
  const found = (/** @type {string} */ sought) => ids(book.leafed(sought, list, said));
  assert.deepEqual([found('こんびに'), found('park'), found('EARphones november'), found('earphones park'), found('誰'), found(' '), found('ダレモ　コンビニ')],
    [['a1'], ['a2'], ['a3'], [], [], ['a1', 'a2', 'a3'], ['a1']]);
  assert.ok(finds('が', ['か\u3099']));
});

test('before a step: its own page, else one of its family, else one of its ladder, else none', () => {
  const steps = [
    rung('whole'), rung('half', { split_from: 'whole' }), rung('dusk', { varied_from: 'half' }), rung('other'), rung('far', { ladder: 'm' }),
  ];
  const own = page(1, { step: 'dusk' }), family = page(2, { step: 'whole' }), ladder = page(3, { step: 'other' }), stranger = page(4, { step: 'far' });
  const shown = (/** @type {Attempt[]} */ ...list) => book.matching(steps[2], { list, steps })?.id;
  assert.deepEqual([shown(own, family, ladder, stranger), shown(family, ladder, stranger), shown(ladder, stranger), shown(stranger), shown()],
    ['a1', 'a2', 'a3', undefined, undefined]);
});

test('of several, one with own words comes before one without, then the newest', () => {
  const steps = [rung('one')];
  const list = [page(1, { step: 'one', found_out: 'Quiet' }), page(3, { step: 'one' }), page(2, { step: 'one', found_out: 'Wind' })];
  assert.equal(book.matching(steps[0], { list, steps })?.id, 'a2');
});

test('a ring of steps, each made from the next, ends all the same', () => {
  const ring = new Map([rung('a', { split_from: 'b' }), rung('b', { varied_from: 'c' }), rung('c', { split_from: 'a' })].map((one) => [one.id, one]));
  assert.deepEqual([book.rootOf('a', ring), book.rootOf('nowhere', ring)], ['c', 'nowhere']);
});
