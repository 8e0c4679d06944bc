/** Sending, against a small house on loopback that answers what each test wants to see answered. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { startAnew } from '../../static/js/anew.js';
import { ask, NoAnswer } from '../../static/js/api.js';
import { leave, open } from '../../static/js/gate.js';
import { keepMeta, meta } from '../../static/js/phone.js';
import { add, all, change, get, me, write } from '../../static/js/rows.js';
import { listen, status } from '../../static/js/status.js';
import { syncNow } from '../../static/js/sync.js';

/** @typedef {{status?: number, body?: any, text?: string, hang?: boolean}} Reply */

/** @type {Array<{path: string, body: any}>} */
let asked = [];
/** @type {(path: string, body: any) => Reply | null} */
let house = () => null;
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (part) => { text += part; });
  request.on('end', () => {
    const body = JSON.parse(text);
    const path = String(request.url);
    asked.push({ path, body });
    const reply = house(path, body);
    if (!reply) return void request.socket.destroy();
    if (reply.hang) return undefined;
    response.writeHead(reply.status ?? 200, { 'Content-Type': reply.text ? 'text/html' : 'application/json' });
    return void response.end(reply.text ?? JSON.stringify(reply.body ?? {}));
  });
});
const realFetch = globalThis.fetch;

before(async () => {
  await new Promise((done) => { server.listen(0, '127.0.0.1', () => done(undefined)); });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  globalThis.fetch = (path, options) => realFetch(`http://127.0.0.1:${port}${path}`, { ...options, credentials: undefined });
});
after(() => {
  globalThis.fetch = realFetch;
  server.closeAllConnections();
  server.close();
  setTimeout(() => process.exit(), 50).unref();       // a try that was put off for later would wait for its minute
});
beforeEach(async () => {
  asked = [];
  await open('ada');
  const mine = { person: 'ada', space: 'mine', nickname: 'エイダ', language: 'ja', zone: 'Asia/Tokyo', guest: true };
  await keepMeta({ me: mine, device: 'd', cursors: {} });
});

/** @param {any} body of a sync request @param {Record<string, any>} [spaces] */
const written = (body, spaces = {}) => ({
  body: { v: 1, now: 1, answers: body.edits.map((/** @type {any} */ { id }) => ({ id, outcome: 'written' })), spaces },
});
const rests = (/** @type {number} */ count) =>
  Array.from({ length: count }, (_, n) => add('rest', 'mine', { day: '2026-11-21', note: `${n}` }));
const sent = () => asked.map(({ body }) => body.edits.length);

test('everything waiting goes in batches of 200, then the queue is empty', async () => {
  await write(rests(450));
  house = (_, body) => written(body);
  assert.equal(await syncNow(), true);
  assert.deepEqual(sent(), [200, 200, 50]);
  assert.equal(status().waiting, 0);
  assert.ok(Number(status().lastSaved) > 1.7e12);
});

test('a cut line keeps everything, says so, and the next try sends less', async () => {
  await write(rests(100));
  house = () => null;
  assert.equal(await syncNow(), false);
  assert.deepEqual([status().offline, status().waiting], [true, 100]);
  house = (_, body) => written(body);
  assert.equal(await syncNow(), true);
  assert.deepEqual(sent(), [100, 100]);
  assert.deepEqual([status().offline, status().waiting], [false, 0]);
});

test('somebody else answering in our name (a captive portal) is no answer', async () => {
  await write(rests(1));
  house = () => ({ text: '<h1>Welcome to the hotel</h1>' });
  assert.equal(await syncNow(), false);
  assert.deepEqual([status().offline, status().waiting, status().refused], [true, 1, []]);
});

test('one edit the house cannot read goes back to the person, and all others arrive', async () => {
  const edits = rests(37);
  await write(edits);
  house = (_, body) => (body.edits.some((/** @type {any} */ { fields }) => fields.note === '23')
    ? { status: 400, body: { error: 'unreadable', detail: '読めませんでした。' } } : written(body));
  assert.equal(await syncNow(), true);
  assert.deepEqual(status().refused.map(({ reason, detail, fields }) => [reason, detail, fields.note]),
    [['unreadable', '読めませんでした。', '23']]);
  assert.equal(status().waiting, 0);
});

