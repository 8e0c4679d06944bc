/** An invitation from the therapist's side: looked at, answered. The code travels in bodies only, never in an address. */
import { wish } from '../account.js';
import { deviceName, ownZone } from '../device.js';
import { newId } from '../outbox.js';
import { language } from '../words.js';
import { come } from './standing.js';

/** @typedef {import('../account.js').Said} Said */

/** The letters a code is made of; what looks alike is not among them. */
const OTHERS = /[^23456789ABCDEFGHJKMNPQRSTVWXYZ]/g;

/** A code as it was meant: any case, full-width letters, with or without lines between. @param {string} written */
export const tidyCode = (written) => written.normalize('NFKC').toUpperCase().replace(OTHERS, '');

/** In two groups, as the person sees it. @param {string} code */
export const shownCode = (code) => [code.slice(0, 5), code.slice(5)].filter(Boolean).join('-');

/** Does it open something? Tells nothing of whose it is. @param {string} code @returns {Promise<Said>} */
export const lookAtInvitation = (code) => wish('POST', '/api/invitations/look', { code });

/** @param {{code: string, name: string, reads_days: number[], reads_note: string}} answer @returns {Promise<Said>} `body.consent` */
export const acceptInvitation = (answer) => wish('POST', '/api/invitations/accept', answer);

/** Made once a visit, so that a lost answer begins nothing twice. */
const ids = { person: newId(), space: newId(), secret: secret() };

/** An account of one's own. It opens nothing before the second key is there. @param {string} nickname @returns {Promise<Said>} */
export async function begin(nickname) {
  const said = await wish('POST', '/api/start', { ...ids, kind: 'therapist', nickname, language: language(), zone: ownZone(), device: deviceName() });
  if (said.ok) await come(said.body);
  return said;
}

function secret() {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32)))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
