/** Smaller steps: at least two from any step, each with one dial turned down (rule L10), in both languages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { AT_FIRST, shorter, smaller } from '../../static/js/split.js';

/** @type {import('../../static/js/split.js').Translate} */
const t = (english, values = {}) => english.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
const step = { title: 'Sit on a bench', people: '', aids: '', form: /** @type {const} */ ('action') };

test('every step gives at least two smaller ones, all with different words', () => {
  for (const form of /** @type {const} */ (['action', 'imaginal', 'body'])) {
    const titles = smaller({ ...step, form, people: 'alone', aids: 'a hat' }, t).map((one) => one.title);
    assert.ok(titles.length >= 2, form);
    assert.equal(new Set([step.title, ...titles]).size, titles.length + 1);
  }
});

test('each smaller one turns exactly one dial and keeps the rest of the step', () => {
  const ways = smaller(step, t);
  assert.ok(ways.length > AT_FIRST);
  assert.equal(new Set(ways.map((one) => one.dial)).size, ways.length);
  for (const way of ways) {
    const turned = ['time', 'place', 'people', 'aids', 'length'].filter((dial) => way[/** @type {'time'} */ (dial)]).length;
    assert.equal(turned, way.dial === 'imagined' || (way.dial === 'length' && !way.length) ? 0 : 1, way.dial);
    assert.equal(way.form, way.dial === 'imagined' ? 'imaginal' : 'action');
  }
});

test('a step in the imagination is not imagined a second time', () => {
  assert.ok(!smaller({ ...step, form: 'imaginal' }, t).some((one) => one.dial === 'imagined'));
});

test('no smaller step asks for company or an aid where the person has named one', () => {
  const dials = smaller({ ...step, people: 'alone', aids: 'earphones' }, t).map((one) => one.dial);
  assert.deepEqual(dials.filter((dial) => dial === 'people' || dial === 'aids'), []);
});

test('a time in the words becomes about half of it', () => {
  /** @type {[string, string][]} */
  const pairs = [['公園のベンチに、5分座ってみる', '公園のベンチに、2分座ってみる'], ['図書館で、15分だけ', '図書館で、5分だけ'], ['玄関で１分すごす', '玄関で30秒すごす'],
    ['Sit for five minutes', 'Sit for 2 minutes'], ['Stay two minutes', 'Stay 1 minute'], ['Stay for one minute', 'Stay for 30 seconds'], ['30秒足踏み', '15秒足踏み']];
  for (const [before, after] of pairs) assert.equal(shorter(before, t).title, after);
});

test('where no time is named, one minute is', () => {
  assert.deepEqual(shorter('Walk to the corner', t), { title: 'Walk to the corner (just one minute)', length: 'one minute' });
  assert.equal(shorter('Stay one second', t).length, 'one minute');
});

test('drafts of the longest title still fit into a title', () => {
  assert.ok(smaller({ ...step, title: '長'.repeat(500) }, t).every((one) => one.title.length <= 500));
});

test('every step of the library can be made smaller in both languages', () => {
  const rows = readFileSync(new URL('../../exposure/data/step_library.csv', import.meta.url), 'utf8').trim().split('\n').slice(1);
  assert.equal(rows.length, 73);
  for (const title of rows) assert.ok(smaller({ ...step, title: title.slice(0, 120) }, t).length >= 2);
});
