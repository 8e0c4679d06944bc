/** The app without its screens: the same modules, bundled for a bare page, so that a script can be the person. */
import * as api from '../../static/js/api.js';
import * as disk from '../../static/js/disk.js';
import * as drafts from '../../static/js/drafts.js';
import * as here from '../../static/js/here.js';
import { watch } from '../../static/js/live.js';
import * as lock from '../../static/js/lock.js';
import * as order from '../../static/js/order.js';
import * as gate from '../../static/js/gate.js';
import * as hand from '../../static/js/phone.js';
import { retryRefused } from '../../static/js/refused.js';
import * as rows from '../../static/js/rows.js';
import * as status from '../../static/js/status.js';
import * as store from '../../static/js/store.js';
import * as sync from '../../static/js/sync.js';

/** @typedef {import('../../static/js/kinds.js').Step} Step */

const phone = { ...gate, ...hand };

watch();          // as the second shelf does when it has come

/** @type {rows.Undo} */
let undo = async () => undefined;

/**
 * The steps as the person sees them, the archived ones too; not those the house is going to refuse, or whatever the
 * person did to them next would be refused as well.
 * @returns {Step[]}
 */
const ladder = () => rows.all('step', { archived: true }).filter(({ title }) => title.length <= 200).sort(order.byPosition);

/** @param {number} pick */
const some = (pick) => ladder()[pick % ladder().length];

/** @param {any[]} edits */
async function write(edits) {
  undo = await rows.write(edits);
  const last = edits.at(-1);
  const seen = rows.get(last.target);
  if (rows.roleIn(last.space) === 'proposer') return;      // it lies beside the words until it is taken
  for (const [name, value] of Object.entries(last.fields)) {
    if (JSON.stringify(seen?.[name]) !== JSON.stringify(value)) throw new Error(`${name} is not on the screen`);
  }
}

/** What a person can do. Each resolves when it is on disk. */
const deeds = {
  async addStep(/** @type {string} */ space, /** @type {string} */ of, /** @type {string} */ title, /** @type {number} */ at) {
    const list = ladder();
    const { position, rekey } = order.place(list, at % (list.length + 1));
    const moved = rekey.map(([id, key]) => rows.change(rows.get(id), { position: key }));
    await write([rows.add('step', space, { ladder: of, title, position }), ...moved]);
  },
  async reword(/** @type {number} */ pick, /** @type {Record<string, unknown>} */ fields) {
    const step = some(pick);
    if (step) await write([rows.change(step, fields)]);
  },
  /** Two edits of one field before anything could be sent. */
  async rewordTwice(/** @type {number} */ pick, /** @type {string} */ one, /** @type {string} */ two) {
    await deeds.reword(pick, { title: one });
    await deeds.reword(pick, { title: two });
  },
  async move(/** @type {number} */ pick, /** @type {number} */ to) {
    const step = some(pick);
    if (!step) return;
    const others = ladder().filter(({ id }) => id !== step.id);
    const at = to % (others.length + 1);
    const { position, rekey } = order.place(others, at);
    const moved = rekey.map(([id, key]) => rows.change(rows.get(id), { position: key }));
    await write([...moved, rows.change(step, { position })]);
    if (rows.roleIn(step.space) === 'proposer') return;
    if (ladder()[at]?.id !== step.id) throw new Error('it did not land where it was dropped');
  },
  async practise(/** @type {string} */ guess) {
    const step = some(0);
    const space = rows.me()?.space ?? '';
    const attempt = rows.add('attempt', space, { step: step?.id ?? space, guess, before: 50 });
    await write([attempt]);
    await write([rows.change(rows.get(attempt.target), { outcome: 'did', after: 20 })]);
  },
  /** What is nobody else's: a new row of this kind, or other words in the one that is there. */
  async keepAlone(/** @type {'diary' | 'checkin' | 'support' | 'plan'} */ kind, /** @type {Record<string, unknown>} */ needs, /** @type {Record<string, unknown>} */ words, /** @type {number} */ pick) {
    const list = rows.all(kind, { archived: true }).sort((one, other) => (one.id < other.id ? -1 : 1));
    const one = pick % 3 ? list[pick % list.length] : undefined;
    await write([one ? rows.change(one, { ...words, archived: pick % 4 === 0 }) : rows.add(kind, rows.me()?.space ?? '', { ...needs, ...words })]);
  },
  /** When another step may be offered on this ladder. */
  async mark(/** @type {string} */ of, /** @type {string} */ name, /** @type {number} */ value) {
    const found = rows.get(of);
    if (found) await write([rows.change(found, { [name]: value })]);
  },
  async tooLong(/** @type {string} */ space, /** @type {string} */ of) {
    await write([rows.add('step', space, { ladder: of, title: 'x'.repeat(5000), position: 'a0' })]);
  },
  async decide(/** @type {number} */ pick, /** @type {boolean} */ taken) {
    const open = rows.all('proposal').filter(({ state, field }) => state === 'open' && field)
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    const found = open[pick % open.length];
    const target = rows.get(found?.target);
    if (!found || !target) return;
    const take = taken ? [rows.change(target, { [found.field]: found.value })] : [];
    await write([...take, rows.change(found, { state: taken ? 'taken' : 'left' })]);
  },
  async takeBack() {
    await undo();
    undo = async () => undefined;
  },
  async tryAgain(/** @type {number} */ pick) {
    const { refused } = status.status();
    const one = refused[pick % refused.length];
    if (one) await retryRefused(one.id);
  },
};

/** What a service worker does with an answer while nobody is here (service-worker.js, `outgoing`). @param {any} edit @returns {Promise<any>} */
async function answerAway(edit) {
  const home = /** @type {IDBDatabase} */ (await disk.accountOnDisk());
  const held = await disk.known(home, edit.target);
  const kept = await disk.putAway(home, held, [{ ...edit, space: held.space }]);
  home.close();
  new BroadcastChannel('ippo').postMessage({ type: 'outbox' });
  return { kept, locked: held.locked, device: held.device, waiting: held.waiting.length };
}

/** What lies on the disk of this person, read past the page's own memory. */
async function onDisk() {
  const disk = new store.Disk(rows.me()?.person ?? '');
  const found = await disk.load();
  disk.close();
  return found;
}

/** What this page shows of a space. @param {string} space */
function shown(space) {
  const kinds = /** @type {const} */ (['setting', 'attempt', 'rest', 'reminder', 'diary', 'checkin', 'support', 'plan', 'ladder', 'step', 'proposal']);
  return Object.fromEntries(kinds.flatMap((kind) => rows.all(kind, { archived: true }))
    .filter((row) => row.space === space).map((row) => [row.id, row]));
}

Object.assign(window, { ippo: { answerAway, api, deeds, drafts, here, lock, onDisk, order, phone, rows, shown, status, store, sync } });
