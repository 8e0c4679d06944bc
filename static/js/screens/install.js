/** Onto the home screen: one button where the browser allows it, pictures where only the person's finger can do it. */
import { html, svg } from 'lit-html';
import { render } from '../page.js';
import { askToInstall, wayIn } from '../onhome.js';
import { me } from '../rows.js';
import { status } from '../status.js';
import { syncNow } from '../sync.js';
import { t } from '../words.js';

export const screen = {
  title: () => t('On the home screen'),
  up: () => '/settings',
  // On an iPhone the app on the home screen keeps its own storage: what waits here goes to the account first.
  enter: () => { if (me() && status().waiting) void syncNow().finally(render); },
  view: () => html`
    <p class="lead">${t('It opens like any other app, without a network too. On the home screen it is only called “Ippo”.')}</p>
    ${ways[wayIn()]()}`,
};

const ways = {
  there: () => html`<div class="card soft"><p>${t('It is on your home screen. There is nothing more to do.')}</p></div>
    <div class="dock"><a class="primary" href="#/">${t('Go to today')}</a></div>`,
  button: () => html`<p class="note">${t('Your phone will ask once more. You can take it away again like any other app.')}</p>
    <div class="dock"><button class="primary" type="button" @click=${askToInstall}>${t('Put it on the home screen')}</button></div>`,
  menu: () => html`<ol class="steps">
      <li class="card">${picture(menuShape)}<p>${t('Open the menu of the browser.')}</p></li>
      <li class="card">${picture(addShape)}<p>${t('Choose “Add to Home screen” or “Install app”.')}</p></li>
    </ol>
    <p class="note">${t('Some browsers do not offer it. Everything works in the browser as well.')}</p>`,
  apple: () => html`<ol class="steps">
      <li class="card">${picture(shareShape)}<p>${t('In Safari, touch the square with the arrow. On some phones it is behind the three dots.')}</p></li>
      <li class="card">${picture(addShape)}<p>${t('A little further down, choose “Add to Home Screen”.')}</p></li>
      <li class="card">${picture(homeShape)}<p>${t('Touch “Add”. From then on, open it from there.')}</p></li>
      <li class="card">${picture(saidShape)}<p>${t('There, under “Reminders”, you can let them reach this phone.')}</p></li>
    </ol>
    ${otherStorage()}
    <p class="note">${t('Reminders need iOS 16.4 or later.')}</p>`,
};

/** Safari and the home screen do not share what they keep; said before, not after. */
const otherStorage = () => (me() ? html`<div class="card warm">
    <p>${me()?.guest ? t('The app on the home screen begins empty. To find your things there, make a passkey or a password here first, then sign in there.')
      : t('The app on the home screen begins empty. Sign in there, and your things are back.')}</p>
    ${status().waiting ? html`<p class="note">${t('Some things are still only in this browser. They are being sent now.')}</p>` : ''}
    <a class="quiet" href="#/account">${t('To the account')}</a></div>` : '');

/** A small phone with one thing on it. @param {unknown} shape */
const picture = (shape) => html`<svg class="picture" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
  ${svg`<rect class="picture-phone" x="24" y="4" width="72" height="112" rx="12"/>${shape}`}</svg>`;

const shareShape = svg`<path class="picture-faint" d="M34 20h52M34 32h52M34 44h34"/>
  <rect class="picture-spot" x="42" y="64" width="36" height="40" rx="8"/>
  <path class="picture-line" d="M54 80h-4v16h20V80h-4M60 88V70m-5 5 5-5 5 5"/>`;
const menuShape = svg`<path class="picture-faint" d="M34 24h34M34 48h52M34 60h52M34 72h34"/>
  <rect class="picture-spot" x="74" y="12" width="16" height="26" rx="8"/>
  <path class="picture-dots" d="M82 19v.1M82 25v.1M82 31v.1"/>`;
const addShape = svg`<path class="picture-faint" d="M34 24h52M34 36h52M34 90h52M34 102h34"/>
  <rect class="picture-spot" x="30" y="50" width="60" height="28" rx="8"/>
  <path class="picture-line" d="M36 64h20M72 57h14v14H72zM79 60v8M75 64h8"/>`;
const homeShape = svg`<g class="picture-apps"><rect x="34" y="18" width="14" height="14" rx="4"/><rect x="53" y="18" width="14" height="14" rx="4"/><rect x="72" y="18" width="14" height="14" rx="4"/>
  <rect x="34" y="37" width="14" height="14" rx="4"/></g>
  <rect class="picture-mark" x="46" y="58" width="28" height="28" rx="7"/>
  <path class="picture-step" d="M51 76h9v-7h9"/><circle class="picture-dot" cx="55" cy="70" r="2.6"/>`;
/** A lock screen with one thing said. */
const saidShape = svg`<path class="picture-faint" d="M48 26h24M42 40h36"/>
  <rect class="picture-said" x="30" y="56" width="60" height="32" rx="8"/>
  <rect class="picture-mark" x="35" y="62" width="14" height="14" rx="4"/>
  <path class="picture-step" d="M38 71h4v-4h4"/>
  <path class="picture-line" d="M55 66h28M55 76h18"/>`;
