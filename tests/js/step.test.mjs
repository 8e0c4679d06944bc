import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { feelings, feelingWords } from '../../static/js/feelings.js';
import { allKindSentences, kindSentence } from '../../static/js/kindness.js';
import { countryOf, dialled, linesFor } from '../../static/js/lines.js';
import { columns, described, y } from '../../static/js/parts/chart.js';
import { toggled } from '../../static/js/parts/chips.js';
import { readyToKeep } from '../../static/js/parts/outcome.js';
import { anchorsOf, scaleWords } from '../../static/js/parts/rating.js';
import { clock, LENGTHS, shortLength, secondsLeft } from '../../static/js/parts/timer.js';

const ID = 'b6a3b6de-0d5e-4d3c-8a0b-3f7d5c1e9a00';

test('every outcome is answered with a kind sentence, and the same attempt always with the same one', () => {
  for (const outcome of ['did', 'part', 'turned_back', 'rest']) {
    assert.ok(kindSentence(outcome, ID).length > 10);
    assert.equal(kindSentence(outcome, ID), kindSentence(outcome, ID));
  }
});

test('eight sentences for each outcome are all met', () => {
  for (const outcome of ['did', 'part', 'turned_back']) {
    const met = new Set(Array.from({ length: 400 }, (_, n) => kindSentence(outcome, `${ID}${n}`)));
    assert.equal(met.size, 8, outcome);
  }
});

test('no kind sentence promises an outcome, praises a smaller number or compares', () => {
  for (const sentence of allKindSentences()) {
    assert.doesNotMatch(sentence, /\bsafe\b|nothing will|will be fine|lower|went down|less anxious|others|everybody|well done|!/i, sentence);
  }
});

test('there are at least twelve words for feelings, one of them "not sure", in codes the account takes', () => {
  const codes = Object.keys(feelings());
  assert.ok(codes.length >= 12 && codes.includes('unsure'));
  for (const code of codes) assert.match(code, /^[a-z_]{1,24}$/);
  assert.deepEqual(feelingWords(['calm', 'from_a_newer_app']), ['calm']);
  assert.deepEqual(feelingWords(undefined), []);
});

test('the timer is a subtraction: whatever happened in between, the same moment shows the same time', () => {
  assert.deepEqual([0, 1, 999, 1000, 29_001, 30_000, 9e9].map((ms) => secondsLeft(1000, 30, 1000 + ms)), [30, 30, 30, 29, 1, 0, 0]);
  assert.equal(secondsLeft(1000, 30, -50_000), 30);
});

test('thirty seconds is a length, and lengths are said in words', () => {
  assert.equal(LENGTHS[0], 30);
  assert.deepEqual(LENGTHS.map(shortLength), ['30 s', '1 min', '3 min', '5 min', '10 min']);
  assert.deepEqual([0, 9, 60, 605].map(clock), ['0:00', '0:09', '1:00', '10:05']);
});

test('the picture keeps every rating inside its frame, the higher one above', () => {
  for (let n = 0; n < 100; n += 1) assert.ok(y(n) > y(n + 1));
  assert.ok(y(100) >= 0 && y(0) <= 200);
  for (const count of [1, 2, 30]) {
    const xs = columns(count);
    assert.equal(xs.length, count);
    assert.ok(xs.every((x, i) => x > 36 && x < 340 && (i === 0 || x > xs[i - 1])));
  }
  assert.match(described([/** @type {any} */ ({})]), /^Before and after of 1 attempt,/);
});

test('a list of choices takes one in and out', () => {
  assert.deepEqual(toggled(['a'], 'b'), ['a', 'b']);
  assert.deepEqual(toggled(['a', 'b'], 'a'), ['b']);
});

test('what was left empty is kept as empty, never as nought', () => {
  assert.deepEqual(readyToKeep({}, 'part'), { outcome: 'part', after: null, peak: null, happened: '', found_out: '', feelings: [], aids: '', where: '', first_time: null });
  assert.equal(readyToKeep({ after: 0 }, 'did').after, 0);
});

test('only marks that were written stand on the scale', () => {
  assert.deepEqual(anchorsOf({ anchor_0: ' bed ', anchor_25: '', anchor_50: '   ', anchor_100: 'that day' }), { 0: 'bed', 100: 'that day' });
  assert.deepEqual(anchorsOf({}), {});
});

test('the words of the scale change only upwards and cover its ends', () => {
  const said = Array.from({ length: 101 }, (_, n) => scaleWords(n));
  assert.equal(new Set(said).size, 5);
  assert.equal(said.filter((word, n) => n && word !== said[n - 1]).length, 4);
});

test('the country of the help card is the own word first, then the zone, then the language', () => {
  assert.equal(countryOf('GB', 'Asia/Tokyo', 'ja'), 'GB');
  assert.equal(countryOf('', 'Asia/Tokyo', 'en'), 'JP');
  assert.equal(countryOf('', 'America/Chicago', 'ja'), 'US');
  assert.equal(countryOf('', 'Europe/Paris', 'ja-JP'), 'JP');
  assert.equal(countryOf('', 'America/Sao_Paulo', 'pt'), '*');
});

test('every country has lines to show, the number to call first where there is one, and every number can be dialled', () => {
  const all = JSON.parse(readFileSync(new URL('../../exposure/data/lines.json', import.meta.url), 'utf8'));
  for (const country of [...Object.keys(all.countries), 'FR']) {
    const list = linesFor(all, country);
    assert.ok(list.length > 0, country);
    const ranks = list.map((line) => (line.kind === 'emergency' ? 0 : 1));
    assert.deepEqual(ranks, [...ranks].sort(), country);
    for (const line of list.filter(({ number }) => number)) assert.match(dialled(line.number), /^[+#*]?\d+$/, line.id);
  }
});
