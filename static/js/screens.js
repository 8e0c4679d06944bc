/** Every screen of the app and its address: the one list the router reads. */
import { later } from './later.js';
import { screen as anchors } from './screens/anchors.js';
import { screen as another } from './screens/another.js';
import { screen as attempt } from './screens/attempt.js';
import { screen as checkin } from './screens/checkin.js';
import { screen as breathe } from './screens/breathe.js';
import { screen as diary } from './screens/diary.js';
import { screen as diaryentry } from './screens/diaryentry.js';
import { screen as help } from './screens/help.js';
import { screen as history } from './screens/history.js';
import { screen as home } from './screens/home.js';
import { screen as joy } from './screens/joy.js';
import { screen as kind } from './screens/kind.js';
import { screen as ladder } from './screens/ladder.js';
import { screen as ladderedit } from './screens/ladderedit.js';
import { screen as ladders } from './screens/ladders.js';
import { screen as library } from './screens/library.js';
import { screen as liked } from './screens/liked.js';
import { screen as lookback } from './screens/lookback.js';
import { screen as lock } from './screens/lock.js';
import { screen as messages } from './screens/messages.js';
import { screen as months } from './screens/months.js';
import { screen as paper } from './screens/paper.js';
import { bookSheet, cardSheet, ladderSheet } from './screens/papersheet.js';
import { screen as plan } from './screens/plan.js';
import { screen as proposals } from './screens/proposals.js';
import { screen as quiet } from './screens/quiet.js';
import { screen as reminder } from './screens/reminder.js';
import { screen as reminderopen } from './screens/reminderopen.js';
import { screen as reminders } from './screens/reminders.js';
import { screen as rest } from './screens/rest.js';
import { screen as rhythm } from './screens/rhythm.js';
import { screen as seeing } from './screens/seeing.js';
import { screen as seeingladder } from './screens/seeingladder.js';
import { screen as settings } from './screens/settings.js';
import { screen as smaller } from './screens/smaller.js';
import { screen as step } from './screens/step.js';
import { screen as stepedit } from './screens/stepedit.js';
import { screen as toomuch } from './screens/toomuch.js';
import { screen as support } from './screens/support.js';
import { screen as supportone } from './screens/supportone.js';
import { screen as surprises } from './screens/surprises.js';
import { screen as tryit } from './screens/try.js';
import { screen as waiting } from './screens/waiting.js';
import { screen as welcome } from './screens/welcome.js';
import { screen as words } from './screens/words.js';

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
 * A screen that needs the network anyway: it travels when it is first opened (far.js).
 * @param {keyof typeof import('./far.js')} name
 * @param {string} up where "back" leads while it is on its way
 */
const far = (name, up) => later('far', async () => (await import('./far.js'))[name], up);

/** @type {readonly (readonly [string, Screen, Manner?])[]} */
export const ROUTES = [
  ['/', home, { tab: 'home' }],
  ['/welcome', welcome, { open: true }],
  ['/ladders', ladders, { tab: 'ladders' }],
  ['/ladder/:id', ladder],
  ['/ladder/:id/edit', ladderedit],
  ['/ladder/:id/library', library],
  ['/ladder/:id/proposals', proposals],
  ['/ladder/:id/changes', far('changes', '/ladders')],
  ['/step/:id', step],
  ['/step/:id/smaller', smaller],
  ['/step/:id/another', another],
  ['/step/:id/edit', stepedit],
  ['/step/:id/history', history],
  ['/step/:id/changes', far('changes', '/ladders')],
  ['/try/:id', tryit],
  ['/attempt/:id', attempt],
  ['/surprises', surprises],
  ['/seeing', seeing],
  ['/seeing/ladder/:id', seeingladder],
  ['/seeing/months', months],
  ['/paper', paper],
  ['/paper/ladder/:id', ladderSheet],
  ['/paper/card', cardSheet],
  ['/paper/book', bookSheet],
  ['/rest', rest],
  ['/toomuch', toomuch],
  ['/checkin', checkin],
  ['/checkin/:about', checkin],
  ['/anchors', anchors],
  ['/diary', diary],
  ['/diary/:id', diaryentry],
  ['/breathe', breathe],
  ['/kind', kind],
  ['/lookback/:id', lookback],
  ['/rhythm', rhythm],
  ['/joy', joy],
  ['/liked', liked],
  ['/support', support],
  ['/support/:id', supportone],
  ['/plan', plan],
  ['/help', help, { open: true }],
  ['/settings', settings, { tab: 'more' }],
  ['/words', words],
  ['/account', far('account', '/settings')],
  ['/devices', far('devices', '/settings')],
  ['/signin', far('signin', '/welcome'), { open: true }],
  ['/waiting', waiting],
  ['/consents', far('consents', '/settings')],
  ['/consent/:id', far('consent', '/consents')],
  ['/invite', far('invite', '/consents')],
  ['/visits', far('visits', '/consents')],
  ['/messages/:id', messages],
  ['/reminders', reminders],
  ['/reminders/quiet', quiet],
  ['/reminder/:id', reminder],
  ['/reminder/:id/open', reminderopen],
  ['/reach', far('reach', '/reminders')],
  ['/ways', far('ways', '/reminders')],
  ['/lock', lock],
  ['/install', far('install', '/settings'), { open: true }],
];
