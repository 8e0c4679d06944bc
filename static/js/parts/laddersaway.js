/** Ladders that are put away, at the foot of the list of all (ladders.js), and the way back. */
import { html, nothing } from 'lit-html';
import { laddersAway, takeOut } from '../putaway.js';
import { toast } from '../page.js';
import { t } from '../words.js';

/** @typedef {import('../kinds.js').Ladder} Ladder */

export function laddersPutAway() {
  const list = laddersAway();
  return list.length ? html`<details><summary>${t('Put away ({n})', { n: list.length })}</summary>
    <ul class="list tight">${list.map((one) => html`<li><button type="button" @click=${() => bringBack(one)}>
      <span>${one.title}</span><span class="link">${t('Bring back')}</span></button></li>`)}</ul></details>` : nothing;
}

/** @param {Ladder} ladder */
async function bringBack(ladder) {
  const undo = await takeOut(ladder);
  toast(t('The ladder is back'), undo);
}
