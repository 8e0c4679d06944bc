/** What the account and this phone tell each other of the person who is here. */
import { ask } from './api.js';
import { ownZone } from './device.js';
import { keepMeta, meta } from './phone.js';
import { me } from './rows.js';

/** @typedef {import('./kinds.js').Me} Me */

/** Note what the account says of the person (a new nickname, a password set). Rows are not touched. @param {Partial<Me>} news */
export const knowMe = (news) => keepMeta({ me: { .../** @type {Me} */ (meta.me), ...news } });

/** Speak this language from the server's side too (reminders, answers). @param {string} language */
export async function tellLanguage(language) {
  const zone = ownZone();
  if (me()) await knowMe({ language, zone });
  await ask('PUT', '/api/me', { language, zone }).catch(() => undefined);
}
