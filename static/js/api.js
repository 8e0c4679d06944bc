/** One request to our own server, with a time limit. */

/** The server could not be reached, did not answer in time, or somebody else answered for it (a captive portal). */
export class NoAnswer extends Error {}

/** @type {(word: string) => void} */
let refused = () => {};

/** @param {(word: string) => void} fn is told by which word the house refused something (403) */
export const onRefused = (fn) => { refused = fn; };

/**
 * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method
 * @param {string} path begins with /api/
 * @param {unknown} [body] sent as JSON
 * @param {number} [limit] milliseconds before we stop waiting; a connection that hangs is no connection
 * @returns {Promise<{status: number, body: any}>} any answer of our server, also 4xx and 5xx: `body.error`, `body.detail`
 * @throws {NoAnswer}
 */
export async function ask(method, path, body, limit = 15_000) {
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(limit),
      ...(body !== undefined && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (response.status === 204) return { status: 204, body: null };
    if (response.headers.get('Content-Type')?.startsWith('application/json')) {
      const told = await response.json();
      if (response.status === 403) refused(told.error);
      return { status: response.status, body: told };
    }
    if (response.status >= 500) return { status: response.status, body: null };
  } catch (error) {
    throw new NoAnswer(String(error));
  }
  throw new NoAnswer(`${path} was not answered by us`);
}
