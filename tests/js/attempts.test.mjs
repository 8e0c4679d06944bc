import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import * as attempts from '../../static/js/attempts.js';
import * as tries from '../../static/js/tries.js';
import { leave } from '../../static/js/gate.js';
import { meta } from '../../static/js/phone.js';
import { get } from '../../static/js/rows.js';
import { rest, restOn, unrest } from '../../static/js/rests.js';
import { localDay } from '../../static/js/days.js';
import { dice } from './dice.mjs';

/** @typedef {import('../../static/js/kinds.js').Attempt} Attempt */

const SPACE = '00000000-0000-4000-8000-000000000001';
const NOON = Date.UTC(2026, 10, 21, 3);   // noon in Tokyo

const step = (/** @type {number} */ n) => /** @type {any} */ ({ id: `00000000-0000-4000-8000-00000000010${n}`, ladder: SPACE, title: `Step ${n}` });
const nothingGiven = { before: null, guess: '', likelihood: null, timer: null };

beforeEach(async () => {
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
});

/** @param {string} id */
const one = (id) => /** @type {Attempt} */ (get(id));

test('an attempt is written down when it begins and stays open until an outcome is kept', async () => {
  const id = await attempts.begin(step(1), { before: 60, guess: ' They look at me ', likelihood: 80, timer: 30 }, NOON);
  assert.equal(attempts.openAttempt(step(1).id)?.id, id);
  assert.deepEqual([one(id).before, one(id).guess, one(id).likelihood, one(id).timer, one(id).started], [60, 'They look at me', 80, 30, NOON]);
  await attempts.end(one(id), NOON + 5000);
  assert.equal(attempts.openAttempt(step(1).id)?.ended, NOON + 5000);
  assert.equal(tries.counts().tried, 0);
  await attempts.keep(one(id), { outcome: 'turned_back', after: 70 }, NOON + 9000);
  assert.equal(attempts.openAttempt(step(1).id), undefined);
  assert.deepEqual([one(id).outcome, one(id).after, one(id).ended], ['turned_back', 70, NOON + 5000]);
});

test('every outcome counts the same', async () => {
  for (const [n, outcome] of attempts.OUTCOMES.entries()) {
    const id = await attempts.begin(step(n), nothingGiven, NOON + n);
    await attempts.keep(one(id), { outcome }, NOON + n);
    assert.equal(tries.counts().tried, n + 1);
  }
  assert.deepEqual(tries.counts(), { tried: 3, steps: 3, found: 0 });
});

test('a step can be tried without limit and its newest time comes first', async () => {
  for (let n = 0; n < 45; n += 1) {
    const id = await attempts.begin(step(1), nothingGiven, NOON + n);
    await attempts.keep(one(id), { outcome: 'did' }, NOON + n);
  }
  const list = attempts.attemptsOf(step(1).id);
  assert.equal(list.length, 45);
  assert.deepEqual([list[0].started, list[44].started], [NOON + 44, NOON]);
});

test('going back into the doing opens it again', async () => {
  const id = await attempts.begin(step(1), nothingGiven, NOON);
  await attempts.end(one(id), NOON + 1);
  await attempts.goOn(one(id));
  assert.equal(attempts.openAttempt(step(1).id)?.ended, null);
});

test('ratings while doing never grow beyond what the account takes, and the newest is kept', async () => {
  const id = await attempts.begin(step(1), nothingGiven, NOON);
  for (let n = 0; n < 230; n += 1) await tries.note(one(id), n % 101, NOON + n);
  assert.ok(one(id).during.length <= 200, String(one(id).during.length));
  assert.deepEqual(one(id).during.at(-1), [NOON + 229, 229 % 101]);
});

test('a surprise is a guess that did not come true in full', () => {
  const made = (/** @type {string} */ guess, /** @type {string} */ happened) => tries.isSurprise(/** @type {any} */ ({ guess, happened }));
  assert.deepEqual([made('x', 'no'), made('x', 'part'), made('x', 'bearable'), made('x', 'yes'), made('x', ''), made('', 'no')],
    [true, true, true, false, false, false]);
});

