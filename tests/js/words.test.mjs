import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { addWords, language, mark, t, tn, useLanguage } from '../../static/js/words.js';

/** A book as the workshop writes it. @param {Record<string, string | string[]>} said @param {number} [grain] */
function bookOf(said, grain = 3) {
  const marked = Object.entries(said).map(([english, words]) => ({ at: mark(english, grain), words })).sort((a, b) => a.at - b.at);
  return { grain, gaps: marked.map(({ at }, i) => at - (marked[i - 1]?.at ?? 0)), words: marked.map(({ words }) => words) };
}

afterEach(() => useLanguage('en'));

test('without a catalogue the English sentence is spoken', () => {
  assert.equal(t('One for today'), 'One for today');
  assert.equal(language(), 'en');
});

test('a catalogue lays another language over it', () => {
  useLanguage('ja', bookOf({ 'One for today': '今日のひとつ' }));
  assert.equal(t('One for today'), '今日のひとつ');
  assert.equal(t('Not in it yet'), 'Not in it yet');
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

test('an empty translation falls back to the English sentence', () => {
  useLanguage('ja', bookOf({ 'Try it': '', Both: ['', ''] }));
  assert.equal(t('Try it'), 'Try it');
  assert.equal(tn('Both', 'Both', 2), 'Both');
});

test('English counts one and many', () => {
  assert.equal(tn('{n} step', '{n} steps', 1), '1 step');
  assert.equal(tn('{n} step', '{n} steps', 0), '0 steps');
  assert.equal(tn('{n} step', '{n} steps', 21), '21 steps');
});

test('Japanese counts with one form, whatever the number', () => {
  for (const form of ['{n}段', ['{n}段']]) {
    useLanguage('ja', bookOf({ '{n} step': form }));
    assert.equal(tn('{n} step', '{n} steps', 1), '1段');
    assert.equal(tn('{n} step', '{n} steps', 5), '5段');
  }
});

test('a plural may carry more values than its number', () => {
  assert.equal(tn('{n} step in {title}', '{n} steps in {title}', 2, { title: '外へ' }), '2 steps in 外へ');
});

test('two books lie side by side, and one of another build is not mixed in', () => {
  useLanguage('ja', bookOf({ 'One for today': '今日のひとつ' }), bookOf({ Begin: 'はじめる', Stop: 'やめる' }));
  assert.deepEqual(['One for today', 'Begin', 'Stop'].map((sentence) => t(sentence)), ['今日のひとつ', 'はじめる', 'やめる']);
  assert.throws(() => addWords(bookOf({ 'Not now': 'あとで' }, 4)), /another build/);
  assert.equal(t('Begin'), 'はじめる');
});

test('a sentence has the same mark here and in the workshop (tests/test_words.py)', () => {
  assert.deepEqual(['', 'Begin', 'I don’t know yet'].map((sentence) => mark(sentence, 0)), [48514, 197525, 12134]);
  assert.deepEqual(['', 'Begin', 'I don’t know yet'].map((sentence) => mark(sentence, 7)), [48517, 2024, 180794]);
});
