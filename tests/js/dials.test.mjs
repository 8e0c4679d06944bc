/** The dials: a turned step is a whole sentence that differs in exactly one thing (rules L6, L7, L8), in the language of its own words. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DIALS, fieldsOf, imagined, oneLess, tongue, turns } from '../../static/js/dials.js';
import * as en from '../../static/js/grammar/en.js';
import * as ja from '../../static/js/grammar/ja.js';
import { dice } from './dice.mjs';

/** @typedef {import('../../static/js/dials.js').Turn} Turn */

const csv = readFileSync(new URL('../../exposure/data/step_library.csv', import.meta.url), 'utf8').trim().split('\n');
const cells = (/** @type {string} */ line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.replace(/^"|"$/g, '').replaceAll('""', '"'));
const LIBRARY = csv.slice(1).map((line) => {
  const [id, , english, japanese, , , , , tags] = cells(line);
  const form = /interoceptive/.test(tags) ? 'body' : /imaginal/.test(tags) ? 'imaginal' : 'action';
  return { id, en: english, ja: japanese, form: /** @type {'action' | 'imaginal' | 'body'} */ (form) };
});

/** Steps as people write them: nouns, the first person, verbs in -ing, marks, phrases of ours from an earlier turn. */
const OWN = ['散歩', 'コンビニ', '電話に出る', '歯医者の予約をする', '9時に起きて、カーテンを開ける', '朝、散歩する', 'スーパーで牛乳を買う🥛', '駅まで三十分歩く', '５分だけ玄関に立つ。', '十分に休む',
  '人の少ない時間に、別の公園のベンチに5分座ってみる', 'マスクをつけて、コンビニの前まで行って、入らずに戻ってみる', '母と一緒にスーパーへ行く', 'ひとりで電車に乗る', '図書館で本を借りる（近所）', '駅員さんに「次は何時ですか」と聞く',
  'The shop', 'Going to the shop', 'I go to the park for an hour', 'Phone the dentist', 'walk the dog in the evening', 'Take a five-minute walk', 'Sit in a café for half an hour.', 'Alone, ride the train',
  'At a quiet hour, sit on another park bench for five minutes', 'Wearing a hat, go to the store', 'Meet Sam at 3pm in the park', 'TV with mum', 'Say "good night at noon"', 'coffee ☕', 'Dinner with my sister'];
const STEPS = [...LIBRARY.flatMap((row) => [{ title: row.ja, form: row.form }, { title: row.en, form: row.form }]), ...OWN.map((title) => ({ title, form: /** @type {const} */ ('action') }))];

/** @param {import('../../static/js/dials.js').Turnable} step @returns {Turn[]} */
const every = (step) => [...DIALS.flatMap((dial) => turns(step, dial)), ...imagined(step), ...oneLess(step, tongue(step.title) === ja ? 'マスク、イヤホン' : 'a mask, earphones')];

/** As it is compared: the comma that a phrase takes over, and the capital that it gives up, are no differences. */
const bare = (/** @type {string} */ title) => title.normalize('NFKC').toLowerCase().replace(/[、,]/g, '').replace(/\s+/g, ' ').trim();

/** How many letters have gone between what begins both and what ends both, and what has come instead. @param {string} a @param {string} b @returns {[number, string]} */
function middle(a, b) {
  let head = 0, tail = 0;
  const shorter = Math.min(a.length, b.length);
  while (head < shorter && a[head] === b[head]) head += 1;
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return [a.length - head - tail, b.slice(head, b.length - tail)];
}

test('the 73 steps of the library are all here', () => assert.equal(LIBRARY.length, 73));

test('every dial of every step of the library can be turned down or elsewhere, in both languages', () => {
  for (const row of LIBRARY) {
    for (const dial of DIALS) {
      for (const title of [row.ja, row.en]) assert.ok(turns({ title, form: row.form }, dial).length > 0, `${dial}: ${title}`);
    }
  }
});

