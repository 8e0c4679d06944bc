/** Letting somebody in and ending it, on one's own terms, and who looked. All of it asks the account. No DOM here. */
import { isKnown, wish } from './account.js';
import { draft, dropDraft, saveDraft } from './drafts.js';
import { syncNow } from './here.js';
import { status } from './status.js';

/** @typedef {import('./account.js').Said} Said */
/** @typedef {import('./terms.js').Terms} Terms */
/** @typedef {{id: string, code: string, link: string, qr: {size: number, path: string}, expires: number}} Invitation times in milliseconds UTC */
/** @typedef {{at: number, until: number, name: string, what: string, title: string | null}} Visit */

/** Where the last invitation is kept on this phone: the account knows only a hash of its code. */
const SHELF = 'invite';

/** A new invitation, kept on this phone until it has run out. @returns {Promise<Said>} */
export async function invite() {
  if (!isKnown()) await syncNow();
  const said = await wish('POST', '/api/invitations', {});
  if (said.ok) await saveDraft(SHELF, said.body);
  return said;
}

/** The one made last on this phone, while it can still be used. @param {number} now milliseconds UTC @returns {Invitation | undefined} */
export function invitation(now) {
  const kept = draft(SHELF);
  return kept && kept.expires > now ? kept : undefined;
}

/** @returns {Promise<Said>} `body.invitations`: the ones that are open, without their codes */
export async function openInvitations() {
  const said = await wish('GET', '/api/invitations');
  if (said.ok && !said.body.invitations.some((/** @type {{id: string}} */ one) => one.id === draft(SHELF)?.id)) await dropDraft(SHELF);
  return said;
}

/** It opens nothing from now on. @param {string} id @returns {Promise<Said>} */
export async function takeInvitationBack(id) {
  const said = await wish('DELETE', `/api/invitations/${id}`);
  if ((said.ok || said.error === 'not_found') && draft(SHELF)?.id === id) await dropDraft(SHELF);
  return said;
}

/** Say yes on these terms, or change them: at once. @param {string} consent @param {Terms} terms */
export async function agree(consent, terms) {
  if (status().waiting) await syncNow();   // a ladder made a moment ago: the account has to know it first
  return fetched(wish('PUT', `/api/consents/${consent}`, terms));
}

/** End it, or say no: at once. What was seen cannot be unseen. @param {string} consent */
export const withdraw = (consent) => fetched(wish('DELETE', `/api/consents/${consent}`));

/** Who looked at what, the latest first; `body.before` leads further back. @param {string | null} [before] the mark of the page before @returns {Promise<Said>} */
export const visits = (before) => wish('GET', before ? `/api/visits?before=${encodeURIComponent(before)}` : '/api/visits');

/** Once the account has done it, have it on this phone too. @param {Promise<Said>} asked */
async function fetched(asked) {
  const said = await asked;
  if (said.ok) await syncNow();
  return said;
}
