/**
 * Rule G4: of the numbers a person is shown, none ever falls but by the person's own deletion. Lives made up by dice, on two
 * phones and a small house between them: whatever becomes of steps, ladders, settings and other words, the numbers stay.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as attempts from '../../static/js/attempts.js';
import * as tries from '../../static/js/tries.js';
import { addLadder, ladders } from '../../static/js/ladders.js';
import { laddersAway, putAway, putLadder, takeOut as takeLadderOut } from '../../static/js/putaway.js';
import { open } from '../../static/js/gate.js';
import { keepMeta } from '../../static/js/phone.js';
import { add, all, changeSetting, get, write } from '../../static/js/rows.js';
import { counters } from '../../static/js/seeing.js';
import { addSteps, stepsInUse, stepsOf } from '../../static/js/steps.js';
import { copyStep, moveStep, putStep, putStepAway, splitStep, takeStepOut } from '../../static/js/stepchanges.js';
import { putIn, surprises, takeOut } from '../../static/js/surprises.js';
import { syncNow } from '../../static/js/sync.js';
import { dice } from './dice.mjs';

/** @typedef {import('../../static/js/kinds.js').Attempt} Attempt */
/** @typedef {(below: number) => number} Throws */

const NOON = Date.UTC(2026, 10, 21, 12), DAY = 86_400_000;
const LIVES = 15, LONG = 140;

/** The house: rows by id as they stand, one revision for all. @type {Map<string, any>} */
let house = new Map();
let revision = 0;

/** @param {any} edit */
function take({ target, space, kind, fields }) {
  revision += 1;
  house.set(target, { id: target, space, kind, revision, fields: { ...house.get(target)?.fields, ...fields } });
}

const realFetch = globalThis.fetch;
globalThis.fetch = async (/** @type {any} */ _path, /** @type {any} */ sent) => {
  const { edits, cursors } = JSON.parse(sent.body);
  edits.forEach(take);
  const spaces = new Set([...house.values()].map(({ space }) => space));
  const news = (/** @type {string} */ space) => [...house.values()].filter((row) => row.space === space && row.revision > (cursors[space] ?? 0))
    .map(({ space: _space, ...row }) => row);
  return Response.json({
    v: 1, now: NOON, answers: edits.map((/** @type {any} */ { id }) => ({ id, outcome: 'written' })),
    spaces: Object.fromEntries([...spaces].map((space) => [space, { revision, role: 'owner', kind: space === 'mine' ? 'private' : 'ladder', rows: news(space), more: false }])),
  });
};
after(() => {
  globalThis.fetch = realFetch;
  setTimeout(() => process.exit(), 50).unref();       // a try that was put off for later would wait for its minute
});

/** @param {Throws} throws */
const one = (throws) => (/** @type {any} */ list) => list[throws(list.length)];

/**
 * Everything somebody may do that takes nothing of theirs away. Undo is the person's own hand, and is not here.
 * @param {Throws} throws @param {number} now
 * @returns {Record<string, () => Promise<unknown> | unknown>}
 */
function deeds(throws, now) {
  const any = one(throws);
  const step = any(stepsInUse()), ladder = any(ladders()), kept = any(attempts.attempts().filter(attempts.isKept)), running = attempts.openAttempt();
  const tried = () => ({ happened: any(['', ...tries.HAPPENED]), where: any(['', 'Park', ' the  park', 'Shop', '公園']), first_time: any([null, null, true, false]) });
  return {
    begins: () => step && attempts.begin(step, { before: throws(101), guess: any(['', 'They stare']), likelihood: null, timer: null }, now),
    keeps: () => running && attempts.keep(running, { outcome: any(attempts.OUTCOMES), ...tried() }, now),
    otherPhone: () => take({
      target: `b${now}`, space: 'mine', kind: 'attempt',
      fields: { step: any([step?.id ?? 's', 'unknown']), title: 'x', guess: any(['', 'It rains']), outcome: any([...attempts.OUTCOMES, null]), started: now - throws(30) * DAY, zone: 'Asia/Tokyo', ...tried() },
    }),
    syncs: () => syncNow(),
    looksBack: () => kept && attempts.put(kept, { looked_back: 'Still there.', looked_back_at: now, ready_answer: any(['yes', 'no']), sharing: any(['', 'open', 'private']) }),
    rates: () => kept && attempts.put(kept, { before: throws(101), peak: throws(101), after: null, feelings: ['calm'] }),
    intoTheBook: () => kept && !tries.isSurprise(kept) && putIn(kept),
    ladder: () => addLadder({ title: 'Outside' }),
    renames: () => ladder && putLadder(ladder, { title: 'Another', wish_unknown: true, ready_times: 1 + throws(20), ready_share: null }),
    ladderAway: () => ladder && putAway(ladder),
    ladderBack: () => laddersAway()[0] && takeLadderOut(laddersAway()[0]),
    step: () => ladder && addSteps(ladder, [{ title: `step ${now}` }]),
    stepAway: () => step && putStepAway(step),
    stepBack: () => { const away = any(all('step', { archived: true }).filter(({ archived }) => archived)); return away && takeStepOut(away); },
    rewords: () => step && putStep(step, { title: 'in other words', predicted: throws(101), place: 'elsewhere' }),
    moves: () => step && moveStep(step, throws(stepsOf(step.ladder).length)),
    splits: () => step && splitStep(step, [{ title: 'half of it' }, { title: 'a quarter' }]),
    copies: () => step && copyStep(step, 'the same, elsewhere'),
    writes: () => write([add('diary', 'mine', { day: '2026-11-20', text: 'rain', sharing: 'private', at: now })]),
    asked: () => write([add('checkin', 'mine', { day: '2026-11-20', about: 'days', ease: 5, at: now })]),
    rests: () => write([add('rest', 'mine', { day: '2026-11-20', at: now })]),
    settles: () => changeSetting({ today_step: step?.id ?? null, during_ratings: throws(2) === 0, paused: 'open', reading: any(['', 'plain']) }),
    opensAgain: async () => { await syncNow(); await here(); await syncNow(); },
  };
}