test('every turned step differs in one stretch of words and keeps all the others', () => {
  for (const step of STEPS) {
    for (const one of every(step)) {
      const [gone, come] = middle(bare(step.title), bare(one.title));
      assert.ok(come.length + gone > 0, `${one.title}: nothing new`);
      assert.ok(gone <= 28, `${step.title} → ${one.title}: ${gone} letters gone`);
      if (one.title.startsWith(one.said) && tongue(step.title) === ja && one.said.endsWith('、')) assert.equal(bare(one.title), bare(one.said) + bare(step.title));
    }
  }
});

test('exactly one field of the new step differs, and it is the one that is named', () => {
  const kept = { time: '夕方', place: '駅前', people: '姉と', aids: '帽子', length: '二分' };
  for (const step of STEPS) {
    for (const one of every({ ...step, ...kept })) {
      const fields = fieldsOf(one);
      assert.equal(fields.turned, one.dial);
      const changed = DIALS.filter((dial) => fields[dial] !== undefined && fields[dial] !== kept[dial]);
      assert.deepEqual(changed, one.dial === 'imagined' ? [] : [one.dial], one.title);
      assert.equal(fields.form, one.dial === 'imagined' ? 'imaginal' : undefined);
    }
  }
});

test('what is named stands in the sentence, so that it can be marked', () => {
  for (const step of STEPS) for (const one of every(step)) assert.ok(one.title.includes(one.said), `${one.said} in ${one.title}`);
});

