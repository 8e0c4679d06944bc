/** The phone has come to another clock: shall the reminders come along? Both answers weigh the same (rule G8). */
import { html, nothing } from 'lit-html';
import { clockWords } from '../daywords.js';
import { ownZone } from '../device.js';
import { toast } from '../page.js';
import { clock, minutesOf, wall } from '../rhythm.js';
import { setting } from '../rows.js';
import { elsewhere, leaveAsTheyAre, moveTo } from '../travel.js';
import { language, t } from '../words.js';

/** @typedef {import('../kinds.js').Reminder} Reminder */

export function travelCard() {
  const zone = ownZone();
  const now = Date.now();
  const away = elsewhere(zone, setting().zone_kept, now);
  if (!away.length) return nothing;
  const [{ time, zone: home }] = away;
  const here = clock((minutesOf(time) + wall(now, zone).minutes - wall(now, home).minutes + 2880) % 1440);
  return html`<section class="card soft travel" aria-labelledby="travel">
    <h2 id="travel">${t('Shall your reminders follow the clock here?')}</h2>
    <p>${t('{time} {zone} is {here} here.', { time: clockWords(time), zone: zoneName(home, now), here: clockWords(here) })}</p>
    <div class="row">
      <button class="choice" type="button" @click=${() => leave(zone)}>${t('Leave them')}</button>
      <button class="choice" type="button" @click=${() => move(away, zone)}>${t('{time} on the clock here', { time: clockWords(time) })}</button>
    </div>
  </section>`;
}

/** "Japan Standard Time" @param {string} timeZone @param {number} at */
const zoneName = (timeZone, at) => new Intl.DateTimeFormat(language(), { timeZone, timeZoneName: 'long' }).formatToParts(at)
  .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;

/** @param {string} zone */
const leave = async (zone) => toast(t('They stay as they are.'), await leaveAsTheyAre(zone));

/** @param {Reminder[]} away @param {string} zone */
const move = async (away, zone) => toast(t('They follow the clock here now.'), await moveTo(away, zone));
