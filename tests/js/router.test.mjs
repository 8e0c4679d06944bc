/** Addresses: which screen they name, and that a hand-typed one breaks nothing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { match, matcher, pathOf, queryOf } from '../../static/js/router.js';

const ROUTES = /** @type {const} */ ([['/', 'home'], ['/ladder/:id', 'ladder'], ['/ladder/:id/edit', 'edit'], ['/step/:id/history', 'history']]);

/** @param {string} hash */
const named = (hash) => match(ROUTES, hash)?.route[1];

test('an address names exactly one screen', () => {
  assert.deepEqual(['#/', '', '#/ladder/1', '#/ladder/1/edit', '#/step/2/history'].map(named), ['home', 'home', 'ladder', 'edit', 'history']);
});

test('an address nobody knows names no screen', () => {
  assert.deepEqual(['#/nowhere', '#/ladder/', '#/ladder/1/2/3'].map(named), [undefined, undefined, undefined]);
});

test('what stands in the address comes out as it was meant, also a broken percent sign', () => {
  assert.deepEqual(matcher('/ladder/:id')('/ladder/a%20b'), { id: 'a b' });
  assert.deepEqual(matcher('/ladder/:id')('/ladder/100%'), { id: '100%' });
});

test('a query is handed on and never hides the path’s own name', () => {
  assert.deepEqual(match(ROUTES, '#/ladder/7?from=home&id=8')?.params, { from: 'home', id: '7' });
  assert.equal(pathOf('#/ladder/7?from=home'), '/ladder/7');
  assert.deepEqual(queryOf('#/ladder/7'), {});
});
