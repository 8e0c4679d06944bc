/** Rule U2 on made-up series, held against the rule as the product rules say it; U1: nothing is done by it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { highestOf, offerAtHome, offerFor, reasonsFor, RULE, ruleOf, seriesOf } from '../../static/js/ready.js';
import { dice } from './dice.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MORNING = Date.UTC(2026, 10, 2, 9);
let made = 0;

/** @param {number} day @param {object} [told] @returns {any} an attempt on step 'b' */
const at = (day, told = {}) => ({
  id: `a${String(made += 1).padStart(6, '0')}`, step: 'b', ladder: 'L', outcome: 'did', happened: '', likelihood: null, before: null,
  peak: null, after: null, during: [], started: MORNING + day * DAY, zone: 'UTC', ready_answer: null, ...told,
});
const step = (/** @type {string} */ id, ladder = 'L') => /** @type {any} */ ({ id, ladder, title: id });
const steps = [step('a'), step('b'), step('c'), step('d'), step('z', 'M')];
const b = steps[1];
const three = (/** @type {object[]} */ ...told) => told.map((one, i) => at(i, one));

// ---- (a), (b), (c), each alone

test('(a) it did not happen, or was bearable, in two of the last three', () => {
  assert.deepEqual(reasonsFor(three({ happened: 'no' }, { happened: 'yes' }, { happened: 'bearable' })), ['bearable']);
  assert.deepEqual(reasonsFor(three({ happened: 'no' }, { happened: 'yes' }, { happened: 'part' })), []);
  assert.deepEqual(reasonsFor([at(0, { happened: 'no' }), ...three({ happened: 'no' }, { happened: 'yes' }, {})]), []);
});

test('(b) the likelihood guessed last is at most half of the first one guessed', () => {
  assert.deepEqual(reasonsFor(three({ likelihood: 80 }, {}, { likelihood: 40 })), ['guess']);
  assert.deepEqual(reasonsFor(three({ likelihood: 80 }, { likelihood: 10 }, { likelihood: 41 })), []);
  assert.deepEqual(reasonsFor(three({}, { likelihood: 80 }, {})), []);
  assert.deepEqual(reasonsFor(three({}, { likelihood: 0 }, {})), []);
});

test('(c) the highest rating of the last is at most half of that of the first, or at most thirty', () => {
  assert.deepEqual(reasonsFor(three({ before: 60, peak: 90 }, {}, { before: 45, peak: 40, after: 10 })), ['rating']);
  assert.deepEqual(reasonsFor(three({ before: 60, peak: 90 }, {}, { before: 10, peak: 46, after: 10 })), []);
  assert.deepEqual(reasonsFor(three({ before: 40 }, {}, { before: 30 })), ['rating']);
  assert.deepEqual(reasonsFor(three({ before: 40 }, {}, { before: 31 })), []);
  assert.equal(highestOf(at(0, { before: 20, during: [[1, 70], [2, 30]], after: 40 })), 70);
  assert.equal(highestOf(at(0)), null);
});

test('never before three times on two days of the calendar where it was tried', () => {
  const calm = { happened: 'no', before: 5 };
  assert.deepEqual(reasonsFor([at(0, calm), at(1, calm)]), []);
  assert.deepEqual(reasonsFor([at(0, calm), at(0, calm), at(0, calm)]), []);
  assert.deepEqual(reasonsFor([at(0, calm), at(0, calm), at(1, calm)]), ['bearable', 'rating']);
  const night = (/** @type {string} */ zone) => [14, 14.5, 15.5].map((hour) => at(0, { ...calm, zone, started: Date.UTC(2026, 10, 2) + hour * HOUR }));
  assert.deepEqual(reasonsFor(night('UTC')), []);
  assert.deepEqual(reasonsFor(night('Asia/Tokyo')), ['bearable', 'rating']);   // midnight in Tokyo is 15:00 in UTC
});

test('turning back counts like any other ending, one left open does not', () => {
  assert.deepEqual(reasonsFor(seriesOf('b', three({ outcome: 'turned_back', before: 20 }, { outcome: 'part' }, { outcome: 'turned_back' }))), ['rating']);
  assert.deepEqual(seriesOf('b', three({ before: 20 }, {}, { outcome: null })).length, 2);
});

// ---- made-up series against the rule said another way

const throwIt = dice(7);
const maybe = (/** @type {number} */ most) => (throwIt(3) ? throwIt(most + 1) : null);
const random = () => Array.from({ length: throwIt(7) }, () => at(throwIt(4), {
  happened: ['', 'no', 'part', 'bearable', 'yes'][throwIt(5)], outcome: ['did', 'part', 'turned_back', null][throwIt(4)],
  step: 'bbbbc'[throwIt(5)], likelihood: maybe(100), before: maybe(100), peak: maybe(100), after: maybe(100),
}));
const randomRule = () => ({ times: 1 + throwIt(5), days: 1 + throwIt(3), rating: throwIt(101), share: 1 + throwIt(100) });