/** @param {string} title @param {string} was the words before it was turned */
function wellSaid(title, was) {
  assert.equal(tongue(title), tongue(was), title);
  assert.equal(title, title.trim());
  assert.doesNotMatch(title, /undefined|null|NaN|[{}\u0000]| {2}|、、|,,|[、,]$|[、,][。.]|^[、,。.]/, title);
  for (const [open, close] of ['「」', '（）', '()', '“”']) assert.equal(title.split(open).length, title.split(close).length, title);
  if (tongue(was) === ja) {
    assert.doesNotMatch(title, /にに|でで|をを|はは|がが|へへ|からから|までまで|だけだけ|ののの|別の別の|はじめてのはじめての|いちばん近いいちばん/, title);
    assert.doesNotMatch(title, /[a-z]{3,}/, title);
  } else {
    assert.doesNotMatch(title, /\b(a|an|the) (a|an|the)\b|\b(at|with|for|of) (at|in|on|with|for|of)\b/i, title);
    assert.doesNotMatch(title, /\b(\w+) \1\b/i, title);
    assert.doesNotMatch(title, /\ba (?!one\b|one-)[aeio]\w|\ban (?!hour)[bcdfghjklmnpqrstvwxyz]\w/i, title);
    assert.doesNotMatch(title, /(?:^|[.,] )[a-z]+ing [^,]*, [A-Z](?!\b|['’])/, title);
  }
  assert.equal(/[。.!?🥛☕]$/u.test(title), /[。.!?🥛☕]$/u.test(was), `${title}: ends as it ended`);
}

test('no sentence is left unfinished, doubled or half in another language', () => {
  for (const step of STEPS) for (const { title } of every(step)) wellSaid(title, step.title);
});

test('nor when what was turned is turned once more, on any dial', () => {
  for (const step of STEPS) {
    for (const first of every(step)) {
      const once = { title: first.title, form: first.dial === 'imagined' ? /** @type {const} */ ('imaginal') : step.form };
      for (const again of DIALS.flatMap((dial) => turns(once, dial).slice(0, 3))) {
        wellSaid(again.title, step.title);
        const phrases = Object.values(tongue(step.title).PHRASES).map(([said]) => said.toLowerCase());
        for (const said of phrases) assert.ok(again.title.toLowerCase().split(said).length <= Math.max(2, step.title.toLowerCase().split(said).length), `${said} twice in ${again.title}`);
      }
    }
  }
});

test('a turn is never offered twice, and never as what stands already', () => {
  for (const step of STEPS) {
    const said = every(step).map((one) => one.title.toLowerCase());
    assert.equal(new Set(said).size, said.length, step.title);
    assert.ok(!said.includes(step.title.toLowerCase()), step.title);
    for (const dial of DIALS) {
      const [first] = turns(step, dial);
      if (first?.value) assert.ok(!turns({ ...step, [dial]: first.value }, dial).some((one) => one.value === first.value), first.title);
    }
  }
});

test('a turned step can be turned again, on the same dial without saying it twice', () => {
  /** @type {[string, import('../../static/js/dials.js').Dial, string, string][]} */
  const table = [
    ['人の少ない時間に、公園のベンチに5分座ってみる', 'time', '朝のうち', '朝のうちに、公園のベンチに5分座ってみる'],
    ['別の公園のベンチに、5分座ってみる', 'place', 'はじめての公園', 'はじめての公園のベンチに、5分座ってみる'],
    ['安心できる人と一緒に、玄関まで行く', 'people', 'ひとり', 'ひとりで、玄関まで行く'],
    ['マスクをつけて、コンビニの前まで行く', 'aids', '帽子', '帽子をかぶって、コンビニの前まで行く'],
    ['At a quiet hour, ride the bus', 'time', 'in the morning', 'In the morning, ride the bus'],
    ['Buy one drink from another vending machine', 'place', 'an unfamiliar vending machine', 'Buy one drink from an unfamiliar vending machine'],
    ['Wearing a hat, walk to the corner', 'aids', 'a mask', 'Wearing a mask, walk to the corner'],
  ];
  for (const [title, dial, value, wanted] of table) assert.equal(turns({ title, form: 'action' }, dial).find((one) => one.value === value)?.title, wanted);
});

test('a time that the words name is the one that is changed', () => {
  /** @type {[string, string[]][]} */
  const table = [
    ['公園のベンチに、5分座ってみる', ['公園のベンチに、2分座ってみる', '公園のベンチに、1分座ってみる', '公園のベンチに、10分座ってみる']],
    ['玄関で１分すごす', ['玄関で30秒すごす', '玄関で2分すごす']], ['駅まで三十分歩く', ['駅まで15分歩く', '駅まで5分歩く', '駅まで1時間歩く']],
    ['1〜2時間だけの作業', ['1時間だけの作業', '20分だけの作業']], ['少し立ってみる', ['30秒だけ立ってみる', '1分だけ立ってみる', '5分だけ立ってみる']],
    ['Sit for five minutes', ['Sit for two minutes', 'Sit for one minute', 'Sit for ten minutes']], ['Take a five-minute walk', ['Take a two-minute walk', 'Take a one-minute walk', 'Take a ten-minute walk']],
    ['Stay for 30 seconds', ['Stay for 15 seconds', 'Stay for 1 minute']], ['Try one or two hours of it', ['Try one hour of it', 'Try twenty minutes of it']],
  ];
  for (const [title, wanted] of table) assert.deepEqual(turns({ title, form: 'action' }, 'length').map((one) => one.title), wanted);
});

test('an hour of the clock, plenty, and what somebody says are no lengths and no times', () => {
  for (const title of ['9時15分に家を出る', '十分に休む', '「5分で着きます」と言う', 'Meet at 3:15', 'Say "five minutes"']) {
    assert.ok(turns({ title, form: 'action' }, 'length').every((one) => one.title.includes(title) || one.title.toLowerCase().includes(title.slice(1).toLowerCase())), title);
  }
  for (const said of ['Say \'please leave this topic alone for now\'', '「朝はどうでしたか」と聞く']) {
    assert.ok(DIALS.flatMap((dial) => turns({ title: said, form: 'action' }, dial)).every((one) => one.title.includes(said.slice(1))), said);
  }
});

test('imagining is offered for what is done, and nowhere else (rule L8)', () => {
  assert.deepEqual(imagined({ title: '公園のベンチに、5分座ってみる', form: 'action' }).map((one) => one.title), ['頭の中で、公園のベンチに5分座ってみる']);
  assert.deepEqual(imagined({ title: 'Buy a stamp', form: 'action' }).map((one) => one.title), ['In imagination, buy a stamp']);
  for (const form of /** @type {const} */ (['imaginal', 'body'])) assert.deepEqual(imagined({ title: 'Buy a stamp', form }), []);
  assert.deepEqual(imagined({ title: '頭の中で、公園まで歩く', form: 'action' }), []);
});

test('one less is asked for, never among what is offered (rule L7)', () => {
  for (const step of STEPS) {
    for (const one of DIALS.flatMap((dial) => turns({ ...step, aids: 'マスク' }, dial))) assert.doesNotMatch(one.said, /なしで|減らして|without|fewer/i);
  }
  const told = (/** @type {string} */ title, /** @type {string} */ aids) => oneLess({ title, form: 'action' }, aids).map((one) => [one.title, one.value]);
  assert.deepEqual(told('公園に行く', 'マスク、イヤホン'), [['マスクなしで、公園に行く', 'イヤホン'], ['イヤホンなしで、公園に行く', 'マスク']]);
  assert.deepEqual(told('マスクをつけて、公園に行く', 'マスク'), [['マスクなしで、公園に行く', 'マスクなし']]);
  assert.deepEqual(told('公園に行く', '誰かが一緒'), [['ひとりで、公園に行く', 'ひとり']]);
  assert.deepEqual(told('公園に行く', '姉が遠くから見ていてくれて、助かった'), [['助けになるものをひとつ減らして、公園に行く', 'ひとつ減らす']]);
  assert.deepEqual(told('Go to the park', 'a mask and earphones'), [['Without a mask, go to the park', 'earphones'], ['Without earphones, go to the park', 'a mask']]);
  assert.deepEqual(told('Go to the park', ''), [['With one aid fewer, go to the park', 'one aid fewer']]);
});

test('the language is that of the words, whatever the screen speaks', () => {
  assert.equal(tongue('公園'), ja);
  assert.equal(tongue('A walk in 公園'), ja);
  assert.equal(tongue('A walk'), en);
  assert.equal(tongue(''), en);
});

test('both languages know the same marks and the same phrases', () => {
  assert.deepEqual(Object.keys(ja.MARKS).sort(), Object.keys(en.MARKS).sort());
  assert.deepEqual(Object.keys(ja.PHRASES).sort(), Object.keys(en.PHRASES).sort());
});

test('empty words, a title of the greatest length and odd characters break nothing', () => {
  for (const title of ['', '   ', '。', '…', '?', '「', '\'', '5', '5分', 'a', '長'.repeat(500), 'x'.repeat(500), '公園'.repeat(250), '\u0000', '<b>shop</b>', '🥛'.repeat(120), '\''.repeat(500), ' \'a'.repeat(160), '「'.repeat(500), '1'.repeat(500), '5分'.repeat(200), 'at at at', '店\n公園']) {
    for (const one of every({ title, form: 'action' })) assert.ok(one.title.length <= 500 && one.value.length <= 120 && one.title.trim(), title);
  }
});

test('no pattern needs a browser newer than the app does: one look-behind would keep the whole app shut on an older phone', () => {
  for (const name of ['dials.js', 'split.js', 'grammar/ja.js', 'grammar/en.js']) {
    assert.doesNotMatch(readFileSync(new URL(`../../static/js/${name}`, import.meta.url), 'utf8'), /\(\?<[!=]/, name);
  }
});

test('words thrown together at random: nothing is cut, lost or said of the wrong dial', () => {
  const roll = dice(5);
  const pick = (/** @type {readonly string[]} */ list) => list[roll(list.length)];
  const marks = ['、', '。', '「', '」', '（', '\'', '"', ' ', ',', '5分', 'five minutes', '🥛', '9時に', 'at noon', '一緒に', '駅', 'a shop', 'に', 'の'];
  for (let n = 0; n < 1000; n += 1) {
    const title = Array.from({ length: 1 + roll(5) }, () => (roll(2) ? STEPS[roll(STEPS.length)].title.slice(roll(6), 2 + roll(24)) : pick(marks))).join(roll(2) ? '' : ' ');
    for (const one of [...DIALS.flatMap((dial) => turns({ title, form: 'action' }, dial)), ...imagined({ title, form: 'action' })]) {
      assert.ok(one.title.includes(one.said) && one.said.trim(), JSON.stringify([title, one]));
      assert.doesNotMatch(one.title, /\u0000|undefined|NaN/, JSON.stringify([title, one]));
      const [gone] = middle(bare(title), bare(one.title));
      assert.ok(gone <= Math.max(30, bare(title).length / 2), JSON.stringify([title, one.title]));
      assert.ok(one.title.length >= title.trim().length - 30, JSON.stringify([title, one.title]));
    }
  }
});

test('a step in bed has no place laid before it', () => {
  for (const title of ['布団の中で、窓のほうを見る', 'ベッドから出て座る', 'Get out of bed']) assert.deepEqual(turns({ title, form: 'action' }, 'place'), [], title);
  assert.notDeepEqual(turns({ title: '寝る前に近くの公園を歩く', form: 'action' }, 'place'), []);
});

test('nothing late is made lonelier: not alone, not with few about, not somewhere unfamiliar (rule L9)', () => {
  const late = [{ title: '夜の公園を歩く', people: '姉と' }, { title: '公園を歩く', time: '22時ごろ', people: '姉と' }, { title: '夜、母と一緒に公園を歩く' },
    { title: 'Go for a walk in the park at night', people: 'my sister' }, { title: 'Walk to the shop', time: 'late evening', people: 'my sister' }];
  for (const each of late) {
    const step = { ...each, form: /** @type {const} */ ('action') };
    const aids = tongue(step.title) === ja ? '姉、帽子' : 'my sister, a hat';
    const told = [...DIALS.flatMap((dial) => turns(step, dial)), ...oneLess(step, aids)].map((one) => one.title);
    assert.ok(told.length > 5, step.title);
    assert.deepEqual(told.filter((title) => /ひとりで|はじめての|人の少ない|\balone\b|unfamiliar|few people/i.test(title)), []);
    assert.deepEqual(oneLess(step, aids.split(/[、,]/)[0]), []);
  }
});

test('places and people in the words of others: nothing is bent, doubled or unsaid', () => {
  const told = (/** @type {string} */ title, /** @type {import('../../static/js/dials.js').Dial} */ dial) => turns({ title, form: 'action' }, dial).map((one) => one.title);
  assert.equal(told('近所のスーパーで牛乳を買う', 'place')[0], '家からいちばん近いスーパーで牛乳を買う');
  assert.equal(told('駅前のカフェに入る', 'place').some((title) => title.includes('駅前の家')), false);
  assert.equal(told('母と散歩する', 'people').some((title) => title.includes('安心できる人')), false);
  assert.deepEqual(oneLess({ title: '公園に行く', form: 'action' }, '姉').map((one) => one.title), ['ひとりで、公園に行く']);
  assert.equal(told('リビングでご飯を食べる', 'place').some((title) => title.includes('ところで、リビングで')), false);
  assert.equal(told("Reply to a friend's message", 'people').some((title) => title.includes("to's")), false);
  assert.equal(told('Have a coffee in a café', 'place')[0], 'Have a coffee in the café closest to home');
  assert.equal(told('Sit in the waiting room', 'place').some((title) => title.includes('part of the home')), false);
});
