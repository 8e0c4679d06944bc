import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apart, hasKanji, inOwnWords, isHouse, read, readingsOf } from '../../static/js/wording.js';

/** @typedef {[string, Partial<import('../../static/js/wording.js').Terms>, string]} Case */

const HOUSE = { helper: '', step: '', scale: '' };

test('the house speaks as it is written', () => {
  assert.equal(isHouse(HOUSE), true);
  assert.equal(inOwnWords('一歩を書く', HOUSE, 'ja'), '一歩を書く');
});

for (const [text, terms, said] of /** @type {Case[]} */ ([
  ['小さな一歩', { step: 'ステップ' }, '小さなステップ'],
  ['一歩のかけらも、一歩です。', { step: 'こころみ' }, 'こころみのかけらも、こころみです。'],
  ['終わった今の、しんどさ', { scale: 'ゆれの大きさ' }, '終わった今の、ゆれの大きさ'],
  ['相談相手に伝える', { helper: '森先生' }, '森先生に伝える'],
])) {
  test(`in Japanese a word stands where the house's own stood: ${said}`, () => {
    assert.equal(inOwnWords(text, { ...HOUSE, ...terms }, 'ja'), said);
  });
}

for (const [text, terms, said] of /** @type {Case[]} */ ([
  ['Write a step', { step: 'experiment' }, 'Write an experiment'],
  ['A step, two steps', { step: 'move' }, 'A move, two moves'],
  ['Steps of your own', { step: 'experiment' }, 'Experiments of your own'],
  ['Stepping out, footsteps', { step: 'move' }, 'Stepping out, footsteps'],
  ['Tell your therapist', { helper: 'Mari' }, 'Tell Mari'],
  ['Tell your therapist', { helper: 'counsellor' }, 'Tell your counsellor'],
  ['Try the step', { step: 'Sprung' }, 'Try the Sprung'],
  ['A therapist’s account', { helper: 'Mari' }, 'Mari’s account'],
  ['Offer ratings', { scale: 'number' }, 'Offer numbers'],
])) {
  test(`in English a word bends as it did: ${said}`, () => {
    assert.equal(inOwnWords(text, { ...HOUSE, ...terms }, 'en'), said);
  });
}

test('a word of one’s own is no pattern and no place for a value', () => {
  assert.equal(inOwnWords('一歩を{n}つ', { ...HOUSE, step: '$&{n}' }, 'ja'), '$&nを{n}つ');
});

test('a word of one’s own that holds another of the house’s stays as it was written', () => {
  assert.equal(inOwnWords('相談相手と一歩', { helper: '一歩先生', step: 'しんどさの一歩', scale: '相談相手' }, 'ja'), '一歩先生としんどさの一歩');
  assert.equal(inOwnWords('Tell your therapist about a step', { helper: 'step helper', step: 'rating', scale: 'step' }, 'en'),
    'Tell your step helper about a rating');
});

test('a place for a value is never cut, even when a word of one’s own is a letter of it', () => {
  assert.deepEqual(apart('{n}つとname', ['n', 'name']), ['{n}つと', 'name', '']);
  assert.deepEqual(apart('{name}とam', ['am']), ['{name}と', 'am', '']);
});

test('words of one’s own are cut out, whatever signs are in them', () => {
  assert.deepEqual(apart('森(a+)と森(a+)に', ['森(a+)']), ['', '森(a+)', 'と', '森(a+)', 'に']);
  assert.deepEqual(apart('一歩', []), ['一歩']);
});

const READINGS = readingsOf(['相談《そうだん》', '相手《あいて》', '開《ひら》', '開《あ》けて', '}日《にち》', '日《ひ》', '取《と》り入《い》れ']);
const parts = (/** @type {string} */ text) => read(text, READINGS, 6);

test('the longest known word is read first', () => {
  assert.deepEqual(parts('相談相手と開く'), [['相談', 'そうだん'], ['相手', 'あいて'], 'と', ['開', 'ひら'], 'く']);
  assert.deepEqual(parts('窓を開けて'), ['窓を', ['開', 'あ'], 'けて']);
  assert.deepEqual(parts('取り入れる'), [['取', 'と'], 'り', ['入', 'い'], 'れる']);
});

test('a number put in before a word can change how it is read, and keeps its place', () => {
  assert.deepEqual(parts('{n}日'), ['{n}', ['日', 'にち']]);
  assert.deepEqual(parts('その日'), ['その', ['日', 'ひ']]);
});

test('what is read puts the very same text together again', () => {
  for (const text of ['', 'Ippo', '相談相手、{n}日の窓。', '取り入れ開けて開']) {
    assert.equal(parts(text).map((part) => (typeof part === 'string' ? part : part[0])).join(''), text);
  }
});

test('kanji are told from kana', () => {
  assert.equal(hasKanji('窓'), true);
  assert.equal(hasKanji('まど、マド'), false);
});
