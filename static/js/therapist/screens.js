/** Every screen of the desk and its address. What stands before the desk (coming in, the second key) takes a screen's place. */
import { screen as devices } from '../screens/devices.js';
import { screen as account } from './screens/account.js';
import { named, screen as changes } from './screens/changes.js';
import { screen as door } from './screens/door.js';
import { screen as factor } from './screens/factor.js';
import { screen as idea } from './screens/idea.js';
import { screen as join } from './screens/join.js';
import { screen as ladder } from './screens/ladder.js';
import { screen as keys } from './screens/keys.js';
import { screen as locked } from './screens/locked.js';
import { screen as mixed } from './screens/mixed.js';
import { screen as messages } from './screens/messages.js';
import { screen as notes } from './screens/notes.js';
import { screen as people } from './screens/people.js';
import { screen as person } from './screens/person.js';
import { screen as settings } from './screens/settings.js';
import { screen as step } from './screens/step.js';
import { screen as unsent } from './screens/unsent.js';
import { standing } from './standing.js';

/** @typedef {import('../screens.js').Screen} Screen */
/**
 * @typedef {object} Manner
 * @property {'people' | 'settings'} [door] one of the two doors; such a screen has no "back"
 * @property {boolean} [open] also for somebody who has not come in yet
 * @property {boolean} [broad] takes the whole width of a laptop
 */

/** @type {readonly (readonly [string, Screen, Manner?])[]} */
export const ROUTES = [
  ['/', people, { door: 'people' }],
  ['/join', join, { open: true }],
  ['/join/:code', join, { open: true }],
  ['/settings', settings, { door: 'settings' }],
  ['/keys', keys],
  ['/devices', devices],
  ['/account', account],
  ['/unsent', unsent],
  ['/person/:consent', person, { broad: true }],
  ['/person/:consent/ladder/:id', ladder],
  ['/person/:consent/step/:id', step],
  ['/person/:consent/changes/:id', changes],
  ['/step/:id', named],
  ['/person/:consent/messages', messages],
  ['/person/:consent/idea', idea],
  ['/person/:consent/notes', notes],
];

/**
 * The screen that stands before the one asked for, if any. The address stays, so that afterwards one is where one wished.
 * @param {Manner} [manner]
 * @returns {Screen | null}
 */
export function before(manner) {
  switch (standing()) {
    case 'notebook': case 'person': case 'starting': case 'away': return mixed;
    case 'locked': return locked;
    case 'factor': return factor;
    case 'nobody': return manner?.open ? null : door;
    default: return null;
  }
}
