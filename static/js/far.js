/**
 * The third shelf: screens that are of no use without a network. Who signs in, other devices, other people. They are
 * fetched when the first of them is opened, so that nobody waits for them before, and are not kept.
 * A new one is named here, and in screens.js as `far('name', 'where back leads')`.
 */
import './near.js';   // it stands on the second, as that does on the first

/** Of which words it is. */
export const stamp = '__WORDS__';

export { screen as account } from './screens/account.js';
export { screen as changes } from './screens/changes.js';
export { screen as consent } from './screens/consent.js';
export { screen as consents } from './screens/consents.js';
export { screen as devices } from './screens/devices.js';
export { screen as install } from './screens/install.js';
export { screen as invite } from './screens/invite.js';
export { screen as reach } from './screens/reach.js';
export { screen as signin } from './screens/signin.js';
export { screen as visits } from './screens/visits.js';
export { screen as ways } from './screens/ways.js';
