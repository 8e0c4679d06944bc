/** When a reminder comes next, in words, and what of the person's own wishes stands in its way: told, never forbidden. */
import { html, nothing } from 'lit-html';
import { comingOf } from '../coming.js';
import { momentWords } from '../days.js';
import { clockWords, dayName, dayWords } from '../daywords.js';
import { ceilingOf, crowded, heldBy, isPaused, quietOf } from '../manners.js';
import { reminder, reminders, zoneFor } from '../reminders.js';
import { hasBeen } from '../rhythm.js';
import { setting } from '../rows.js';
import { language, t, tn } from '../words.js';

/** @typedef {import('../coming.js').One} Timed */

/**
 * One line: when it comes next, or why it does not.
 * @param {Timed} one
 * @param {number} now milliseconds UTC
 */
export function nextWords(one, now) {
  const next = comingOf(one, now);
  if (next === 'been') return t('Its day has been');
  if (next === 'silent') return t('Silent, until you like it to begin again');
  if (next === 'rests') return t('Resting');
  const said = { day: dayWords(next.day), time: clockWords(next.time) };
  return next.waits ? t('Next: {day}, {time}, inside the app', said) : t('Next: {day}, {time}', said);
}

/** @param {Timed} values as they are in the form @param {string} id of the reminder, or 'new' */
export function outlook(values, id) {
  const now = Date.now();
  const one = { ...values, on: true, zone: zoneFor(reminder(id), values), id: undefined };
  const told = notes(one, id, now);
  return html`<section class="card soft outlook">
    ${one.time && (one.date || one.days.length) && !hasBeen(one, now) ? html`<p><strong>${nextWords(one, now)}</strong></p>` : nothing}
    ${told.map((each) => html`<p>${each}</p>`)}
    <a class="plain" href="#/reminders/quiet">${t('Quiet hours, and how many a day')}</a>
  </section>`;
}

/** @param {Timed} one @param {string} id @param {number} now */
function notes(one, id, now) {
  const manners = setting();
  const quiet = quietOf(manners);
  const full = crowded(one, reminders().filter((other) => other.id !== id && !hasBeen(other, now)), ceilingOf(manners));
  const days = new Intl.ListFormat(language(), { style: 'long', type: 'conjunction' }).format(full.map((day) => dayName(day, 'long')));
  return [
    quiet && heldBy(one, quiet) === 'after' && t('{time} lies in your quiet hours. It comes when they end, at {end}.', { time: clockWords(one.time), end: clockWords(quiet.to) }),
    quiet && heldBy(one, quiet) === 'waits' && t('{time} lies in your quiet hours. Nothing is sent then; it waits for you inside the app.', { time: clockWords(one.time) }),
    full.length > 0 && tn('On {days} there is another one, too. One a day is sent; what is more waits inside the app.',
      'On {days} there are others, too. {n} a day are sent; what is more waits inside the app.', ceilingOf(manners), { days }),
    isPaused(manners, now) && pauseWords(),
  ].filter(Boolean);
}

/** How long all of them rest. */
export function pauseWords() {
  const { paused, paused_until: until } = setting();
  return paused === 'open' ? t('All reminders rest until you say.') : t('All reminders rest until {moment}.', { moment: momentWords(until ?? 0) });
}
