import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { addWords, language, t, tn, useLanguage } from '../../static/js/words.js';

/** As in a bundle: a number stands where the sentence stood. @param {number} at @returns {any} */
const no = (at) => at;

/** @param {(string | string[])[]} words @param {number} [from] */
const bookOf = (words, from = 0) => ({ stamp: 'x', from, words });

afterEach(() => useLanguage('en'));

test('without a catalogue the English sentence is spoken', () => {
  assert.equal(t('One for today'), 'One for today');
  assert.equal(language(), 'en');
});

test('a book says what lies under a number', () => {
  useLanguage('ja', bookOf(['今日のひとつ', 'やめる']));
  assert.equal(t(no(0)), '今日のひとつ');
  assert.equal(t(no(1)), 'やめる');
  assert.equal(language(), 'ja');
});

test('values are put in as they are, even when they look like a placeholder or a pattern', () => {
  assert.equal(t('Hello {name}, {name}', { name: '$& {n}' }), 'Hello $& {n}, $& {n}');
  assert.equal(t('Hello {name}', { other: 1 }), 'Hello {name}');
  assert.equal(t('{n} of 3', { n: 0 }), '0 of 3');
});

test('a word that is also a property of every object is no translation', () => {
  assert.equal(t('constructor'), 'constructor');
  assert.equal(t('toString', {}), 'toString');
});

test('English counts one and many', () => {
  assert.equal(tn('{n} step', '{n} steps', 1), '1 step');
  assert.equal(tn('{n} step', '{n} steps', 0), '0 steps');
  assert.equal(tn('{n} step', '{n} steps', 21), '21 steps');
  useLanguage('en', bookOf([['{n} step', '{n} steps']]));
  assert.deepEqual([1, 0].map((n) => tn(no(0), no(0), n)), ['1 step', '0 steps']);
});

test('Japanese counts with one form, whatever the number', () => {
  for (const form of ['{n}段', ['{n}段']]) {
    useLanguage('ja', bookOf([form]));
    assert.deepEqual([1, 5].map((n) => tn(no(0), no(0), n)), ['1段', '5段']);
  }
});

test('a plural may carry more values than its number', () => {
  assert.equal(tn('{n} step in {title}', '{n} steps in {title}', 2, { title: '外へ' }), '2 steps in 外へ');
});

test('books lie side by side, each from its own number on', () => {
  useLanguage('ja', bookOf(['今日のひとつ']), bookOf(['はじめる', 'やめる'], 1000));
  addWords(bookOf(['あとで'], 3000));
  assert.deepEqual([0, 1000, 1001, 3000].map((at) => t(no(at))), ['今日のひとつ', 'はじめる', 'やめる', 'あとで']);
});
