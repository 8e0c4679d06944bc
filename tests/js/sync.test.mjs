/** Sending, against a small house on loopback. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startAnew } from '../../static/js/anew.js';
import { ask, NoAnswer } from '../../static/js/api.js';
import { keepMeta, meta } from '../../static/js/phone.js';
import { add, all, change, get, me, write } from '../../static/js/rows.js';
import { status } from '../../static/js/status.js';
import { syncNow } from '../../static/js/sync.js';
import { rests, sent, small, written } from './small.mjs';

test('everything waiting goes in batches of 200, then the queue is empty', async () => {
  await write(rests(450));
  small.house = (_, body) => written(body);
  assert.equal(await syncNow(), true);
  assert.deepEqual(sent(), [200, 200, 50]);
  assert.equal(status().waiting, 0);
  assert.ok(Number(status().lastSaved) > 1.7e12);
});

test('a cut line keeps everything, says so, and the next try sends less', async () => {
  await write(rests(100));
  small.house = () => null;
  assert.equal(await syncNow(), false);
  assert.deepEqual([status().offline, status().waiting], [true, 100]);
  small.house = (_, body) => written(body);
  assert.equal(await syncNow(), true);
  assert.deepEqual(sent(), [100, 100]);
  assert.deepEqual([status().offline, status().waiting], [false, 0]);
});

test('somebody else answering in our name (a captive portal) is no answer', async () => {
  await write(rests(1));
  small.house = () => ({ text: '<h1>Welcome to the hotel</h1>' });
  assert.equal(await syncNow(), false);
  assert.deepEqual([status().offline, status().waiting, status().refused], [true, 1, []]);
});

test('one edit the house cannot read goes back to the person, and all others arrive', async () => {
  const edits = rests(37);
  await write(edits);
  small.house = (_, body) => (body.edits.some((/** @type {any} */ { fields }) => fields.note === '23')
    ? { status: 400, body: { error: 'unreadable', detail: '読めませんでした。' } } : written(body));
  assert.equal(await syncNow(), true);
  assert.deepEqual(status().refused.map(({ reason, detail, fields }) => [reason, detail, fields.note]),
    [['unreadable', '読めませんでした。', '23']]);
  assert.equal(status().waiting, 0);
});

test('an edit the house stumbles over waits with its space; other spaces go on', async () => {
  await write([add('step', 'sick', { title: 'x' }), ...rests(5)]);
  small.house = (_, body) => (body.edits.some((/** @type {any} */ { space }) => space === 'sick')
    ? { status: 500, body: { error: 'trouble' } } : written(body));
  for (let tries = 0; tries < 3 && status().waiting > 1; tries++) await syncNow();
  assert.deepEqual([status().waiting, status().refused.length], [1, 0]);
  small.house = (_, body) => written(body);
  assert.equal(await syncNow(), true);
  assert.equal(status().waiting, 0);
});

test('a house that restarts is asked again with the whole batch', async () => {
  await write(rests(8));
  small.house = () => ({ status: 503, text: 'restarting' });
  assert.equal(await syncNow(), false);
  assert.deepEqual(sent(), [8]);
  assert.equal(status().waiting, 8);
});

for (const status of [503, 507]) {
  test(`a house that says it is busy or full (${status}) is small.asked once each time, with everything: no edit is suspected`, async () => {
    await write(rests(8));
    small.house = () => ({ status, body: { error: 'busy' } });
    for (let tries = 0; tries < 5; tries++) assert.equal(await syncNow(), false);
    assert.deepEqual(sent(), [8, 8, 8, 8, 8]);
  });
}

test('a house that takes the request and never answers is given up after a while', async () => {
  small.house = () => ({ hang: true });
  const begun = performance.now();
  await assert.rejects(ask('POST', '/api/sync', {}, 80), NoAnswer);
  assert.ok(performance.now() - begun < 5_000);
});

test('signed out: nothing is deleted, everything goes after coming back', async () => {
  await write(rests(3));
  small.house = () => ({ status: 401, body: { error: 'sign_in' } });
  assert.equal(await syncNow(), false);
  assert.deepEqual([status().signedOut, status().waiting, all('rest').length], [true, 3, 3]);
  small.house = (_, body) => written(body);
  await syncNow();
  assert.deepEqual([status().signedOut, status().waiting], [false, 0]);
});

test('a house that has moved on asks for an update, and everything waits for it', async () => {
  await write(rests(2));
  small.house = () => ({ status: 426, body: { error: 'update' } });
  assert.equal(await syncNow(), false);
  assert.deepEqual([status().updateNeeded, status().waiting], [true, 2]);
});

test('a person who began without a network is told to the house first, until it has heard', async () => {
  await keepMeta({ secret: 'c2VjcmV0' });
  await write(rests(1));
  small.house = (path) => (path === '/api/start' ? null : { body: {} });
  assert.equal(await syncNow(), false);
  assert.deepEqual(small.asked.map(({ path }) => path), ['/api/start']);
  small.house = (path, body) => (path === '/api/start' ? { status: 201, body: { login: 'l1', nickname: '' } } : written(body));
  assert.equal(await syncNow(), true);
  assert.deepEqual(small.asked.slice(1).map(({ path }) => path), ['/api/start', '/api/sync']);
  assert.equal(small.asked[0]?.body.secret, small.asked[1]?.body.secret);
  assert.deepEqual([me()?.login, me()?.nickname], ['l1', 'エイダ']);
  small.asked = [];
  await syncNow();
  assert.deepEqual(small.asked.map(({ path }) => path), ['/api/sync'], 'the secret is not sent again once it has done its work');
});

