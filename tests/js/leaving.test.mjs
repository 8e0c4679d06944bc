/** Answers that come when whoever asked has left, or has another cookie. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leave, open } from '../../static/js/gate.js';
import { keepMeta, meta } from '../../static/js/phone.js';
import { all, me, write } from '../../static/js/rows.js';
import { listen, status } from '../../static/js/status.js';
import { syncNow } from '../../static/js/sync.js';
import { rests, small, written } from './small.mjs';

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

async function kenComes() {
  await leave();
  await open('ken');
  await keepMeta({ me: { person: 'ken', space: 'his', nickname: 'Ken', language: 'en', zone: 'Europe/London', guest: false }, device: 'd', cursors: {} });
}

test('what was asked for somebody who has left is shown to nobody, and is asked no more', async () => {
  const shared = { ladder: { kind: 'ladder', role: 'owner', revision: 3, more: false, rows: [{ id: 'door', kind: 'step', revision: 3, fields: { title: 'a' } }] } };
  small.house = (_, body) => (small.asked.length === 1 ? written(body, shared) : written(body));
  slowly(kenComes);
  await syncNow();
  assert.deepEqual(all('step'), []);
  assert.deepEqual([meta.cursors, meta.spaces], [{}, undefined]);
});

test('a beginning that is heard late makes nobody else of whoever is here by then', async () => {
  await keepMeta({ secret: 'x' });
  small.house = (path, body) => (path === '/api/start' ? { status: 201, body: { login: 'l' } } : written(body));
  slowly(kenComes);
  await syncNow();
  assert.equal(me()?.person, 'ken');
  assert.equal(me()?.nickname, 'Ken');
});

test('a cookie that is exchanged while words are on their way signs nobody out', async () => {
  let known = false;
  small.house = (_path, body) => {
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
  small.house = () => ({ status: 401, body: {} });
  await write(rests(1));
  const asking = syncNow();
  while (small.asked.length === 0) await new Promise((done) => { setTimeout(done, 5); });
  await leave();
  assert.equal(await asking, false);
  assert.equal(small.asked.length, 1);
});