/** The sentence of the rule, word for word. @param {any[]} list @param {any} rule */
function bySentence(list, rule) {
  const mine = list.filter((one) => one.step === 'b' && one.outcome).sort((x, y) => x.started - y.started || (x.id < y.id ? -1 : 1));
  const days = new Set(mine.map((one) => new Date(one.started).toISOString().slice(0, 10)));
  if (mine.length < rule.times || days.size < rule.days) return false;
  let bearable = 0;
  for (const one of mine.slice(Math.max(0, mine.length - 3))) bearable += one.happened === 'no' || one.happened === 'bearable' ? 1 : 0;
  const guessed = mine.filter((one) => one.likelihood !== null).map((one) => one.likelihood);
  const rated = mine.map((one) => Math.max(...[one.before, one.peak, one.after].map((n) => n ?? -1))).filter((n) => n >= 0);
  const half = (/** @type {number[]} */ told) => told.length >= 2 && told[told.length - 1] / 100 <= (told[0] / 100) * (rule.share / 100) + 1e-12;
  return bearable >= 2 || half(guessed) || half(rated) || (rated.length > 0 && rated[rated.length - 1] <= rule.rating);
}

test('on two thousand made-up series it says what the sentence of the rule says', () => {
  let yes = 0;
  for (let n = 0; n < 2000; n += 1) {
    const [list, rule] = [random(), n % 2 ? RULE : randomRule()];
    const says = reasonsFor(seriesOf('b', list), rule).length > 0;
    assert.equal(says, bySentence(list, rule), JSON.stringify({ list, rule }));
    yes += says ? 1 : 0;
  }
  assert.ok(yes > 200 && yes < 1800, `${yes} of 2000 are no measure of both answers`);
});

test('a wider threshold never takes an offer away, and the order in which rows come does not matter', () => {
  for (let n = 0; n < 800; n += 1) {
    const [list, rule] = [random(), randomRule()];
    const wider = { times: 1 + throwIt(rule.times), days: 1 + throwIt(rule.days), rating: rule.rating + throwIt(101 - rule.rating), share: rule.share + throwIt(101 - rule.share) };
    const tight = reasonsFor(seriesOf('b', list), rule);
    const loose = reasonsFor(seriesOf('b', list), wider);
    assert.ok(tight.every((reason) => loose.includes(reason)), JSON.stringify({ list, rule, wider }));
    assert.deepEqual(reasonsFor(seriesOf('b', list.toReversed()), rule), tight);
  }
});

test('a ladder without thresholds has those of the rule, each of its own goes before', () => {
  assert.deepEqual([ruleOf(), ruleOf({ ready_times: null })], [RULE, RULE]);
  assert.deepEqual(ruleOf({ ready_times: 5, ready_days: 1, ready_rating: 0, ready_share: 70 }), { times: 5, days: 1, rating: 0, share: 70 });
});

// ---- the offer

const calm = () => three({ before: 20 }, { before: 20 }, { before: 20 });
const offered = (/** @type {any[]} */ tried, of = b, list = steps) => offerFor(of, list, tried);

test('the nearest step above that was never tried is offered, and nothing is touched by it (U1)', () => {
  const tried = calm();
  for (const one of [...tried, ...steps]) Object.freeze(one);
  const before = JSON.stringify([tried, steps]);
  assert.equal(offered(tried)?.next?.id, 'c');
  assert.equal(offered([...tried, at(5, { step: 'c' })])?.next?.id, 'd');
  assert.equal(offered([...tried, at(5, { step: 'c' }), at(6, { step: 'd' })]), undefined);
  assert.equal(JSON.stringify([tried, steps]), before);
});

test('at the top of a ladder there is an offer with no step to it', () => {
  const top = calm().map((one) => ({ ...one, step: 'd' }));
  const offer = offered(top, steps[3]);
  assert.deepEqual([offer?.step.id, offer?.next, offer?.last.id], ['d', undefined, top[2].id]);
});

test('an answer, yes or no, is asked for again only after as many times anew', () => {
  for (const answer of ['yes', 'no']) {
    const tried = calm();
    tried[2].ready_answer = answer;
    const counts = [0, 1, 2, 3].map((more) => Boolean(offered([...tried, ...Array.from({ length: more }, (_, i) => at(3 + i, { before: 20 }))])));
    assert.deepEqual(counts, [false, false, false, true], answer);
  }
});

test('the home screen asks about the step tried last only, and the same after sixty days', () => {
  const tried = calm();
  assert.equal(offerAtHome(steps, tried)?.step.id, 'b');
  assert.equal(offerAtHome(steps, [...tried, at(4, { step: 'a' })]), undefined);
  assert.equal(offerAtHome(steps, [...tried, at(4, { step: 'a', outcome: null })])?.step.id, 'b');
  assert.equal(offerAtHome(steps, [...tried, at(4, { step: 'gone' })])?.step.id, 'b');
  assert.equal(offerAtHome(steps, tried, () => ({ ...RULE, times: 4 })), undefined);
  assert.equal(offerAtHome(steps, []), undefined);
});