test('a guest whose browser died with the cookie in its hands begins again under the same secret', async () => {
  const { me: mine } = meta;
  let known = true;
  small.house = (path, body) => {
    known ||= path === '/api/start';
    if (path === '/api/start') return { status: 201, body: mine };
    return known ? written(body) : { status: 401, body: {} };
  };
  await keepMeta({ secret: 'c2VjcmV0' });
  await syncNow();
  known = false;
  small.asked = [];
  await write(rests(1));
  await syncNow();
  assert.equal(status().signedOut, true);
  startAnew();
  while (status().waiting) await new Promise((done) => { setTimeout(done, 5); });
  assert.deepEqual(small.asked.map(({ path }) => path), ['/api/sync', '/api/sync', '/api/start', '/api/sync']);
  assert.equal(small.asked[2].body.secret, 'c2VjcmV0');
  small.house = (path) => (path === '/api/start' ? { status: 201, body: mine } : { status: 401, body: {} });
  small.asked = [];
  await syncNow();
  await new Promise((done) => { setTimeout(done, 50); });
  assert.deepEqual([small.asked.length, status().signedOut], [2, true], 'where no cookie stays, asking again helps nobody');
});

test('rows come in pages, and an edit stays on the screen until its page has come', async () => {
  const edit = add('rest', 'mine', { day: '2026-11-21', note: 'mine' });
  await write(edit);
  /** @type {Array<number | undefined>} */
  const seen = [];
  const page = (/** @type {number} */ revision, /** @type {string} */ id) =>
    ({ id, kind: 'rest', revision, fields: { day: '2026-11-21', note: id } });
  small.house = (_, body) => {
    seen.push(body.cursors.mine, all('rest').some(({ id }) => id === edit.target) ? 1 : 0);
    if (body.cursors.mine === undefined) return written(body, { mine: { revision: 9, more: true, rows: [page(4, 'old')] } });
    return written(body, { mine: { revision: 9, more: false, rows: [page(9, edit.target)] } });
  };
  assert.equal(await syncNow(), true);
  assert.deepEqual(seen, [undefined, 1, 4, 1]);
  assert.deepEqual(sent(), [1, 1]);
  assert.equal(get(edit.target).note, edit.target);
  await syncNow();
  assert.equal(seen[4], 9);
});

test('a page that was full before it came to a space leaves the cursor of that space where it is', async () => {
  const rows = [{ id: 'r', kind: 'rest', revision: 12, fields: { day: '2026-11-21', note: 'here' } }];
  small.house = (_, body) => written(body, { mine: { revision: 12, more: false, rows } });
  await syncNow();
  let page = 0;
  small.house = (_, body) => written(body, page++ ? {} : { mine: { revision: 12, more: true, rows: [] } });
  await syncNow();
  assert.deepEqual(small.asked.map(({ body }) => body.cursors.mine), [undefined, 12, 12]);
});

test('a house restored from a backup begins again, and so does the phone', async () => {
  const row = (/** @type {number} */ revision, /** @type {string} */ note) =>
    ({ rows: [{ id: 'r', kind: 'rest', revision, fields: { day: '2026-11-21', note } }], revision, more: false, role: 'owner' });
  small.house = (_, body) => written(body, { mine: row(40, 'before') });
  await syncNow();
  small.house = (_, body) => written(body, { mine: row(7, 'restored') });
  await syncNow();
  assert.equal(get('r').note, 'restored');
  small.house = (_, body) => written(body, { mine: row(8, 'after') });
  await syncNow();
  assert.equal(small.asked.at(-1)?.body.cursors.mine, 7);
  assert.equal(get('r').note, 'after');
});

test('an answer that leaves edits out does not make the phone spin', async () => {
  await write(rests(2));
  small.house = () => ({ body: { answers: [], spaces: {} } });
  await syncNow();
  assert.deepEqual(sent(), [2]);
  assert.equal(status().waiting, 2);
});

test('what is written while a request is under way goes with the next one', async () => {
  await write(rests(1));
  small.house = (_, body) => {
    if (small.asked.length === 1) void write(rests(1));
    return written(body);
  };
  await syncNow();
  await syncNow();
  assert.deepEqual(sent().filter(Boolean), [1, 1]);
  assert.equal(status().waiting, 0);
});

test('an edit made on an older sight of a shared row says which one', async () => {
  const shared = { ladder: { kind: 'ladder', role: 'owner', revision: 3, more: false, rows: [{
    id: 'door', kind: 'step', revision: 3, fields: { title: 'a' }, versions: { title: 3 }, writers: { title: 'ada' } }] } };
  small.house = (_, body) => written(body, shared);
  await syncNow();
  await write(change(get('door'), { title: 'b' }));
  await syncNow();
  assert.deepEqual(small.asked.at(-1)?.body.edits[0].base, { title: 3 });
});
