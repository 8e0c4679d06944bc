/**
 * Who reads with me: the therapists a person let in, and on what terms. The account writes these rows, so that the phone
 * knows the names and the terms without a network too; what changes them is in linking.js. No DOM here.
 */
import { ask } from './api.js';
import { draft, dropDraft, saveDraft } from './drafts.js';
import { called } from './names.js';
import { all, get, me } from './rows.js';
import { status } from './status.js';
import { kick } from './sync.js';
import { t } from './words.js';

/** @typedef {import('./kinds.js').Consent} Consent */

/** @returns {Consent[]} every link there ever was, the latest first */
export const consents = () => [.../** @type {Consent[]} */ (all('consent'))]
  .sort((a, b) => (b.accepted ?? 0) - (a.accepted ?? 0) || (a.id < b.id ? -1 : 1));

/** @param {string} id @returns {Consent | undefined} */
export const consentOf = (id) => {
  const row = get(id);
  return row?.kind === 'consent' ? row : undefined;
};

/** Who used an invitation and waits for a word; they see nothing yet. */
export const asking = () => consents().filter((one) => one.state === 'accepted');

/** Who reads with me now. */
export const reading = () => consents().filter((one) => one.state === 'confirmed');

/** Links that have ended. */
export const ended = () => consents().filter((one) => one.state === 'withdrawn');

/** Who reads this ladder's space now. @param {string} space */
export const readersOf = (space) => reading().filter((one) => one.ladders.some(([which]) => which === space));

/** @type {(person: string) => string} */
let elsewhere = () => '';

/** Who else knows names: a therapist's desk has no links of its own. @param {typeof elsewhere} fn */
export const nameBy = (fn) => { elsewhere = fn; };

/**
 * The name of whoever wrote something: a therapist's as they gave it, also after the link has ended.
 * @param {string | null | undefined} person
 */
export function nameOf(person) {
  if (person === '') return t('somebody else');   // who else reads along is not told to who reads along
  if (person && person === me()?.person) return t('you');
  const name = consents().find((one) => one.therapist === person)?.name;
  return name ? called(name) : (person && elsewhere(person)) || t('somebody you invited');
}

// ---- ending without a network --------------------------------------------------------------------------------------

const ENDING = 'ending';
let busy = false;

/** Links the person ended while the account could not be told. @returns {string[]} */
const endings = () => draft(ENDING) ?? [];

/** @param {string} consent */
export const isEnding = (consent) => endings().includes(consent);

/** With the next connection, by itself. @param {string} consent */
export const endLater = (consent) => saveDraft(ENDING, [...new Set([...endings(), consent])]);

/** A change of mind, or done. @param {string} consent */
export const endNoMore = (consent) => {
  const left = endings().filter((one) => one !== consent);
  return left.length ? saveDraft(ENDING, left) : dropDraft(ENDING);
};

/** There may be a connection again: what was to end ends now, before anything else is seen. */
export async function endWhatWaits() {
  if (busy || status().offline || !endings().length) return;
  busy = true;
  try {
    for (const consent of endings()) {
      const { status: code } = await ask('DELETE', `/api/consents/${consent}`);
      if (code < 400 || code === 404) await endNoMore(consent);
    }
    kick(0);
  } catch { /* still no connection */ } finally {
    busy = false;
  }
}
