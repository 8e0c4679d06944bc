/** More: doors, not a list of forms. What is for oneself first, then who reads along, then the app itself. */
import { html, nothing } from 'lit-html';
import { reading } from '../consents.js';
import { called } from '../names.js';
import { doorIcons } from '../parts/dooricons.js';
import { askToSignOut, signOut } from '../parts/signout.js';
import { me } from '../rows.js';
import { status } from '../status.js';
import { t, tn } from '../words.js';

/** @typedef {keyof typeof doorIcons} Drawing */

export const screen = {
  title: () => t('More'),
  leave: () => askToSignOut(false),
  view: () => html`
    ${held()}
    ${forMe()}
    ${together()}
    ${theApp()}
    ${signOut()}`,
};

/** What the account did not take wants to be seen; everything else is quiet. */
const held = () => (status().refused.length ? html`<a class="card warm" href="#/waiting">${tn('{n} thing was not taken. It is kept here.', '{n} things were not taken. They are kept here.', status().refused.length)}</a>` : nothing);

/** @param {string} title @param {unknown} inside */
const behind = (title, inside) => html`<section class="behind"><h2>${title}</h2>${inside}</section>`;

const forMe = () => behind(t('For me'), html`<ul class="tiles">
  ${tile('/diary', doorIcons.diary, t('Diary'))}
  ${tile('/surprises', doorIcons.surprises, t('The book of surprises'))}
  ${tile('/seeing', doorIcons.seeing, t('What I have seen'))}
  ${tile('/breathe', doorIcons.breathe, t('Breathe a little'))}
  ${tile('/support', doorIcons.support, t('What supports me'))}
  ${tile('/joy', doorIcons.joy, t('Small good things'))}
  ${tile('/plan', doorIcons.plan, t('For hard weeks'))}
  ${tile('/rhythm', doorIcons.rhythm, t('My day'))}
  ${tile('/anchors', doorIcons.anchors, t('My marks on the scale'))}
  ${tile('/paper', doorIcons.paper, t('On paper'))}
</ul>`);

/** Who reads along, and the words between: also to be found with no network. */
const together = () => behind(t('With others'), html`<ul class="list tight">
  ${door('/consents', doorIcons.people, t('Who reads with me'))}
  ${reading().filter((one) => one.messages).map((one) => door(`/messages/${one.id}`, doorIcons.letter, t('Messages with {name}', { name: called(one.name) })))}
</ul>`);

const theApp = () => behind(t('Ippo, on this phone'), html`<ul class="list tight">
    ${door('/words', doorIcons.words, html`${t('Words and names')} <span lang="en">/ Language</span>`)}
    ${door('/reminders', doorIcons.reminders, t('Reminders'))}
    ${door('/lock', doorIcons.lock, t('Lock and hide'))}
    ${door('/install', doorIcons.home, t('Put Ippo on the home screen'))}
  </ul>
  <ul class="list tight">
    ${door('/account', doorIcons.account, me()?.guest ?? true ? t('My data, and another phone') : t('My account and my data'))}
    ${door('/devices', doorIcons.devices, t('Signed-in devices'))}
    ${door('/waiting', doorIcons.waiting, status().waiting ? tn('{n} thing is waiting to be sent', '{n} things are waiting to be sent', status().waiting) : t('What is waiting'))}
  </ul>
  <ul class="list tight">
    ${door('/help', doorIcons.help, t('People who help'))}
    ${page('/privacy', doorIcons.kept, t('What we keep, and what we do not'))}
    ${page('/?about', doorIcons.about, t('About Ippo'))}
  </ul>`);

/** @param {string} path @param {unknown} icon @param {unknown} label */
const tile = (path, icon, label) => html`<li><a class="tile" href="#${path}">${icon}<span>${label}</span></a></li>`;

/** @param {string} path @param {unknown} icon @param {unknown} label */
const door = (path, icon, label) => page(`#${path}`, icon, label);

/** @param {string} to @param {unknown} icon @param {unknown} label */
const page = (to, icon, label) => html`<li><a class="doorway" href=${to}>${icon}<span>${label}</span></a></li>`;
