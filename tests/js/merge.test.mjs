import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overlay, View } from '../../static/js/merge.js';
import { dice } from './dice.mjs';

/** @typedef {import('../../static/js/kinds.js').Stored} Stored */
/** @typedef {import('../../static/js/kinds.js').Waiting} Waiting */

/** @param {Partial<Stored>} [more] @returns {Stored} */
const stored = (more) => ({
  id: 'door', space: 'ladder', kind: 'step', revision: 3, fields: { title: 'Open the door', predicted: 40 },
  versions: { title: 3, predicted: 2 }, writers: { title: 'ada', predicted: 'ada' }, ...more,
});

let count = 0;
/** @param {Record<string, unknown>} fields @param {Partial<Waiting>} [more] @returns {Waiting} */
const edit = (fields, more) => ({
  id: `e${count++}`, space: 'ladder', kind: 'step', target: 'door', verb: 'set', fields, at: 0, ...more,
});

test('a row is what the server said with the waiting edits over it, oldest first', () => {
  const row = overlay(stored(), [edit({ title: 'one' }), edit({ title: 'two', place: 'home' })]);
  assert.equal(row?.title, 'two');
  assert.equal(row?.place, 'home');
  assert.equal(row?.predicted, 40);
  assert.equal(row?.id, 'door');
});

test('a field nobody has touched has a value all the same', () => {
  assert.deepEqual([overlay(stored(), [])?.hint, overlay(stored(), [])?.archived], ['', false]);
});

test('a row made here stands before the server knows it', () => {
  const row = overlay(undefined, [edit({ title: 'new' }, { verb: 'add' }), edit({ predicted: 5 })]);
  assert.equal(row?.title, 'new');
  assert.equal(row?.predicted, 5);
});

test('an edit of a row that is not here makes no row', () => {
  assert.equal(overlay(undefined, [edit({ title: 'ghost' })]), undefined);
});

test('a screen cannot change a row by accident', () => {
  assert.throws(() => { /** @type {any} */ (overlay(stored(), [])).title = 'other'; }, TypeError);
});

test('an older revision never covers a newer one', () => {
  const view = new View();
  view.put([stored({ revision: 5, fields: { title: 'newer' } })]);
  view.put([stored({ revision: 4, fields: { title: 'older' } })]);
  assert.equal(view.row('door')?.title, 'newer');
});

test('after a restored backup the smaller revision is news again, and what is here stays till then', () => {
  const view = new View();
  view.put([stored({ revision: 5, fields: { title: 'newer' } })]);
  view.distrust('ladder');
  assert.equal(view.row('door')?.title, 'newer');
  view.put([stored({ revision: 2, fields: { title: 'restored' } })]);
  assert.equal(view.row('door')?.title, 'restored');
});

test('a list is the same array until a row of its kind changes', () => {
  const view = new View();
  view.put([stored(), stored({ id: 'other' })]);
  const steps = view.list('step', false);
  view.put([stored({ id: 'l', kind: 'ladder' })]);
  assert.equal(view.list('step', false), steps);
  view.wait([edit({ title: 'changed' })]);
  assert.notEqual(view.list('step', false), steps);
  assert.equal(view.row('other'), steps.find(({ id }) => id === 'other'), 'an untouched row stays the same object');
});

test('archived rows are left out unless asked for', () => {
  const view = new View();
  view.put([stored(), stored({ id: 'old', fields: { title: 'old', archived: true } })]);
  assert.deepEqual(view.list('step', false).map(({ id }) => id), ['door']);
  assert.deepEqual(view.list('step', true).map(({ id }) => id), ['door', 'old']);
});

test('when a waiting edit is gone the row below shows again', () => {
  const view = new View();
  view.put([stored()]);
  view.wait([edit({ title: 'waiting' }), edit({ title: 'fresh' }, { verb: 'add', target: 'new' })]);
  assert.equal(view.row('new')?.title, 'fresh');
  view.wait([]);
  assert.equal(view.row('door')?.title, 'Open the door');
  assert.equal(view.row('new'), undefined);
  assert.equal(view.list('step', false).length, 1);
});

test('an edit is based on the version the person saw, not on the one that came while they typed', () => {
  const view = new View();
  view.put([stored()]);
  const seen = /** @type {any} */ (view.row('door'));
  view.put([stored({ revision: 4, versions: { title: 4, predicted: 2 }, writers: { title: 'theo', predicted: 'ada' } })]);
  assert.deepEqual(view.base(seen, ['title', 'hint']), { title: 3 });
  assert.deepEqual(view.base(/** @type {any} */ (view.row('door')), ['title']), { title: 4 });
  assert.ok(view.overtaken(seen, 'title', 'ada'));
  assert.ok(!view.overtaken(seen, 'title', 'theo'));
  assert.ok(!view.overtaken(seen, 'predicted', 'ada'));
});

test('a private row has one writer and needs no base', () => {
  const view = new View();
  view.put([stored({ kind: 'attempt', versions: undefined, writers: undefined })]);
  assert.equal(view.base(/** @type {any} */ (view.row('door')), ['after']), undefined);
});

test('what is kept up step by step is what would be computed anew', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const roll = dice(seed);
    const view = new View();
    /** @type {Map<string, Stored>} */
    const rows = new Map();
    /** @type {Waiting[]} */
    let outbox = [];
    for (let step = 0; step < 40; step++) {
      const id = `r${roll(5)}`;
      const what = roll(5);
      if (what === 0) {
        const row = stored({ id, revision: step, fields: { title: `server ${step}`, archived: roll(3) === 0 } });
        rows.set(id, row);
        view.put([row]);
      } else if (what === 1) {
        outbox = [...outbox, edit({ title: `add ${step}` }, { verb: 'add', target: id })];
      } else if (what === 2) {
        outbox = [...outbox, edit({ title: `set ${step}`, archived: roll(2) === 0 }, { target: id })];
      } else if (what === 3) {
        outbox = outbox.filter(() => roll(2) === 0);
      } else if (roll(6) === 0) {
        rows.clear();
        view.forget('ladder');
      }
      view.wait(outbox);
      for (const archived of [false, true]) {
        const wanted = [...new Set([...rows.keys(), ...outbox.map(({ target }) => target)])]
          .map((one) => overlay(rows.get(one), outbox.filter(({ target }) => target === one)))
          .filter((row) => row && (archived || !row.archived));
        const byId = (/** @type {any} */ a, /** @type {any} */ b) => (a.id < b.id ? -1 : 1);
        assert.deepEqual([...view.list('step', archived)].sort(byId), wanted.sort(byId), `seed ${seed}, step ${step}`);
      }
    }
  }
});

test('one tap among 10,000 attempts touches one row', () => {
  const view = new View();
  view.put(Array.from({ length: 10_000 }, (_, n) => stored({
    id: `a${n}`, kind: 'attempt', space: 'mine', revision: n, versions: undefined, writers: undefined,
    fields: { step: 'door', before: n % 101, after: 10, happened: '外に出られた' },
  })));
  const before = view.list('attempt', false);
  view.wait([edit({ after: 20 }, { kind: 'attempt', target: 'a77', space: 'mine' })]);
  const after = view.list('attempt', false);
  assert.equal(after.filter((row, i) => row !== before[i]).length, 1);
});
