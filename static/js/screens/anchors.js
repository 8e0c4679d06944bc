/** Own marks on the scale: past events at 0, 25, 50, 75 and 100, shown wherever a rating is made (rule L3). */
import { html } from 'lit-html';
import { draft, dropDraft, saveDraft } from '../drafts.js';
import { back, render, toast } from '../page.js';
import { field } from '../parts/field.js';
import { ANCHOR_POINTS, scaleWords } from '../parts/rating.js';
import { changeSetting, setting, write } from '../rows.js';
import { t } from '../words.js';

/** @param {number} at */
const key = (at) => `anchor/${at}`;

/** @param {number} at */
const words = (at) => String(draft(key(at)) ?? /** @type {Record<string, any>} */ (setting())[`anchor_${at}`]);

async function save() {
  await write(changeSetting(Object.fromEntries(ANCHOR_POINTS.map((at) => [`anchor_${at}`, words(at).trim()]))));
  await Promise.all(ANCHOR_POINTS.map((at) => dropDraft(key(at))));
  toast(t('Kept'));
  back('/settings');
}

export const screen = {
  title: () => t('My marks on the scale'),
  up: () => '/settings',
  view: () => html`
    <p>${t('Numbers are easier to find beside things that really happened to you. Any of them may stay empty.')}</p>
    <section class="scale">
      ${[...ANCHOR_POINTS].reverse().map((at) => html`<div class="mark"><b aria-hidden="true">${at}</b>${field({
        label: html`<span class="unseen">${at} </span>${scaleWords(at)}`, name: `anchor_${at}`, max: 200, value: words(at), placeholder: example(at),
        onInput: (text) => { saveDraft(key(at), text); render(); },
      })}</div>`)}
    </section>
    <section class="card">
      <label class="check"><input type="checkbox" name="during" .checked=${setting().during_ratings} @change=${during}><span>${t('Offer a rating while doing a step')}</span></label>
      <p class="note">${t('Off at first: watching the number can get in the way.')}</p>
    </section>
    <div class="dock"><button class="primary" type="button" @click=${save}>${t('Keep them')}</button></div>`,
};

/** @param {Event} event */
const during = (event) => write(changeSetting({ during_ratings: /** @type {HTMLInputElement} */ (event.target).checked }));

/** A made-up event for each mark, so that it is clear what could stand there. @param {number} at */
function example(at) {
  return {
    0: t('for example: a free morning'),
    25: t('for example: an unknown number calling'),
    50: t('for example: a neighbour on the stairs'),
    75: t('for example: speaking in a full room'),
    100: t('for example: a day I was very nervous'),
  }[at] ?? '';
}
