/** All reminders, and how things stand on this phone, said plainly. */
import { html } from 'lit-html';
import { dayWords } from '../days.js';
import { openIdeas } from '../ideas.js';
import { go, toast } from '../page.js';
import { deviceCard } from '../parts/device.js';
import { ideaCard } from '../parts/idea.js';
import { plusIcon } from '../parts/icons.js';
import { reminders, switchReminder } from '../reminders.js';
import { nextTime } from '../rhythm.js';
import { get } from '../rows.js';
import { language, t } from '../words.js';

/** @typedef {import('../kinds.js').Reminder} Reminder */

export const screen = {
  title: () => t('Reminders'),
  up: () => '/settings',
  view: () => {
    const list = reminders();
    return html`
      ${openIdeas().map(ideaCard)}
      ${list.length ? html`<ul class="list">${list.map(card)}</ul>` : html`<div class="empty">
        <p class="lead">${t('No reminders yet.')}</p>
        <p class="note">${t('You might like one at a quiet hour of your own. Without any, nothing is ever sent.')}</p></div>`}
      ${list.length ? deviceCard() : ''}
      <div class="dock"><button class="primary" type="button" @click=${() => go('/reminder/new')}>${plusIcon}${t('A new reminder')}</button></div>`;
  },
};

/** @param {Reminder} one */
function card(one) {
  const next = nextTime(one, Date.now());
  return html`<li class="card reminder ${one.on ? '' : 'off'}">
    <a class="reminder-door" href="#/reminder/${one.id}">
      <strong class="reminder-time">${one.time}</strong>
      <span>${daysWords(one.days)}</span>
      <span class="note">${one.words || get(one.step)?.title || t('Whichever step is today’s')}</span>
      <span class="note">${next ? t('Next: {day}, {time}', { day: dayWords(next.day), time: next.time }) : t('Resting')}</span>
    </a>
    <button class="switch" type="button" role="switch" aria-checked=${String(one.on)} aria-label=${t('Reminder at {time}', { time: one.time })}
      @click=${() => flip(one)}><span aria-hidden="true"></span></button>
  </li>`;
}

/** @param {Reminder} one */
async function flip(one) {
  const undo = await switchReminder(one, !one.on);
  toast(one.on ? t('This reminder rests now') : t('This reminder is on again'), undo);
}

/** @param {number[]} days Monday is 0 @returns {string} "Mon, Wed, Fri", "every day" */
export function daysWords(days) {
  if (days.length === 7) return t('Every day');
  return new Intl.ListFormat(language(), { style: 'narrow', type: 'conjunction' }).format([...days].sort().map((day) => dayName(day, 'short')));
}

/** @param {number} day Monday is 0 @param {'short' | 'long' | 'narrow'} length */
export const dayName = (day, length) => new Intl.DateTimeFormat(language(), { weekday: length, timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day));
