/** From the one for today to another one. It hangs in the card of today (home.js). */
import { html, svg } from 'lit-html';
import { choices, choose, gentle, smaller } from '../instead.js';
import { toast } from '../page.js';
import { t } from '../words.js';
import { choices as choiceList } from './choices.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */
/** @typedef {import('../kinds.js').Step} Step */

let drawn = '';       // the one on top before a surprise, so that the next surprise is another one

/** @param {unknown} shape */
const sign = (shape) => html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

export const anotherSign = sign(svg`<path d="M4 8h14l-3-3M20 16H6l3 3"/>`);
export const smallerSign = sign(svg`<circle cx="12" cy="12" r="8.5" stroke-dasharray="1.5 4"/><circle cx="12" cy="12" r="3.5"/>`);
export const surpriseSign = sign(svg`<path d="M12 3.5c.6 5.2 3.3 7.9 8.5 8.5-5.2.6-7.9 3.3-8.5 8.5-.6-5.2-3.3-7.9-8.5-8.5 5.2-.6 7.9-3.3 8.5-8.5z"/>`);

/**
 * Three ways to another one, of the same size.
 * @param {Step} now @param {Step[]} steps @param {string} day
 * @param {(choosing: boolean) => unknown} look
 */
export function todayWays(now, steps, day, look) {
  const less = smaller(now, steps);
  const pool = gentle(now, steps, drawn);
  const draw = () => instead(pool[Math.floor(Math.random() * pool.length)], now, day, t('How about this one?'));
  return html`<div class="today-ways">
    <button class="way" type="button" @click=${() => look(true)}>${anotherSign}${t('Another one')}</button>
    ${less ? html`<button class="way" type="button" @click=${() => instead(less, now, day, t('A smaller one is on top now.'))}>${smallerSign}${t('Something smaller')}</button>`
      : html`<a class="way" href="#/step/${now.id}/smaller">${smallerSign}${t('Make it smaller')}</a>`}
    ${pool.length ? html`<button class="way" type="button" @click=${draw}>${surpriseSign}${t('Surprise me gently')}</button>`
      : html`<a class="way" href="#/ladder/${now.ladder}/library">${surpriseSign}${t('Small ideas')}</a>`}
  </div>`;
}

/** @param {Step} other @param {Step} now @param {string} day @param {string} words */
async function instead(other, now, day, words) {
  drawn = now.id;
  await choose(other.id, day);
  toast(words, () => choose(now.id, day));
}

/**
 * At most three (rule G3); every other step is one tap further, none is locked (rule U1).
 * @param {Step} now
 * @param {Step[]} steps
 * @param {Attempt[]} tried
 * @param {string} day
 * @param {(choosing: boolean) => unknown} look
 */
export function todayOthers(now, steps, tried, day, look) {
  return html`<section class="card today">
    ${choiceList({
      label: t('Which one could it be today?'), name: 'today', value: now.id,
      options: choices(now, steps, tried).map((step) => ({ value: step.id, text: step.title })),
      onChoose: (id) => choose(id, day),
    })}
    <div class="row today-other">
      <button class="plain" type="button" @click=${() => look(false)}>${t('This one')}</button>
      <a class="plain" href="#/ladders">${t('All steps')}</a>
    </div>
  </section>`;
}
