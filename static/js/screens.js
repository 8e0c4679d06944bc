/** Every screen of the app and its address: the one list the router reads. What is imported here stands on the first shelf. */
import { later } from './later.js';
import { screen as attempt } from './screens/attempt.js';
import { screen as help } from './screens/help.js';
import { screen as home } from './screens/home.js';
import { screen as ladder } from './screens/ladder.js';
import { screen as ladders } from './screens/ladders.js';
import { screen as step } from './screens/step.js';
import { screen as tryit } from './screens/try.js';
import { screen as welcome } from './screens/welcome.js';

/** @typedef {import('./router.js').Params} Params */

/**
 * @typedef {object} Screen a pure function of what is stored, and what it needs around it
 * @property {(params: Params) => string} title
 * @property {(params: Params) => unknown} view a lit-html TemplateResult
 * @property {(params: Params) => void} [enter] called once when the address leads here
 * @property {() => void} [leave]
 * @property {(params: Params) => string} [up] where "back" leads when this is the first screen of the visit; home when left out
 */

/**
 * @typedef {object} Manner
 * @property {string} [tab] one of the three doors at the foot; such a screen has no "back"
 * @property {boolean} [open] may be seen by somebody who has not begun yet
 */

/**
 * A screen of the second shelf (near.js), which comes by itself once the first screen stands.
 * @param {import('./later.js').On<'near'>} name
 */
const near = (name) => later('near', name);

/**
 * A screen that needs the network anyway: it travels when it is first opened (far.js).
 * @param {import('./later.js').On<'far'>} name
 * @param {string} up where "back" leads
 */
const far = (name, up) => later('far', name, up);

/** @type {readonly (readonly [string, Screen, Manner?])[]} */
export const ROUTES = [
  ['/', home, { tab: 'home' }],
  ['/welcome', welcome, { open: true }],
  ['/ladders', ladders, { tab: 'ladders' }],
  ['/ladder/:id', ladder],
  ['/ladder/:id/edit', near('ladderedit')],
  ['/ladder/:id/library', near('library')],
  ['/ladder/:id/proposals', near('proposals')],
  ['/ladder/:id/changes', far('changes', '/ladders')],
  ['/step/:id', step],
  ['/step/:id/smaller', near('smaller')],
  ['/step/:id/another', near('another')],
  ['/step/:id/edit', near('stepedit')],
  ['/step/:id/history', near('history')],
  ['/step/:id/changes', far('changes', '/ladders')],
  ['/try/:id', tryit],
  ['/attempt/:id', attempt],
  ['/surprises', near('surprises')],
  ['/seeing', near('seeing')],
  ['/seeing/ladder/:id', near('seeingladder')],
  ['/seeing/months', near('months')],
  ['/paper', near('paper')],
  ['/paper/ladder/:id', near('ladderSheet')],
  ['/paper/card', near('cardSheet')],
  ['/paper/book', near('bookSheet')],
  ['/rest', near('rest')],
  ['/toomuch', near('toomuch')],
  ['/checkin', near('checkin')],
  ['/checkin/:about', near('checkin')],
  ['/anchors', near('anchors')],
  ['/diary', near('diary')],
  ['/diary/:id', near('diaryentry')],
  ['/breathe', near('breathe')],
  ['/kind', near('kind')],
  ['/lookback/:id', near('lookback')],
  ['/rhythm', near('rhythm')],
  ['/joy', near('joy')],
  ['/liked', near('liked')],
  ['/support', near('support')],
  ['/support/:id', near('supportone')],
  ['/plan', near('plan')],
  ['/help', help, { open: true }],
  ['/settings', near('settings'), { tab: 'more' }],
  ['/words', near('words')],
  ['/account', far('account', '/settings')],
  ['/devices', far('devices', '/settings')],
  ['/signin', far('signin', '/welcome'), { open: true }],
  ['/waiting', near('waiting')],
  ['/consents', far('consents', '/settings')],
  ['/consent/:id', far('consent', '/consents')],
  ['/invite', far('invite', '/consents')],
  ['/visits', far('visits', '/consents')],
  ['/messages/:id', near('messages')],
  ['/reminders', near('reminders')],
  ['/reminders/quiet', near('quiet')],
  ['/reminder/:id', near('reminder')],
  ['/reminder/:id/open', near('reminderopen')],
  ['/reach', far('reach', '/reminders')],
  ['/ways', far('ways', '/reminders')],
  ['/lock', near('lock')],
  ['/install', far('install', '/settings'), { open: true }],
];
