/** A phone that others use, too: said in the middle of it, by somebody who is here. */
import { MARK } from './borrowed.js';
import { leave } from './gate.js';
import { adopt } from './here.js';
import { me } from './rows.js';
import { forgetAll, keepNothing, remember } from './store.js';

/** From now on, before anybody comes in here. */
export async function borrow() {
  await forgetAll().catch(() => undefined);
  try { sessionStorage.setItem(MARK, '1'); } catch { /* then a reload asks to sign in again */ }
  keepNothing();
}

/** From now on nothing lies on this phone: what is in the account stays on this page, for as long as it lives. @returns {Promise<boolean>} */
export async function liveHereNoMore() {
  const who = /** @type {import('./kinds.js').Me} */ (me());
  await remember('current', undefined).catch(() => undefined);
  await leave();
  await borrow();
  return adopt(who);
}
