import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BLANK } from '../../static/js/kinds.js';
import { liesBeside, View } from '../../static/js/merge.js';
import { besideIn, besideRow, moveOf, wholeSteps } from '../../static/js/therapist/proposed.js';
import { questions } from '../../static/js/therapist/questions.js';
import { beginning, firstPeriod, opened, summary } from '../../static/js/therapist/summary.js';
import { answerLines, asText, newsWords, planLines } from '../../static/js/therapist/told.js';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 12);
let made = 0;

const attempt = (/** @type {any} */ fields) => /** @type {any} */ ({
  ...BLANK.attempt, id: `a${made += 1}`, kind: 'attempt', space: '', step: 's1', ladder: 'l1', title: 'Open the window', zone: 'UTC',
  outcome: 'did', started: NOW - DAY, ended: NOW - DAY, ...fields,
});
const rest = (/** @type {any} */ fields) => /** @type {any} */ ({ ...BLANK.rest, id: `r${made += 1}`, kind: 'rest', space: '', day: '2026-11-20', at: NOW - 2 * DAY, ...fields });
const told = (/** @type {any[]} */ attempts, /** @type {any[]} */ rests = [], frame = {}) => summary({ attempts, rests, fresh: new Set(/** @type {any} */ (frame).fresh) }, { since: 0, ...frame });

test('what was tried is told by step, the one tried last first, with every outcome of the same weight', () => {
  const { tried } = told([
    attempt({ step: 's2', title: 'The door', ended: NOW - 3 * DAY }), attempt({ outcome: 'turned_back', ended: NOW - 2 * DAY }),
    attempt({ outcome: 'part', ended: NOW - DAY }), attempt({ outcome: null }), attempt({ archived: true }),
  ]);
  assert.deepEqual(tried.map(({ step }) => step), ['s1', 's2']);
  assert.deepEqual(tried[0].outcomes, { did: 0, part: 1, turned_back: 1 });
});

