/** Who sees an entry: what was agreed, unless the person says otherwise of this one (rule T4). */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { open } from '../../static/js/gate.js';
import { keepMeta, settle } from '../../static/js/phone.js';
import { add, get, write } from '../../static/js/rows.js';
import { answerOf, answers, isSeenBy, listed, mayBeSeen, seers, share } from '../../static/js/sharing.js';

let person = 0;

beforeEach(async () => {
  const ada = `ada${person++}`;
  await open(ada);
  await keepMeta({ me: { person: ada, space: 'mine', nickname: '', language: 'en', guest: true } });
});

/** @param {Record<string, 'none' | 'chosen' | 'all'>} agreed by name @param {string} [state] @param {Record<string, [string, string][]>} [ladders] */
const reads = (agreed, state = 'confirmed', ladders = {}) => settle(/** @type {any} */ ({
  rows: Object.entries(agreed).map(([name, entries]) => ({ id: name, space: 'mine', kind: 'consent', revision: 1, fields: { therapist: name, name, state, entries, ladders: ladders[name] ?? [], accepted: 1 } })),
  done: [], refused: [], gone: [], rewound: [], meta: {},
}));

/** @returns {Promise<any>} */
async function entry() {
  await write(add('attempt', 'mine', { step: 's', title: 't', outcome: 'did' }, 'a'));
  return get('a');
}

test('the whole table of who sees what', () => {
  const table = /** @type {const} */ ([
    ['all', '', true], ['all', 'open', true], ['all', 'private', false],
    ['chosen', '', false], ['chosen', 'open', true], ['chosen', 'private', false],
    ['none', '', false], ['none', 'open', false], ['none', 'private', false],
  ]);
  for (const [entries, sharing, seen] of table) assert.equal(isSeenBy({ entries, ladders: [] }, sharing), seen, `${entries} ${sharing}`);
});

test('there is nothing to choose while nobody sees any entry', async () => {
  await reads({ Theo: 'none' });
  await reads({ Una: 'all' }, 'accepted');
  assert.deepEqual([mayBeSeen(), seers(await entry())], [[], []]);
});

test('with one reader it is yes or no, and begins with what was agreed', async () => {
  await reads({ Theo: 'chosen' });
  const one = await entry();
  assert.deepEqual([answers(one), answerOf(one)], [['private', 'open'], 'private']);
  const undo = await share(one, 'open');
  assert.deepEqual([answerOf(get('a')), listed(seers(get('a')))], ['open', 'Theo']);
  await undo();
  assert.equal(answerOf(get('a')), 'private');
});

test('where everything is agreed to be seen, one entry can be kept to oneself', async () => {
  await reads({ Theo: 'all' });
  const one = await entry();
  assert.equal(answerOf(one), 'open');
  await share(one, 'private');
  assert.deepEqual([answerOf(get('a')), seers(get('a'))], ['private', []]);
});

test('where two were agreed with differently, "as agreed" is an answer of its own', async () => {
  await reads({ Theo: 'all', Una: 'chosen' });
  const one = await entry();
  assert.deepEqual([answers(one), answerOf(one), listed(seers(one))], [['private', '', 'open'], '', 'Theo']);
  await share(one, 'open');
  assert.deepEqual(seers(get('a')).length, 2);
});

test('as agreed is only for those who read the ladder it is on; shown by hand, it is for all', async () => {
  await reads({ Theo: 'all', Una: 'all' }, 'confirmed', { Theo: [['outside', 'propose']] });
  await write([
    add('ladder', 'outside', { title: 'l', position: 'a0' }, 'l'), add('ladder', 'inside', { title: 'm', position: 'a1' }, 'm'),
    ...['l', 'm', 'not here yet'].map((ladder, i) => add('attempt', 'mine', { step: 's', ladder, title: 't', outcome: 'did' }, 'abc'[i])),
    add('rest', 'mine', { day: '2026-11-20' }, 'd'),
  ]);
  const seen = (/** @type {string} */ id) => listed(seers(/** @type {any} */ (get(id))));
  assert.deepEqual([seen('a'), seen('b'), seen('c'), seen('d')], ['Theo', '', '', 'Theo and Una']);
  assert.deepEqual([answers(get('a')), answers(get('b')), answers(get('d'))], [['private', '', 'open'], ['private', 'open'], ['private', 'open']]);
  assert.deepEqual([answerOf(get('a')), answerOf(get('b')), answerOf(get('d'))], ['', 'private', 'open']);
  await share(get('b'), 'open');
  assert.equal(seen('b'), 'Theo and Una');
});

test('a page of the diary, a monthly answer and the plan follow no agreement: each is shown by its own hand or to nobody', async () => {
  await reads({ Theo: 'all', Una: 'chosen' });
  for (const kind of /** @type {const} */ (['diary', 'checkin', 'plan'])) {
    const made = { diary: { day: '2026-11-22' }, checkin: { day: '2026-11-22', about: 'days' }, plan: {} }[kind];
    await write(add(kind, 'mine', made, kind));
    const one = () => get(kind);
    assert.deepEqual([answers(one()), answerOf(one()), seers(one())], [['private', 'open'], 'private', []], kind);
    assert.deepEqual(seers({ ...one(), sharing: '' }), [], kind);
    await share(one(), 'open');
    assert.deepEqual([answerOf(one()), seers(one()).map(({ name }) => name).sort()], ['open', ['Theo', 'Una']], kind);
  }
});
