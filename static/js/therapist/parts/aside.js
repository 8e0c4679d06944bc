/** Beside the entries: the ladders (on a wide screen with their rungs), the messages, an idea for a reminder, one's own notes. */
import { html, nothing } from 'lit-html';
import { unheard } from '../../comments.js';
import { ladderIcon } from '../../parts/icons.js';
import { all } from '../../rows.js';
import { stepsOf } from '../../steps.js';
import { t, tn } from '../../words.js';
import { notesAbout } from '../notes.js';
import { lying } from '../pens.js';
import { upTo } from '../told.js';

/** @typedef {import('../people.js').Person} Person */

/** @param {Person} person */
export const aside = (person) => html`<aside class="stack beside-page" aria-label=${t('What you share')}>
  <ul class="list tight">
    ${person.thread ? html`<li><a href="#/person/${person.consent}/messages"><span>${t('Messages')}</span>${fresh(person.news?.messages)}</a></li>` : nothing}
    ${person.ladders.length ? html`<li><a href="#/person/${person.consent}/idea"><span>${t('An idea for a reminder')}</span></a></li>` : nothing}
    <li><a href="#/person/${person.consent}/notes"><span>${t('My own notes')}<br><span class="note">${latest(person)}</span></span></a></li>
  </ul>
  ${person.ladders.length ? html`<ul class="list ladder-doors">${person.ladders.map((one) => ladder(person, one))}</ul>` : html`<p class="note ladder-doors">${t('No ladder is shared with you.')}</p>`}
  <p class="note">${t('{name} sees when you looked, and at what.', { name: person.name })}</p>
</aside>`;

/** @param {number | undefined} n */
const fresh = (n) => (n ? html`<span class="badge">${tn('{n} new', '{n} new', n, upTo(n))}</span>` : nothing);

/** @param {Person} person @param {import('../people.js').OpenLadder} one */
function ladder(person, { space, role, title }) {
  const row = all('ladder').find((one) => one.space === space);
  const away = !row && all('ladder', { archived: true }).some((one) => one.space === space);
  const open = all('proposal').filter((one) => one.space === space && (one.state === 'open' || one.state === 'asked'));
  const asked = open.filter((one) => one.state === 'asked').length;
  const words = [
    role === 'editor' ? t('You may write') : t('You may propose'),
    open.length ? tn('{n} proposal waits', '{n} proposals wait', open.length) : '', asked ? tn('{n} asked about', '{n} asked about', asked) : '',
  ].filter(Boolean).join(' · ');
  const inside = html`${ladderIcon}<span class="stack tight"><strong>${away ? t('This ladder is put away.') : row?.title || title || t('A ladder without a name')}</strong><span class="note">${words}</span></span>`;
  return row ? html`<li><a class="card small-ladder ladder-door" href="#/person/${person.consent}/ladder/${row.id}">${inside}</a>${rungs(person, row.id, space)}</li>`
    : html`<li class="card small-ladder ladder-door">${inside}</li>`;
}

/** @param {Person} person @param {string} id of the ladder @param {string} space */
function rungs({ consent }, id, space) {
  const steps = stepsOf(id).reverse();
  const waiting = new Set(lying(space).map(({ target }) => target));
  return steps.length ? html`<ol class="small-rungs" reversed>${steps.map((step) => html`<li><a href="#/person/${consent}/step/${step.id}">
    <span class="small-number" aria-hidden="true">${step.predicted}</span><span><span dir="auto">${step.title}</span>
      ${waiting.has(step.id) ? html`<br><span class="badge">${t('a proposal waits')}</span>` : nothing}
      ${unheard(step.id).length ? html`<br><span class="badge">${t('a new comment')}</span>` : nothing}</span></a></li>`)}</ol>` : nothing;
}

/** @param {Person} person */
function latest({ consent }) {
  const [one] = notesAbout(consent);
  if (!one) return t('Only you can read them.');
  return one.text.length > 60 ? `${[...one.text].slice(0, 60).join('')}…` : one.text;
}
