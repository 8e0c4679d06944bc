/**
 * The phone's own disk as the service worker sees it, with the app closed (store.js is the app's): who is here, the database
 * of their account as it was left, and the date it is for them. It stands on nothing.
 */

/** The date on the wall of a zone; of this phone's own where the name says nothing here. @param {number} at @param {string} [zone] */
export function dayAt(at, zone) {
  /** @type {(timeZone?: string) => Intl.DateTimeFormatPart[]} */
  const read = (timeZone) => new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at);
  let parts = read();
  try { parts = read(zone); } catch { /* an older list of zones */ }
  return ['year', 'month', 'day'].map((type) => parts.find((part) => part.type === type)?.value).join('-');
}

/** The open account of this phone. @returns {Promise<IDBDatabase | null>} */
export async function accountOnDisk() {
  const person = await somebody();
  return person ? opened(`ippo-${person}`) : null;
}

/** Who is here, if anybody is. @returns {Promise<string | null>} */
export async function somebody() {
  const house = await opened('ippo');
  if (!house) return null;
  try {
    return (await answer(house.transaction('meta').objectStore('meta').get('current'))) ?? null;
  } catch {
    return null;
  } finally {
    house.close();
  }
}

/** Opens a database that is there, and leaves none behind where it is not. @param {string} name @returns {Promise<IDBDatabase | null>} */
function opened(name) {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = (event) => {
      event.preventDefault();
      resolve(null);
    };
  });
}

/** @param {IDBRequest<any>} request @returns {Promise<any>} */
export const answer = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
