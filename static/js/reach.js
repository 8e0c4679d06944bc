/**
 * What the account last said of the reminders: how each of them goes, and which devices they reach. Asked for when there is
 * a reminder and a network, kept for the time without one.
 */
import { ask } from './api.js';
import { keepMeta, meta } from './phone.js';
import { all, listen, me, unsent } from './rows.js';
import { status } from './status.js';

/**
 * @typedef {{id: string, unanswered: number, rarer: boolean, silent: boolean, told: number | null, next: number | null}} Going
 *   `next` null: as things stand it is not told
 * @typedef {{id: string, name: string, here: boolean, delivered: number | null, state: 'on' | 'stopped'}} Device
 * @typedef {{reminders: Going[], devices: Device[], at: number}} Reach `at` this phone's clock when it was told
 */

const STALE = 10 * 60_000;
const DAY = 24 * 3_600_000;
const KINDS = /** @type {const} */ (['reminder', 'answer', 'rest', 'attempt', 'setting']);

/** @type {unknown[]} what there was when it was last asked for */
let seen = [];

/** @returns {Reach} */
export const reach = () => meta.reach ?? { reminders: [], devices: [], at: 0 };

/** This phone among the devices. */
export const thisDevice = () => reach().devices.find((one) => one.here);

/** Begin to listen for reasons to ask: something of it changed and has arrived, or the app comes back after a while. */
export function startReach() {
  listen(askWhenChanged);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Date.now() - reach().at > STALE) void lookAgain();
  });
  askWhenChanged();
}

function askWhenChanged() {
  const { waiting, offline, signedOut } = status();
  if (waiting || offline || signedOut || !me()) return;
  const there = KINDS.map((kind) => all(kind));
  if (there.every((list, i) => list === seen[i])) return;
  seen = there;
  void lookAgain();
}

/** Ask now. What cannot be fetched stays as it was. @returns {Promise<boolean>} heard */
export async function lookAgain() {
  const mine = me()?.person;
  if (!all('reminder').length) return false;
  const { status: code, body } = await ask('GET', '/api/reminders').catch(() => ({ status: 0, body: null }));
  if (code !== 200 || me()?.person !== mine) return false;
  const { reminders, devices } = body;    // and nothing else: a mail address has no business on this disk
  await keepMeta({ reach: { reminders, devices, at: Date.now() } });
  return true;
}

/**
 * How a reminder goes. Whatever the person did since the account was asked counts as an answer, also what they took back.
 * @param {string} id
 * @returns {Going | undefined}
 */
export function going(id) {
  const { reminders, at } = reach();
  const told = reminders.find((one) => one.id === id);
  if (!told || unsent(id)) return undefined;
  const since = (/** @type {number | null} */ when) => (when ?? 0) > at;
  if (all('answer', { archived: true }).some((one) => one.reminder === id && since(one.at))) return undefined;
  return all('rest').some((one) => since(one.at)) || all('attempt').some((one) => since(one.started)) ? undefined : told;
}

/** It comes no more until something is done with it (rule R-5). @param {string} id */
export const isSilent = (id) => going(id)?.silent ?? false;

/** It comes less often, or no more: is the question to be asked? @param {string} id */
export const mayAsk = (id) => Boolean(going(id)?.rarer || going(id)?.silent);

/**
 * Home asks once for a series and about one at a time, for the day after it first could; later the question waits with the
 * reminder itself. Called when home is entered, so that nothing slips in under somebody's finger.
 * @param {number} now milliseconds UTC
 */
export function noteQuestions(now) {
  /** @type {Record<string, number>} */
  const before = meta.asked ?? {};
  const open = reach().reminders.map(({ id }) => id).filter(mayAsk);
  const next = open.some((id) => asksAtHome(id, now)) ? undefined : open.find((id) => !(id in before));
  const asked = Object.fromEntries(open.filter((id) => id === next || id in before).map((id) => [id, before[id] ?? now]));
  if (JSON.stringify(asked) !== JSON.stringify(before)) void keepMeta({ asked });
}

/** @param {string} id @param {number} now milliseconds UTC */
export const asksAtHome = (id, now) => mayAsk(id) && now - (meta.asked?.[id] ?? 0) < DAY;
