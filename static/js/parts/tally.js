/** What there is so far, at the foot of Today (home.js). */
import { html, nothing } from 'lit-html';
import { counts } from '../tries.js';
import { t, tn } from '../words.js';

/** @typedef {import('../kinds.js').Attempt} Attempt */

/** Numbers that cannot fall (rule G4), said quietly; nothing is said while they are nought. @param {Attempt[]} tried */
export function tally(tried) {
  const n = counts(tried);
  if (!n.tried) return nothing;
  return html`<ul class="tally" aria-label=${t('So far')}>
    <li>${tn('{n} time tried', '{n} times tried', n.tried)}</li>
    <li>${tn('{n} different step', '{n} different steps', n.steps)}</li>
    ${n.found ? html`<li>${tn('{n} thing found out', '{n} things found out', n.found)}</li>` : nothing}
  </ul>`;
}
