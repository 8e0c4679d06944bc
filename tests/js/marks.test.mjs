/** When another step is offered, said in words: on a proposal, in what changed, on the form. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldName, valueWords } from '../../static/js/parts/fieldwords.js';
import { marksOf } from '../../static/js/parts/readyfields.js';
import { RULE, ruleOf } from '../../static/js/ready.js';
import { BLANK } from '../../static/js/kinds.js';

const NAMES = Object.keys(marksOf(/** @type {any} */ (BLANK.ladder)));

test('every mark of a ladder has a name and its values are words, none a bare number', () => {
  assert.equal(NAMES.length, 4);
  for (const name of NAMES) {
    assert.notEqual(fieldName(name, 'ladder'), name);
    for (const value of [1, 20, 25, null]) assert.match(valueWords(name, value), /\p{L}{2}/u, name);
    assert.doesNotMatch(valueWords(name, null) + valueWords(name, 7), /null|undefined|%|ready_/);
  }
});

test('a mark nobody has set is told as the rule has it, and is what the rule reads', () => {
  assert.equal(valueWords('ready_times', null), '3 times, as usual');
  assert.equal(valueWords('ready_days', null), '2 days, as usual');
  assert.equal(valueWords('ready_rating', null), '30 or lower, as usual');
  assert.equal(valueWords('ready_share', null), 'half of it, as usual');
  assert.deepEqual(ruleOf(/** @type {any} */ (BLANK.ladder)), { ...RULE });
  assert.deepEqual(ruleOf(/** @type {any} */ ({ ...BLANK.ladder, ready_times: 5 })), { ...RULE, times: 5 });
});
