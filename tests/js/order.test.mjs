import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { byPosition, LONGEST, place } from '../../static/js/order.js';
import { dice } from './dice.mjs';

const KEY = /^[A-Za-z][0-9A-Za-z]{1,199}$/;   // what the server takes

/** @typedef {import('../../static/js/order.js').Placed} Placed */

/** @param {Placed[]} list @param {string} moved @param {number} i */
function move(list, moved, i) {
  const others = list.filter(({ id }) => id !== moved).sort(byPosition);
  const { position, rekey } = place(others, i);
  const keys = new Map([...rekey, [moved, position]]);
  const after = list.map((row) => ({ ...row, position: keys.get(row.id) ?? row.position })).sort(byPosition);
  return { after, rekey, position };
}

/** @param {Placed[]} list */
const ids = (list) => list.map(({ id }) => id).join('');

test('the first row of all gets a key', () => {
  assert.deepEqual(place([], 0), { position: 'a0', rekey: [] });
});

test('a row goes first, last and between without touching its neighbours', () => {
  const list = [{ id: 'a', position: 'a0' }, { id: 'b', position: 'a1' }];
  assert.deepEqual(place(list, 0), { position: 'Zz', rekey: [] });
  assert.deepEqual(place(list, 1), { position: 'a0V', rekey: [] });
  assert.deepEqual(place(list, 2), { position: 'a2', rekey: [] });
});

test('rows that stand on one key make room, and only those after the place are given a new one', () => {
  const list = ['a', 'b', 'c', 'd'].map((id) => ({ id, position: 'a0' }));
  const { position, rekey } = place(list, 2);
  assert.deepEqual(rekey.map(([id]) => id), ['c', 'd']);
  const { after } = move([...list, { id: 'X', position: 'a9' }], 'X', 2);
  assert.equal(ids(after), 'abXcd');
  assert.ok(position > 'a0');
});

test('keys are compared by code unit, not by the language of the reader', () => {
  const list = [{ id: 'a', position: 'Zz' }, { id: 'b', position: 'a0' }, { id: 'c', position: 'aV' }, { id: 'd', position: 'aa' }];
  assert.equal(ids([...list].reverse().sort(byPosition)), 'abcd');
});

test('neighbours whose keys are not keys are all given new ones', () => {
  const list = [{ id: 'a', position: '' }, { id: 'b', position: '' }, { id: 'c', position: 'ä!' }];
  for (let i = 0; i <= 3; i++) {
    const { after } = move([...list, { id: 'X', position: '' }], 'X', i);
    assert.equal(ids(after), ['Xabc', 'aXbc', 'abXc', 'abcX'][i]);
    assert.ok(after.every(({ position }) => KEY.test(position)));
  }
});

test('2,000 rows pushed into one gap stay in order and under the longest key', () => {
  let list = [{ id: 'first', position: 'a0' }, { id: 'last', position: 'a1' }];
  let longest = 0;
  for (let n = 0; n < 2_000; n++) {
    const { position, rekey } = place(list, 1);
    const keys = new Map(rekey);
    list = list.map((row) => ({ ...row, position: keys.get(row.id) ?? row.position }));
    list.splice(1, 0, { id: String(n), position });
    longest = Math.max(longest, position.length);
  }
  assert.deepEqual([...list].sort(byPosition).map(({ id }) => id), list.map(({ id }) => id));
  assert.ok(longest <= LONGEST && longest > 100, `longest key was ${longest}`);
});

test('every move lands where it was dropped, whatever others did at the same time', () => {
  let tied = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const roll = dice(seed);
    /** @type {Placed[]} */
    let shared = [];
    for (const id of 'abcdefgh') shared.push({ id, position: place(shared, shared.length).position });
    for (let round = 0; round < 20; round++) {
      // Three devices move from the same sight of things, then all their keys arrive: last arrival per row wins.
      const arrivals = [0, 1, 2].map(() => {
        const moved = 'abcdefgh'.charAt(roll(8));
        const i = roll(8);
        const { after, rekey, position } = move(shared, moved, i);
        assert.equal(after.findIndex(({ id }) => id === moved), i, `seed ${seed}`);
        assert.ok(KEY.test(position));
        return [...rekey, [moved, position]];
      });
      const keys = new Map(/** @type {Array<[string, string]>} */ (arrivals.flat()));
      shared = shared.map((row) => ({ ...row, position: keys.get(row.id) ?? row.position })).sort(byPosition);
      tied += shared.length - new Set(shared.map(({ position }) => position)).size;
    }
  }
  assert.ok(tied > 100, `only ${tied} ties came up: the test does not try what it says`);
});

test('keys once given in these cases are given again', () => {
  const { cases } = JSON.parse(readFileSync(new URL('../order_cases.json', import.meta.url), 'utf8'));
  assert.ok(cases.length >= 40);
  for (const { list, at, position, rekey } of cases) assert.deepEqual(place(list, at), { position, rekey });
});