/** A phone that keeps nothing is opened: what it knows, the house has told it. */
async function here() {
  await open('ada');
  await keepMeta({ me: { person: 'ada', space: 'mine', nickname: '', language: 'ja', guest: false }, device: 'd', cursors: {} });
}

const numbers = () => ({ ...counters(), ...Object.fromEntries(Object.entries(tries.counts()).map(([name, n]) => [`own ${name}`, n])) });

/** @param {Throws} throws @param {(name: string, before: any, after: any) => void} look */
async function lives(throws, look) {
  house = new Map();
  revision = 0;
  await here();
  for (let at = 0; at < LONG; at += 1) {
    const now = NOON + at * (DAY / 7);
    const every = Object.entries(deeds(throws, now));
    const list = [...every, ...every.filter(([each]) => ['begins', 'keeps'].includes(each))];    // these more often
    const [name, act] = at < 4 ? list.find(([each]) => each === ['ladder', 'step', 'begins', 'keeps'][at]) ?? list[0] : one(throws)(list);
    const before = numbers();
    await act();
    look(name, before, numbers());
  }
}

test('no number falls, whatever somebody does that takes nothing of theirs away', async () => {
  const done = new Set();
  let most = 0;
  for (let seed = 1; seed <= LIVES; seed += 1) {
    await lives(dice(seed), (name, before, now) => {
      done.add(name);
      most = Math.max(most, now.tried);
      for (const each of Object.keys(before)) assert.ok(now[each] >= before[each], `${each} fell from ${before[each]} to ${now[each]} when somebody ${name} (life ${seed})`);
    });
  }
  assert.deepEqual(Object.keys(deeds(dice(1), NOON)).filter((name) => !done.has(name)), []);
  assert.ok(most > 10, 'in these lives something is tried');
});

test('by the person’s own hand they fall, by that one entry, and undo brings them back', async () => {
  house = new Map();
  await here();
  await addLadder({ title: 'Outside' });
  await addSteps(ladders()[0], [{ title: 'the door' }]);
  for (const n of [1, 2]) {
    const id = await attempts.begin(stepsInUse()[0], { before: 40, guess: 'They stare', likelihood: 80, timer: null }, NOON + n);
    await attempts.keep(get(id), { outcome: 'did', happened: 'no', where: `place ${n}` }, NOON + n);
  }
  const all_ = numbers();
  assert.deepEqual(counters(), { tried: 2, firsts: 1, places: 2, surprises: 2 });
  const undo = await attempts.takeAway(attempts.attempts()[0]);
  assert.deepEqual(counters(), { tried: 1, firsts: 1, places: 1, surprises: 1 });
  await undo();
  assert.deepEqual(numbers(), all_);
  const again = await takeOut(surprises()[0]);
  assert.deepEqual(counters(), { tried: 2, firsts: 1, places: 2, surprises: 1 });
  await again();
  assert.deepEqual(numbers(), all_);
});

test('the proof can fail: a step that is put away must not take its numbers along', async () => {
  const onlyInUse = () => attempts.attempts().filter((each) => stepsInUse().some(({ id }) => id === each.step)).length;
  let fell = false, was = 0;
  await lives(dice(7), (name) => {
    const now = onlyInUse();
    fell ||= now < was && ['stepAway', 'ladderAway'].includes(name);
    was = now;
  });
  assert.ok(fell);
});
