/** What others do on this ladder: what they propose, what they say, and writing together for a call. */
import { html, nothing } from 'lit-html';
import { commentsOn } from '../comments.js';
import { nameOf, readersOf } from '../consents.js';
import { timeWords } from '../daywords.js';
import { called } from '../names.js';
import { turnstile } from '../once.js';
import { focusOn, render, toast } from '../page.js';
import { isAbout, isAnswered, proposalsIn } from '../proposals.js';
import { stepOf } from '../steps.js';
import { end, onOver, open, openUntil, others } from '../together.js';
import { language, t, tn } from '../words.js';
import { commentFold } from './comments.js';
import { dialog } from './dialog.js';
import { personIcon } from './moreicons.js';

/** @typedef {import('../kinds.js').Ladder} Ladder */

const { busy, once } = turnstile();
let asking = false;

onOver((space) => toast(over(space)));

/** @param {string} space */
const over = (space) => (readersOf(space).every((one) => one.ladders.some(([which, way]) => which === space && way === 'propose'))
  ? t('It has ended. From now on changes are proposals again.') : t('Writing together has ended.'));

/** @param {string[]} names */
const listed = (names) => new Intl.ListFormat(language(), { type: 'conjunction' }).format(names);

/** @param {string} space @returns {string[]} */
const namesOn = (space) => [...new Set(readersOf(space).map((one) => called(one.name)))];

/** Who reads what is written about this row. @param {string} space */
export function whoReads(space) {
  const readers = namesOn(space);
  return readers.length ? t('{names} can read this.', { names: listed(readers) }) : t('Only you can read this.');
}

/** @param {Ladder} ladder */
export function company(ladder) {
  const linked = namesOn(ladder.space).length > 0;
  return html`
    ${waiting(ladder)}
    ${linked ? meeting(ladder) : nothing}
    ${linked || commentsOn(ladder.id).length ? commentFold(ladder, 'ladder', whoReads(ladder.space)) : nothing}`;
}

/** What waits for a word, near the thumb; whenever the person likes. @param {Ladder} ladder */
function waiting(ladder) {
  const list = proposalsIn(ladder.space).filter(isAbout);
  const open = list.filter((one) => one.state === 'open');
  const answered = list.filter(isAnswered);
  if (!list.length) return nothing;
  const authors = [...new Set(open.map((one) => nameOf(one.by)))];
  const words = open.length ? authors.length === 1 ? tn('{n} proposal from {name}', '{n} proposals from {name}', open.length, { name: authors[0] }) : tn('{n} proposal', '{n} proposals', open.length)
    : answered.length ? t('An answer to what you asked') : t('Something you asked about');
  return html`<a class="card warm small-banner" href="#/ladder/${ladder.id}/proposals"><strong>${words}</strong>
    <span class="note">${t('You decide, whenever you like.')}</span></a>`;
}

/** @param {Ladder} ladder */
function meeting(ladder) {
  const until = openUntil(ladder.space);
  if (until) return ongoing(ladder, until);
  return html`<p class="row centre"><button class="plain" id="meet" type="button" @click=${ask}>${t('Write together, in a call')}</button>
      <a class="plain" href="#/ladder/${ladder.id}/changes">${t('What changed')}</a></p>
    ${asking ? question(ladder) : nothing}`;
}

function ask() {
  asking = true;
  render();
}

function close() {
  asking = false;
  focusOn('#meet');
}

/** @param {Ladder} ladder */
const question = (ladder) => dialog({
  title: t('Write together for a while?'),
  body: html`<p>${t('What {names} change on this ladder then stands at once, and you see where each of you is. It ends after two hours by itself, or with one tap before.', { names: listed(namesOn(ladder.space)) })}</p>
    <p class="note">${t('Everything can be taken back later, in what changed on this ladder.')}</p>`,
  actions: html`<div class="row"><button class="choice" type="button" ?disabled=${busy()} @click=${() => begin(ladder)}>${t('Open it')}</button>
    <button class="choice" type="button" @click=${close}>${t('Not now')}</button></div>`,
  onClose: close,
});

/** @param {Ladder} ladder */
const begin = (ladder) => once(async () => {
  const { ok, detail } = await open(ladder.space);
  close();
  toast(ok ? t('You write together now.') : detail || t('This needs a connection. It is not open yet.'));
  await render();
  document.getElementById('together')?.scrollIntoView({ block: 'center' });
});

/** @param {Ladder} ladder @param {number} until */
function ongoing(ladder, until) {
  return html`<section class="card soft" id="together" aria-labelledby="together-title">
    <h2 id="together-title">${t('Writing together')}</h2>
    <p>${t('You and {names} write here directly, until {time}.', { names: listed(namesOn(ladder.space)), time: timeWords(until) })}</p>
    <ul class="here" aria-live="polite">${presence(ladder.space)}</ul>
    <button class="choice even" type="button" ?disabled=${busy()} @click=${() => stop(ladder)}>${t('End it now')}</button>
  </section>`;
}

/** Who is here, and at which step; nobody is counted. @param {string} space */
function presence(space) {
  const list = others(space);
  if (!list.length) return html`<li class="note">${t('Nobody else is here just now.')}</li>`;
  return list.map(({ name: plain, step }) => ({ name: called(plain), step })).map(({ name, step }) => html`<li>${personIcon}<span>${step && stepOf(step) ? t('{name} is at “{title}”', { name, title: stepOf(step)?.title ?? '' }) : t('{name} is on this ladder', { name })}</span></li>`);
}

/** @param {Ladder} ladder */
const stop = (ladder) => once(async () => {
  const { ok, detail } = await end(ladder.space);
  toast(ok ? over(ladder.space) : detail || t('This needs a connection. It ends by itself at the time above.'));
});