test('an edit the house stumbles over waits with its space; other spaces go on', async () => {
  await write([add('step', 'sick', { title: 'x' }), ...rests(5)]);
  house = (_, body) => (body.edits.some((/** @type {any} */ { space }) => space === 'sick')
    ? { status: 500, body: { error: 'trouble' } } : written(body));
  for (let tries = 0; tries < 3 && status().waiting > 1; tries++) await syncNow();
  assert.deepEqual([status().waiting, status().refused.length], [1, 0]);
  house = (_, body) => written(body);
  assert.equal(await syncNow(), true);
  assert.equal(status().waiting, 0);
});

test('a house that restarts is asked again with the whole batch', async () => {
  await write(rests(8));
  house = () => ({ status: 503, text: 'restarting' });
  assert.equal(await syncNow(), false);
  assert.deepEqual(sent(), [8]);
  assert.equal(status().waiting, 8);
});

for (const status of [503, 507]) {
  test(`a house that says it is busy or full (${status}) is asked once each time, with everything: no edit is suspected`, async () => {
    await write(rests(8));
    house = () => ({ status, body: { error: 'busy' } });
    for (let tries = 0; tries < 5; tries++) assert.equal(await syncNow(), false);
    assert.deepEqual(sent(), [8, 8, 8, 8, 8]);
  });
}

test('a house that takes the request and never answers is given up after a while', async () => {
  house = () => ({ hang: true });
  const begun = performance.now();
  await assert.rejects(ask('POST', '/api/sync', {}, 80), NoAnswer);
  assert.ok(performance.now() - begun < 5_000);
});

test('signed out: nothing is deleted, everything goes after coming back', async () => {
  await write(rests(3));
  house = () => ({ status: 401, body: { error: 'sign_in' } });
  assert.equal(await syncNow(), false);
  assert.deepEqual([status().signedOut, status().waiting, all('rest').length], [true, 3, 3]);
  house = (_, body) => written(body);
  await syncNow();
  assert.deepEqual([status().signedOut, status().waiting], [false, 0]);
});

test('a house that has moved on asks for an update, and everything waits for it', async () => {
  await write(rests(2));
  house = () => ({ status: 426, body: { error: 'update' } });
  assert.equal(await syncNow(), false);
  assert.deepEqual([status().updateNeeded, status().waiting], [true, 2]);
});

test('a person who began without a network is told to the house first, until it has heard', async () => {
  await keepMeta({ secret: 'c2VjcmV0' });
  await write(rests(1));
  house = (path) => (path === '/api/start' ? null : { body: {} });
  assert.equal(await syncNow(), false);
  assert.deepEqual(asked.map(({ path }) => path), ['/api/start']);
  house = (path, body) => (path === '/api/start' ? { status: 201, body: { login: 'l1', nickname: '' } } : written(body));
  assert.equal(await syncNow(), true);
  assert.deepEqual(asked.slice(1).map(({ path }) => path), ['/api/start', '/api/sync']);
  assert.equal(asked[0]?.body.secret, asked[1]?.body.secret);
  assert.deepEqual([me()?.login, me()?.nickname], ['l1', 'エイダ']);
  asked = [];
  await syncNow();
  assert.deepEqual(asked.map(({ path }) => path), ['/api/sync'], 'the secret is not sent again once it has done its work');
});

test('a guest whose browser died with the cookie in its hands begins again under the same secret', async () => {
  const { me: mine } = meta;
  let known = true;
  house = (path, body) => {
    known ||= path === '/api/start';
    if (path === '/api/start') return { status: 201, body: mine };
    return known ? written(body) : { status: 401, body: {} };
  };
  await keepMeta({ secret: 'c2VjcmV0' });
  await syncNow();
  known = false;
  asked = [];
  await write(rests(1));
  await syncNow();
  assert.equal(status().signedOut, true);
  startAnew();
  while (status().waiting) await new Promise((done) => { setTimeout(done, 5); });
  assert.deepEqual(asked.map(({ path }) => path), ['/api/sync', '/api/sync', '/api/start', '/api/sync']);
  assert.equal(asked[2].body.secret, 'c2VjcmV0');
  house = (path) => (path === '/api/start' ? { status: 201, body: mine } : { status: 401, body: {} });
  asked = [];
  await syncNow();
  await new Promise((done) => { setTimeout(done, 50); });
  assert.deepEqual([asked.length, status().signedOut], [2, true], 'where no cookie stays, asking again helps nobody');
});

