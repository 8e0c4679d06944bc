/** A small house on loopback that answers what each test wants to see answered, and Ada's phone. */
import { createServer } from 'node:http';
import { after, before, beforeEach } from 'node:test';
import { open } from '../../static/js/gate.js';
import { keepMeta } from '../../static/js/phone.js';
import { add } from '../../static/js/rows.js';

/** @typedef {{status?: number, body?: any, text?: string, hang?: boolean}} Reply */

/** What was asked of the house, and what it answers. */
export const small = {
  /** @type {Array<{path: string, body: any}>} */
  asked: [],
  /** @type {(path: string, body: any) => Reply | null} */
  house: () => null,
};
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (part) => { text += part; });
  request.on('end', () => {
    const body = JSON.parse(text);
    const path = String(request.url);
    small.asked.push({ path, body });
    const reply = small.house(path, body);
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
  small.asked = [];
  await open('ada');
  const mine = { person: 'ada', space: 'mine', nickname: 'エイダ', language: 'ja', zone: 'Asia/Tokyo', guest: true };
  await keepMeta({ me: mine, device: 'd', cursors: {} });
});

/** @param {any} body of a sync request @param {Record<string, any>} [spaces] */
export const written = (body, spaces = {}) => ({
  body: { v: 1, now: 1, answers: body.edits.map((/** @type {any} */ { id }) => ({ id, outcome: 'written' })), spaces },
});
export const rests = (/** @type {number} */ count) =>
  Array.from({ length: count }, (_, n) => add('rest', 'mine', { day: '2026-11-21', note: `${n}` }));
export const sent = () => small.asked.map(({ body }) => body.edits.length);
