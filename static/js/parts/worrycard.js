/** Beside a worry: when it will really be read, and who can be called now (rule T6; this app is not a crisis service). */
import { html } from 'lit-html';
import { ownZone } from '../device.js';
import { countryOf, dialled, lines, linesFor } from '../lines.js';
import { setting } from '../rows.js';
import { t } from '../words.js';

/** @param {string} name who the words go to @param {string} when the sentence that says when they are read */
export const worryCard = (name, when) => html`<section class="card warm" id="worry-card" aria-label=${t('Before you send it')}>
  <p><strong>${t('{name} sees that this worries you. It does not reach them any faster.', { name })}</strong></p>
  <p>${when}</p>
  <p>${t('If you would like a person now, these lines listen.')}</p>
  ${nearest()}
  <a class="quiet" href="#/help">${t('People who help')}</a>
</section>`;

/** The emergency number and the first line that listens, to dial at once. */
function nearest() {
  const list = linesFor(lines(), countryOf(setting().country, ownZone(), navigator.language)).filter((line) => line.number);
  const two = [list.find((line) => line.kind !== 'emergency'), list.find((line) => line.kind === 'emergency')].filter((line) => line !== undefined);
  return html`<ul class="stack">${two.map((line) => html`<li><a class="quiet worry-line"
    href="${line.kind === 'text' ? 'sms' : 'tel'}:${dialled(line.number)}"><strong>${line.number}</strong><span>${line.name}</span></a></li>`)}</ul>`;
}
