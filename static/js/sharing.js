/**
 * Who sees an entry (rule T4): what was agreed with each, unless the person says otherwise of this one. What is kept private
 * leaves no trace elsewhere, and an attempt that is still running is seen by nobody. No DOM here.
 */
import { reading } from './consents.js';
import { called } from './names.js';
import { change, get, write } from './rows.js';
import { language } from './words.js';

/** @typedef {import('./kinds.js').Attempt | import('./kinds.js').Rest | import('./kinds.js').Diary | import('./kinds.js').Checkin | import('./kinds.js').Plan} Entry */
/** @typedef {import('./kinds.js').Consent} Consent */
/** @typedef {import('./kinds.js').Sharing} Sharing */

/**
 * Does this consent show this entry? Its twin on the server is exposure/shareable.py.
 * @param {Pick<Consent, 'entries' | 'ladders'>} consent
 * @param {Sharing} sharing
 * @param {string | null} [space] of the ladder it is on; null: on none
 */
export const isSeenBy = ({ entries, ladders }, sharing, space = null) => (sharing === 'open' ? entries !== 'none'
  : entries === 'all' && sharing !== 'private' && (space === null || ladders.some(([which]) => which === space)));

/** The space of the ladder an entry is on; '' when this phone does not know that ladder. @param {Entry} entry */
function spaceOf(entry) {
  if (!('step' in entry)) return null;
  return entry.ladder ? get(entry.ladder)?.space ?? '' : get(entry.step)?.space ?? null;
}

/** No agreement reaches these: each is shown by a hand of its own, or to nobody. @param {Entry} entry */
const isAlone = ({ kind }) => ['diary', 'checkin', 'plan'].includes(kind);

/** What stands for this one when nothing was said of it. @param {Entry} entry */
const unsaid = (entry) => (isAlone(entry) ? 'private' : '');

/** Who see any entries at all: only then is there something to choose. @param {readonly Consent[]} [list] */
export const mayBeSeen = (list = reading()) => list.filter((one) => one.entries !== 'none');

/** Who sees this one. @param {Entry} entry @param {readonly Consent[]} [list] */
export const seers = (entry, list = reading()) => list.filter((one) => isSeenBy(one, entry.sharing || unsaid(entry), spaceOf(entry)));

/** Who would, as agreed with each. @param {Entry} entry @param {readonly Consent[]} [list] */
export const agreed = (entry, list = mayBeSeen()) => list.filter((one) => isSeenBy(one, unsaid(entry), spaceOf(entry)));

/** @param {readonly Consent[]} list their names, as one says them */
export const listed = (list) => new Intl.ListFormat(language(), { type: 'conjunction' }).format([...new Set(list.map((one) => called(one.name)))]);

/** @param {Entry} entry @param {Sharing} sharing */
export const share = (entry, sharing) => write([change(entry, { sharing })]);

/**
 * Which answers there are: to nobody, to all who see entries; and, where as agreed only some of these see it, as agreed.
 * @param {Entry} entry
 * @param {readonly Consent[]} [list]
 * @returns {Sharing[]}
 */
export function answers(entry, list = mayBeSeen()) {
  const some = agreed(entry, list).length;
  return some && some < list.length ? ['private', '', 'open'] : ['private', 'open'];
}

/** Which answer stands. @param {Entry} entry @param {readonly Consent[]} [list] @returns {Sharing} */
export function answerOf(entry, list = mayBeSeen()) {
  if (answers(entry, list).length > 2) return entry.sharing;
  return seers(entry, list).length ? 'open' : 'private';
}
