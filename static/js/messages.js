/**
 * Unhurried words between two people. They lie in a space of their own, on this phone too, and are sent when there is a
 * network. No DOM here; `now` is a parameter.
 */
import { localDay } from './days.js';
import { keepMeta, meta } from './phone.js';
import { add, all, change, get, me, write } from './rows.js';

/** @typedef {import('./kinds.js').Consent} Consent */
/** @typedef {import('./kinds.js').Message} Message */
/** @typedef {import('./kinds.js').Thread} Thread */

export const MESSAGE_LIMIT = 5000;    // what the server takes
const DAY = 86_400_000;

/** @param {Pick<Consent, 'thread'>} consent @returns {Thread | undefined} what both have said about reading; nothing before it came down */
export const threadOf = (consent) => get(consent.thread);

/** @param {Pick<Consent, 'thread'>} consent @returns {Message[]} the oldest first */
export const messagesOf = (consent) => /** @type {Message[]} */ (all('message'))
  .filter((one) => one.space === consent.thread)
  .sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.id < b.id ? -1 : 1));

/** @param {{by: string | null}} one */
export const isMine = (one) => one.by === me()?.person;

/**
 * @param {Pick<Consent, 'thread'>} consent
 * @param {{text: string, worry: boolean}} given
 * @param {number} now milliseconds UTC
 * @returns {Promise<() => Promise<unknown>>} undo
 */
export const send = (consent, { text, worry }, now) =>
  write([add('message', where(consent), { text: text.trim(), worry, at: now, by: me()?.person })]);

/** Taken back by the one who wrote it. Whoever has read it has read it. @param {Message} one */
export const takeBack = (one) => write([change(one, { archived: true })]);

/**
 * The day by which words of today are read at the latest: the next day of reading after today and after the days away.
 * @param {Pick<Thread, 'reads_days' | 'away_until'> | undefined} thread
 * @param {string} today YYYY-MM-DD
 * @returns {string | undefined} YYYY-MM-DD; nothing when no day was named
 */
export function readBy(thread, today) {
  if (!thread?.reads_days.length) return undefined;
  const from = Date.parse(`${thread.away_until > today ? thread.away_until : today}T00:00:00Z`);
  for (let ahead = 1; ahead <= 7; ahead += 1) {
    const day = new Date(from + ahead * DAY);
    if (thread.reads_days.includes((day.getUTCDay() + 6) % 7)) return day.toISOString().slice(0, 10);
  }
  return undefined;
}

/** Is the other one away on this day? @param {Thread | undefined} thread @param {string} today */
export const isAway = (thread, today) => Boolean(thread?.away_until && thread.away_until >= today);

// ---- what was read -------------------------------------------------------------------------------------------------

/** Receipts are shown only when both wish it. @param {Thread | undefined} thread */
export const bothWant = (thread) => Boolean(thread?.receipts_person && thread.receipts_therapist);

/** @param {Thread} thread @param {boolean} wish */
export const wantReceipts = (thread, wish) => write([change(thread, { receipts_person: wish })]);

/** The last of my words the other one has seen, when both wish to know. @param {Consent} consent */
export function lastSeen(consent) {
  const thread = threadOf(consent);
  if (!bothWant(thread)) return undefined;
  return messagesOf(consent).filter((one) => isMine(one) && one.at <= (thread?.seen_therapist ?? 0)).at(-1);
}

/** The space of their words; there is none before it was confirmed. @param {Pick<Consent, 'thread'>} consent */
function where({ thread }) {
  if (!thread) throw new Error('nobody has confirmed this yet');
  return thread;
}

/** @param {Consent} consent */
const theirs = (consent) => messagesOf(consent).filter((one) => !isMine(one));

/** By their ids: words that were written offline come late, with an earlier moment. @param {Consent} consent @returns {string[]} */
const shown = ({ thread }) => meta.read?.[thread ?? ''] ?? [];

/** @param {Consent} consent @returns {Message[]} words of the other one this phone has not shown yet */
export function unread(consent) {
  const before = new Set(shown(consent));
  return theirs(consent).filter(({ id }) => !before.has(id));
}

let noting = false;

/**
 * They were shown. The phone keeps it for itself; the other one hears of it only when both wish it.
 * @param {Consent} consent
 */
export async function markRead(consent) {
  if (noting) return;
  noting = true;
  try {
    while (unread(consent).length) await note(consent);
  } finally {
    noting = false;
  }
}

/** @param {Consent} consent */
async function note(consent) {
  const list = theirs(consent);
  await keepMeta({ read: { ...meta.read, [where(consent)]: list.map(({ id }) => id) } });
  const thread = threadOf(consent);
  if (thread && bothWant(thread) && consent.state === 'confirmed') await write([change(thread, { seen_person: list.at(-1)?.at })]);
}

/** What the therapist said about when they read, for today. @param {Consent} consent @param {number} now */
export function readingOf(consent, now) {
  const today = localDay(now);
  const thread = threadOf(consent);
  const days = thread?.reads_days ?? [];
  return { days, note: thread?.reads_note ?? '', away: isAway(thread, today) ? thread?.away_until ?? '' : '', by: readBy(thread, today) };
}
