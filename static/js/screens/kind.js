/**
 * A minute of kindness after a step, whatever came of it (rule S6): this was hard; others know it, too; what would I say to
 * a friend? It can be left at any moment, writes nothing down, and asks for nothing back.
 */
import { html, svg } from 'lit-html';
import { MINUTE, thoughtAt } from '../breath.js';
import { back } from '../page.js';
import { seconds } from '../parts/seconds.js';
import { t } from '../words.js';

const THIRD = MINUTE * 1000 / 3;
const AROUND = 2 * Math.PI * 96;
const clock = seconds(MINUTE * 1000);

export const screen = {
  title: () => t('A minute of kindness'),
  enter: clock.stop,
  leave: clock.stop,
  view: () => (clock.running() ? during() : before()),
};

/** @returns {[string, string][]} what is said, and what one might do with it */
const thoughts = () => [
  [t('This took something.'), t('You may notice where it is now: in the chest, the shoulders, the breath. It may be there.')],
  [t('Other people know this feeling, too.'), t('You are not the only one who feels it.')],
  [t('What would you say to a friend now?'), t('You may say the same to yourself. A hand on the chest or on the arm, if you like.')],
];

const before = () => html`<div class="breathing">
    ${sun(0, html`<p>${t('One minute, for you.')}</p>`)}
    <p class="note">${t('Three quiet thoughts, one after the other. You can leave at any moment.')}</p>
  </div>
  <div class="dock">
    <button class="primary" type="button" @click=${clock.begin}>${t('Begin')}</button>
    <button class="choice even" type="button" @click=${() => back()}>${t('No thanks')}</button>
  </div>`;

function during() {
  const at = thoughtAt(clock.elapsed());
  const [said, more] = thoughts()[at] ?? [t('That was a minute. It is yours.'), ''];
  const over = at >= 3;
  return html`<div class="breathing">
      ${sun(Math.min(1, clock.elapsed() / MINUTE / 1000), html`<p aria-live="polite">${said}</p>`)}
      <p class="minute-more" aria-live="polite">${more}</p>
    </div>
    <div class="dock">
      ${over ? '' : html`<button class="primary" type="button" @click=${() => clock.skip((at + 1) * THIRD)}>${t('Go on')}</button>`}
      <button class=${over ? 'primary' : 'choice even'} type="button" @click=${() => back()}>${over ? t('Back to where I was') : t('That is enough')}</button>
    </div>`;
}

/** A small sun with the minute around it. @param {number} gone 0-1 @param {unknown} words */
const sun = (gone, words) => html`<div class="minute">
  <svg viewBox="0 0 200 200" aria-hidden="true" focusable="false">${svg`<circle class="minute-sun" cx="100" cy="100" r="90"></circle>
    <circle class="minute-way" cx="100" cy="100" r="96"></circle>
    <circle class="minute-gone" cx="100" cy="100" r="96" transform="rotate(-90 100 100)" stroke-dasharray=${AROUND} stroke-dashoffset=${AROUND * (1 - gone)}></circle>`}</svg>
  <div class="minute-words">${words}</div>
</div>`;
