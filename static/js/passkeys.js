/** Passkeys: the phone's own lock as the way in. Bytes travel as unpadded base64url. */

/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

/** @param {ArrayBuffer | null | undefined} buffer */
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer ?? new ArrayBuffer(0))))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Can this browser make and show passkeys? */
export const hasPasskeys = () => typeof globalThis.PublicKeyCredential === 'function' && !!globalThis.navigator?.credentials;

/**
 * Let the phone make a passkey.
 * @param {any} options the server's, as JSON
 * @returns {Promise<Record<string, unknown> | null>} null when the person changed their mind
 */
export async function makePasskey(options) {
  const publicKey = {
    ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials ?? []).map(known),
  };
  const made = await asked(() => navigator.credentials.create({ publicKey }));
  if (!made) return null;
  const response = /** @type {AuthenticatorAttestationResponse} */ (made.response);
  return {
    ...named(made),
    response: { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject) },
  };
}

/**
 * Let the phone show a passkey it has for this site; which one, the person picks there.
 * @param {any} options the server's, as JSON
 * @returns {Promise<Record<string, unknown> | null>} null when the person changed their mind
 */
export async function showPasskey(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: (options.allowCredentials ?? []).map(known) };
  const shown = await asked(() => navigator.credentials.get({ publicKey }));
  if (!shown) return null;
  const response = /** @type {AuthenticatorAssertionResponse} */ (shown.response);
  return {
    ...named(shown),
    response: {
      clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData),
      signature: text(response.signature), userHandle: response.userHandle ? text(response.userHandle) : null,
    },
  };
}

/** @param {{id: string}} credential */
const known = (credential) => ({ ...credential, id: bytes(credential.id) });

/** @param {PublicKeyCredential} credential */
const named = ({ id, rawId, type }) => ({ id, rawId: text(rawId), type, clientExtensionResults: {} });

/**
 * @param {() => Promise<Credential | null>} question
 * @returns {Promise<PublicKeyCredential | null>}
 */
async function asked(question) {
  try {
    return /** @type {PublicKeyCredential | null} */ (await question());
  } catch (error) {
    // Browsers say "not allowed" for a no, a time-out and a phone without a lock alike; none of them is an error of ours.
    if (error instanceof DOMException) return null;
    throw error;
  }
}
