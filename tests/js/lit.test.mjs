import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLANK } from '../../static/js/kinds.js';
import { changedByAnother } from '../../static/js/parts/lit.js';

const step = (/** @type {any} */ fields) => /** @type {any} */ ({ ...BLANK.step, id: 's', kind: 'step', space: 'p', ladder: 'l', ...fields });
const by = (/** @type {any} */ writers) => (/** @type {string} */ _id, /** @type {string} */ field) => writers[field];

test('a rung is lit by what another one wrote, not by one’s own pen, and not by what is not to be seen', () => {
  const old = step({ title: 'a' });
  assert.ok(changedByAnother(old, step({ title: 'b' }), by({ title: 'theo' }), 'ada'));
  assert.ok(!changedByAnother(old, step({ title: 'b' }), by({ title: 'ada' }), 'ada'));
  assert.ok(!changedByAnother(old, step({ title: 'b' }), by({}), 'ada'));
  assert.ok(!changedByAnother(old, step({ title: 'a' }), by({ title: 'theo' }), 'ada'));
  assert.ok(!changedByAnother(old, step({ title: 'a', split_from: 'x' }), by({ split_from: 'theo' }), 'ada'));
  assert.ok(changedByAnother(undefined, old, by({ title: 'theo' }), 'ada'));
});