test('rows come in pages, and an edit stays on the screen until its page has come', async () => {
  const edit = add('rest', 'mine', { day: '2026-11-21', note: 'mine' });
  await write(edit);
  /** @type {Array<number | undefined>} */
  const seen = [];
  const page = (/** @type {number} */ revision, /** @type {string} */ id) =>
    ({ id, kind: 'rest', revision, fields: { day: '2026-11-21', note: id } });
  house = (_, body) => {
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
  house = (_, body) => written(body, { mine: { revision: 12, more: false, rows } });
  await syncNow();
  let page = 0;
  house = (_, body) => written(body, page++ ? {} : { mine: { revision: 12, more: true, rows: [] } });
  await syncNow();
  assert.deepEqual(asked.map(({ body }) => body.cursors.mine), [undefined, 12, 12]);
});

test('a house restored from a backup begins again, and so does the phone', async () => {
  const row = (/** @type {number} */ revision, /** @type {string} */ note) =>
    ({ rows: [{ id: 'r', kind: 'rest', revision, fields: { day: '2026-11-21', note } }], revision, more: false, role: 'owner' });
  house = (_, body) => written(body, { mine: row(40, 'before') });
  await syncNow();
  house = (_, body) => written(body, { mine: row(7, 'restored') });
  await syncNow();
  assert.equal(get('r').note, 'restored');
  house = (_, body) => written(body, { mine: row(8, 'after') });
  await syncNow();
  assert.equal(asked.at(-1)?.body.cursors.mine, 7);
  assert.equal(get('r').note, 'after');
});

test('an answer that leaves edits out does not make the phone spin', async () => {
  await write(rests(2));
  house = () => ({ body: { answers: [], spaces: {} } });
  await syncNow();
  assert.deepEqual(sent(), [2]);
  assert.equal(status().waiting, 2);
});

test('what is written while a request is under way goes with the next one', async () => {
  await write(rests(1));
  house = (_, body) => {
    if (asked.length === 1) void write(rests(1));
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
  house = (_, body) => written(body, shared);
  await syncNow();
  await write(change(get('door'), { title: 'b' }));
  await syncNow();
  assert.deepEqual(asked.at(-1)?.body.edits[0].base, { title: 3 });
});

/** The next answer is on its way while somebody else comes to this phone. @param {() => Promise<unknown>} meanwhile */
function slowly(meanwhile) {
  const line = globalThis.fetch;
  globalThis.fetch = async (...asking) => {
    globalThis.fetch = line;
    const answer = await line(...asking);
    await meanwhile();
    return answer;
  };
}

async function beaComes() {
  await leave();
  await open('bea');
  await keepMeta({ me: { person: 'bea', space: 'hers', nickname: 'Bea', language: 'en', zone: 'Europe/London', guest: false }, device: 'd', cursors: {} });
}

test('what was asked for somebody who has left is shown to nobody, and is asked no more', async () => {
  const shared = { ladder: { kind: 'ladder', role: 'owner', revision: 3, more: false, rows: [{ id: 'door', kind: 'step', revision: 3, fields: { title: 'a' } }] } };
  house = (_, body) => (asked.length === 1 ? written(body, shared) : written(body));
  slowly(beaComes);
  await syncNow();
  assert.deepEqual(all('step'), []);
  assert.deepEqual([meta.cursors, meta.spaces], [{}, undefined]);
});

test('a beginning that is heard late makes nobody else of whoever is here by then', async () => {
  await keepMeta({ secret: 'x' });
  house = (path, body) => (path === '/api/start' ? { status: 201, body: { login: 'l' } } : written(body));
  slowly(beaComes);
  await syncNow();
  assert.equal(me()?.person, 'bea');
  assert.equal(me()?.nickname, 'Bea');
});

test('a cookie that is exchanged while words are on their way signs nobody out', async () => {
  let known = false;
  house = (_path, body) => {
    const answer = known ? written(body) : { status: 401, body: {} };
    known = true;
    return answer;
  };
  /** @type {boolean[]} */
  const seen = [];
  const no = listen(() => seen.push(status().signedOut));
  await write(rests(1));
  await syncNow();
  no();
  assert.deepEqual([seen.includes(true), status().waiting], [false, 0]);
});

test('whoever leaves while another cookie is waited for asks nothing more', async () => {
  house = () => ({ status: 401, body: {} });
  await write(rests(1));
  const asking = syncNow();
  while (asked.length === 0) await new Promise((done) => { setTimeout(done, 5); });
  await leave();
  assert.equal(await asking, false);
  assert.equal(asked.length, 1);
});
