/** Smaller steps: at least two from any step, each with one dial turned down (rule L10), in both languages. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { DIALS } from '../../static/js/dials.js';
import { AT_FIRST, smaller } from '../../static/js/split.js';

const step = { title: 'Sit on a bench', people: '', aids: '', form: /** @type {const} */ ('action') };

test('every step gives at least two smaller ones, all with different words', () => {
  for (const form of /** @type {const} */ (['action', 'imaginal', 'body'])) {
    const titles = smaller({ ...step, form, people: 'alone', aids: 'a hat' }).map((one) => one.title);
    assert.ok(titles.length >= 2, form);
    assert.equal(new Set([step.title, ...titles]).size, titles.length + 1);
  }
});

test('each smaller one turns exactly one dial and keeps the rest of the step', () => {
  const kept = { ...step, time: 'on Sunday', place: '', length: 'a while' };
  const ways = smaller(kept);
  assert.ok(ways.length > AT_FIRST);
  assert.equal(new Set(ways.map((one) => one.turned)).size, ways.length);
  for (const way of ways) {
    const changed = DIALS.filter((dial) => way[dial] !== kept[dial]);
    assert.deepEqual(changed, way.turned === 'imagined' ? [] : [way.turned]);
    assert.equal(way.form, way.turned === 'imagined' ? 'imaginal' : 'action');
  }
});

test('only imagining it comes first, then part of the way, then less of it', () => {
  assert.deepEqual(smaller({ ...step, title: '公園のベンチに、5分座ってみる' }).slice(0, AT_FIRST).map((one) => one.title),
    ['頭の中で、公園のベンチに5分座ってみる', '家からいちばん近い公園のベンチに、5分座ってみる', '公園のベンチに、2分座ってみる']);
});

test('a step in the imagination is not imagined a second time', () => {
  assert.ok(!smaller({ ...step, form: 'imaginal' }).some((one) => one.turned === 'imagined'));
});

test('no smaller step asks for company or an aid where the person has named one', () => {
  const dials = smaller({ ...step, people: 'alone', aids: 'earphones' }).map((one) => one.turned);
  assert.deepEqual(dials.filter((dial) => dial === 'people' || dial === 'aids'), []);
});

test('nothing smaller is longer, busier or farther than the step it comes from', () => {
  for (const one of smaller({ ...step, title: 'Sit in a café for ten minutes' })) assert.doesNotMatch(one.title, /busier|unfamiliar|twenty|plenty/);
});

test('every step of the library can be made smaller in both languages', () => {
  const rows = readFileSync(new URL('../../exposure/data/step_library.csv', import.meta.url), 'utf8').trim().split('\n').slice(1);
  assert.equal(rows.length, 73);
  for (const row of rows) for (const title of row.split(',').slice(2, 4)) assert.ok(smaller({ ...step, title }).length >= AT_FIRST, title);
});
