/** The day: one fixed point, if one likes, and what else may be offered in it. Nothing is ticked off and nothing counted. */
import { html, nothing, svg } from 'lit-html';
import { clockWords } from '../daywords.js';
import { dropDraft } from '../drafts.js';
import { fixedPoint, putFixedPoint } from '../fixedpoint.js';
import { toast } from '../page.js';
import { choices } from '../parts/choices.js';
import { field, halfTyped } from '../parts/field.js';
import { changeSetting, setting, write } from '../rows.js';
import { onTheDay, readyPoints } from '../theday.js';
import { t } from '../words.js';

const DRAFT = 'rhythm';
const RADIUS = 88;

export const screen = {
  title: () => t('My day'),
  up: () => '/settings',
  view() {
    const { fixed_point, fixed_time } = setting();
    const { values, put, touched } = halfTyped(DRAFT, { fixed_point, fixed_time });
    const ready = readyPoints();
    const isReady = ready.some((one) => String(one) === values.fixed_point);
    return html`
      ${sky(values)}
      <section class="stack wide">
        ${fixedPoint() ? nothing : html`<p class="lead centred">${t('One small thing with a place of its own in the day, if you like.')}</p>`}
        ${choices({ label: t('What could it be?'), name: 'point', fit: 'narrow', value: isReady ? values.fixed_point : null,
          options: ready.map((text) => ({ value: String(text), text })), onChoose: put('fixed_point') })}
        ${field({ label: t('Or in your own words'), name: 'fixed_point', value: isReady ? '' : values.fixed_point, max: 80, onInput: put('fixed_point') })}
        <label class="field"><span>${t('At about what time?')}</span><span class="note" id="time-note">${t('Any hour of day or night. It may stay open.')}</span>
          <input autocomplete="off" type="time" name="fixed_time" aria-describedby="time-note" .value=${values.fixed_time} @input=${(/** @type {Event} */ event) => put('fixed_time')(/** @type {HTMLInputElement} */ (event.target).value)}></label>
      </section>
      ${fixedPoint() ? standing() : nothing}
      ${lookingBack()}
      <ul class="list tight"><li><a href="#/joy"><span>${t('Small good things')}</span></a></li></ul>
      <div class="dock"><button class="primary" type="button" ?disabled=${!values.fixed_point.trim() || (!touched && setting().fixed_on)} @click=${() => keep(values)}>${t('Keep it')}</button></div>`;
  },
};

/** The way of the sun around one's own day, with the one point on it. @param {{fixed_point: string, fixed_time: string}} one */
function sky({ fixed_point, fixed_time }) {
  const at = fixed_time ? onTheDay(fixed_time) : null;
  return html`<svg class="day-arc" viewBox="0 8 280 214" role="img" aria-label=${at && fixed_point ? `${clockWords(fixed_time)} ${fixed_point}` : t('The way of a day')}>
    ${svg`<path class="day-light" d="M52 115a88 88 0 0 1 176 0z"></path><path class="day-dark" d="M52 115a88 88 0 0 0 176 0z"></path>
    <path class="day-ground" d="M14 115h252"></path>
    <path class="day-sun" d="M140 60v-5M140 95v-5M127 75h-5M158 75h-5M130 65l-4-4M150 65l4-4M130 85l-4 4M150 85l4 4"></path><circle class="day-sun" cx="140" cy="75" r="8"></circle>
    <path class="day-moon" d="M148 172a14 14 0 1 1-11-24 11.5 11.5 0 0 0 11 24z"></path>
    ${at ? svg`<circle class="day-point ${at.night ? 'night' : ''}" cx=${140 + RADIUS * at.x} cy=${115 + RADIUS * at.y} r="13"></circle>` : nothing}`}
  </svg>
  ${fixed_time && fixed_point.trim() ? html`<p class="day-said"><b>${clockWords(fixed_time)}</b> ${fixed_point}</p>` : nothing}`;
}

/** @param {{fixed_point: string, fixed_time: string}} given */
async function keep({ fixed_point, fixed_time }) {
  const undo = await putFixedPoint({ fixed_point: fixed_point.trim(), fixed_time, fixed_on: true });
  await dropDraft(DRAFT);
  toast(t('Kept. It stands on the page for today, and nobody counts it.'), undo);
}

const standing = () => html`<div class="row">
  <a class="plain" href="#/reminder/new?fixed=1">${t('A reminder for it')}</a>
  <button class="plain" type="button" @click=${async () => toast(t('Taken away'), await putFixedPoint({ fixed_on: false }))}>${t('No fixed point')}</button>
</div>`;

const lookingBack = () => html`<label class="check"><input type="checkbox" .checked=${setting().look_back} @change=${look}>
  <span>${t('The day after a step, offer one soft look back')}</span></label>`;

/** @param {Event} event */
async function look(event) {
  toast(t('Kept.'), await write(changeSetting({ look_back: /** @type {HTMLInputElement} */ (event.target).checked })));
}
