/** All reminders, when each comes next, and how things stand on this phone, said plainly. */
import { html, nothing } from 'lit-html';
import { cueSentence } from '../cues.js';
import { clockWords, dayWords, daysWords } from '../daywords.js';
import { ownZone } from '../device.js';
import { openIdeas } from '../ideas.js';
import { isPaused } from '../manners.js';
import { go, toast } from '../page.js';
import { bellDrawing } from '../parts/drawings.js';
import { deviceCard } from '../parts/device.js';
import { ideaCard } from '../parts/idea.js';
import { plusIcon } from '../parts/icons.js';
import { nextWords } from '../parts/outlook.js';
import { questionCard } from '../parts/question.js';
import { travelCard } from '../parts/travel.js';
import { foldPause, pauseChoice, pausedCard, pauseLine } from '../parts/pause.js';
import { aboutWords } from '../parts/reminderfields.js';
import { reminders, switchReminder } from '../reminders.js';
import { endOf, hasBeen } from '../rhythm.js';
import { setting } from '../rows.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Reminder} Reminder */

export const screen = {
  title: () => t('Reminders'),
  up: () => '/settings',
  enter: (/** @type {import('../router.js').Params} */ { rest }) => foldPause(Boolean(rest)),
  view: () => {
    const now = Date.now();
    const list = reminders();
    const paused = isPaused(setting(), now);
    return html`
      ${openIdeas().map(ideaCard)}
      ${travelCard()}
      ${paused ? pausedCard() : list.map(questionCard)}
      ${list.length ? html`<ul class="list">${inSight(list, now).map((one) => card(one, now))}</ul>` : html`<div class="empty">${bellDrawing}
        <p class="lead">${t('No reminders yet.')}</p>
        <p class="note">${t('You might like one at a quiet hour of your own. Without any, nothing is ever sent.')}</p></div>`}
      ${list.length ? html`<ul class="list tight">
        <li><a href="#/reminders/quiet">${t('Quiet hours, and how many a day')}</a></li>
        <li><a href="#/ways">${t('Calendar and mail')}</a></li>
        ${paused ? nothing : pauseLine()}</ul>
        ${paused ? nothing : pauseChoice()}
        ${deviceCard()}` : nothing}
      <div class="dock"><button class="primary" type="button" @click=${() => go('/reminder/new')}>${plusIcon}${t('A new reminder')}</button></div>`;
  },
};

/** Those whose date has been stand last. @param {Reminder[]} list @param {number} now */
const inSight = (list, now) => [...list.filter((one) => !hasBeen(one, now)), ...list.filter((one) => hasBeen(one, now))];

/** @param {Reminder} one @param {number} now */
function card(one, now) {
  const been = hasBeen(one, now);
  return html`<li class="card reminder ${one.on && !been ? '' : 'off'}">
    <a class="reminder-door" href="#/reminder/${one.id}">
      <span><strong class="reminder-time">${clockWords(one.time)}</strong> <span class="note">${t('until {time}', { time: clockWords(endOf(one)) })}</span></span>
      <span>${one.date ? dayWords(one.date) : daysWords(one.days)}</span>
      <span class="note">${one.cue ? cueSentence(one.cue, aboutWords(one)) : one.words || aboutWords(one)}</span>
      ${one.zone === ownZone() ? nothing : html`<span class="note">${t('On the clock of {place}', { place: placeOf(one.zone) })}</span>`}
      <span class="note">${nextWords(one, now)}</span>
    </a>
    ${been ? nothing : html`<button class="switch" type="button" role="switch" aria-checked=${String(one.on)} aria-label=${t('Reminder at {time}', { time: clockWords(one.time) })}
      @click=${() => flip(one)}><span aria-hidden="true"></span></button>`}
  </li>`;
}

/** The city that names a zone. @param {string} zone */
const placeOf = (zone) => zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;

/** @param {Reminder} one */
async function flip(one) {
  const undo = await switchReminder(one, !one.on);
  toast(one.on ? t('This reminder rests now') : t('This reminder is on again'), undo);
}