test('nothing in a summary is a share, a rank or a number of days without anything', () => {
  const keys = JSON.stringify(told([attempt({})], [rest({})]));
  assert.doesNotMatch(keys, /percent|rate"|rank|missed|gap|absent|streak|score/i);
});

test('the biggest surprise is the surest guess that came otherwise', () => {
  const small = attempt({ guess: 'they stare', likelihood: 20, happened: 'no' });
  const big = attempt({ guess: 'I faint', likelihood: 90, happened: 'no' });
  const true_ = attempt({ guess: 'it rains', likelihood: 100, happened: 'yes' });
  assert.equal(told([small, big, true_]).surprise?.one, big);
  assert.equal(told([small, big, true_]).surprise?.by, 'guess');
});

test('without guesses the number that lay farthest off surprises, upwards as well as downwards; small steps do not', () => {
  const up = attempt({ before: 20, peak: 80 });
  assert.deepEqual(told([attempt({ before: 60, peak: 30 }), up]).surprise, { one: up, by: 'numbers' });
  assert.equal(told([attempt({ before: 60, peak: 31 })]).surprise, null);
  assert.equal(told([attempt({ before: null, peak: 90 })]).surprise, null);
});

test('it sticks where the last times turned back, came true as feared, or the guess stayed as likely', () => {
  const at = (/** @type {number} */ days) => ({ ended: NOW - days * DAY, started: NOW - days * DAY });
  const back = told([attempt({ outcome: 'turned_back', ...at(1) }), attempt({ ...at(2) }), attempt({ outcome: 'turned_back', ...at(3) })]).sticks;
  assert.deepEqual(back, [{ step: 's1', title: 'Open the window', why: 'turned_back', n: 2, of: 3 }]);
  const feared = [1, 2].map((days) => attempt({ guess: 'they laugh', happened: 'yes', ...at(days) }));
  assert.equal(told(feared).sticks[0]?.why, 'came_true');
  const likely = [[1, 70], [2, 60], [3, 70]].map(([days, likelihood]) => attempt({ likelihood, ...at(days) }));
  assert.deepEqual(told(likely).sticks.map(({ why, n, of }) => [why, n, of]), [['as_likely', 70, 70]]);
});

test('it does not stick where somebody tried once, where it moved since, or where a step is left alone', () => {
  const at = (/** @type {number} */ days) => ({ ended: NOW - days * DAY, started: NOW - days * DAY });
  assert.deepEqual(told([attempt({ outcome: 'turned_back' })]).sticks, []);
  assert.deepEqual(told([attempt({ ...at(1) }), attempt({ ...at(2) }), attempt({ outcome: 'turned_back', ...at(3) }), attempt({ outcome: 'turned_back', ...at(4) })]).sticks, []);
  assert.deepEqual(told([[1, 20], [2, 60], [3, 70]].map(([days, likelihood]) => attempt({ likelihood, ...at(days) }))).sticks, []);
  const old = [100, 101].map((days) => attempt({ outcome: 'turned_back', ...at(days) }));
  assert.deepEqual(told(old, [], { since: NOW - 28 * DAY }).sticks, []);
});

test('where it sticks is judged by all the times of the step, not only by those of the period', () => {
  const both = [1, 40].map((days) => attempt({ outcome: 'turned_back', ended: NOW - days * DAY }));
  assert.equal(told(both, [], { since: NOW - 28 * DAY }).sticks.length, 1);
});

test('notes are the person’s own words; an answer of one tap is none', () => {
  const { notes } = told([attempt({ found_out: 'Nobody looked. ', happened: 'no' })], [rest({ note: 'slept' }), rest({ day: '2026-11-19' })]);
  assert.deepEqual(notes.map(({ text }) => text), ['Nobody looked.', 'slept']);
});

test('a day is rested once, whatever number of phones said so, and its note is kept', () => {
  const { rested } = told([], [rest({ note: 'tea' }), rest({ note: '' })]);
  assert.deepEqual(rested.map(({ note }) => note), ['tea']);
});

test('what the house names as new is new whenever it happened, and told in whatever time is looked at', () => {
  const entries = [attempt({ ended: NOW - DAY }), attempt({ id: 'late', step: 's2', ended: NOW - 9 * DAY, found_out: 'A cat.' })];
  const frame = { fresh: ['late', 'r'], since: NOW - 2 * DAY };
  const recent = told(entries, [rest({ id: 'r' }), rest({ id: 'r' })], frame);
  assert.deepEqual(recent.fresh, { attempts: 1, rests: 1, pages: 0, answers: 0, plans: 0 });
  assert.deepEqual(recent.tried.map(({ step }) => step), ['s1']);
  const news = told(entries, [rest({})], { ...frame, news: true });
  assert.deepEqual(news.tried.map(({ step, fresh }) => [step, fresh]), [['s2', true]]);
  assert.deepEqual([news.notes.map(({ text, fresh }) => [text, fresh]), news.rested], [[['A cat.', true]], []]);
  assert.equal(told(entries).fresh.attempts, 0);
});

test('the page opens with what is new, else with four weeks, else with everything', () => {
  const entries = (/** @type {number} */ days) => ({ attempts: [attempt({ id: 'a', ended: NOW - days * DAY })], rests: [], fresh: new Set() });
  assert.equal(firstPeriod({ ...entries(90), fresh: new Set(['a']) }, NOW - 2 * DAY, NOW), 'look');
  assert.equal(firstPeriod(entries(5), NOW - 2 * DAY, NOW), 'weeks');
  assert.equal(firstPeriod(entries(5), null, NOW), 'weeks');
  assert.equal(firstPeriod(entries(90), NOW, NOW), 'all');
  assert.equal(firstPeriod({ attempts: [], rests: [], fresh: new Set() }, NOW, NOW), 'weeks');
  assert.equal(beginning('all', NOW), 0);
});

test('wire rows become rows without holes', () => {
  const [one] = opened('attempt', [{ id: 'x', fields: { step: 's9', outcome: 'did' } }]);
  assert.deepEqual([one.id, one.kind, one.guess, one.feelings], ['x', 'attempt', '', []]);
});

const page = (/** @type {any} */ fields) => /** @type {any} */ ({ ...BLANK.diary, id: `d${made += 1}`, kind: 'diary', space: '', day: '2026-11-20', at: NOW - 2 * DAY, ...fields });
const answer = (/** @type {any} */ fields) => /** @type {any} */ ({ ...BLANK.checkin, id: `c${made += 1}`, kind: 'checkin', space: '', day: '2026-11-20', at: NOW - 2 * DAY, ...fields });
const plan = (/** @type {any} */ fields) => /** @type {any} */ ({ ...BLANK.plan, id: `p${made += 1}`, kind: 'plan', space: '', at: NOW - 90 * DAY, ...fields });
const wholly = (/** @type {any} */ entries, frame = {}) => summary({ attempts: [], rests: [], fresh: new Set(), ...entries }, { since: 0, ...frame });

test('what is shown by itself is told newest first, in the time that is looked at; the plan for as long as it is shown', () => {
  const diary = [page({ id: 'old', day: '2026-09-01', at: NOW - 80 * DAY }), page({ id: 'late', day: '2026-11-21' }), page({ id: 'early' })];
  const plans = [plan({ id: 'first', signs: 'I sleep by day', at: NOW - 99 * DAY }), plan({ id: 'now', helps: 'tea' }), plan({ at: NOW })];
  const { shown } = wholly({ diary, checkins: [answer({ about: 'harder', harder: 'no' })], plans }, { since: NOW - 28 * DAY });
  assert.deepEqual(shown.pages.map(({ id }) => id), ['late', 'early']);
  assert.deepEqual([shown.answers.length, shown.plan?.id], [1, 'now']);
  assert.deepEqual(wholly({}).shown, { pages: [], answers: [], plan: null, fresh: new Set() });
});

test('what is shown by itself is news once, and a page that came late is found under what is new', () => {
  const entries = { diary: [page({ id: 'late', at: NOW - 80 * DAY, day: '2026-09-01' }), page({})], plans: [plan({ id: 'p', who: 'Ken' })], fresh: new Set(['late', 'p']) };
  const told = wholly(entries, { since: NOW, news: true });
  assert.deepEqual([told.fresh, told.shown.pages.map(({ id }) => id)], [{ attempts: 0, rests: 0, pages: 1, answers: 0, plans: 1 }, ['late']]);
  assert.equal(firstPeriod({ attempts: [], rests: [], ...entries }, NOW - DAY, NOW), 'look');
  assert.equal(firstPeriod({ attempts: [], rests: [], ...entries, fresh: new Set() }, NOW - DAY, NOW), 'weeks');
  assert.deepEqual(newsWords(told.fresh, { entries: 2, messages: 0, comments: 0, answers: 0 }), ['1 page of the diary', 'the plan for hard weeks']);
});

test('a monthly answer is told as it was given: what was left empty stands nowhere, and nothing is a verdict', () => {
  assert.deepEqual(answerLines(answer({ about: 'harder', harder: 'a_little', note: 'The evenings.', ease: 3 })), ['Did the app make anything harder? a little', '“The evenings.”']);
  assert.deepEqual(answerLines(answer({ about: 'days', ease: 0, direction: null })), ['Ease of the days: 0 of 100']);
  assert.deepEqual(planLines(plan({ signs: ' I sleep by day ', words: 'It passes.' })).map(([, text]) => text), ['I sleep by day', 'It passes.']);
  const text = asText({ name: 'Ada', period: 'everything', question: 'What do you like?', told: wholly({
    diary: [page({ text: 'Rain all day.', feelings: ['calm'] })], checkins: [answer({ ease: 40, direction: 70 })], plans: [plan({ who: 'Ken' })],
  }) });
  for (const part of ['From their diary', 'Rain all day. · calm', 'Ease of the days: 40 of 100 · Deciding for oneself: 70 of 100', 'Who is there: Ken']) assert.ok(text.includes(part), part);
  assert.doesNotMatch(text, /worse|better|%|undefined|null/);
});

test('there is always a question to ask, open, and the surprise comes first', () => {
  assert.ok(questions(told([])).length >= 1);
  const full = told([attempt({ guess: 'x', likelihood: 80, happened: 'no', found_out: 'a'.repeat(200), aids: 'cap, music' })], [rest({})]);
  const all = questions(full);
  assert.match(all[0], /went differently than guessed/);
  for (const one of all) {
    assert.match(one, /\?$/);
    assert.doesNotMatch(one, /\bwhy\b|must|should|fail/i);
    assert.ok(one.length < 200);
  }
  assert.equal(new Set(all).size, all.length);
});

test('as text it says the same, part by part, and leaves out what there was none of', () => {
  const full = told([attempt({ guess: 'they stare', likelihood: 80, happened: 'no', found_out: 'Nobody looked.', aids: 'cap', before: 60, peak: 70, after: 30 })], [rest({})]);
  const text = asText({ name: 'Ada', period: 'four weeks', told: full, question: 'What do you like?' });
  for (const part of ['Ada · four weeks', 'Tried', 'Open the window', 'Did it: 1', 'Rested', 'Biggest surprise', 'they stare', 'It did not happen', '“Nobody looked.”', 'What do you like?']) assert.ok(text.includes(part), part);
  assert.doesNotMatch(text, /Where it sticks|%|undefined|null/);
  const empty = asText({ name: 'Ada', period: 'everything', told: told([]), question: 'What do you like?' });
  assert.equal(empty, 'Ada · everything\n\nOne question to ask\n- What do you like?');
});

test('what was found on looking back the next day stands among their words, beside what was found out', () => {
  const { notes } = told([attempt({ found_out: 'Quiet.', looked_back: 'Still there this morning.' })]);
  assert.deepEqual(notes.map(({ text }) => text), ['Quiet.', 'Still there this morning.']);
});

test('what is new is counted only where there is something', () => {
  assert.deepEqual(newsWords({ attempts: 0, rests: 0 }, { entries: 0, messages: 0, comments: 0, answers: 0 }), []);
  assert.deepEqual(newsWords({ attempts: 2, rests: 1 }, { entries: 3, messages: 0, comments: 0, answers: 1 }),
    ['2 tries', '1 day of not doing', '1 answer to a proposal']);
});

// ---- what lies beside ------------------------------------------------------------------------------------------------

const step = (/** @type {string} */ id, /** @type {string} */ position, title = id) => /** @type {any} */ ({ ...BLANK.step, id, position, title, space: 'p', ladder: 'l', kind: 'step' });
const proposal = (/** @type {any} */ fields) => /** @type {any} */ ({ ...BLANK.proposal, id: `p${made += 1}`, space: 'p', kind: 'proposal', target: 's', target_kind: 'step', by: 'theo', at: made, ...fields });
const edit = (/** @type {any} */ fields) => /** @type {any} */ ({ id: `e${made += 1}`, space: 'p', kind: 'step', target: 's', verb: 'set', fields: {}, at: made, ...fields });

test('only a proposer’s edits of ladders and steps lie beside; own words are simply said', () => {
  assert.ok(liesBeside(edit({}), 'proposer') && liesBeside(edit({ kind: 'ladder' }), 'proposer'));
  for (const kind of ['comment', 'message', 'idea', 'note', 'thread', 'setting']) assert.ok(!liesBeside(edit({ kind }), 'proposer'), kind);
  for (const role of ['owner', 'editor', 'viewer', undefined]) assert.ok(!liesBeside(edit({}), role));
});

test('a waiting proposal leaves the wording alone, and lies beside it until the house has it', () => {
  const view = new View();
  view.put([{ id: 's', space: 'p', kind: 'step', revision: 1, fields: { title: 'mine' } }]);
  const outbox = [edit({ fields: { title: 'yours' } })];
  view.wait(outbox.filter((one) => !liesBeside(one, 'proposer')));
  assert.equal(view.row('s')?.title, 'mine');
  view.wait(outbox.filter((one) => !liesBeside(one, 'editor')));
  assert.equal(view.row('s')?.title, 'yours');
  const [beside] = besideRow(besideIn('p', [], outbox, 'theo'), { id: 's' });
  assert.deepEqual([beside.field, beside.value, beside.state, beside.by], ['title', 'yours', 'unsent', 'theo']);
});

test('the last proposal of one hand on one field counts; others, asked ones and other spaces stay apart', () => {
  const rows = [proposal({ field: 'title', value: 'a' }), proposal({ field: 'title', value: 'b' }), proposal({ field: 'title', value: 'c', by: 'una' }),
    proposal({ field: 'hint', value: 'h', state: 'asked' }), proposal({ field: 'hint', value: 'i' }),
    proposal({ field: 'place', value: 'x', state: 'taken' }), proposal({ field: 'aids', value: 'y', space: 'q' })];
  const all = besideIn('p', rows, [], 'theo');
  assert.deepEqual(all.map(({ value }) => value), ['b', 'c', 'h', 'i']);
  const waiting = [edit({ fields: { title: 'd' }, at: 0 })];
  assert.deepEqual(besideIn('p', rows, waiting, 'theo').map(({ value }) => value), ['c', 'h', 'i', 'd']);
});

test('a whole step lies beside the ladder until it stands on it', () => {
  const all = besideIn('p', [], [edit({ verb: 'add', target: 'new', fields: { title: 'n' } })], 'theo');
  assert.equal(wholeSteps(all, []).length, 1);
  assert.equal(wholeSteps(all, [{ id: 'new' }]).length, 0);
});

test('a move is told by the neighbours it would have, and not told when it changes nothing', () => {
  const steps = [step('a', 'a0'), step('b', 'a1'), step('c', 'a2')];
  const to = (/** @type {string} */ position) => moveOf(besideIn('p', [proposal({ target: 'a', field: 'position', value: position })], [], 'theo'), steps[0], steps);
  assert.deepEqual([to('a1V')?.below?.id, to('a1V')?.above?.id], ['b', 'c']);
  assert.deepEqual([to('a9')?.below?.id, to('a9')?.above], ['c', undefined]);
  assert.equal(to('Zz'), undefined);
  assert.deepEqual(besideRow(besideIn('p', [proposal({ target: 'a', field: 'position', value: 'a9' })], [], 'theo'), steps[0]), []);
});
