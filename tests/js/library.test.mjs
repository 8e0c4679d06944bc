/** The library: found in either language, closed where nobody asked, and its numbers never become the person's own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byStage, find, isBody, plain, STAGES, stepFrom } from '../../static/js/library.js';

/** @param {Partial<import('../../static/js/library.js').Entry>} given @returns {import('../../static/js/library.js').Entry} */
const entry = (given) => ({ id: 'H05', stage: 'home_alone', en: 'Open a window', ja: '窓を開けて、外の音を聞く', hint_en: 'Sitting is fine.', hint_ja: '座ったままで', low: 10, high: 30, tags: [], ...given });

const LIST = [
  entry({}),
  entry({ id: 'S05', stage: 'low_demand_strangers', en: 'Buy one item at a self-checkout', ja: 'セルフレジで、ひとつだけ買う' }),
  entry({ id: 'H10', en: 'March on the spot', ja: '足踏み', tags: ['kind:interoceptive', 'health-note'] }),
  entry({ id: 'H09', en: 'Imagine it', ja: '想像', tags: ['kind:imaginal'] }),
  entry({ id: 'W01', stage: 'work_school', en: 'Study for a while', ja: '勉強' }),
];

/** @param {string} query */
const ids = (query) => find(LIST, query).map((one) => one.id);

test('a word of either language finds the step, whatever the screen speaks', () => {
  assert.deepEqual(ids('window'), ['H05']);
  assert.deepEqual(ids('窓'), ['H05']);
});

test('kana, width and case make no difference', () => {
  for (const query of ['セルフレジ', 'せるふれじ', 'ｾﾙﾌﾚｼﾞ', 'SELF-CHECKOUT', 'ｓｅｌｆ']) assert.deepEqual(ids(query), ['S05'], query);
  assert.equal(plain('ヴ'), plain('ゔ'));
});

test('every word asked for is to be there, in any order and in any language', () => {
  assert.deepEqual(ids('外　window'), ['H05']);
  assert.deepEqual(ids('window レジ'), []);
});

test('asking nothing finds everything', () => assert.equal(ids('  ').length, LIST.length));

test('work and school are closed until opened (rule G7)', () => {
  assert.deepEqual(byStage(LIST, false).map(([stage]) => stage), ['home_alone', 'low_demand_strangers']);
  assert.deepEqual(byStage(LIST, true).map(([stage]) => stage), ['home_alone', 'low_demand_strangers', 'work_school']);
  assert.equal(STAGES.length, 8);
});

test('a step taken from the library has no number: the guess of others stays theirs (rule L2)', () => {
  const step = stepFrom(entry({}), 'ja');
  assert.deepEqual(step, { title: '窓を開けて、外の音を聞く', hint: '座ったままで', from_library: 'H05', form: 'action' });
  assert.equal('predicted' in step, false);
});

test('steps of the body and of the imagination keep their form (rule L8)', () => {
  assert.deepEqual(LIST.map((one) => stepFrom(one, 'en').form), ['action', 'action', 'body', 'imaginal', 'action']);
  assert.deepEqual(LIST.filter(isBody).map((one) => one.id), ['H10']);
});
