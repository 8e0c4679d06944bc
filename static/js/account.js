/** What the account can be asked for. All of it needs the network; the notebook itself does not. */
import { ask, NoAnswer } from './api.js';
import { deviceName } from './device.js';
import { draftsUnder, saveDraft } from './drafts.js';
import { adopt, signOutHere, syncNow } from './here.js';
import { knowMe } from './knowing.js';
import { hasPasskeys, makePasskey, showPasskey } from './passkeys.js';
import { me } from './rows.js';
import { status } from './status.js';
import { Disk, leaving } from './store.js';
import { t } from './words.js';

export { hasPasskeys };

/**
 * @typedef {object} Said what became of a wish: `ok`, or why not in a sentence for the person
 * @property {boolean} ok
 * @property {string} error a short word; 'quiet' when the person changed their mind
 * @property {string} detail
 * @property {any} body
 */

/** @typedef {{id: string, device: string, created: number, seen: number, current: boolean}} Login */

const LONG = 60_000;    // a file of ten thousand entries takes its time to be read

/** @returns {Said} */
const quiet = () => ({ ok: false, error: 'quiet', detail: '', body: null });

/**
 * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {number} [limit] milliseconds
 * @returns {Promise<Said>}
 */
export async function wish(method, path, body, limit) {
  try {
    const answer = await ask(method, path, body, limit);
    const ok = answer.status >= 200 && answer.status < 300;
    return { ok, error: ok ? '' : answer.body?.error ?? 'trouble', detail: answer.body?.detail ?? troubled(), body: answer.body };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { ok: false, error: 'offline', detail: t('There is no connection just now. What you wrote is kept; please try this again later.'), body: null };
  }
}

const troubled = () => t('That did not work just now. Please try once more.');

/** Has the account heard of this phone yet? A guest who began without a network waits for the first connection. */
export const isKnown = () => Boolean(me()?.login);

// ---- ways in -------------------------------------------------------------------------------------------------------

/** @param {string} name @param {string} password */
export async function setPassword(name, password) {
  const said = await known(wish('PUT', '/api/password', { name, password }));
  if (said.ok) await knowMe({ signin: name });
  return said;
}

/** @returns {Promise<Said>} */
export async function addPasskey() {
  const options = await wish('POST', '/api/passkeys/options', {});
  if (!options.ok) return options;
  const credential = await makePasskey(options.body.options);
  return credential ? known(wish('POST', '/api/passkeys', { ceremony: options.body.ceremony, credential })) : quiet();
}

/** @typedef {{id: string, created: number, used: number | null}} Passkey milliseconds UTC */

/** @returns {Promise<Said>} `body.passkeys`, oldest first */
export const passkeys = () => wish('GET', '/api/passkeys');

/** @param {string} passkey its id, not the browser's */
export const removePasskey = (passkey) => known(wish('DELETE', `/api/passkeys/${passkey}`));

/** A new one-time code; the one before ends. `body.code` is shown once. */
export const newCode = () => wish('POST', '/api/recovery', {});

/** @param {Promise<Said>} asking something that answers with who we are */
async function known(asking) {
  const said = await asking;
  if (!said.ok) return said;
  await knowMe(said.body);
  void syncNow();                         // by the new cookie: what crossed it was told that nobody is here
  return said;
}

/** @param {string} name @param {string} password @param {boolean} bring */
export const signIn = (name, password, bring) => enter('/api/signin', { name, password }, bring);

/** @param {string} code @param {boolean} bring */
export const signInByCode = (code, bring) => enter('/api/signin/recovery', { code }, bring);

/** @param {boolean} bring @returns {Promise<Said>} */
export async function signInByPasskey(bring) {
  const options = await wish('POST', '/api/signin/passkey/options', {});
  if (!options.ok) return options;
  const credential = await showPasskey(options.body.options);
  return credential ? enter('/api/signin/passkey', { ceremony: options.body.ceremony, credential }, bring) : quiet();
}

/**
 * @param {string} path
 * @param {Record<string, unknown>} proof
 * @param {boolean} bring take what a guest wrote on this phone along into the account
 * @returns {Promise<Said>}
 */
async function enter(path, proof, bring) {
  const before = me();
  if (bring && !(await allSent())) {
    return { ...quiet(), error: 'unsent', detail: t('Some of what you wrote here has not been sent yet. Please try again when there is a connection.') };
  }
  const said = await wish('POST', path, { ...proof, bring, device: deviceName() });
  if (!said.ok) return said;
  const another = before?.person !== said.body.person;
  const half = draftsUnder('');
  const owed = status().waiting + status().refused.length + half.length;
  await adopt({ ...said.body, ...(typeof proof.name === 'string' && { signin: proof.name }) });
  if (bring && another) half.forEach(([key, value]) => void saveDraft(key, value));
  // What somebody with a way back in had not sent yet lies here, sealed, until they come again.
  if (before && another && (before.guest || !owed)) await new Disk(before.person).wipe().catch(() => undefined);
  return said;
}

async function allSent() {
  if (status().waiting) await syncNow();
  return status().waiting === 0;
}

// ---- devices, files, leaving ---------------------------------------------------------------------------------------

/** @returns {Promise<Said>} `body.logins`, last seen first */
export const devices = () => wish('GET', '/api/logins');

/** @param {string} login */
export const endDevice = (login) => wish('DELETE', `/api/logins/${login}`);

/** @param {File} file an export */
export async function bringIn(file) {
  let document;
  try {
    document = JSON.parse(await file.text());
  } catch {
    return { ...quiet(), error: 'not_an_export', detail: t('This file is not an export of Ippo, or it was changed. Nothing was brought in.') };
  }
  const said = await wish('POST', '/api/import', document, LONG);
  if (said.ok) await syncNow();
  return said;
}

/** Delete the account for good, and then what this phone holds of it. */
export async function deleteAccount() {
  const said = await wish('DELETE', '/api/account', await leaving());
  if (said.ok) await signOutHere();
  return said;
}