test('a rise is seen from one time to the next and within one time, a fall is not one', () => {
  const made = (/** @type {(number | null)[][]} */ ...pairs) => attempts.hasRise(/** @type {any} */ (pairs.map(([before, after]) => ({ before, after, peak: null }))));
  assert.deepEqual([made([50, 40], [45, 30]), made([50, 40], [60, 30]), made([50, 60]), made([null, 90]), made()], [false, true, true, false, false]);
});

test('a day of not doing is one entry however often it is said, and can be taken back', async () => {
  const day = localDay(NOON);
  await rest(NOON);
  await rest(NOON + 1000, 'notification');
  assert.equal(restOn(day)?.source, 'home');
  await unrest(day);
  assert.equal(restOn(day), undefined);
  const undo = await rest(NOON);
  await undo();
  assert.equal(restOn(day), undefined);
});

/** Everything a person can do with attempts and rests; `own` says that it is a taking away by their own hand. */
const acts = {
  begin: (/** @type {any} */ w) => attempts.begin(step(w.throw(4)), { ...nothingGiven, guess: w.throw(2) ? 'a guess' : '' }, w.now),
  end: async (/** @type {any} */ w) => w.open && attempts.end(w.open, w.now),
  goOn: async (/** @type {any} */ w) => w.open && attempts.goOn(w.open),
  keep: async (/** @type {any} */ w) => w.open && attempts.keep(w.open, { outcome: attempts.OUTCOMES[w.throw(3)], found_out: w.throw(2) ? 'it was quiet' : '', happened: w.throw(2) ? 'no' : '' }, w.now),
  note: async (/** @type {any} */ w) => w.open && tries.note(w.open, w.throw(101), w.now),
  outcome: async (/** @type {any} */ w) => w.kept && attempts.put(w.kept, { outcome: attempts.OUTCOMES[w.throw(3)] }),
  happened: async (/** @type {any} */ w) => w.kept?.happened && attempts.put(w.kept, { happened: tries.HAPPENED[w.throw(4)] }),
  numbers: async (/** @type {any} */ w) => w.kept && attempts.put(w.kept, { before: w.throw(101), after: w.throw(101), guess: 'another guess' }),
  words: async (/** @type {any} */ w) => w.kept && attempts.put(w.kept, { found_out: `words ${w.throw(9)}` }),
  rest: (/** @type {any} */ w) => rest(w.now),
  unrest: (/** @type {any} */ w) => unrest(localDay(w.now)),
  wait: async (/** @type {any} */ w) => { w.now += 86_400_000 * (1 + w.throw(90)); },
  takeAway: async (/** @type {any} */ w) => w.kept && attempts.takeAway(w.kept),
};
const OWN_DELETION = ['takeAway'];

test('no count ever falls, whatever is done and however long nothing is done, but by the person taking an entry away', async () => {
  for (let seed = 1; seed <= 60; seed += 1) await life(seed);
});

/** @param {number} seed */
async function life(seed) {
  await leave();
  meta.me = { person: SPACE, space: SPACE, nickname: '', language: 'en', guest: true };
  const world = { throw: dice(seed), now: NOON, open: undefined, kept: undefined };
  const names = /** @type {(keyof typeof acts)[]} */ (Object.keys(acts));
  for (let turn = 0; turn < 80; turn += 1) {
    const before = tries.counts();
    const kept = attempts.attempts().filter(attempts.isKept);
    Object.assign(world, { open: attempts.openAttempt(), kept: kept[world.throw(kept.length || 1)], now: world.now + 1000 });
    const name = names[world.throw(names.length)];
    await acts[name](world);
    const after = tries.counts();
    if (OWN_DELETION.includes(name)) continue;
    for (const [count, n] of Object.entries(before)) {
      assert.ok(after[/** @type {keyof typeof after} */ (count)] >= n, `seed ${seed}, turn ${turn}: ${name} let "${count}" fall from ${n}`);
    }
  }
}
